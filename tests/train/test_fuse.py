"""Weights of the fusion, learned from annotated papers."""

from __future__ import annotations

from kg.extract.candidates import Candidate
from kg.train.fuse import Paper, weights


def test_the_side_that_is_right_gets_the_weight() -> None:
    papers = []
    for k in range(40):
        right = k % 2 == 0
        text = "Foo and bar"
        rules = [Candidate(0, 3, "Model", "shape", 0.9 if right else 0.1)]
        network = [Candidate(0, 3, "Model", "network", 0.9 if k % 4 < 2 else 0.1)]
        papers.append(Paper(text, rules, network, {"Model": {"Foo"}} if right else {}))
    learned = weights(papers)
    assert learned["Model"].rules > 5 * abs(learned["Model"].network + learned["Model"].paper)


def test_a_type_without_evidence_gets_the_networks_word() -> None:
    assert weights([])["Task"][:2] == (1.0, 0.0)
