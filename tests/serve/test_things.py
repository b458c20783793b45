"""What is said of a thing, and how it is shown."""

from __future__ import annotations

import pytest

from kg.pipeline import build
from kg.query.questions import questions
from kg.query.source import connect
from kg.serve import asking, pages, things
from kg.sources.sample import sample_papers
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE, tables


@pytest.fixture(scope="module")
def source():
    return connect(tables())


def test_a_piece_of_hardware_has_its_names_and_the_words_that_speak_of_it(source):
    found = things.thing(source, "hardware/nvidia-a100")
    assert found.label == "NVIDIA A100"
    assert "Tesla A100" in found.aliases
    facts = {(f.relation, f.other.text): f for f in found.stated}
    fact = facts["targets hardware", "TileFlow"]
    assert fact.said[0].sentence == "TileFlow, an attention kernel designed for the NVIDIA A100"
    assert fact.said[0].paper.iri == "https://kg.example.org/paper/arxiv:2401.00001"
    assert fact.support == 1


def test_a_class_shows_what_is_narrower(source):
    links = dict(things.thing(source, "hardware/gpu").links)
    assert "NVIDIA Ampere" in {value.text for value in links["skos:broader"]}


def test_a_paper_shows_what_it_states(source):
    found = things.thing(source, "paper/arxiv:2402.00002")
    assert ("compared with", "NVIDIA A100") in {(f.relation, f.other.text) for f in found.states}
    assert found.abstract.startswith("HopperServe schedules")


@pytest.mark.parametrize("key", ["hardware/none", "", "paper/", 'x" . ?s ?p ?o . <y', "hardware/nvidia-a100> ?p ?o #"])
def test_nothing_is_said_of_what_is_not_there(source, key):
    assert things.thing(source, key) is None


def test_markup_from_a_paper_is_text_on_its_page(source):
    html = pages.thing(things.thing(source, HOSTILE_KEY), source.terms.base)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert "</script><b>network" not in html
    assert HOSTILE_TITLE not in html


def test_only_web_addresses_are_links():
    base = "https://kg.example.org/"
    assert pages.link("javascript:alert(1)", base) is None
    assert pages.link("data:text/html,x", base) is None
    assert pages.link("https://kg.example.org//evil.example/x", base) == "/evil.example/x"
    assert pages.link("https://arxiv.org/abs/1", base) == "https://arxiv.org/abs/1"


def test_no_text_ends_the_script_of_the_query_page():
    example = asking.Example("x", "</script><img src=x>", "own", "# </script>\nASK {}")
    html = pages.query(asking.Offered((example,), {}, (), ()), "https://kg.example.org/")
    assert html.count("</script>") == 3
    assert "<img" not in html


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample corpus, whose things the examples name."""
    return connect(build(sample_papers(), tmp_path_factory.mktemp("sample") / "kb", views=False).tables)


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)
def test_every_example_of_the_query_page_runs_as_it_stands(sample, question):
    source = sample
    written = asking.written(question, source)
    assert written.startswith(f"# {question.title}")
    answers = list(source.store.query(written))
    bound = asking.bind(question, question.example, source)
    assert len(answers) == len(list(source.solve(question.text, bound).rows))
