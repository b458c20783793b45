"""The graph in, files out: GraphML, GEXF, node-link JSON and CSV for Neo4j, the same bytes for the same graph.

JSON keeps the graph as it is. GraphML and GEXF have no lists, so there each list is written as JSON text, and what XML
cannot hold (control characters, carriage returns) becomes U+FFFD; `flat` gives exactly the graph that
`networkx.read_graphml` reads back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import networkx as nx

from kg.graph import names as n
from kg.graph import neo4j
from kg.graph.build import Graph, build
from kg.graph.xml import gexf, graphml
from kg.store import Tables

GRAPHML, GEXF, JSON, NEO4J = "graph.graphml", "graph.gexf", "graph.json", "neo4j"

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(source: Tables | Graph, folder: Path | str) -> tuple[Path, ...]:
    """Writes every format into the folder, which is made where it is missing; gives the paths of the files.

    Raises OSError where the folder cannot be written.
    """
    graph = build(source) if isinstance(source, Tables) else source
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    scalars = flat(graph)
    _write(graphml(scalars), folder / GRAPHML)
    _write(gexf(scalars), folder / GEXF)
    data = nx.node_link_data(graph, edges="edges")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (folder / JSON).write_text(text + "\n", encoding="utf-8", newline="\n")
    return (*(folder / name for name in (GRAPHML, GEXF, JSON)), *neo4j.write(graph, folder / NEO4J))


def read(path: Path | str) -> Graph:
    """The graph of a GraphML or node-link JSON file that `write` wrote, with its lists.

    Raises OSError where the file is not there.
    """
    path = Path(path)
    if path.suffix == ".json":
        return cast(Graph, nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges"))
    graph = cast(Graph, nx.read_graphml(path, force_multigraph=True))
    graph.graph.clear()  # networkx leaves the file's defaults there
    lists = {n.ALIASES, n.SPECS, n.AUTHORS, n.CATEGORIES, n.RESULTS, n.EVIDENCES}
    for data in [d for _, d in graph.nodes(data=True)] + [d for *_, d in graph.edges(data=True)]:
        data.pop("key", None)
        data.update({k: json.loads(v) for k, v in data.items() if k in lists})
    return graph


def flat(graph: Graph) -> Graph:
    """The same graph with scalars only: lists as JSON text, characters that XML cannot hold as U+FFFD.

    An edge says its key once more as the attribute `key`: GraphML's ids must be unique, and relations are not.
    """
    scalars: Graph = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        scalars.add_node(_xml(node), **_flat(data))
    for subject, object_, key, data in graph.edges(keys=True, data=True):
        scalars.add_edge(_xml(subject), _xml(object_), key=key)
        scalars.edges[_xml(subject), _xml(object_), key].update(key=key, **_flat(data))
    return scalars


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    return {
        k: v if isinstance(v, bool | int | float) else _xml(v if isinstance(v, str) else _json(v))
        for k, v in data.items()
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _write(pieces: Iterator[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
