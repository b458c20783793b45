"""The whole graph in WebGL: every node that something is said of, and what each is joined to."""

from __future__ import annotations

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
