"""Graph to files and back: nothing is lost, whatever stands in the text."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.graph import export
from kg.graph.build import Graph, build
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE, tables


def same(a: Graph, b: Graph) -> bool:
    """Nodes, edges, keys and attributes; what networkx notes of the file is not part of the graph."""
    return a.adj == b.adj and a.nodes == b.nodes


@pytest.fixture
def graph() -> Graph:
    return build(tables())


def test_graphml_loads_back_equal_to_what_was_written(graph: Graph, tmp_path: Path) -> None:
    export.write(graph, tmp_path)
    back = nx.read_graphml(tmp_path / export.GRAPHML, force_multigraph=True)
    assert same(back, export.flat(graph))


@pytest.mark.parametrize("name", [export.GRAPHML, export.JSON])
def test_read_gives_the_graph_with_its_lists(graph: Graph, tmp_path: Path, name: str) -> None:
    export.write(tables(), tmp_path)
    assert same(export.read(tmp_path / name), graph)


def test_parallel_edges_keep_their_relations(graph: Graph, tmp_path: Path) -> None:
    data = graph.edges["method/tileflow", "hardware/nvidia-a100", "targets"]
    graph.add_edge(
        "method/tileflow", "hardware/nvidia-a100", key="evaluated_on", **{**data, "relation": "evaluated_on"}
    )
    export.write(graph, tmp_path)
    back = nx.read_graphml(tmp_path / export.GRAPHML)
    assert set(back["method/tileflow"]["hardware/nvidia-a100"]) == {"targets", "evaluated_on"}


def test_graphml_repeats_no_edge_id(graph: Graph, tmp_path: Path) -> None:
    export.write(graph, tmp_path)
    edges = ElementTree.parse(tmp_path / export.GRAPHML).iter("{http://graphml.graphdrawing.org/xmlns}edge")  # noqa: S314
    ids = [edge.get("id") for edge in edges if edge.get("id")]
    assert len(ids) == len(set(ids))


def test_what_xml_cannot_hold_becomes_a_replacement_character(graph: Graph, tmp_path: Path) -> None:
    graph.nodes[HOSTILE_KEY]["label"] = "bell \x07, return \r, \ufffe end \U0010fffd"
    export.write(graph, tmp_path)
    back = nx.read_graphml(tmp_path / export.GRAPHML, force_multigraph=True)
    assert back.nodes[HOSTILE_KEY]["label"] == "bell \ufffd, return \ufffd, \ufffd end \U0010fffd"
    assert same(back, export.flat(graph))
    assert nx.read_gexf(tmp_path / export.GEXF).nodes[HOSTILE_KEY]["label"].startswith("bell \ufffd")


def test_a_hostile_title_is_text_in_every_format(tmp_path: Path) -> None:
    export.write(tables(), tmp_path)
    assert nx.read_graphml(tmp_path / export.GRAPHML).nodes[HOSTILE_KEY]["label"] == HOSTILE_TITLE
    assert nx.read_gexf(tmp_path / export.GEXF).nodes[HOSTILE_KEY]["label"] == HOSTILE_TITLE
    nodes = {node["id"]: node for node in json.loads((tmp_path / export.JSON).read_text("utf-8"))["nodes"]}
    assert nodes[HOSTILE_KEY]["label"] == HOSTILE_TITLE


def test_gexf_has_colours_and_no_clock(tmp_path: Path) -> None:
    export.write(tables(), tmp_path)
    text = (tmp_path / export.GEXF).read_text("utf-8")
    assert "lastmodifieddate" not in text
    assert nx.read_gexf(tmp_path / export.GEXF).nodes["hardware/gpu"]["viz"]["color"] == {
        "r": 213, "g": 94, "b": 0, "a": 1.0,
    }  # fmt: skip


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    first = [p.read_bytes() for p in export.write(tables(), tmp_path / "a")]
    assert first == [p.read_bytes() for p in export.write(tables(), tmp_path / "b")]


def test_white_space_and_empty_text_come_back(graph: Graph, tmp_path: Path) -> None:
    graph.nodes["hardware/gpu"].update(kind="", family="  two\n lines\t")
    export.write(graph, tmp_path)
    assert same(export.read(tmp_path / export.GRAPHML), graph)
    assert nx.read_gexf(tmp_path / export.GEXF).nodes["hardware/gpu"]["family"] == "  two\n lines\t"


def test_an_empty_graph_is_written_and_read(tmp_path: Path) -> None:
    export.write(nx.MultiDiGraph(), tmp_path)
    assert export.read(tmp_path / export.GRAPHML).number_of_nodes() == 0
