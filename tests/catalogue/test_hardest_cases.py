"""The fifty hardest sentences that we could think of: what the package says of each today, right or wrong.

The table has, on each line, the name, the right answer (an id of the catalogue, "inferred" and the id that the form of
the name gives, or none), what the package says, why it is hard, and the sentence with the name between « and ».
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from kg.catalogue import load
from kg.catalogue.context import choose
from kg.catalogue.forms import infer

DOCS = Path(__file__).parents[2] / "docs" / "hardest_cases.md"


class Case(NamedTuple):
    name: str
    right: str
    says: str
    why: str
    sentence: str


LINES = (Path(__file__).parent / "hardest_cases.tsv").read_text(encoding="utf-8").splitlines()[1:]
CASES = [Case(*line.split("\t")) for line in LINES]
RIGHT = sum(case.says == case.right for case in CASES)


@pytest.fixture(scope="module")
def catalogue():
    return load()


def answer(marked, catalogue):
    before, rest = marked.split("«")
    name, after = rest.split("»")
    match, _ = choose(before + name + after, len(before), len(before) + len(name), catalogue)
    if match:
        return match.key.removeprefix("hardware/")
    inferred = None if catalogue.lookup(name, "Hardware") else infer(name)
    return f"inferred {inferred.key.removeprefix('hardware/')}" if inferred else "none"


@pytest.mark.parametrize("case", CASES, ids=[f"{case.name}: {case.sentence[:40]}" for case in CASES])
def test_the_package_says_of_a_hard_case_what_the_table_records(catalogue, case):
    assert f"«{case.name}»" in case.sentence
    assert answer(case.sentence, catalogue) == case.says


def test_there_are_fifty_hard_cases_and_two_thirds_of_them_are_right():
    assert len({case.sentence for case in CASES}) == 50
    assert RIGHT >= 34


def test_every_right_answer_is_an_entry_or_inferred_or_none(catalogue):
    for case in CASES:
        known = f"hardware/{case.right}" in catalogue.entries
        assert known or case.right == "none" or case.right.startswith("inferred ")


def test_the_page_shows_the_table_as_it_is():
    rows = [
        f"| {outcome} | {case.sentence} | {case.right} | {case.says} | {case.why} |"
        for case in CASES
        for outcome in ["right" if case.says == case.right else "**wrong**"]
    ]
    page = DOCS.read_text(encoding="utf-8")
    assert "\n".join(rows) in page
    assert f"{RIGHT} of the 50 are right" in page
