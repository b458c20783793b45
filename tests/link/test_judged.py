"""Samples that a person judged: what was found right is still merged, what was found wrong is left apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.catalogue import load
from kg.link.known import CatalogueKnown
from kg.link.names import is_short
from kg.link.score import decide

JUDGED = Path(__file__).parent / "judged"


def rows(name: str) -> list[list[str]]:
    lines = (JUDGED / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module")
def known() -> CatalogueKnown:
    return CatalogueKnown(load())


def one_thing(known: CatalogueKnown, kind: str, left: str, right: str, papers: str) -> bool:
    """Whether the linker takes the names for one thing, as far as two names and the catalogue decide."""
    entries = [known.resolve(name, kind) for name in (left, right)]
    if all(entries):
        return entries[0] == entries[1]
    return decide(kind, left, right, int(papers)).verdict == "merge"


def test_of_two_hundred_merges_at_most_two_are_wrong_and_they_are_still_made(known):
    judged = rows("merges.tsv")
    assert len(judged) == 200
    assert sum(verdict != "same" for *_, verdict in judged) <= 2
    lost = [row for row in judged if not one_thing(known, *row[:4])]
    assert len(lost) <= 45, lost  # abbreviations that too few papers spell out; in papers that do they still are one
    assert all(is_short(row[1]) or is_short(row[2]) for row in lost if row[0] != "Hardware"), lost


def test_names_that_were_once_merged_by_mistake_stay_apart(known):
    judged = rows("not_merges.tsv")
    assert {verdict for *_, verdict in judged} == {"different"}
    assert [row for row in judged if one_thing(known, *row[:4])] == []


def test_of_the_nodes_of_most_papers_at_most_two_in_a_hundred_are_duplicates():
    judged = rows("nodes.tsv")
    keys = Counter(key for _, key, *_ in judged)
    assert len(keys) == len(judged) == 300
    duplicates = [verdict.removeprefix("duplicate of ") for *_, verdict in judged if verdict != "distinct"]
    assert set(duplicates) <= set(keys)
    assert len(duplicates) <= 6


def test_the_samples_of_twenty_thousand_papers_are_whole_and_say_what_the_documentation_says():
    merges, nodes, hardware = (rows(name) for name in ("merges-20000.tsv", "nodes-20000.tsv", "hardware-dev.tsv"))
    assert (len(merges), len(nodes), len(hardware)) == (200, 300, 116)
    wrong = [
        sum(row[-1] != "same" for row in merges),
        sum(row[-1] != "distinct" for row in nodes),
        sum(row[3] != "right" for row in hardware),
    ]
    text = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    said = " ".join(text.split())
    assert wrong == [2, 4, 3]
    assert all(words in said for words in ("2 are wrong", "four are duplicates", "113 (0.974)"))
