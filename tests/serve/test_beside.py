"""The server feeds a page whose abstracts stand beside it, and nothing else of the folder."""

from __future__ import annotations

import pytest

from kg.rdf import export
from kg.view import explorer
from tests.serve.conftest import Running
from tests.tables_fixture import tables


@pytest.fixture
def server(monkeypatch, tmp_path):
    monkeypatch.setattr(explorer, "SINGLE_FILE", 0)
    export.write(tables(), tmp_path)
    explorer.write(tables(), tmp_path)
    running = Running(tmp_path)
    yield running
    running.stop()


def test_the_files_beside_the_page_are_served_as_scripts(server):
    found = server.get(f"/{explorer.BESIDE}/text-0.js")
    assert found.status_code == 200
    assert "javascript" in found.headers["Content-Type"]
    assert found.text.startswith("kgText(0,")


@pytest.mark.parametrize("path", ["/index-data/../index.html", "/index-data/%2e%2e/kg.ttl", "/index-data/none.js"])
def test_nothing_else_is_served_from_there(server, path):
    assert server.get(path).status_code in (303, 404)


@pytest.mark.browser
def test_the_explorer_reads_sentences_from_the_server(server, browser):
    page = browser.new_page()
    page.goto(f"{server.url}/#/matrix?cols=product")
    page.get_by_role("button", name="TileFlow, NVIDIA A100: ").click()
    panel = page.get_by_label("Evidence", exact=True)
    panel.locator("blockquote").first.wait_for()
    assert "designed for the NVIDIA A100" in panel.inner_text()
    page.close()
