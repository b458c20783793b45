"""kg.schema in, SHACL shapes out, as N-Triples lines: for every class of the export what its nodes must have.

A shape is a table of rules; each rule is a property shape with a name of its own (`shapes#Paper-title`), so that a
report says which rule was broken. Classes and their subclasses come from the ontology, which goes beside the shapes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg import schema
from kg.rdf.blocks import REUSED
from kg.rdf.terms import Terms, text

ONE, ANY, MAYBE, SOME = (1, 1), (0, None), (0, 1), (1, None)


class Rule(NamedTuple):
    """How often a property stands, and what its values are: a class, a datatype, or further SHACL constraints."""

    path: str
    times: tuple[int, int | None]
    kind: str = ""  # a class, or a datatype of xsd
    more: tuple[tuple[str, str], ...] = ()  # (constraint, literal or prefixed name)
    among: tuple[str, ...] = ()  # the values that it may have


_COUNT = (("sh:minInclusive", "0"),)
_SCORE = (("sh:minInclusive", "0"), ("sh:maxInclusive", "1"))
_ARXIV = r"^(\d{4}\.\d{4,5}|[a-zA-Z.-]+/\d{7})(v\d+)?$"
_FIGURES = ("memory", "bandwidth", "peak", "power", "process")
_LABELS = (Rule("rdfs:label", ONE, "xsd:string", (("sh:minLength", "1"),)),)
_KNOWN = (
    Rule("kg:paperCount", ONE, "xsd:integer", _COUNT),
    Rule("kg:knownFrom", ONE, "xsd:string", among=("catalogue", "user", "text")),
    Rule("skos:inScheme", ONE, "skos:ConceptScheme"),
    Rule("skos:prefLabel", ONE, "xsd:string"),
    Rule("skos:altLabel", ANY, "xsd:string", (("sh:disjoint", "skos:prefLabel"),)),
    Rule("skos:exactMatch", ANY, "", (("sh:nodeKind", "sh:IRI"),)),
    Rule("kg:year", MAYBE, "xsd:gYear"),
)
_ENTITY = (
    *_LABELS, *_KNOWN, Rule("skos:broader", ANY, "kg:Entity"), Rule("kg:kind", MAYBE, "xsd:string"),
    Rule("kg:family", MAYBE, "xsd:string"), Rule("kg:inferred", MAYBE, "xsd:boolean"),
)  # fmt: skip

SHAPES: dict[str, tuple[Rule, ...]] = {
    "kg:Paper": (
        *_LABELS,
        Rule("dcterms:title", ONE, "xsd:string"),
        Rule("dcterms:abstract", MAYBE, "xsd:string"),
        Rule("dcterms:identifier", ANY, "xsd:string"),
        Rule("fabio:hasPublicationYear", MAYBE, "xsd:gYear"),
        Rule(
            "fabio:hasArXivId", MAYBE, "xsd:string", (("sh:pattern", r"^(\d{4}\.\d{4,5}|[a-zA-Z.-]+/\d{7})(v\d+)?$"),)
        ),
        Rule("dc:creator", ANY, "xsd:string"),
        Rule("kg:entityCount", ONE, "xsd:integer", _COUNT),
        Rule("schema:url", MAYBE, "", (("sh:nodeKind", "sh:IRI"),)),
        Rule("kg:reports", ANY, "kg:Result"),
    ),
    **{f"kg:{kind.name}": _ENTITY for kind in schema.ENTITY_TYPES if kind is not schema.HARDWARE},
    "kg:Hardware": (
        *_ENTITY,
        Rule("kg:within", (2, None)),
        Rule("kg:madeBy", MAYBE, "kg:Vendor"),
        Rule("kg:partOf", ANY, "kg:Hardware"),
        Rule("kg:specification", ANY, "kg:Specification"),
    ),
    "kg:Vendor": (*_LABELS, *_KNOWN, Rule("kg:within", (2, None))),
    "kg:Specification": (
        Rule("kg:figure", ONE, "xsd:string", among=_FIGURES),
        Rule("qudt:numericValue", ONE, "xsd:decimal", _COUNT),
        Rule("kg:unitText", ONE, "xsd:string"),
        Rule("qudt:hasUnit", MAYBE, "", (("sh:nodeKind", "sh:IRI"),)),
        Rule("dcterms:source", MAYBE),
    ),
    "rdf:Statement": (
        Rule("rdf:subject", ONE, "", (("sh:nodeKind", "sh:IRI"),)),
        Rule("rdf:predicate", ONE, "", (("sh:nodeKind", "sh:IRI"),)),
        Rule("rdf:object", ONE, "kg:Thing"),
        Rule("kg:support", ONE, "xsd:integer", (("sh:minInclusive", "1"),)),
        Rule("kg:confidence", ONE, "xsd:decimal", _SCORE),
        Rule("kg:evidence", SOME, "kg:Evidence"),
        Rule("prov:wasDerivedFrom", SOME, "kg:Paper"),
    ),
    "kg:Evidence": (
        Rule("prov:value", ONE, "xsd:string", (("sh:minLength", "1"),)),
        Rule("prov:wasQuotedFrom", ONE, "kg:Paper"),
        Rule("oa:hasSource", ONE, "kg:Paper", (("sh:equals", "prov:wasQuotedFrom"),)),
        Rule("oa:hasSelector", ONE, "oa:TextPositionSelector"),
        Rule("prov:wasAttributedTo", ONE, "prov:SoftwareAgent"),
        Rule("kg:confidence", ONE, "xsd:decimal", _SCORE),
        Rule("kg:cue", ANY, "xsd:string"),
    ),
    "kg:Mention": (
        Rule("oa:hasBody", ONE, "kg:Entity"),
        Rule("oa:hasTarget", ONE, "oa:SpecificResource"),
        Rule("oa:motivatedBy", ONE, "", (("sh:hasValue", "oa:identifying"),)),
        Rule("prov:wasAttributedTo", ONE, "prov:SoftwareAgent"),
        Rule("kg:confidence", ONE, "xsd:decimal", _SCORE),
        Rule("kg:mentionedAs", ONE, among=tuple(f"kg:{kind.name}" for kind in schema.ENTITY_TYPES)),
    ),
    "oa:SpecificResource": (Rule("oa:hasSource", ONE, "kg:Paper"), Rule("oa:hasSelector", SOME)),
    "oa:TextQuoteSelector": (
        Rule("oa:exact", ONE, "xsd:string", (("sh:minLength", "1"),)),
        Rule("oa:prefix", MAYBE, "xsd:string"),
        Rule("oa:suffix", MAYBE, "xsd:string"),
    ),
    "oa:TextPositionSelector": (
        Rule("oa:start", ONE, "xsd:integer", (*_COUNT, ("sh:lessThan", "oa:end"))),
        Rule("oa:end", ONE, "xsd:integer", (("sh:minInclusive", "1"),)),
    ),
    "kg:Result": (
        Rule("kg:metricText", ONE, "xsd:string"),
        Rule("kg:valueText", ONE, "xsd:string"),
        Rule("kg:low", MAYBE, "xsd:decimal", (("sh:lessThanOrEquals", "kg:high"),)),
        Rule("kg:high", MAYBE, "xsd:decimal"),
        Rule("mls:hasValue", MAYBE, "xsd:decimal"),
        Rule("kg:better", MAYBE, "xsd:string", among=("higher", "lower")),
        Rule("kg:change", MAYBE, "xsd:string", among=("gain", "loss")),
        Rule("kg:confidence", ONE, "xsd:decimal", _SCORE),
        Rule("kg:evidence", ONE, "kg:Evidence"),
        Rule("prov:wasDerivedFrom", ONE, "kg:Paper"),
        Rule("mls:specifiedBy", MAYBE, "kg:Metric"),
        Rule("kg:onHardware", MAYBE, "kg:Hardware"),
        Rule("kg:onDataset", MAYBE, "kg:Dataset"),
        Rule("kg:against", MAYBE, "kg:Entity"),
    ),
    "prov:SoftwareAgent": (
        *_LABELS,
        Rule("kg:evidenceCount", MAYBE, "xsd:integer", (("sh:minInclusive", "1"),)),
        Rule("kg:mentionCount", MAYBE, "xsd:integer", (("sh:minInclusive", "1"),)),
    ),
    "skos:ConceptScheme": (*_LABELS, Rule("dcterms:description", ONE, "xsd:string")),
}


def lines(base: str) -> list[str]:
    """The shapes as sorted lines of N-Triples."""
    iris = Terms(base)
    out: set[str] = set()
    for target, rules in SHAPES.items():
        out.update(_shape(iris, target, rules))
    for relation in schema.RELATIONS:
        out.update(_relation(iris, relation))
    return sorted(out)


def _shape(iris: Terms, target: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    this = _name(iris, target.partition(":")[2])
    yield _line(iris, this, "rdf:type", "sh:NodeShape")
    yield _line(iris, this, "sh:targetClass", target)
    for rule in rules:
        name = _name(iris, f"{target.partition(':')[2]}-{rule.path.partition(':')[2]}")
        yield f"{this} {iris.term('sh:property')} {name} .\n"
        yield from _property(iris, name, rule)


def _property(iris: Terms, this: str, rule: Rule) -> Iterator[str]:
    yield _line(iris, this, "rdf:type", "sh:PropertyShape")
    yield _line(iris, this, "sh:path", rule.path)
    least, most = rule.times
    if least:
        yield _line(iris, this, "sh:minCount", str(least))
    if most:
        yield _line(iris, this, "sh:maxCount", str(most))
    if rule.kind:
        yield _line(iris, this, "sh:datatype" if rule.kind.startswith("xsd:") else "sh:class", rule.kind)
    for constraint, value in rule.more:
        yield _line(iris, this, constraint, value)
    if rule.among:
        yield f"{this} {iris.term('sh:in')} {_list(this, 0)} .\n"
        values = [iris.term(value) if value.startswith("kg:") else text(value) for value in rule.among]
        yield from _members(iris, this, values)


def _relation(iris: Terms, relation: schema.Relation) -> Iterator[str]:
    """What a relation joins: its subjects and its objects are of the classes that the schema says."""
    term = REUSED.get(relation.name) or f"kg:{relation.term}"
    for end, target in (("subjects", "sh:targetSubjectsOf"), ("objects", "sh:targetObjectsOf")):
        this = _name(iris, f"{relation.term}-{end}")
        yield _line(iris, this, "rdf:type", "sh:NodeShape")
        yield _line(iris, this, target, term)
        slugs = getattr(relation, end)
        classes = [f"kg:{schema.NODE_KINDS[slug].name}" for slug in slugs]
        if len(classes) == 1:
            yield _line(iris, this, "sh:class", classes[0])
            continue
        yield f"{this} {iris.term('sh:or')} {_list(this, 0)} .\n"
        alternatives = [_name(iris, f"a-{name.partition(':')[2]}") for name in classes]
        for alternative, name in zip(alternatives, classes, strict=True):
            yield _line(iris, alternative, "sh:class", name)
        yield from _members(iris, this, alternatives)


def _members(iris: Terms, this: str, values: list[str]) -> Iterator[str]:
    for i, value in enumerate(values):
        yield f"{_list(this, i)} {iris.term('rdf:first')} {value} .\n"
        rest = _list(this, i + 1) if i + 1 < len(values) else iris.term("rdf:nil")
        yield f"{_list(this, i)} {iris.term('rdf:rest')} {rest} .\n"


def _list(this: str, number: int) -> str:
    return f"_:{''.join(filter(str.isalnum, this.rpartition('#')[2]))}{number}"


def _name(iris: Terms, name: str) -> str:
    return f"<{iris.base}shapes#{name}>"


def _line(iris: Terms, subject: str, predicate: str, value: str) -> str:
    if value.isdigit():
        shown = f'"{value}"^^{iris.term("xsd:integer")}'
    elif predicate == "sh:pattern":
        shown = text(value)
    else:
        shown = iris.term(value)
    return f"{subject} {iris.term(predicate)} {shown} .\n"
