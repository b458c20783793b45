"""The short ways of fast mode give what the long ways give."""

import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import abbreviations, candidates, linear, quantities, scorer
from kg.extract.announced import proposed_names
from kg.extract.gather import gather
from kg.extract.linear import Odds, load, odds
from kg.extract.nlp import load_nlp
from kg.extract.pool import Pool
from kg.extract.record import read, record
from kg.extract.relationships import RULES as CUES
from kg.extract.relationships import Rule
from kg.extract.tokens import Page
from kg.extract.tokens import read as tokens
from kg.kept import Kept
from kg.records import to_json
from kg.schema import ENTITY_TYPES

NLP = load_nlp(fast=True)
PIECES = [
    "We propose FlashX, a fast kernel", "on NVIDIA A100 GPUs", "large language models (LLMs)", "\n\n", ". ", ", ", " ",
    "  ", "outperforms vLLM by 3.1x", "reduces latency to 12 ms", "accuracy of 91.2\\%", "for object detection", "ΑΣ",
    "our edge servers", "Σ😀", "evaluated on ImageNet", "the attention mechanism", "7B", "İ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_a_page_gives_the_record_of_a_doc(text: str) -> None:
    assert to_json(read(NLP, text, "a")) == to_json(record(NLP(text), "a"))


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_a_candidate_left_out_early_would_have_been_left_out(text: str) -> None:
    t, model = tokens(text), scorer.weights()
    pool: Pool = {}
    for (n, start), end in product(enumerate(t.starts), t.ends):
        if start < end <= start + 30:
            rules = ["a", "b", "n", "p", "s", "ap", "ps"][n % 7]
            pool[start, end] = {kind.name: (rules, None) for kind in ENTITY_TYPES}
    spans, values = scorer.rows(text, t, pool, model.asked)
    if not spans:
        return
    totals = model.matrix[values].reshape(len(spans), -1, len(scorer.KINDS)).sum(axis=1) + model.bias
    expected = {
        (start, end, kind)
        for (start, end, types), total in zip(spans, totals.tolist(), strict=True)
        for kind, (rules, _) in types.items()
        if linear.chance(total[scorer.KINDS[kind]] + model.rules[kind][1].get(rules, 0.0)) >= 0.2
    }
    assert {(c.start, c.end, c.type) for c in scorer.scored(text, t, pool)} == expected


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_the_spans_that_a_list_knows_come_first_in_a_pool(text: str) -> None:
    page: Any = Page(text)
    for name in ("kg_catalogue", "kg_abbreviations"):
        NLP.get_pipe(name)(page)
    found = [candidates.get(page, "kg_catalogue"), proposed_names(page), abbreviations.of(page)]
    pool = gather(text, page.tokens, *found)
    listed = [any("c" in rules or "h" in rules for rules, _ in types.values()) for types in pool.values()]
    assert listed == sorted(listed, reverse=True)


@given(st.sets(st.sampled_from(sorted(load("proposals").weights)), max_size=60))
def test_one_sum_says_what_the_sums_of_two_classes_say(cues: set[str]) -> None:
    both, one = load("proposals"), odds("proposals")
    yes = both.classes.index("yes")
    assert one.probability(cues) == pytest.approx(both.probability(cues)[yes], abs=1e-12)
    assert one.reasons(cues) == both.reasons(cues, yes)


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_cues_does_not_change_a_score(cues: list[str]) -> None:
    weights = {"a": 0.1, "b": 0.2, "c": 0.3, "d": -0.6}
    assert Odds(0.0, weights).score(cues) == Odds(0.0, weights).score("abcd")
    columns = linear.Linear(("x",), (0.0,), {cue: (weight,) for cue, weight in weights.items()})
    assert columns.scores(cues) == columns.scores("abcd")


@pytest.mark.parametrize("rule", CUES)
def test_a_cue_of_a_relationship_holds_one_of_its_signs(rule: Rule) -> None:
    letters = st.characters(codec="ascii", exclude_categories=["Cc"])

    @settings(max_examples=40, deadline=None)
    @given(st.from_regex(rule.cue, alphabet=letters))
    def check(text: str) -> None:
        assert rule.cue.search(text) is None or rule.may_match(text.lower())

    check()
    assert rule.may_match(rule.example.lower())


@given(st.text(alphabet="xX×12 .8664a", max_size=20))
def test_a_ratio_with_its_sign_first_holds_the_sign_and_a_digit(text: str) -> None:
    assert bool(quantities._SIGNED.search(text)) <= bool(quantities._GLUED.search(text))


def test_what_is_kept_of_words_is_bounded_and_right() -> None:
    asked: list[str] = []
    kept = Kept[str, int](lambda word: asked.append(word) or len(word), most=3)
    said = [kept[word] for word in ("a", "bb", "a", "ccc", "dddd", "a")]
    assert said == [1, 2, 1, 3, 4, 1]
    assert asked == ["a", "bb", "ccc", "dddd", "a"]
    assert len(kept) <= 3


def test_the_pattern_of_each_sign_is_read_without_case() -> None:
    assert all(rule.cue.flags & re.IGNORECASE for rule in CUES)
    assert all(sign == sign.lower() for rule in CUES for sign in rule.signs)
