"""The page answers SPARQL itself, offline, and its queries say what the named questions say."""

from __future__ import annotations

import pytest

from kg.query.run import run
from kg.rdf import export
from kg.view import explorer
from tests.tables_fixture import tables

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sparql")
    export.write(tables(), folder)
    return explorer.write(tables(), folder, turtle=folder / "kg.ttl")


def test_a_named_question_gives_the_rows_of_the_library(open_page, path):
    page = open_page(path, "#/sparql?ask=methods-by-hardware&p.hardware=GPU&run=1")
    page.locator(".answers table").wait_for()
    expected = run("methods-by-hardware", tables(), hardware="GPU")
    assert page.locator(".answers tbody tr").count() == len(expected.rows)
    assert "TileFlow" in page.locator(".answers tbody").inner_text()


def test_an_answer_leads_to_the_page_of_its_thing(open_page, path):
    page = open_page(path, "#/sparql")
    page.locator("#s-query").fill("SELECT ?x WHERE { ?x a <https://kg.example.org/ontology#Hardware> }")
    page.locator("#s-run").click()
    page.get_by_role("link", name="NVIDIA A100", exact=True).click()
    page.locator("article.entity h1").wait_for()


def test_a_query_that_does_not_parse_is_told_as_text(open_page, path):
    page = open_page(path, "#/sparql")
    page.locator("#s-query").fill("SELECT <img src=x onerror=alert(1)>")
    page.locator("#s-run").click()
    page.get_by_role("alert").wait_for()
    assert page.locator(".answers img").count() == 0


def test_an_entity_shows_the_query_for_its_rows(open_page, path):
    page = open_page(path, "#/entity/hardware/nvidia-a100")
    page.get_by_text("The same in SPARQL").click()
    assert "<https://kg.example.org/hardware/nvidia-a100>" in page.locator(".sparql pre").inner_text()
    page.get_by_role("link", name="Run it here").click()
    page.locator(".answers table").wait_for()
    assert "TileFlow" in page.locator(".answers").inner_text()
