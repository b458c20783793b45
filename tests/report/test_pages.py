"""The page and the Markdown: everything from papers is text, nothing is asked of anyone, same tables, same bytes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from kg import store
from kg.cli.app import app
from kg.report import digest, html, markdown, report
from kg.report.markdown import text
from kg.store import Tables, from_rows
from tests.tables_fixture import HOSTILE_TITLE, tables

EVIL = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</main><svg onload=alert(1)>", '" onclick="alert(1)',
    "{{ 7*7 }}", "{% raw %}", "[x](javascript:alert(1))", "![x](http://evil.example/x.png)", "# heading", "a | b\n- c",
    "`code`", "&lt;script&gt;", "http://evil.example www.evil.example", "1. first", "<!-- ", "$x$", "**bold**", "\\",
]  # fmt: skip


def evil(words: str) -> Tables:
    """One paper, one method, one piece of hardware and one gain, all called by these words."""
    paper = {"key": "paper/1", "title": words, "abstract": words, "year": 2024, "url": f"https://a.example/{words}"}
    entity = {"inferred": False, "source": "text", "papers": 1, "label": words}
    entities = [
        {"key": "method/m", "type": "Method", **entity},
        {"key": "hardware/h", "type": "Hardware", **entity},
        {"key": "metric/m", "type": "Metric", **entity},
    ]
    said = {"paper": "paper/1", "quote": words, "start": 0, "end": len(words), "extractor": "e", "score": 0.9}
    facts = [{"subject": s, "relation": "targets", "object": "hardware/h", **said} for s in ("paper/1", "method/m")]
    result = {"key": "result/1", "metric": words, "metric_entity": "metric/m", "value": words, "low": 2.0, "unit": "x"}
    result |= {"change": "gain", "hardware": "hardware/h", "baseline": "method/m", **said}
    return from_rows(papers=[paper], entities=entities, facts=facts, results=[result])


class Tags(HTMLParser):
    """Every tag with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("words", EVIL)
def test_text_of_papers_is_shown_as_text_on_the_page(words):
    page = Tags(html(digest(evil(words))))
    assert not {"script", "img", "b", "iframe"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert {a["href"].split("//")[0] for tag, a in page.tags if tag == "a"} == {"https:"}
    assert words in page.text


@pytest.mark.parametrize("words", EVIL)
def test_text_of_papers_is_shown_as_text_in_markdown(words):
    found = markdown(digest(evil(words)))
    assert "<" not in found
    assert set(re.findall(r"\]\((\w+:)", found)) == {"https:"}
    assert len(found.splitlines()) == len(markdown(digest(evil("plain"))).splitlines())


@pytest.mark.parametrize("words", ["A100", "4.2x", "FlashAttention-3", "it's 5% of 10"])
def test_plain_words_stay_as_they_are_in_markdown(words):
    assert text(words) == words


def test_the_page_asks_nothing_of_anyone_and_runs_nothing():
    page = Tags(html(digest(tables())))
    assert not {"script", "img", "iframe", "style"} & {tag for tag, _ in page.tags}
    assert [a["href"] for tag, a in page.tags if tag == "link"] == ["data:,"]
    assert not [a for _, a in page.tags if "src" in a]
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_the_fixtures_hostile_title_is_no_markup_and_both_forms_name_the_pair():
    all_new = digest(tables(), from_rows())
    page, digested = html(all_new), markdown(all_new)
    assert HOSTILE_TITLE.split("(")[0] not in page + digested
    assert "EdgeΔNet" in page
    assert "**TileFlow** → **NVIDIA A100**" in digested


def test_the_same_tables_give_the_same_bytes_wherever_they_stand(tmp_path):
    made = []
    for name in ("a", "b"):
        store.write(tables(), tmp_path / name)
        made.append([path.read_bytes() for path in report(tmp_path / name)])
    assert made[0] == made[1]


def test_the_verb_writes_the_page_and_the_markdown(tmp_path):
    store.write(tables(), tmp_path / "new")
    store.write(from_rows(), tmp_path / "old")
    mail = tmp_path / "mail" / "week.html"
    run = CliRunner().invoke(
        app, ["report", str(tmp_path / "new"), "--since", str(tmp_path / "old"), "--out", str(mail)]
    )
    assert run.exit_code == 0, run.output
    assert "+7</strong> since the last build" in mail.read_text(encoding="utf-8")
    assert "7 papers (+7)" in mail.with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1000])
def test_the_page_opens_without_a_request_an_error_or_a_fault_of_accessibility(browser, tmp_path, width):
    pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python, from the extra `dev`")
    store.write(tables(), tmp_path / "kb")
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    page.goto(report(tmp_path / "kb").html.as_uri())
    assert page.locator("svg[role=img]").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    context.close()
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert wrong == []
