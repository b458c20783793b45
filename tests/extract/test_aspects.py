"""What the network says of a name beyond its type is weighed with the cues."""

import math

import spacy

from kg.extract import aspects
from kg.extract.aspects import Weights
from kg.records import Mention
from kg.schema import ROLES

TARGETS = tuple(r.name for r in ROLES).index("targets")


def mention(start: int, end: int) -> Mention:
    return Mention(start, end, "x" * (end - start), "Hardware", "test", 1.0, (0, 10))


def test_a_network_that_says_nothing_changes_nothing() -> None:
    assert aspects.roles([0.1, 0.2, 0.3, 0.4], []) == [0.1, 0.2, 0.3, 0.4]
    assert aspects.proposed(0.3, []) == 0.3
    assert aspects.reason([], 0) == ()


def test_only_mentions_that_the_network_took_for_names_speak() -> None:
    doc = spacy.blank("en")("an FPGA")
    aspects.put(doc, [(3, 7, (0.9, 0.1, 0.1, 0.1, 0.2)), (0, 2, ())])
    assert aspects.of(doc, [mention(3, 7), mention(0, 2)]) == [(0.9, 0.1, 0.1, 0.1, 0.2)]


def test_the_network_can_turn_what_the_cues_say() -> None:
    said = [(*(0.98 if k == TARGETS else 0.01 for k in range(len(ROLES))), 0.99)]
    even = [0.2 if k == TARGETS else 0.8 / 3 for k in range(len(ROLES))]
    both = aspects.roles(even, said)
    assert max(range(len(ROLES)), key=both.__getitem__) == TARGETS
    assert math.isclose(sum(both), 1.0)
    assert aspects.proposed(0.5, said) > aspects.proposed(0.5, [(*said[0][:4], 0.01)])
    assert aspects.reason(said, TARGETS) == ("network 0.98",)


def test_chances_of_nought_and_one_are_no_infinity() -> None:
    said = [(1.0, 0.0, 0.0, 0.0, 1.0)]
    assert all(0 <= p <= 1 for p in aspects.roles([1.0, 0.0, 0.0, 0.0], said))
    assert 0 < aspects.proposed(0.0, said, Weights(1.0, 1.0, 1.0, (0.0,))) < 1
