"""`kg explain`: the paper with its mentions coloured, then every fact with its words and cues."""

import pytest
from rich.console import Console

from kg.explain import coloured, explain
from kg.extract.proposals import proposals
from kg.extract.relationships import relationships
from kg.extract.results import results
from kg.extract.roles import roles
from kg.records import Paper, Record
from kg.schema import TYPE
from kg.train.roles_gold import made_paper

ABSTRACT = "We present FlashX, a novel kernel library. Experiments on an A100 show a speedup of 2.3x over vLLM."


def read(title: str, abstract: str = ABSTRACT) -> tuple[Paper, Record]:
    doc, found = made_paper(title, abstract, Method="FlashX", Hardware="A100", Metric="speedup", Software="vLLM")
    found = tuple(f for f in found if f.mentions)
    own = proposals(doc, found)
    ran = roles(doc, found, own)
    record = Record("p", found, own, ran, results(doc, found), relationships(doc, found, own, ran))
    return Paper("p", title, abstract), record


def shown(title: str, abstract: str = ABSTRACT) -> str:
    console = Console(width=100, record=True, force_terminal=False, quiet=False, file=None)
    with console.capture() as capture:
        console.print(explain(*read(title, abstract)))
    return capture.get()


def test_every_kind_of_fact_is_shown_with_its_words_and_cues():
    text = shown("FlashX: fast attention")
    for heading in ("Proposes", "Hardware", "Results", "Relationships"):
        assert heading in text
    assert "evaluated on A100" in text
    assert "2.3x" in text
    assert "“Experiments on an A100 show" in text
    assert "because: " in text


def test_a_mention_has_the_colour_of_its_type():
    paper, record = read("FlashX: fast attention")
    text = coloured(paper, record)
    start = paper.text.index("A100")
    assert any(
        span.start == start and span.end == start + 4 and TYPE["Hardware"].colour.lower() in str(span.style).lower()
        for span in text.spans
    )


@pytest.mark.parametrize("hostile", ["[bold red]FlashX[/]: fast", "FlashX: [/] fast", "FlashX: [link=x]a[/link]"])
def test_markup_in_a_paper_is_text(hostile):
    assert hostile in shown(hostile)


def test_control_characters_cannot_reach_the_terminal():
    text = shown("FlashX: fast\x1b[2J", ABSTRACT + " \x9b31m \u202eabc")
    assert not set(text) & {"\x1b", "\x9b", "\u202e"}


def test_a_paper_without_facts_says_so():
    console = Console(width=80)
    with console.capture() as capture:
        console.print(explain(Paper("p", "A title", "An abstract."), Record("p")))
    assert "Nothing was found" in capture.get()
