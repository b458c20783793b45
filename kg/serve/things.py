"""An IRI of ours in, what the store says of it out: as triples for a program, as a page for a reader.

The IRI is bound as a term in every question here; it never becomes part of a query's text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from kg import schema
from kg.query.source import Source
from kg.rdf import ontology
from kg.rdf.describe import program_version
from kg.serve.answer import Answer, graph, say
from kg.serve.worker import source

#: The keys of the ontology: its IRI, and that of its version.
ONTOLOGIES = ("ontology", f"ontology/{program_version()}")
#: Lines of one list on a page.
MOST = 200
_FACTS = """
SELECT ?thing ?relation ?other ?support ?confidence ?sentence ?paper
WHERE {
  ?statement %s ?thing ; rdf:predicate ?relation ; %s ?other ; kg:support ?support ; kg:confidence ?confidence ;
    kg:evidence ?evidence .
  ?evidence prov:value ?sentence ; prov:wasQuotedFrom ?paper .
}
ORDER BY DESC(?relation) DESC(?support) ?other DESC(?confidence) ?paper ?sentence
"""
#: The facts that begin at a thing, and those that end there.
FROM, TO = _FACTS % ("rdf:subject", "rdf:object"), _FACTS % ("rdf:object", "rdf:subject")
#: Properties that stand on a page as facts, with their words; and what only ties those words to their place.
_AS_FACTS = frozenset(f"kg:{r.term}" for r in schema.RELATIONS) - {"kg:broader", "kg:madeBy", "kg:partOf"}
_TIES = ("rdf:subject", "rdf:object", "oa:hasSource", "prov:wasQuotedFrom", "prov:wasDerivedFrom")
_LABELS = ("rdfs:label", "skos:prefLabel", "dcterms:title")
_SHOWN_APART = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "dcterms:title", "dcterms:abstract", "rdf:type")


class Value(NamedTuple):
    """A term as a page shows it: its text, and its IRI where it is one."""

    text: str
    iri: str | None = None


class Said(NamedTuple):
    """The words of a paper behind a fact."""

    sentence: str
    paper: Value


class Fact(NamedTuple):
    """A statement about the thing of a page; `other` stands at its other end."""

    relation: str
    other: Value
    support: int
    confidence: float
    said: tuple[Said, ...]


class Thing(NamedTuple):
    """All that a page says of one thing; lists end at MOST lines, `cut` says whether one did."""

    iri: str
    label: str
    types: tuple[Value, ...]
    aliases: tuple[str, ...]
    abstract: str | None
    properties: tuple[tuple[str, tuple[Value, ...]], ...]
    states: tuple[Fact, ...]
    stated: tuple[Fact, ...]
    links: tuple[tuple[str, tuple[Value, ...]], ...]
    cut: bool


def data(key: str, accept: str | None, max_rows: int) -> Answer:
    """The triples of a thing, and those that point to it; of the ontology, all. 404 where there are none."""
    here = source()
    if key in ONTOLOGIES:
        text = "".join(ontology.lines(here.terms.base)).encode()
        terms = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)
        return graph((quad.triple for quad in terms), accept, max_rows, here, {})
    node = _node(here, key)
    found = list(islice(_triples(here, node), max_rows + 1))
    return graph(found, accept, max_rows, here, {}) if found else _unknown(node)


def page(key: str) -> Thing | Answer:
    """What a page says of a thing. A 404 where the store knows nothing of it."""
    here = source()
    return thing(here, key) or _unknown(_node(here, key))


def thing(here: Source, key: str) -> Thing | None:
    """What a store says of the thing with a key."""
    node = _node(here, key)
    own: dict[str, list[Value]] = defaultdict(list)
    for quad in _quads(here, node, None):
        own[_curie(here, quad.predicate.value)].append(_value(here, quad.object))
    links: dict[str, list[Value]] = defaultdict(list)
    for quad in _quads(here, None, node):
        name = _curie(here, quad.predicate.value)
        if name not in _AS_FACTS and name not in _TIES and len(links[name]) <= MOST:
            links[name].append(_value(here, quad.subject))
    states, stated = _facts(here, FROM, node), _facts(here, TO, node)
    if not (own or links or stated):
        return None
    label = next((own[name][0].text for name in _LABELS if name in own), key.partition("/")[2] or key)
    shown = {n: v for n, v in own.items() if n not in _SHOWN_APART and (n not in _AS_FACTS or n == "kg:mentions")}
    return Thing(
        iri=node.value,
        label=label,
        types=tuple(sorted(own.get("rdf:type", ()))),
        aliases=tuple(sorted(value.text for value in own.get("skos:altLabel", ()))),
        abstract=own["dcterms:abstract"][0].text if "dcterms:abstract" in own else None,
        properties=_lists(shown),
        states=states[:MOST],
        stated=stated[:MOST],
        links=_lists(links),
        cut=any(len(some) > MOST for some in (states, stated, *shown.values(), *links.values())),
    )


def _node(here: Source, key: str) -> NamedNode:
    return NamedNode(here.terms.iri(key)[1:-1])


def _unknown(node: NamedNode) -> Answer:
    return say(404, f"nothing is known of {node.value}; search the explorer at /, or ask at /query")


def _quads(here: Source, subject: NamedNode | None, thing: NamedNode | None) -> Iterator[pyoxigraph.Quad]:
    assert isinstance(here.store, pyoxigraph.Store)  # noqa: S101 - `connect` of a folder gives no other
    return here.store.quads_for_pattern(subject, None, thing)


def _triples(here: Source, node: NamedNode) -> Iterator[Triple]:
    for quads in (_quads(here, node, None), _quads(here, None, node)):
        yield from (quad.triple for quad in quads)


def _facts(here: Source, query: str, node: NamedNode) -> tuple[Fact, ...]:
    found: dict[tuple[str, str], tuple[Any, list[Said]]] = {}
    for row in here.solve(query, {"thing": node}).rows:
        _, relation, other, support, confidence, sentence, paper = row
        key = (_curie(here, _text(relation)), _text(other))
        if key not in found and len(found) > MOST:
            break
        words = found.setdefault(key, ((other, support, confidence), []))[1]
        if len(words) < MOST:
            words.append(Said(_text(sentence), _value(here, paper)))
    return tuple(
        Fact(_words(relation), _value(here, other), int(_text(support)), float(_text(confidence)), tuple(words))
        for (relation, _), ((other, support, confidence), words) in found.items()
    )


def _lists(values: dict[str, list[Value]]) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    return tuple((_words(name), tuple(sorted(some)[:MOST])) for name, some in sorted(values.items()))


def _value(here: Source, term: object) -> Value:
    """A term with its label, where it has one."""
    if not isinstance(term, NamedNode):
        return Value(_text(term))
    for name in _LABELS:
        for quad in _labels(here, term, name):
            return Value(_text(quad.object), term.value)
    return Value(_curie(here, term.value), term.value)


def _labels(here: Source, term: NamedNode, name: str) -> Iterator[pyoxigraph.Quad]:
    assert isinstance(here.store, pyoxigraph.Store)  # noqa: S101 - see _quads
    return here.store.quads_for_pattern(term, NamedNode(here.terms.expand(name)), None)


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _curie(here: Source, iri: str) -> str:
    """The shortest prefixed name of an IRI, or the IRI."""
    fits = [(space, prefix) for prefix, space in here.terms.prefixes().items() if iri.startswith(space)]
    if not fits:
        return iri
    space, prefix = max(fits)
    return f"{prefix}:{iri[len(space) :]}"


def _words(curie: str) -> str:
    """One of our properties as words, any other as it is.

    >>> _words("kg:targetsHardware")
    'targets hardware'
    """
    name = curie.removeprefix("kg:")
    return curie if name == curie else "".join(f" {c.lower()}" if c.isupper() else c for c in name)
