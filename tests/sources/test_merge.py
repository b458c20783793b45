"""Duplicates become one paper; what contradicts is kept apart or set aside."""

from msgspec.structs import replace

from kg.records import Paper, Rejected
from kg.sources import Merger, merge


def one(key: str, line: int, title: str = "A title", abstract: str = "Words.", **more: object) -> Paper:
    return Paper(key, title, abstract, sources=(f"f:{line}",), **more)  # type: ignore[arg-type]


def test_the_same_paper_in_two_files_keeps_all_sources_and_gains_what_it_lacked() -> None:
    (paper,), aside = merge([one("p1", 1), one("p1", 2, year=2020), one("title:x", 3, doi="10.1/x", abstract="words.")])
    assert aside == []
    assert paper == replace(one("p1", 1, year=2020, doi="10.1/x"), sources=("f:1", "f:2", "f:3"))


def test_an_identifier_that_a_duplicate_brought_identifies_later_ones() -> None:
    papers, _ = merge(
        [one("title:x", 1), one("doi:10.1/x", 2, doi="10.1/x"), one("doi:10.1/x", 3, title="a TITLE", doi="10.1/x")]
    )
    assert [paper.sources for paper in papers] == [("f:1", "f:2", "f:3")]


def test_equal_titles_with_ids_that_contradict_are_two_papers() -> None:
    papers, aside = merge(
        [one("arxiv:1", 1, arxiv="1"), one("arxiv:2", 2, abstract="Other.", arxiv="2"), one("a", 3, title="T"),
         one("b", 4, title="T", abstract="Other.")]
    )  # fmt: skip
    assert ([paper.id for paper in papers], aside) == (["arxiv:1", "arxiv:2", "a", "b"], [])


def test_equal_titles_and_texts_are_one_paper_even_under_two_ids() -> None:
    papers, _ = merge([one("a", 1), one("b", 2)])
    assert [(paper.id, paper.sources) for paper in papers] == [("a", ("f:1", "f:2"))]


def test_an_equal_title_with_another_text_and_no_id_of_its_own_is_set_aside() -> None:
    papers, aside = merge([one("title:x", 1), one("title:x", 2, abstract="Other.")])
    assert ([paper.abstract for paper in papers], [each.line for each in aside]) == (["Words."], [2])


def test_the_same_files_give_the_same_sources_wherever_they_lie() -> None:
    here = Paper("a", "A", "Words.", sources=("/home/ann/data/papers.csv:3", "data/other.csv:4"))
    assert merge([here])[0][0].sources == ("papers.csv:3", "data/other.csv:4")


def test_what_was_set_aside_before_passes_through() -> None:
    bad = Rejected("f", 1, "reason", "hint")
    assert merge([bad]) == ([], [bad])


def test_the_merger_keeps_no_text() -> None:
    merger = Merger()
    long = "long " * 100
    assert (
        sum(1 for _ in merger.distinct(one(f"p{n % 50}", n, title=f"T{n % 50}", abstract=long) for n in range(150)))
        == 50
    )
    assert (merger.count, merger.duplicates) == (50, 100)
    assert all(paper.text == "\n\n" for paper in merger.later.values())
