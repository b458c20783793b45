"""Doubtful cases are listed by value with sentences of both sides, and answers become decisions that a build obeys."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.catalogue import Catalogue
from kg.catalogue.load import compiled
from kg.errors import CatalogueError, InputError
from kg.link.known import CatalogueKnown
from kg.link.tables import tabulate
from kg.review import append, cases, read_answers, to_items
from kg.review.answers import Decision
from kg.store import write
from tests.link.papers import item

KG = Path(sys.executable).with_name("kg")
PAPERS = [
    item(1, "We study alternating optimization, AO.", ("Method", "alternating optimization", "AO")),
    *(item(n, "Here AO helps.", ("Method", "AO")) for n in (2, 3, 4)),
    *(item(n, "Now alternating optimization.", ("Method", "alternating optimization")) for n in (5, 6)),
    item(7, "A looped encoder.", ("Method", "looped encoder")),
    item(8, "A looping encoder.", ("Method", "looping encoder")),
]


def known(text: str = "") -> CatalogueKnown:
    return CatalogueKnown(Catalogue(compiled([], [("mine.yaml", text)])))


def rebuilt(text: str):
    return {row["key"] for row in tabulate(PAPERS, known(text)).entities.to_pylist()}


def test_cases_come_by_support_times_doubt_with_sentences_of_both_sides():
    first, second = cases(tabulate(PAPERS, known()), known())
    assert (first.done, first.support, first.doubt, first.value) == ("apart", 3, 0.5, 1.5)
    assert {first.left.key, first.right.key} == {"method/ao", "method/alternating-optimization"}
    sides = {side.name: side for side in (first.left, first.right)}
    assert sides["AO"].sentences[0] == ("paper/p2", "Paper 2 Here AO helps.")
    assert sides["alternating optimization"].papers == 3
    assert {second.left.name, second.right.name} == {"looped encoder", "looping encoder"}


def test_a_limit_and_a_type_restrict_the_cases():
    tables = tabulate(PAPERS, known())
    assert len(cases(tables, known(), limit=1)) == 1
    assert cases(tables, known(), kind="Hardware") == ()


@pytest.mark.parametrize(
    ("verdict", "nodes"),
    [
        ("merge", {"method/alternating-optimization"}),
        ("distinct", {"method/ao", "method/alternating-optimization"}),
        ("ban-left", {"method/ao"}),
        ("ban-right", {"method/alternating-optimization"}),
    ],
)
def test_a_rebuild_obeys_each_verdict_and_the_case_is_closed(verdict, nodes):
    tables = tabulate(PAPERS, known())
    case = next(c for c in cases(tables, known()) if c.right.name == "AO" or c.left.name == "AO")
    if case.left.name == "AO":
        nodes = {"ban-left": {"method/alternating-optimization"}, "ban-right": {"method/ao"}}.get(verdict, nodes)
    text = append("", to_items([case], {case.id: verdict}))
    assert {key for key in rebuilt(text) if "loop" not in key} == nodes
    after = tabulate(PAPERS, known(text))
    assert case.id not in {c.id for c in cases(after, known(text))}


def test_a_merge_that_was_made_is_undone_by_distinct_and_confirmed_by_merge():
    papers = [
        item(n, "We study post-training quantization, PTQ.", ("Method", "post-training quantization", "PTQ"))
        for n in range(2)
    ] + [item(9, "PTQ.", ("Method", "PTQ"))]
    tables = tabulate(papers, known())
    (case,) = cases(tables, known())
    assert case.done == "merged"
    text = append("", to_items([case], {case.id: "distinct"}))
    parted = {row["key"] for row in tabulate(papers, known(text)).entities.to_pylist()}
    assert parted == {"method/ptq", "method/post-training-quantization"}
    text = append("", to_items([case], {case.id: "merge"}))
    assert [row["key"] for row in tabulate(papers, known(text)).entities.to_pylist()] == [
        "method/post-training-quantization"
    ]
    assert cases(tabulate(papers, known(text)), known(text)) == ()


def test_a_merge_keeps_the_entry_of_the_catalogue():
    case = cases(tabulate(PAPERS, known()), known())[0]
    (decision,) = to_items([case], {case.id: "merge"}, frozenset({"method/ao"}))
    assert decision.item == {"into": "method/ao", "from": ["method/alternating-optimization"]}


NEW = Decision("merge", {"into": "c", "from": ["d"]}, "c / d")
LINE = '- {"into": "c", "from": ["d"]}  # c / d\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# mine\ntype: Method\n", "# mine\ntype: Method\nmerge:\n" + LINE),
        ("merge:\nban: []  # none\n", "merge:\n" + LINE + "ban: []  # none\n"),
        ("merge:\n- into: a\n  from: [b]\n", "merge:\n- into: a\n  from: [b]\n" + LINE),
        ("merge:\n  - {into: a, from: b} # x\nban: []", "merge:\n  - {into: a, from: b} # x\n  " + LINE + "ban: []\n"),
        ("merge: []\n", 'merge: [{"into": "c", "from": ["d"]}]\n'),
        ("merge: [{into: a, from: b}]\n", 'merge: [{into: a, from: b}, {"into": "c", "from": ["d"]}]\n'),
    ],
)
def test_decisions_are_added_to_a_file_whose_other_words_stay(before, after):
    assert append(before, [NEW]) == after


@pytest.mark.parametrize("text", ["- a\n- b\n", "merge: {\n", "just text"])
def test_a_file_that_is_no_catalogue_is_refused(text):
    with pytest.raises(CatalogueError, match="the file is no"):
        append(text, [NEW])


@pytest.mark.parametrize(("verdicts", "says"), [({"x": "marry"}, "marry"), ({"x": "merge"}, "no open case 'x'")])
def test_an_unknown_verdict_or_case_is_named(verdicts, says):
    with pytest.raises(InputError, match=says):
        to_items([], verdicts)


@pytest.mark.parametrize("text", ["[1]", "[{]", '[{"verdict": "merge"}]', "one two three\n", "alone\n"])
def test_answers_of_another_form_are_refused(text):
    with pytest.raises(InputError):
        read_answers(text)


def kg(*words: object, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KG, *map(str, words)], capture_output=True, text=True, timeout=120, check=False, **options)


def test_the_verb_lists_takes_answers_and_closes_the_cases(tmp_path):
    folder, mine = write(tabulate(PAPERS, known()), tmp_path / "out"), tmp_path / "mine.yaml"
    listed = json.loads(kg("review", folder, "--output", "json").stdout)
    assert {case["verdict"] for case in listed} == {None}
    for case in listed:
        case["verdict"] = "merge"
    (tmp_path / "cases.json").write_text(json.dumps(listed), encoding="utf-8")
    done = kg("review", folder, "--decide", tmp_path / "cases.json", "--catalogue", mine)
    assert (done.returncode, done.stdout.count("merge:")) == (0, len(listed))
    assert kg("review", folder, "--catalogue", mine).stdout == ""


def test_the_verb_asks_and_keeps_what_was_answered_before_the_person_left(tmp_path):
    folder, mine = write(tabulate(PAPERS, known()), tmp_path / "out"), tmp_path / "mine.yaml"
    done = kg("review", folder, "--ask", "--catalogue", mine, input="nonsense\nd\n")
    assert done.returncode == 0, done.stderr
    assert "distinct:" in mine.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--decide", "x=merge"], 5, "--catalogue mine.yaml"),
        (["--decide", "x=merge", "--catalogue", "mine.yaml"], 3, "no open case"),
        (["--decide", "nowhere.json", "--catalogue", "mine.yaml"], 3, "nowhere.json"),
        (["--type", "Spoon"], 3, "Hardware"),
    ],
)
def test_wrong_use_ends_in_one_line(tmp_path, words, code, says):
    folder = write(tabulate(PAPERS, known()), tmp_path / "out")
    done = kg("review", folder, *words, cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert says in done.stderr
