"""A folder of RDF in, what is wrong with it out: syntax, shapes, dangling IRIs, undeclared terms, circles.

Every file is read by Oxigraph's strict parser. Shapes are checked by pySHACL, which is slow: of a graph above
SHAPED triples, whole subjects are drawn evenly until there are about so many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import pyoxigraph
from pyoxigraph import NamedNode, QuerySolutions, Store

from kg.errors import InputError
from kg.rdf import check_mentions
from kg.rdf.annotations import MENTIONS
from kg.rdf.problems import Problem, broken, few, undeclared
from kg.rdf.store import base_of, open_store
from kg.rdf.terms import NAMESPACES, NT, Terms

__all__ = ["SHAPED", "Problem", "check"]

SHAPED = 50_000
_ENDINGS = (".nt", ".nq", ".ttl", ".trig", ".jsonld")


def check(folder: Path | str, shaped: int = SHAPED) -> list[Problem]:
    """What is wrong with the RDF in a folder; empty where nothing is. `shaped` 0 leaves the shapes out.

    Raises InputError where there is no kg.nt, ConfigurationError where pySHACL is not installed.
    """
    folder = Path(folder)
    if not (folder / NT).is_file():
        raise InputError(f"no {NT} in {folder}: expected a folder that kg build wrote, or its rdf folder")
    files = sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS)
    problems = [problem for path in files for problem in _syntax(path)]
    if problems:
        return problems  # the rest would only repeat that a file cannot be read
    store = open_store(folder)
    terms = Terms(base_of(store))
    problems += _formats([path for path in files if path.stem == "kg"])
    others = [path for path in files if path.stem != "kg" and path.name != MENTIONS]
    problems += [p for path in others for p in _terms(_loaded(path), terms, path.name)]
    problems += _terms(store, terms, NT)
    problems += _dangling(store, terms)
    problems += _circles(store, terms)
    if shaped:
        drawn, lines = _sample(store, shaped)
        problems += broken(lines, drawn, terms.base, NT)
    if (folder / MENTIONS).is_file():
        problems += check_mentions.check(folder / MENTIONS, store, terms, shaped)
    return problems


def _syntax(path: Path) -> Iterator[Problem]:
    try:
        for _ in pyoxigraph.parse(path=path):
            pass
    except (SyntaxError, ValueError, OSError) as e:
        yield Problem(path.name, "syntax", str(e))


def _loaded(path: Path) -> Store:
    store = Store()
    store.bulk_load(path=path)
    return store


def _formats(files: list[Path]) -> Iterator[Problem]:
    """Whether all files are the same graph; for big ones without holding any: sums of hashes have no order."""
    sums = {path.name: _sum(path) for path in files}
    for name, found in sums.items():
        if found != sums[NT]:
            yield Problem(name, "formats", f"not the same graph as {NT}; write both again")


def _sum(path: Path) -> int:
    triples: Iterable[pyoxigraph.Triple] = (quad.triple for quad in pyoxigraph.parse(path=path))
    if path.suffix in (".trig", ".nq"):  # a triple stands in each graph that says it
        triples = set(triples)
    return sum(hash(str(triple)) for triple in triples)


def _select(store: Store, query: str, terms: Terms) -> Iterator[str]:
    for row in cast(QuerySolutions, store.query(query, prefixes=terms.prefixes())):
        value = row[0]
        if isinstance(value, NamedNode):
            yield value.value


def _terms(store: Store, terms: Terms, file: str) -> Iterator[Problem]:
    """Predicates, classes and units that their vocabulary does not declare."""
    used = (
        "SELECT DISTINCT ?p WHERE { ?s ?p ?o }",
        "SELECT DISTINCT ?c WHERE { ?s a ?c }",
        "SELECT DISTINCT ?u WHERE { ?s qudt:hasUnit ?u }",
        "SELECT DISTINCT ?p WHERE { ?s rdf:predicate|sh:path|sh:class|sh:targetClass|sh:datatype ?p }",
        "SELECT DISTINCT ?c WHERE { ?s rdfs:subClassOf|rdfs:subPropertyOf|rdfs:domain|rdfs:range ?c }",
    )
    yield from undeclared((iri for query in used for iri in _select(store, query, terms)), terms, file)


def _dangling(store: Store, terms: Terms) -> Iterator[Problem]:
    """IRIs of ours that something points to and nothing describes."""
    query = f"""SELECT DISTINCT ?o WHERE {{ ?s ?p ?o FILTER(ISIRI(?o) && STRSTARTS(STR(?o), "{terms.base}")
      && !STRSTARTS(STR(?o), "{terms.ontology}")) FILTER NOT EXISTS {{ ?o a ?class }} }} ORDER BY ?o"""
    yield from few(
        (Problem(NT, "dangling", f"<{iri}> is not described") for iri in _select(store, query, terms)), "IRIs"
    )


def _circles(store: Store, terms: Terms) -> Iterator[Problem]:
    for predicate in ("skos:broader", "kg:partOf"):
        for iri in _select(store, f"SELECT DISTINCT ?x WHERE {{ ?x {predicate}+ ?x }} ORDER BY ?x", terms):
            yield Problem(NT, "circle", f"{predicate} leads from <{iri}> back to itself")


def _sample(store: Store, most: int) -> tuple[set[str], list[str]]:
    """The graph, or whole subjects drawn evenly: which, their triples, and the types of what they point to."""
    kind = NamedNode(f"{NAMESPACES['rdf']}type")
    step = max(1, -(-len(store) // most))
    every = {q.subject.value for q in store.quads_for_pattern(None, kind, None) if isinstance(q.subject, NamedNode)}
    drawn = set(sorted(every)[::step])
    own = [quad for iri in drawn for quad in store.quads_for_pattern(NamedNode(iri), None, None)]
    pointed = {quad.object for quad in own if isinstance(quad.object, NamedNode) and quad.object.value not in drawn}
    types = [quad for thing in pointed for quad in store.quads_for_pattern(thing, kind, None)]
    return drawn, [f"{quad.triple} .\n" for quad in (*own, *types)]
