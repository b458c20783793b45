"""CSV for Neo4j: every node and edge, typed headers, lists that stay lists."""

from __future__ import annotations

import csv
from pathlib import Path

from kg.graph import neo4j
from kg.graph.build import build
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE, tables


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_node_and_every_edge_is_a_row(tmp_path: Path) -> None:
    graph = build(tables())
    nodes, edges = (rows(path) for path in neo4j.write(graph, tmp_path))
    assert {row["key:ID"] for row in nodes} == set(graph)
    assert {(row[":START_ID"], row[":END_ID"], row[":TYPE"].lower()) for row in edges} == set(graph.edges(keys=True))


def test_ids_of_relationships_are_ids_of_nodes(tmp_path: Path) -> None:
    nodes, edges = (rows(path) for path in neo4j.write(build(tables()), tmp_path))
    known = {row["key:ID"] for row in nodes}
    assert all(row[":START_ID"] in known and row[":END_ID"] in known for row in edges)


def test_text_and_lists_come_back(tmp_path: Path) -> None:
    graph = build(tables())
    graph.nodes["hardware/gpu"]["aliases"] = ["a;b", "c\nd"]
    nodes, edges = (rows(path) for path in neo4j.write(graph, tmp_path))
    by_key = {row["key:ID"]: row for row in nodes}
    assert by_key[HOSTILE_KEY]["label"] == HOSTILE_TITLE
    assert by_key["hardware/gpu"]["aliases:string[]"].split(";") == ["a,b", "c\nd"]
    ends = ("paper/arxiv:2405.00005", "hardware/amd-alveo-u280")
    targets = next(row for row in edges if (row[":START_ID"], row[":END_ID"]) == ends)
    assert [targets[name] for name in ("support:int", ":TYPE", "words")] == ["1", "TARGETS", "targets the Alveo U280"]
