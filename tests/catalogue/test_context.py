"""Ambiguous names in sentences of our own: which are hardware, and which are not.

The table has, on each line, yes or no, the name (its first place is judged), the entry and the sentence.
"""

import re
from pathlib import Path

import pytest

from kg.catalogue import load
from kg.catalogue.context import choose, judge, spelled_out
from kg.catalogue.senses import GROUPS, cues

CASES = [
    line.split("\t") for line in (Path(__file__).parent / "context_cases.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def catalogue():
    return load()


@pytest.mark.parametrize(("wanted", "name", "entry", "sentence"), CASES, ids=[f"{c[1]}: {c[3][:40]}" for c in CASES])
def test_a_name_is_hardware_only_where_the_sentence_says_so(catalogue, wanted, name, entry, sentence):
    start = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence).start()
    verdict = judge(sentence, start, start + len(name), catalogue.entries[f"hardware/{entry}"])
    assert verdict.accepted == (wanted == "yes"), verdict.reason


def test_there_are_at_least_two_hundred_cases_of_which_both_kinds_are_many():
    assert len(CASES) >= 200
    assert min(sum(c[0] == kind for c in CASES) for kind in ("yes", "no")) >= 80


AGAINST = [cue for cue in cues() if cue.side == "against"]
FOR = [cue for cue in cues() if cue.side in ("for", "head")]


@pytest.mark.parametrize("cue", AGAINST, ids=lambda cue: cue.example)
def test_the_example_of_a_cue_against_hardware_shows_it(cue):
    spans = [
        found.span()
        for name in cue.names
        for found in re.finditer(rf"(?<!\w){re.escape(name)}s?(?!\w)", cue.example, re.IGNORECASE)
    ]
    sides = {
        "before": [cue.example[:start] for start, _ in spans],
        "after": [cue.example[end:] for _, end in spans],
        "sentence": [cue.example[:start] + " … " + cue.example[end:] for start, end in spans],
    }
    assert any(cue.pattern.search(side) for side in sides[cue.where])


@pytest.mark.parametrize("cue", FOR, ids=lambda cue: f"{cue.side} {cue.names[0]}")
def test_the_example_of_a_cue_for_hardware_shows_it(cue):
    assert cue.pattern.search(cue.example)


def test_every_group_has_its_heads_and_cues():
    assert {(side, group) for side in ("for", "head") for group in GROUPS.values()} == {
        (c.side, c.names[0]) for c in FOR
    }


def test_a_name_that_is_not_ambiguous_needs_no_context(catalogue):
    match, verdict = choose("See the A100.", 8, 12, catalogue)
    assert match.key == "hardware/nvidia-a100"
    assert verdict.strength == 3


def test_of_two_entries_with_one_name_the_context_chooses(catalogue):
    text = "On Titan at Oak Ridge we used 18,688 nodes."
    assert choose(text, 3, 8, catalogue)[0].key == "hardware/titan-supercomputer"
    text = "We trained on one Titan GPU."
    assert choose(text, 18, 23, catalogue)[0].key == "hardware/nvidia-titan"


def test_where_context_cannot_choose_there_is_no_entry_and_the_reason_names_them(catalogue):
    text = "We used an RTX 6000 for training."
    match, verdict = choose(text, 11, 19, catalogue)
    assert match is None
    assert "Quadro RTX 6000" in verdict.reason


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Processing in memory (PIM) helps.", "PIM", "Processing in memory"),
        ("a state space model (SSM), which", "SSM", "state space model"),
        ("the large PEs (PE) here", "PE", None),
        ("no brackets for PIM", "PIM", None),
    ],
)
def test_the_long_form_before_the_brackets_is_found(text, short, long):
    assert spelled_out(text, short) == long
