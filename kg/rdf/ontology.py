"""kg.schema in, our ontology out: classes, properties, definitions, domains, ranges and mappings, as N-Triples lines.

Types and relations come from the schema's table; what only the RDF has (statements, evidence, figures) stands here. A
term of ours is a subclass or subproperty of a published one where that is true, and a close match where it is near.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg import schema
from kg.rdf.blocks import REUSED
from kg.rdf.describe import program_version
from kg.rdf.terms import Terms, text, typed


class Term(NamedTuple):
    """A class (no kind) or a property of ours; names are prefixed, `kg:` where they are our own."""

    name: str
    label: str
    definition: str
    kind: str = "owl:Class"
    parents: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    note: str = ""


_OFFSETS = (
    "Offsets count Unicode code points from 0, half open, in the title, two line feeds, and the abstract of the paper."
)
_LPWC = "https://linkedpaperswithcode.com/"
_CSKG = "https://w3id.org/cskg/ontology#"

_CLASS_PARENTS = {
    "Paper": ("kg:Thing", "schema:ScholarlyArticle"),
    "Model": ("kg:Entity",),
    "Method": ("kg:Entity",),
    "Dataset": ("kg:Entity",),
    "Metric": ("kg:Entity", "mls:EvaluationMeasure"),
    "Vendor": ("kg:Thing", "schema:Organization", "skos:Concept"),
}
_CLASS_CLOSE = {
    "Paper": ("fabio:ResearchPaper", f"{_LPWC}class/paper"),
    "Model": ("mls:Model", f"{_LPWC}class/model"),
    "Method": ("mls:Algorithm", f"{_LPWC}class/method"),
    "Software": ("mls:Software", "schema:SoftwareApplication"),
    "Dataset": ("schema:Dataset", "mls:Dataset", f"{_LPWC}class/dataset"),
    "Hardware": ("http://mex.aksw.org/mex-core#HardwareConfiguration",),
    "Task": ("mls:Task", f"{_LPWC}class/task"),
}
_PROPERTY_PARENTS = {"mentions": ("schema:mentions",)}
_PROPERTY_CLOSE = {
    "uses_method": (f"{_LPWC}property/hasMethod",),
    "uses_model": (f"{_LPWC}property/hasModel",),
    "uses_dataset": (f"{_LPWC}property/usesDataset",),
    "addresses_task": (f"{_LPWC}property/hasTask",),
    "made_by": ("schema:manufacturer",),
    "part_of": ("dcterms:isPartOf",),
}
_OBJECT, _DATA = "owl:ObjectProperty", "owl:DatatypeProperty"

_CLASSES = (
    Term("kg:Thing", "thing", "What a statement can be about: an entity, a paper or a vendor."),
    Term("kg:Entity", "entity", "What a paper can speak of: a concept in the scheme of its type.",
         parents=("kg:Thing", "skos:Concept")),
    Term("kg:Evidence", "evidence", "Words of a paper that a statement or a result was read from by a program.",
         parents=("prov:Entity", "oa:SpecificResource"), note=_OFFSETS),
    Term("kg:Mention", "mention", "Words of a paper that name an entity: the target is their place, by position and by "
         "quotation, the body the entity.", parents=("oa:Annotation",), note=_OFFSETS),
    Term("kg:Result", "result", "A quantity that a paper reports for a metric, as a number or a range.",
         parents=("mls:ModelEvaluation",), close=(f"{_LPWC}class/evaluationresult",)),
    Term("kg:Specification", "specification", "A figure of a piece of hardware, with the source it was taken from.",
         parents=("qudt:QuantityValue",)),
)  # fmt: skip

_STATED = ("rdf:Statement", "kg:Evidence", "kg:Mention", "kg:Result")
_PROPERTIES = (
    Term("kg:support", "support", "Distinct papers that say so; mentions within one paper count once.", _DATA,
         close=(f"{_CSKG}hasSupport",), domain=("rdf:Statement",), range=("xsd:integer",)),
    Term("kg:confidence", "confidence", "How sure the extraction is, from 0 to 1; of a statement, its surest evidence.",
         _DATA, domain=_STATED, range=("xsd:decimal",)),
    Term("kg:evidence", "evidence", "The words that it was read from.", _OBJECT, parents=("prov:wasDerivedFrom",),
         domain=("rdf:Statement", "kg:Result"), range=("kg:Evidence",)),
    Term("kg:cue", "cue", "What in the words decided: a rule's cue, a pattern, a name.", _DATA, domain=("kg:Evidence",),
         range=("xsd:string",)),
    Term("kg:reports", "reports", "The paper reports the result.", _OBJECT, domain=("kg:Paper",), range=("kg:Result",)),
    Term("kg:metricText", "metric as written", "The measure in the paper's own words.", _DATA, domain=("kg:Result",),
         range=("xsd:string",)),
    Term("kg:valueText", "value as written", "The quantity in the paper's own words.", _DATA, domain=("kg:Result",),
         range=("xsd:string",)),
    Term("kg:low", "low", "The lower end of a range; the number itself where it is single.", _DATA,
         domain=("kg:Result",), range=("xsd:decimal",)),
    Term("kg:high", "high", "The upper end of a range; the number itself where it is single.", _DATA,
         domain=("kg:Result",), range=("xsd:decimal",)),
    Term("kg:unitText", "unit code", "The QUDT code of the unit, or x for a ratio; also where QUDT has no such unit.",
         _DATA, domain=("kg:Result", "kg:Specification"), range=("xsd:string",)),
    Term("kg:better", "better", "Whether more (higher) or less (lower) of the metric is better.", _DATA,
         domain=("kg:Result",), range=("xsd:string",)),
    Term("kg:change", "change", "Whether the text calls it a gain or a loss.", _DATA, domain=("kg:Result",),
         range=("xsd:string",)),
    Term("kg:onHardware", "on hardware", "The hardware that the result was measured on.", _OBJECT,
         domain=("kg:Result",), range=("kg:Hardware",)),
    Term("kg:onDataset", "on dataset", "The dataset that the result was measured on.", _OBJECT, domain=("kg:Result",),
         range=("kg:Dataset",)),
    Term("kg:against", "against", "The baseline that the result is relative to.", _OBJECT, domain=("kg:Result",),
         range=("kg:Entity",)),
    Term("kg:within", "within", "The thing itself, all that stands above it in the hierarchy, and its scheme: one "
         "triple where a query would need a path.", _OBJECT, domain=("kg:Hardware", "kg:Vendor")),
    Term("kg:specification", "specification", "A figure of the hardware.", _OBJECT, domain=("kg:Hardware",),
         range=("kg:Specification",)),
    Term("kg:figure", "figure", "What is specified: memory, bandwidth, peak, power, process.", _DATA,
         domain=("kg:Specification",), range=("xsd:string",)),
    Term("kg:numberFormat", "number format", "The number format of a peak rate.", _DATA, domain=("kg:Specification",),
         range=("xsd:string",)),
    Term("kg:kind", "kind", "The kind of thing within its type: product, family, architecture, class.", _DATA,
         domain=("kg:Entity",), range=("xsd:string",)),
    Term("kg:family", "family", "The product line that it belongs to.", _DATA, domain=("kg:Entity",),
         range=("xsd:string",)),
    Term("kg:year", "year", "The year in which it came out.", _DATA, domain=("kg:Entity", "kg:Vendor"),
         range=("xsd:gYear",)),
    Term("kg:paperCount", "papers", "Distinct papers that mention it; 0 where it only stands above others.", _DATA,
         domain=("kg:Entity", "kg:Vendor"), range=("xsd:integer",)),
    Term("kg:entityCount", "entities", "How many things the title and abstract name; 0 where nothing was found.", _DATA,
         domain=("kg:Paper",), range=("xsd:integer",)),
    Term("kg:inferred", "inferred", "True where the entity was resolved by its form and is in no list.", _DATA,
         domain=("kg:Entity",), range=("xsd:boolean",)),
    Term("kg:knownFrom", "known from", "Who knows it: the catalogue, the user, or the text alone.", _DATA,
         domain=("kg:Entity", "kg:Vendor"), range=("xsd:string",)),
    Term("kg:evidenceCount", "pieces of evidence", "How many readings of facts and results are of this program.",
         _DATA, domain=("prov:SoftwareAgent",), range=("xsd:integer",)),
    Term("kg:mentionCount", "mentions", "How many mentions this program read.", _DATA, domain=("prov:SoftwareAgent",),
         range=("xsd:integer",)),
    Term("kg:mentionedAs", "mentioned as", "The class that the words were taken for where they stand; the "
         "entity may be known as another.", _OBJECT, domain=("kg:Mention",), range=("owl:Class",)),
    Term("kg:readFrom", "read from", "The file and line that the paper was read from.", _DATA, domain=("kg:Paper",),
         range=("xsd:string",)),
)  # fmt: skip


def terms() -> tuple[Term, ...]:
    """Every term of ours: classes, then the relations of the schema, then the rest."""
    classes = tuple(_class(kind) for kind in schema.NODE_KINDS.values())
    return (*_CLASSES, *classes, *(_relation(r) for r in schema.RELATIONS if r.name not in REUSED), *_PROPERTIES)


def names() -> frozenset[str]:
    """The local names of our terms, for checks."""
    return frozenset(term.name.removeprefix("kg:") for term in terms())


def _class(kind: schema.EntityType) -> Term:
    parents = _CLASS_PARENTS.get(kind.name, ("kg:Entity",))
    return Term(
        f"kg:{kind.name}", kind.name.lower(), kind.definition, parents=parents, close=_CLASS_CLOSE.get(kind.name, ())
    )


def _relation(relation: schema.Relation) -> Term:
    slugs = {end: _classes(getattr(relation, end)) for end in ("subjects", "objects")}
    definition = f"{relation.definition} Read from the text by a program, not asserted by its authors."
    if relation.name in ("made_by", "part_of"):
        definition = relation.definition
    return Term(
        f"kg:{relation.term}", relation.label, definition, _OBJECT, _PROPERTY_PARENTS.get(relation.name, ()),
        _PROPERTY_CLOSE.get(relation.name, ()), slugs["subjects"], slugs["objects"],
    )  # fmt: skip


def _classes(slugs: tuple[str, ...]) -> tuple[str, ...]:
    if len(slugs) == len(schema.ENTITY_TYPES):
        return ("kg:Entity",)
    return tuple(f"kg:{schema.NODE_KINDS[slug].name}" for slug in slugs)


def lines(base: str) -> list[str]:
    """The ontology as sorted lines of N-Triples; unions of classes are blank nodes with fixed names."""
    iris = Terms(base)
    out = set(_header(iris))
    for term in terms():
        out.update(_term(term, iris))
    return sorted(out)


def _header(iris: Terms) -> Iterator[str]:
    this, prefix = f"<{iris.ontology[:-1]}>", "_:prefix"
    for predicate, value in (
        ("rdf:type", iris.term("owl:Ontology")),
        ("dcterms:title", text("Ontology of hardware in research papers")),
        ("dcterms:description", text("Papers, the models, methods, software, datasets, hardware, metrics and tasks "
                                     "that they speak of, and the words that each statement was read from.")),
        ("owl:versionInfo", text(program_version())),
        ("owl:versionIRI", f"<{iris.ontology[:-1]}/{program_version()}>"),
        ("dcterms:license", "<https://www.apache.org/licenses/LICENSE-2.0>"),
        ("dc:creator", text("The authors of hardware-kg")),
        ("rdfs:seeAlso", f"<{iris.base}ontology.html>"),
        ("sh:declare", prefix),
    ):  # fmt: skip
        yield f"{this} {iris.term(predicate)} {value} .\n"
    yield f"{prefix} {iris.term('sh:prefix')} {text('kg')} .\n"
    yield f"{prefix} {iris.term('sh:namespace')} {typed(iris.ontology, 'anyURI')} .\n"


def _iri(name: str, iris: Terms) -> str:
    return f"<{name}>" if name.startswith(("https:", "http:")) else iris.term(name)


def _term(term: Term, iris: Terms) -> Iterator[str]:
    this = iris.term(term.name)
    parent = "rdfs:subClassOf" if term.kind == "owl:Class" else "rdfs:subPropertyOf"
    pairs = [
        ("rdf:type", iris.term(term.kind)),
        ("rdfs:label", f"{text(term.label)}@en"),
        ("skos:definition", f"{text(term.definition)}@en"),
        ("rdfs:isDefinedBy", f"<{iris.ontology[:-1]}>"),
        *((parent, _iri(name, iris)) for name in term.parents),
        *(("skos:closeMatch", _iri(name, iris)) for name in term.close),
        *([("skos:scopeNote", f"{text(term.note)}@en")] if term.note else ()),
    ]
    yield from (f"{this} {iris.term(predicate)} {value} .\n" for predicate, value in pairs)
    for predicate, members in (("rdfs:domain", term.domain), ("rdfs:range", term.range)):
        if len(members) == 1:
            yield f"{this} {iris.term(predicate)} {iris.term(members[0])} .\n"
        elif members:
            label = f"_:{term.name[3:]}{predicate[5:].capitalize()}"
            yield f"{this} {iris.term(predicate)} {label} .\n"
            yield from _union(label, members, iris)


def _union(label: str, members: tuple[str, ...], iris: Terms) -> Iterator[str]:
    first, rest, nil = iris.term("rdf:first"), iris.term("rdf:rest"), iris.term("rdf:nil")
    yield f"{label} {iris.term('rdf:type')} {iris.term('owl:Class')} .\n"
    yield f"{label} {iris.term('owl:unionOf')} {label}1 .\n"
    for i, member in enumerate(members, 1):
        yield f"{label}{i} {first} {iris.term(member)} .\n"
        yield f"{label}{i} {rest} {f'{label}{i + 1}' if i < len(members) else nil} .\n"
