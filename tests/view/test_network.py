"""The network page: cut to what can be read, saying so, and asking no host for anything."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.query.table import Iri, Table
from kg.view import network
from kg.view.choose import around, between, overview
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE, tables


def test_an_overview_joins_what_papers_propose_with_hardware():
    edges = {edge[:3] for edge in overview(tables(), 50).edges}
    assert ("method/hopperserve", "targets", "hardware/nvidia-h100") in edges
    assert ("paper/doi:10.1000/fpga.1", "targets", "hardware/fpga") in edges


def test_a_picture_never_has_more_nodes_than_asked_for_and_counts_the_others():
    picture = overview(tables(), 4)
    assert len(picture.nodes) == 4
    assert picture.all_nodes > 4
    assert {key for e in picture.edges for key in (e.subject, e.object)} <= {n.key for n in picture.nodes}


def test_a_neighbourhood_holds_its_centre_and_what_stands_beside_it():
    keys = {node.key for node in around(tables(), {"hardware/nvidia-a100"}, 50).nodes}
    assert {"hardware/nvidia-a100", "method/tileflow", "vendor/nvidia"} <= keys
    assert "hardware/microcontroller" not in keys


def test_the_network_of_a_result_has_only_its_own_nodes():
    asked = {"hardware/fpga", "hardware/amd-alveo-u280", "no/such"}
    assert {node.key for node in between(tables(), asked, 50).nodes} == asked - {"no/such"}


def test_an_unknown_key_says_what_to_give(tmp_path):
    with pytest.raises(InputError, match="hardware/nvidia-a100"):
        network.write(tables(), tmp_path, {"hardware/none"})


def test_no_address_of_another_host_is_linked_and_the_same_tables_give_the_same_page(tmp_path):
    html = network.write(tables(), tmp_path).read_text("utf-8")
    assert "cdn.jsdelivr" not in html
    assert "cdnjs.cloudflare" not in html
    assert html == network.write(tables(), tmp_path / "again").read_text("utf-8")


def test_an_answer_is_drawn_by_the_iris_and_labels_in_its_cells(tmp_path):
    answer = Table(("a", "b"), [(Iri("https://kg.example.org/hardware/nvidia-a100"), "TileFlow"), ("words", 3)])
    html = network.write_answer(tables(), tmp_path, answer).read_text("utf-8")
    assert "2 of 2 nodes and 1 of 1 edges" in html


def test_an_answer_without_things_says_what_to_select(tmp_path):
    with pytest.raises(InputError, match="select things"):
        network.write_answer(tables(), tmp_path, Table(("n",), [(3,)]))


def test_many_nodes_are_placed_without_a_layout_by_pairs(tmp_path, monkeypatch):
    monkeypatch.setattr(network, "_PAIRWISE", 3)
    assert network.write(tables(), tmp_path).exists()


@pytest.mark.browser
def test_it_draws_says_what_is_left_out_and_shows_a_hostile_title_as_text(open_page, tmp_path):
    page = open_page(network.write(tables(), tmp_path, {HOSTILE_KEY}, limit=3))
    assert "3 of" in page.locator("header p").inner_text()
    assert page.locator("canvas").count() == 1
    page.evaluate("key => showNode(key)", HOSTILE_KEY)
    assert page.locator("#about h2").inner_text() == HOSTILE_TITLE
