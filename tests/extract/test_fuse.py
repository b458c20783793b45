"""One confidence from what rules and network say."""

from __future__ import annotations

from kg.extract.candidates import Candidate
from kg.extract.fuse import FLOOR, WEIGHTS, fuse
from kg.schema import ENTITY_TYPES

TEXT = "Foo on a GPU; then Foo again"


def rule(start: int, end: int, type_: str, confidence: float) -> Candidate:
    return Candidate(start, end, type_, "catalogue", confidence, "hardware/gpu")


def net(start: int, end: int, type_: str, confidence: float) -> Candidate:
    return Candidate(start, end, type_, "network", confidence)


def test_every_type_has_weights() -> None:
    assert set(WEIGHTS) == {t.name for t in ENTITY_TYPES}


def test_both_sides_together_are_surer_than_either_alone() -> None:
    both = fuse(TEXT, [rule(9, 12, "Hardware", 0.8)], [net(9, 12, "Hardware", 0.8)])[0].confidence
    assert both > fuse(TEXT, [rule(9, 12, "Hardware", 0.8)], [])[0].confidence
    assert both > fuse(TEXT, [], [net(9, 12, "Hardware", 0.8)])[0].confidence


def test_the_rule_and_the_id_of_the_catalogue_stay() -> None:
    fused = fuse(TEXT, [rule(9, 12, "Hardware", 0.8)], [net(9, 12, "Hardware", 0.8)])
    assert [(c.rule, c.id) for c in fused] == [("catalogue", "hardware/gpu")]


def test_the_same_words_elsewhere_in_the_paper_lend_confidence() -> None:
    alone = fuse(TEXT, [], [net(0, 3, "Model", 0.3)])[0]
    helped = fuse(TEXT, [], [net(0, 3, "Model", 0.3), net(19, 22, "Model", 0.95)])[0]
    assert helped.confidence > alone.confidence


def test_improbable_spans_of_the_network_alone_are_left_out() -> None:
    assert fuse(TEXT, [], [net(0, 3, "Model", FLOOR / 2)]) == []


def test_one_candidate_for_each_span_and_type_by_place() -> None:
    fused = fuse(TEXT, [rule(9, 12, "Hardware", 0.5)], [net(9, 12, "Hardware", 0.5), net(0, 3, "Model", 0.5)])
    assert [(c.start, c.type) for c in fused] == [(0, "Model"), (9, "Hardware")]
    assert all(0 < c.confidence < 1 for c in fused)


def test_what_begins_inside_a_word_is_the_rules_alone_for_the_network_cannot_say_it() -> None:
    text = "We train on 8xH100."
    place = text.index("H100")
    inside = Candidate(place, place + 4, "Hardware", "product", 0.76, "hardware/nvidia-h100")
    assert fuse(text, [inside], []) == [inside]
    plain = text.replace("8x", "8 ")
    assert fuse(plain, [inside], [])[0].confidence < 0.5
