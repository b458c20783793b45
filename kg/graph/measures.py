"""The graph in, numbers and smaller graphs out: degrees, the projection of methods on hardware, what stands together.

A projection is a plain networkx graph of entities, where an edge's `weight` counts distinct papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import networkx as nx

from kg import schema
from kg.graph import names as n
from kg.graph.build import Graph


def degree(graph: Graph, entity_type: str, relation: str | None = None) -> dict[str, int]:
    """For each entity of a type, the number of edges that end at it, most first; of one relation, or of all.

    Raises KeyError where schema.NODE_KINDS has no such type.
    """
    known = {kind.name for kind in schema.NODE_KINDS.values()}
    if entity_type not in known:
        raise KeyError(f"{entity_type!r} is no type of node; there are {', '.join(sorted(known))}")
    counts = {
        node: sum(relation in (None, key) for *_, key in graph.in_edges(node, keys=True))
        for node, kind in _types(graph)
        if kind == entity_type
    }
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def targeting(graph: Graph) -> nx.DiGraph[str]:
    """Methods, models and software on hardware that they target: edges with `weight` and `papers`.

    A pair comes from a statement about the two, or from a paper that proposes the one and targets the other.
    """
    papers: dict[tuple[str, str], set[str]] = {}
    for subject, hardware, data in graph.edges(data=True):
        if data[n.RELATION] != "targets":
            continue
        if not subject.startswith("paper/"):
            papers.setdefault((subject, hardware), set()).update(e["paper"] for e in data[n.EVIDENCES])
            continue
        for _, proposed, key in graph.out_edges(subject, keys=True):
            if key == "proposes" and proposed.startswith(("method/", "model/", "software/")):
                papers.setdefault((proposed, hardware), set()).add(subject)
    projection: nx.DiGraph[str] = nx.DiGraph()
    for (method, hardware), found in sorted(papers.items()):
        projection.add_node(method, **graph.nodes[method])
        projection.add_node(hardware, **graph.nodes[hardware])
        projection.add_edge(method, hardware, weight=len(found), papers=sorted(found))
    return projection


def together(graph: Graph, types: Iterable[str] = ("Hardware",)) -> nx.Graph[str]:
    """Entities of the types that papers name together: an undirected graph, `weight` in papers."""
    wanted = set(types)
    weights: dict[tuple[str, str], int] = {}
    for paper, kind in _types(graph):
        if kind != "Paper":
            continue
        named = sorted(v for v in graph.successors(paper) if graph.nodes[v][n.TYPE] in wanted)
        for pair in combinations(named, 2):
            weights[pair] = weights.get(pair, 0) + 1
    projection: nx.Graph[str] = nx.Graph()
    projection.add_nodes_from((v, data) for v, data in graph.nodes(data=True) if data[n.TYPE] in wanted)
    projection.add_weighted_edges_from((a, b, w) for (a, b), w in sorted(weights.items()))
    return projection


def narrower(graph: Graph, hardware: str) -> set[str]:
    """The hardware itself and everything under it in the hierarchy.

    Raises KeyError where the graph has no such node.
    """
    if hardware not in graph:
        raise KeyError(f"no node {hardware!r} in the graph; keys look like 'hardware/nvidia-a100'")
    seen, ahead = {hardware}, [hardware]
    while ahead:
        for child, _, key in graph.in_edges(ahead.pop(), keys=True):
            if key == "broader" and child not in seen:
                seen.add(child)
                ahead.append(child)
    return seen


def _types(graph: Graph) -> Iterator[tuple[str, str]]:
    return ((node, data[n.TYPE]) for node, data in graph.nodes(data=True))
