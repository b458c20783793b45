"""Which part of the graph a picture shows: `Tables` in, nodes and edges by support out, and how many there were.

Whole graphs are hairballs. A picture takes the nodes that most papers stand behind, or those around what was asked for,
and says how many it leaves out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from kg import schema
from kg.store import Tables

#: The edges that answer the question; where nothing else is asked for, a picture is made of these.
ROLES = ("targets", "evaluated_on", "compared_with")
_CATALOGUE = {"broader": "broader", "part_of": "part_of", "vendor": "made_by"}
_MADE = ("Method", "Model", "Software")


class Node(NamedTuple):
    """A node to draw: its key, kind, label and the number of papers that speak of it."""

    key: str
    type: str
    label: str
    papers: int


class Edge(NamedTuple):
    """An edge to draw; `support` counts distinct papers, 0 where the catalogue says it."""

    subject: str
    relation: str
    object: str
    support: int


class Picture(NamedTuple):
    """What is drawn, and how much there was."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    all_nodes: int
    all_edges: int


def overview(tables: Tables, limit: int) -> Picture:
    """The most supported things joined by a hardware role. A paper that proposes nothing named stands for itself."""
    nodes, edges = _nodes(tables), _edges(tables, (*ROLES, "proposes"))
    wanted = _lifted(tables, nodes, edges)
    rank: Counter[str] = Counter()
    for edge, papers in wanted.items():
        rank[edge[0]] += len(papers)
        rank[edge[2]] += len(papers)
    return _picture(nodes, wanted | _within(edges, set(rank)), rank, limit)


def around(tables: Tables, keys: Collection[str], limit: int) -> Picture:
    """The nodes asked for and what stands next to them, the most supported first. Unknown keys are left out."""
    nodes, edges = _nodes(tables), _edges(tables)
    wanted = {k: p for k, p in edges.items() if k[0] in keys or k[2] in keys}
    rank: Counter[str] = Counter()
    for edge, papers in wanted.items():
        rank[edge[0]] += 1 + len(papers)
        rank[edge[2]] += 1 + len(papers)
    top = max(rank.values(), default=0)
    rank.update({key: top for key in keys if key in nodes})
    return _picture(nodes, wanted | _within(edges, set(rank)), rank, limit)


def between(tables: Tables, keys: Collection[str], limit: int) -> Picture:
    """The nodes asked for and the edges between them: the graph of a query's result."""
    nodes, edges = _nodes(tables), _edges(tables)
    kept = {key for key in keys if key in nodes}
    inner = {k: p for k, p in edges.items() if k[0] in kept and k[2] in kept}
    return _picture(nodes, inner, Counter({key: 1 + nodes[key].papers for key in kept}), limit)


_Triple = tuple[str, str, str]
_Edges = dict[_Triple, set[str]]


def _nodes(tables: Tables) -> dict[str, Node]:
    columns = (tables.entities[name].to_pylist() for name in ("key", "type", "label", "papers"))
    found = {key: Node(key, kind, label, papers) for key, kind, label, papers in zip(*columns, strict=True)}
    keys, titles = tables.papers["key"].to_pylist(), tables.papers["title"].to_pylist()
    return found | {key: Node(key, schema.PAPER.name, title, 1) for key, title in zip(keys, titles, strict=True)}


def _edges(tables: Tables, relations: Collection[str] = ()) -> _Edges:
    """The papers behind each edge of the facts, of these relations or of all, and the edges of the catalogue."""
    edges: _Edges = defaultdict(set)
    facts = tables.facts
    if relations:
        facts = facts.filter(pc.is_in(facts["relation"], pa.array(relations, facts["relation"].type)))
    columns = (facts[name].to_pylist() for name in ("subject", "relation", "object", "paper"))
    for subject, relation, thing, paper in zip(*columns, strict=True):
        edges[subject, relation, thing].add(paper)
    for e in tables.entities.select(["key", *_CATALOGUE]).to_pylist():
        for column, relation in _CATALOGUE.items():
            above = e[column] if isinstance(e[column], list) else [e[column]] if e[column] else []
            edges.update({(e["key"], relation, up): set() for up in above})
    return edges


def _lifted(tables: Tables, nodes: dict[str, Node], edges: _Edges) -> _Edges:
    """Role edges with the paper replaced by what it proposes, as the matrix has it."""
    made: dict[str, list[str]] = defaultdict(list)
    own: set[tuple[str, str, str]] = set()
    for (subject, relation, thing), papers in edges.items():
        if relation == "proposes" and thing in nodes and nodes[thing].type in _MADE:
            made[subject].append(thing)
        elif relation in ROLES and not subject.startswith("paper/"):
            own |= {(paper, relation, thing) for paper in papers}
    lifted: _Edges = defaultdict(set)
    for (subject, relation, thing), papers in edges.items():
        if relation not in ROLES or thing not in nodes or nodes[thing].type != "Hardware":
            continue
        if not subject.startswith("paper/"):
            lifted[subject, relation, thing] |= papers
        elif (subject, relation, thing) not in own:
            for maker in made[subject] or [subject]:
                lifted[maker, relation, thing] |= papers
    return lifted


def _within(edges: _Edges, keys: set[str]) -> _Edges:
    """The catalogue's edges among the nodes: a hierarchy holds a picture together."""
    return {k: p for k, p in edges.items() if k[1] in _CATALOGUE.values() and k[0] in keys and k[2] in keys}


def _picture(nodes: dict[str, Node], edges: _Edges, rank: Counter[str], limit: int) -> Picture:
    """Up to `limit` nodes, the best ranked first, each joined to one that is drawn already where it can be."""
    known = [key for key in rank if key in nodes]
    order = sorted(known, key=lambda key: (-rank[key], key))
    beside: dict[str, set[str]] = defaultdict(set)
    for subject, _, thing in edges:
        beside[subject].add(thing)
        beside[thing].add(subject)
    shown: set[str] = set(order[: limit // 8])
    for key in order:
        if len(shown) < limit and beside[key] & shown:
            shown.add(key)
    for key in order:  # what no drawn node is joined to comes last
        if len(shown) < min(limit, len(order)):
            shown.add(key)
    drawn = [Edge(*k, len(p)) for k, p in edges.items() if k[0] in shown and k[2] in shown]
    return Picture(tuple(nodes[key] for key in sorted(shown)), tuple(sorted(drawn)), len(known), len(edges))
