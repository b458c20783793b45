"""The whole graph in WebGL: every node that something is said of, and what each is joined to."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from kg.view import explorer
from tests.tables_fixture import HOSTILE_TITLE, tables

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return explorer.write(tables(), tmp_path_factory.mktemp("whole"))


def test_it_draws_what_facts_join_and_counts_the_rest(open_page, path):
    page = open_page(path, "#/network")
    joined = {key for column in ("subject", "object") for key in tables().facts[column].to_pylist()}
    assert page.evaluate("kgNetwork.graph.order") == len(joined)
    assert f"{len(joined)} nodes" in page.locator(".summary").inner_text()


def test_a_type_that_is_switched_off_is_not_drawn(open_page, path):
    page = open_page(path, "#/network")
    before = page.evaluate("kgNetwork.graph.order")
    page.get_by_role("button", name="Papers").click()
    page.wait_for_function("n => kgNetwork.graph.order < n", arg=before)


def test_a_node_in_the_address_shows_what_it_is_joined_to_as_text(open_page, path):
    page = open_page(path, "#/network?node=hardware%2Fmicrocontroller")
    card = page.get_by_label("What a node is joined to")
    assert HOSTILE_TITLE in card.inner_text()
    card.get_by_role("button", name="Close").click()
    card.wait_for(state="hidden")


def synthetic(papers: int):
    """The benchmark's made-up tables: this many are too many edges for a line each."""
    path = Path(__file__).parents[2] / "benchmarks" / "synthetic.py"
    spec = importlib.util.spec_from_file_location("synthetic", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.tables(papers)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return explorer.write(synthetic(400), tmp_path_factory.mktemp("large"))


def test_a_large_picture_is_moved_as_a_whole_while_the_mouse_drags_it_and_drawn_anew_at_rest(open_page, large):
    page = open_page(large, "#/network")
    still = page.locator(".webgl canvas").first
    box = page.locator(".webgl").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 340, box["y"] + 230, steps=4)
    page.wait_for_function("() => kgNetwork.told.moves > 0")
    assert "translate" in still.get_attribute("style")
    page.mouse.up()
    page.wait_for_function("() => !kgNetwork.told.moving")
    assert "translate" not in still.get_attribute("style")


def test_in_a_large_picture_edges_are_drawn_below_the_nodes_and_a_click_finds_a_node(open_page, large):
    page = open_page(large, "#/network")
    assert "The more edges cross a place the darker it is" in page.locator(".summary").inner_text()
    inked = """() => { const c = document.querySelector('canvas.sigma-focus');
      return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0); }"""
    assert page.evaluate(inked)
    place = page.evaluate(
        """() => { const { sigma, graph } = kgNetwork, label = (n) => graph.getNodeAttribute(n, 'label');
        const id = graph.nodes().find((n) => label(n) === 'Chip 0-1');
        return { ...sigma.framedGraphToViewport(sigma.getNodeDisplayData(id)), label: label(id) }; }"""
    )
    box = page.locator(".webgl").bounding_box()
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    card = page.get_by_label("What a node is joined to")
    card.wait_for(state="visible")
    assert card.get_by_role("heading").inner_text() == place["label"]
