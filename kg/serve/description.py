"""The endpoint's description of itself, as triples (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.query.source import Source
from kg.serve.answer import Answer, graph, say
from kg.serve.worker import source

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def description(url: str, accept: str | None) -> Answer:
    """What the endpoint at an address takes and gives; a 400 where the request's Host made an address that is none."""
    try:
        said = list(triples(source(), url))
    except ValueError:
        return say(400, "the Host header is no name of a host")
    return graph(said, accept, len(said), source(), {})


def triples(here: Source, url: str) -> Iterator[Triple]:
    """The service, its language and formats, and its one default graph."""
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    kind = NamedNode(here.terms.expand("rdf:type"))
    yield Triple(service, kind, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(url))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in (*_RESULTS, *_GRAPHS):
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, kind, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, kind, _sd("Graph"))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
