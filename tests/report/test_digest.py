"""What the report counts, and what it holds to be new."""

from __future__ import annotations

import pytest

from kg.report import digest
from kg.report.rising import FEW
from kg.store import Tables, from_rows
from tests.tables_fixture import tables


def without(paper: str) -> Tables:
    """The fixture as it was before that paper came."""
    t = tables()
    rows = {
        "papers": [r for r in t.papers.to_pylist() if r["key"] != paper],
        "mentions": [r for r in t.mentions.to_pylist() if r["paper"] != paper],
        "facts": [r for r in t.facts.to_pylist() if r["paper"] != paper],
        "results": [r for r in t.results.to_pylist() if r["paper"] != paper],
    }
    return from_rows(entities=t.entities.to_pylist(), **rows)


def corpus(named: dict[int, list[int]]) -> Tables:
    """A paper for each entry of each year: `{2020: [1, 0]}` are two papers of 2020, of which the first names M."""
    papers, mentions = [], []
    for year, marks in named.items():
        for n, mark in enumerate(marks):
            key = f"paper/{year}-{n}"
            papers.append({"key": key, "title": f"T{year}{n}", "abstract": "M", "year": year})
            if mark:
                span = {"start": 8, "end": 9, "text": "M", "type": "Method", "sentence_start": 8, "sentence_end": 9}
                mentions.append({"paper": key, "entity": "method/m", "rule": "r", "confidence": 0.4, **span})
    entity = {"key": "method/m", "type": "Method", "label": "M", "inferred": False, "source": "text", "papers": 1}
    return from_rows(papers=papers, mentions=mentions, entities=[entity])


def test_hardware_is_counted_once_a_paper_in_its_strongest_role():
    a100 = next(h for h in digest(tables()).hardware if h.label == "NVIDIA A100")
    assert a100.roles == (1, 1, 2, 0)


def test_a_pair_is_new_when_the_older_build_lacks_it():
    found = digest(tables(), without("paper/arxiv:2405.00005"))
    assert [(p.method, p.hardware) for p in found.pairs] == [("FlexStream", "AMD Alveo U280")]
    assert dict(found.since)["papers"] == 1
    assert "targets the Alveo U280" in found.pairs[0].quote


def test_nothing_is_new_since_the_same_build():
    found = digest(tables(), tables())
    assert found.pairs == ()
    assert found.gains == ()
    assert {n for _, n in found.since} == {0}


def test_a_gain_comes_with_its_sentence_and_paper():
    gain = next(g for g in digest(tables()).gains if g.value == "2.5x")
    assert (gain.metric, gain.hardware, gain.baseline) == ("speedup", "NVIDIA A100", "PyTorch")
    assert gain.value in gain.quote
    assert gain.source.url == "https://arxiv.org/abs/2401.00001"


def test_a_gain_is_of_the_new_papers_when_there_is_an_older_build():
    assert [g.value for g in digest(tables(), without("paper/arxiv:2405.00005")).gains] == ["4.2 times"]


def test_a_method_rises_when_its_share_of_the_newest_years_is_larger():
    up = digest(corpus({2020: [1] + [0] * 19, 2024: [1, 1, 1, 0, 0, 0, 0]}))
    assert [(r.label, r.recent, r.before, r.years) for r in up.rising] == [("M", 3, 1, (1, 0, 0, 0, 3))]
    assert digest(corpus({2020: [1, 1, 1] + [0] * 17, 2024: [1] + [0] * 6})).rising == ()


def test_one_paper_is_no_trend():
    assert digest(corpus({2020: [0] * 20, 2024: [1] + [0] * 6})).rising == ()


@pytest.mark.parametrize(("more", "words"), [(FEW, "since the last build"), (FEW - 1, "of 2024")])
def test_a_trend_is_of_the_new_papers_only_where_they_are_enough(more, words):
    old = corpus({2020: [0] * 20})
    assert words in digest(corpus({2020: [0] * 20, 2024: [1] * more}), old).period.what


def test_quality_tells_what_was_set_aside_and_what_is_unsure():
    about = {"input": {"rejected": 3, "duplicates": 2}, "fast": True}
    q = digest(corpus({2024: [1, 0]}), about=about).quality
    assert (q.rejected, q.duplicates, q.silent, q.fast) == (3, 2, 1, True)
    assert q.unsure[0] == ("mentions", 1, 1)


def test_an_empty_base_has_a_report():
    assert digest(from_rows()).counts[0] == ("papers", 0)
