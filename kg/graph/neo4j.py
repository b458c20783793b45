"""The graph in, two CSV files out that `neo4j-admin database import full` takes as they are.

    neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --multiline-fields=true

Nodes have their key, a label for their type and their plain attributes; relationships their support, confidence, papers
and first words. Lists are parted by `;`, which becomes `,` inside a member.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.graph import names as n
from kg.graph.build import Graph

NODES, RELATIONSHIPS = "nodes.csv", "relationships.csv"
_NODE_HEADER = ("key:ID", "label", "aliases:string[]", "kind", "year:int", "papers:int", "url", ":LABEL")
_EDGE_HEADER = (":START_ID", ":END_ID", "support:int", "confidence:double", "papers:string[]", "words", ":TYPE")


def write(graph: Graph, folder: Path | str) -> tuple[Path, Path]:
    """Writes both files into the folder, which is made where it is missing; gives their paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return (
        _csv(folder / NODES, _NODE_HEADER, _nodes(graph)),
        _csv(folder / RELATIONSHIPS, _EDGE_HEADER, _edges(graph)),
    )


def _nodes(graph: Graph) -> Iterator[tuple[object, ...]]:
    for key, data in graph.nodes(data=True):
        rest = (data.get(n.KIND), data.get(n.YEAR), data.get(n.PAPERS), data.get(n.URL), data[n.TYPE])
        yield (key, data[n.LABEL], _list(data.get(n.ALIASES, ())), *rest)


def _edges(graph: Graph) -> Iterator[tuple[object, ...]]:
    for subject, object_, relation, data in graph.edges(keys=True, data=True):
        papers = dict.fromkeys(e["paper"] for e in data[n.EVIDENCES])
        words = data[n.EVIDENCES][0]["quote"] if data[n.EVIDENCES] else None
        yield subject, object_, data[n.SUPPORT], data[n.CONFIDENCE], _list(papers), words, relation.upper()


def _list(values: Iterable[str]) -> str:
    return ";".join(value.replace(";", ",") for value in values)


def _csv(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path
