"""The query page and the pages of things in a browser, which asks nobody but this server."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from kg.query.questions import questions
from kg.rdf.terms import Terms
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE

pytestmark = pytest.mark.browser


class Seen:
    """A page, and what went wrong on it: errors, violated policies, dialogs, requests to anybody else."""

    def __init__(self, context, server) -> None:
        self.wrong: list[str] = []
        self.page = context.new_page()
        self.page.on("console", lambda m: m.type == "error" and self.wrong.append(m.text))
        self.page.on("pageerror", lambda e: self.wrong.append(f"exception: {e}"))
        self.page.on("dialog", lambda d: (self.wrong.append(f"dialog: {d.message}"), d.dismiss()))
        own = (server.url, "data:", "blob:")
        context.on("request", lambda r: r.url.startswith(own) or self.wrong.append(f"request: {r.url}"))


@pytest.fixture
def seen(browser, server):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = Seen(context, server)
    yield found
    context.close()


@pytest.fixture
def query_page(seen, server):
    seen.page.goto(f"{server.url}/query")
    seen.page.wait_for_selector("html[data-ready]", timeout=30_000)
    return seen.page


def ask(page, query=None):
    if query is not None:
        page.evaluate("q => document.querySelector('.CodeMirror').CodeMirror.setValue(q)", query)
    page.locator(".yasqe_queryButton").click()


def test_the_query_page_answers_its_first_example(seen, query_page):
    ask(query_page)
    query_page.wait_for_selector(".yasr .dataTable tbody tr")
    assert "TileFlow" in query_page.locator(".yasr .dataTable").inner_text()
    assert seen.wrong == []


def test_an_example_is_put_into_the_editor_and_runs(seen, query_page):
    title = next(q.title for q in questions() if q.name == "hardware-with-memory")
    query_page.locator("#examples").select_option(label=title)
    assert "PREFIX kg:" in query_page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    ask(query_page)
    query_page.wait_for_selector(".yasr .dataTable tbody tr")
    assert seen.wrong == []


def test_prefixes_and_terms_are_completed_from_here(seen, query_page):
    editor = query_page.locator(".CodeMirror textarea").first
    query_page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
    editor.press_sequentially("SELECT * { ?s a kg:", delay=20)
    text = "document.querySelector('.CodeMirror').CodeMirror.getValue()"
    query_page.wait_for_function(f"{text}.includes('PREFIX kg: <https://kg.example.org/ontology#>')")
    query_page.wait_for_selector(".CodeMirror-hints")
    assert "kg:Dataset" in query_page.locator(".CodeMirror-hints").inner_text()
    assert seen.wrong == []


def test_a_misspelt_term_is_said_on_the_page(seen, query_page):
    ask(query_page, "SELECT * { ?s a kg:Papar }")
    query_page.locator("#notice", has_text="did you mean kg:Paper?").wait_for()
    assert seen.wrong == []


def test_a_wrong_query_shows_where(query_page):
    ask(query_page, "SELECT * { ?s skoss:broader ?o }")
    query_page.locator(".yasr_results", has_text="did you mean skos:").wait_for()


def test_a_result_leads_to_the_page_of_the_thing(seen, query_page):
    ask(query_page, "SELECT ?s { ?s rdfs:label 'NVIDIA A100' }")
    with query_page.context.expect_page() as opened:
        query_page.locator(".yasr .dataTable a.iri").click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("h1").inner_text() == "NVIDIA A100"
    assert seen.wrong == []


def test_markup_in_an_answer_is_text(seen, query_page):
    ask(query_page, "SELECT ?title { ?s dcterms:title ?title FILTER(CONTAINS(?title, 'script')) }")
    query_page.wait_for_selector(".yasr .dataTable tbody tr")
    assert "<script>alert" in query_page.locator(".yasr .dataTable").inner_text()
    assert seen.wrong == []


PLANES = (
    "".join(chr(plane * 0x10000 + 0x1234) for plane in range(17)) + "\u202e\u200d</script><img src=x onerror=alert(1)>"
)


def test_every_unicode_plane_comes_back_to_the_page_as_text(seen, query_page):
    ask(query_page, f'SELECT ("{PLANES}" AS ?planes) {{}}')
    cell = query_page.locator(".yasr .dataTable tbody td .nonIri")
    cell.wait_for()
    assert PLANES in cell.text_content()
    assert query_page.locator(".yasr img").count() == 0
    # for its filter YASGUI has DOMPurify look at the text in a document that runs nothing; Chromium notes the handler
    assert [wrong for wrong in seen.wrong if "Executing inline event handler" not in wrong] == []


def test_an_iri_of_a_hostile_id_is_a_link_to_its_page_and_no_markup(seen, query_page):
    iri = Terms().iri(HOSTILE_KEY)[1:-1]
    ask(query_page, f"SELECT ?paper ?title {{ VALUES ?paper {{ <{iri}> }} ?paper dcterms:title ?title }}")
    link = query_page.locator(".yasr .dataTable a.iri")
    link.wait_for()
    assert link.get_attribute("href") == iri
    with query_page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("h1").inner_text() == " ".join(HOSTILE_TITLE.split())
    assert seen.wrong == []


@pytest.mark.parametrize(
    "injected", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "A100' } INSERT { ?s ?p ?o"]
)
def test_what_is_injected_into_a_question_is_shown_as_text(seen, server, injected):
    seen.page.goto(f"{server.url}/questions/methods-by-hardware?{urlencode({'hardware': injected})}")
    assert seen.page.locator("body").inner_text().startswith("no Hardware is called")
    assert seen.page.locator("img, script").count() == 0
    assert all("400" in wrong for wrong in seen.wrong), "the browser's note of the status, and no dialog"


def test_an_error_message_with_markup_of_the_query_is_text(seen, query_page):
    ask(query_page, "SELECT * { ?s <img/src=x/onerror=alert(1)>:x ?o }")
    query_page.locator(".yasr_results", has_text="line 1").wait_for()
    assert query_page.locator(".yasr img").count() == 0
    assert not [wrong for wrong in seen.wrong if "dialog" in wrong or "exception" in wrong]


def test_a_hostile_title_is_text_on_its_page(seen, server):
    seen.page.goto(server.url + "/" + Terms().iri(HOSTILE_KEY)[1:-1].removeprefix(Terms().base))
    assert seen.page.locator("h1").inner_text() == " ".join(HOSTILE_TITLE.split())
    assert seen.wrong == []


def test_the_explorer_runs_where_it_is_served(seen, server):
    seen.page.goto(server.url)
    seen.page.wait_for_selector("html[data-ready]", timeout=30_000)
    assert seen.wrong == []
