"""kg.store.Tables -> networkx.MultiDiGraph.

One node for each paper and entity, one edge for each (subject, relation, object), with the evidences of all papers that
say so. What the catalogue says (broader, made by, part of) is an edge without evidence and with support 0. Nodes and
edges stand in sorted order, so that every file made of them is the same for the same tables. The contract that the
graph keeps is in `kg.graph.contract`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import networkx as nx

from kg.graph import names as n
from kg.records import Evidence
from kg.store import Tables

#: with the attributes of kg.graph.names
Graph: TypeAlias = "nx.MultiDiGraph[str]"

_PAPER = (n.YEAR, n.DATE, n.URL, n.DOI, n.ARXIV, n.AUTHORS, n.CATEGORIES)
_ENTITY = (
    n.TYPE, n.LABEL, n.PAPERS, n.ALIASES, n.KIND, n.VENDOR, n.FAMILY, n.YEAR, n.WIKIDATA, n.SPECS, n.INFERRED, n.SOURCE,
)  # fmt: skip


def build(tables: Tables) -> Graph:
    """The graph of the tables. What a row leaves empty is absent from its node; edges to unknown keys are left out."""
    graph: Graph = nx.MultiDiGraph()
    results: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(tables.results.to_pylist(), key=lambda row: row["key"]):
        results.setdefault(row["paper"], []).append(_present(row))
    nodes = dict(_papers(tables, results)) | dict(_entities(tables))
    for key in sorted(nodes):
        graph.add_node(key, **nodes[key])
    edges = _catalogue_edges(tables)
    _add_facts(edges, tables)
    for subject, relation, object_ in sorted(edges):
        if subject in nodes and object_ in nodes:
            edge = edges[subject, relation, object_]
            graph.add_edge(subject, object_, key=relation, **{n.RELATION: relation}, **_sums(edge))
    return graph


def _papers(tables: Tables, results: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in tables.papers.to_pylist():
        found = {n.RESULTS: results[row["key"]]} if row["key"] in results else {}
        fields = _present({k: row[k] for k in _PAPER})
        yield row["key"], {n.TYPE: "Paper", n.LABEL: row["title"], n.PAPERS: 1, **fields, **found}


def _entities(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in tables.entities.to_pylist():
        row[n.SPECS] = [_present(spec) for spec in row[n.SPECS] or ()]
        yield row["key"], _present({k: row[k] for k in _ENTITY})


def _present(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if v is not None and v != []}


def _catalogue_edges(tables: Tables) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    edges: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for key, vendor, broader, part_of in _columns(tables.entities, ("key", "vendor", "broader", "part_of")):
        stated = [("broader", b) for b in broader or ()] + [("part_of", p) for p in part_of or ()]
        for relation, object_ in stated + ([("made_by", vendor)] if vendor else []):
            edges[key, relation, object_] = []
    return edges


def _add_facts(edges: dict[tuple[str, str, str], list[dict[str, Any]]], tables: Tables) -> None:
    columns = ("subject", "relation", "object", "paper", *Evidence.__struct_fields__)
    for subject, relation, object_, paper, *evidence in _columns(tables.facts, columns):
        found = dict(zip(Evidence.__struct_fields__, evidence, strict=True))
        found["score"] = round(found["score"], 4)  # the table holds 32 bits
        edges.setdefault((subject, relation, object_), []).append(
            {"paper": paper, **found, "cues": found["cues"] or []}
        )


def _sums(evidences: list[dict[str, Any]]) -> dict[str, Any]:
    evidences.sort(key=lambda e: (e["paper"], e["start"], e["end"], e["extractor"]))
    return {
        n.SUPPORT: len({e["paper"] for e in evidences}),
        n.CONFIDENCE: max((e["score"] for e in evidences), default=1.0),
        n.EVIDENCES: evidences,
    }


def _columns(table: Any, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as tuples, a batch at a time."""
    for batch in table.select(list(names)).to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
