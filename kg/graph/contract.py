"""What a valid graph is, as a function: a graph in, a list of what is wrong out.

1. It is a directed multigraph. 2. Each node has a type of `schema.NODE_KINDS`, its key begins with that type's slug,
and it has a label. 3. An edge's key is a relation of `schema.RELATIONS`, and its ends are of the kinds that this
relation joins. 4. No evidence, no edge: an edge has evidences with paper, words and offsets, or is one that the
catalogue states. 5. Its support is the number of distinct papers among its evidences, and each of these papers is a
node. 6. `broader` and `part_of` have no cycle.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx

from kg import schema
from kg.graph import names as n
from kg.graph.build import Graph

#: Relations that the catalogue may state without a paper.
FROM_CATALOGUE = ("broader", "made_by", "part_of")


def check(graph: Graph) -> list[str]:
    """What breaks the contract, in the order of the graph; empty for a valid graph."""
    if not (graph.is_directed() and graph.is_multigraph()):
        return [f"the graph is a {type(graph).__name__}, expected a networkx.MultiDiGraph"]
    return [
        *(f"node {key!r}: {problem}" for key, data in graph.nodes(data=True) for problem in _node(key, data)),
        *(
            f"edge {subject!r} -{relation}-> {object_!r}: {problem}"
            for subject, object_, relation, data in graph.edges(keys=True, data=True)
            for problem in _edge(graph, subject, relation, object_, data)
        ),
        *_cycles(graph),
    ]


def _node(key: str, data: dict[str, Any]) -> Iterator[str]:
    kind = schema.NODE_KINDS.get(str(key).split("/", 1)[0])
    if kind is None:
        yield f"its key should begin with one of {', '.join(schema.NODE_KINDS)} and a slash"
    elif data.get(n.TYPE) != kind.name:
        yield f"its type is {data.get(n.TYPE)!r}, expected {kind.name!r} as its key says"
    if not data.get(n.LABEL):
        yield "it has no label"


def _edge(graph: Graph, subject: str, relation: str, object_: str, data: dict[str, Any]) -> Iterator[str]:
    known = schema.RELATION.get(relation)
    if known is None:
        yield f"no such relation; there are {', '.join(schema.RELATION)}"
        return
    for end, slugs in ((subject, known.subjects), (object_, known.objects)):
        if end.split("/", 1)[0] not in slugs:
            yield f"{end!r} is none of {', '.join(slugs)}"
    if data.get(n.RELATION) != relation:
        yield f"its attribute {n.RELATION!r} is {data.get(n.RELATION)!r}"
    evidences = data.get(n.EVIDENCES) or []
    if not evidences and relation not in FROM_CATALOGUE:
        yield "it has no evidence"
    papers = {e.get("paper") for e in evidences}
    if data.get(n.SUPPORT) != len(papers):
        yield f"its support is {data.get(n.SUPPORT)!r}, its evidences come from {len(papers)} papers"
    for paper in sorted(p for p in papers if p not in graph):
        yield f"its evidence is from {paper!r}, which is no node"
    for e in evidences:
        if not e.get("quote") or e["end"] - e["start"] != len(e["quote"]):
            yield f"its evidence {e.get('quote')!r} does not fit the offsets {e.get('start')}-{e.get('end')}"


def _cycles(graph: Graph) -> Iterator[str]:
    for relation in ("broader", "part_of"):
        ways = nx.DiGraph((u, v) for u, v, key in graph.edges(keys=True) if key == relation)
        if not nx.is_directed_acyclic_graph(ways):
            cycle = [u for u, _ in nx.find_cycle(ways)]
            yield f"{relation} runs in a circle: {' -> '.join([*cycle, cycle[0]])}"
