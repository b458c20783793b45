"""Tables to graph: one node a thing, one edge a statement, evidence on every edge."""

from __future__ import annotations

import networkx as nx
import pyarrow as pa
import pytest

from kg.graph import measures
from kg.graph.build import Graph, build
from kg.graph.contract import check
from kg.store import Tables
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE, tables


@pytest.fixture
def graph() -> Graph:
    return build(tables())


def test_each_paper_and_each_entity_is_a_node(graph: Graph) -> None:
    t = tables()
    assert set(graph) == {*t.papers["key"].to_pylist(), *t.entities["key"].to_pylist()}
    assert graph.nodes[HOSTILE_KEY]["label"] == HOSTILE_TITLE


def test_a_triple_is_one_edge_with_the_evidence_of_each_paper_that_says_it() -> None:
    t = tables()
    again = t.facts.slice(0, 1).to_pylist()[0]
    elsewhere = {**again, "paper": "paper/hash:0123abcd"}
    facts = pa.concat_tables([t.facts, pa.Table.from_pylist([again, elsewhere], schema=t.facts.schema)])
    edge = build(t._replace(facts=facts)).edges[again["subject"], again["object"], again["relation"]]
    assert len(edge["evidences"]) == 3
    assert edge["support"] == 2, "support counts papers, not mentions"


def test_evidence_carries_the_words_and_their_offsets(graph: Graph) -> None:
    edge = graph.edges["paper/arxiv:2405.00005", "hardware/amd-alveo-u280", "targets"]
    (evidence,) = edge["evidences"]
    assert evidence["quote"] == "targets the Alveo U280"
    assert evidence["end"] - evidence["start"] == len(evidence["quote"])
    assert edge["confidence"] == 0.8


def test_what_the_catalogue_says_is_an_edge_without_evidence(graph: Graph) -> None:
    assert graph.edges["hardware/nvidia-a100", "hardware/nvidia-ampere", "broader"]["support"] == 0
    assert graph.has_edge("hardware/nvidia-a100", "vendor/nvidia", "made_by")
    assert graph.has_edge("hardware/nvidia-tensor-core", "hardware/nvidia-hopper", "part_of")


def test_nodes_and_edges_stand_in_sorted_order(graph: Graph) -> None:
    assert list(graph) == sorted(graph)
    shuffled = Tables(*(t.take(list(reversed(range(t.num_rows)))) for t in tables()))
    assert nx.utils.graphs_equal(build(shuffled), graph)
    assert list(build(shuffled).edges(keys=True)) == list(graph.edges(keys=True))


def test_the_built_graph_keeps_the_contract(graph: Graph) -> None:
    assert check(graph) == []


def _forget(graph: Graph, key: str) -> None:
    for *_, data in graph.edges(data=True):
        data.pop(key, None)


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (lambda g: g.add_node("gadget/x", type="Gadget", label="x"), "should begin with"),
        (lambda g: g.nodes["vendor/amd"].update(type="Hardware"), "expected 'Vendor'"),
        (lambda g: g.nodes["vendor/amd"].update(label=""), "no label"),
        (lambda g: g.add_edge("vendor/amd", "vendor/nvidia", key="likes"), "no such relation"),
        (lambda g: g.add_edge("vendor/amd", "hardware/gpu", key="targets"), "'vendor/amd' is none of"),
        (lambda g: _forget(g, "evidences"), "no evidence"),
        (lambda g: _forget(g, "support"), "its support is None"),
        (lambda g: g.remove_node("paper/arxiv:2401.00001"), "which is no node"),
        (lambda g: g.add_edge("hardware/gpu", "hardware/nvidia-a100", key="broader"), "runs in a circle"),
    ],
)
def test_the_contract_refuses(graph: Graph, harm: object, complaint: str) -> None:
    if "which is no node" in complaint:  # a statement about a method outlives the paper that made it
        assert graph.has_edge("method/tileflow", "hardware/nvidia-a100", "targets")
    harm(graph)  # type: ignore[operator]
    assert any(complaint in problem for problem in check(graph)), check(graph)


def test_the_contract_refuses_words_that_do_not_fit_their_offsets(graph: Graph) -> None:
    graph.edges["paper/arxiv:2405.00005", "hardware/amd-alveo-u280", "targets"]["evidences"][0]["end"] += 1
    assert any("does not fit the offsets" in problem for problem in check(graph))


def test_a_simple_graph_is_refused() -> None:
    assert check(nx.Graph()) == ["the graph is a Graph, expected a networkx.MultiDiGraph"]


def test_methods_target_the_hardware_that_their_papers_target(graph: Graph) -> None:
    pairs = set(measures.targeting(graph).edges)
    assert pairs == {
        ("method/flexstream", "hardware/amd-alveo-u280"),
        ("method/hopperserve", "hardware/nvidia-h100"),
        ("method/tileflow", "hardware/nvidia-a100"),
        ("model/edgeδnet", "hardware/microcontroller"),
    }
    assert measures.targeting(graph).edges["method/tileflow", "hardware/nvidia-a100"]["weight"] == 1


def test_hardware_named_by_one_paper_stands_together(graph: Graph) -> None:
    assert measures.together(graph).edges["hardware/amd-mi300x", "hardware/nvidia-a100"]["weight"] == 2


def test_degree_counts_edges_of_one_relation(graph: Graph) -> None:
    counts = measures.degree(graph, "Hardware", "compared_with")
    assert counts["hardware/nvidia-a100"] == 2
    assert next(iter(counts)) == "hardware/nvidia-a100"
    with pytest.raises(KeyError, match="'Gadget' is no type"):
        measures.degree(graph, "Gadget")


def test_narrower_follows_the_hierarchy_down(graph: Graph) -> None:
    assert measures.narrower(graph, "hardware/fpga") == {"hardware/fpga", "hardware/amd-alveo-u280"}
    assert "hardware/nvidia-a100" in measures.narrower(graph, "hardware/accelerator")
    with pytest.raises(KeyError, match="no node 'A100'"):
        measures.narrower(graph, "A100")
