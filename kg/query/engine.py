"""A query and a store in, solutions out, by Oxigraph or by rdflib: the same shape and the same terms from both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    import rdflib

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Bound: TypeAlias = Mapping[str, NamedNode | Literal]


class Solutions(NamedTuple):
    """Variables, and for each solution their terms; an ASK is one solution, a graph is its triples."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Term | None, ...]]


_GRAPH = ("subject", "predicate", "object")
_TRUE = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")


def solve(store: pyoxigraph.Store | rdflib.Graph, query: str, prefixes: dict[str, str], bound: Bound) -> Solutions:
    """The solutions of a query with its parameters bound to terms. Raises what the engine raises."""
    if isinstance(store, pyoxigraph.Store):
        return _oxigraph(store, query, prefixes, bound)
    return _rdflib(store, query, prefixes, bound)


def _oxigraph(store: pyoxigraph.Store, query: str, prefixes: dict[str, str], bound: Bound) -> Solutions:
    substitutions = {pyoxigraph.Variable(name): term for name, term in bound.items()}
    found = store.query(query, prefixes=prefixes, substitutions=substitutions or None)  # type: ignore[arg-type]
    if isinstance(found, pyoxigraph.QueryBoolean):
        return _ask(bool(found))
    if isinstance(found, pyoxigraph.QueryTriples):
        return Solutions(_GRAPH, ((t.subject, t.predicate, t.object) for t in found))
    return Solutions(tuple(v.value for v in found.variables), (tuple(row) for row in found))


def _rdflib(graph: rdflib.Graph, query: str, prefixes: dict[str, str], bound: Bound) -> Solutions:
    found = graph.query(query, initNs=prefixes, initBindings={name: _to_rdflib(t) for name, t in bound.items()})
    if found.type == "ASK":
        return _ask(bool(found.askAnswer))
    columns = _GRAPH if found.vars is None else tuple(str(v) for v in found.vars)
    return Solutions(columns, (tuple(_from_rdflib(value) for value in row) for row in found))  # type: ignore[union-attr]


def _ask(answer: bool) -> Solutions:
    return Solutions(("answer",), [(Literal("true" if answer else "false", datatype=_TRUE),)])


def _to_rdflib(term: NamedNode | Literal) -> rdflib.URIRef | rdflib.Literal:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _from_rdflib(node: object) -> Term | None:
    import rdflib

    if node is None:
        return None
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
    raise TypeError(f"no RDF term: {node!r}")
