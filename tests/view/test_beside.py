"""Above a stated size the abstracts stand in files beside the page: it finds them, and says so where they are gone."""

from __future__ import annotations

import shutil

import pytest

from kg.view import explorer
from tests.tables_fixture import tables


@pytest.fixture
def split(monkeypatch, tmp_path):
    monkeypatch.setattr(explorer, "SINGLE_FILE", len(tables().papers) - 1)
    return explorer.write(tables(), tmp_path)


@pytest.fixture
def opened(browser, split):
    page = browser.new_page()
    page.wrong = []
    page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.goto(split.as_uri() + "#/matrix?cols=product")
    page.wait_for_selector("html[data-ready]")
    yield page
    page.close()


def test_a_page_up_to_that_size_is_one_file(tmp_path):
    explorer.write(tables(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_beyond_it_the_page_holds_no_abstract_and_says_where_they_are(split):
    page = split.read_text(encoding="utf-8")
    assert "Attention is slow" not in page
    assert 'id="kg-text-0"' not in page
    assert f"stand in the folder <code>{explorer.BESIDE}</code> beside this page" in page
    assert [path.name for path in (split.parent / explorer.BESIDE).iterdir()] == ["text-0.js"]


def test_the_files_beside_run_nothing_that_a_paper_says(split):
    script = (split.parent / explorer.BESIDE / "text-0.js").read_text(encoding="utf-8")
    head, packed, tail = script.split('"')
    assert (head, tail) == ("kgText(0,", ")\n")
    assert packed.replace("+", "").replace("/", "").replace("=", "").isalnum()


def test_a_single_page_allows_no_file_beside_it():
    assert "'self'" not in explorer.html(tables()).split('Content-Security-Policy" content="')[1].split('"')[0]


@pytest.mark.browser
def test_a_click_reads_the_sentence_from_beside_the_page(opened):
    opened.get_by_role("button", name="TileFlow, NVIDIA A100: ").click()
    panel = opened.get_by_label("Evidence", exact=True)
    panel.locator("blockquote").first.wait_for()
    assert "We propose TileFlow, an attention kernel designed for the NVIDIA A100." in panel.inner_text()
    assert opened.wrong == []


@pytest.mark.browser
def test_where_the_files_are_gone_the_page_says_what_to_do(opened, split):
    shutil.rmtree(split.parent / explorer.BESIDE)
    opened.get_by_role("button", name="TileFlow, NVIDIA A100: ").click()
    notice = opened.get_by_role("alert")
    notice.wait_for()
    assert f"stand in the folder {explorer.BESIDE} beside this page" in notice.inner_text()
    assert opened.get_by_role("button", name="TileFlow, NVIDIA A100: ").is_visible()
