"""What the rules and the network say of a span -> one confidence.

In: candidates of lists and rules, and candidates of the network, each with the confidence of its own side. Out: one
candidate for each span and type, with the probability that an annotator would list it. Five numbers a type weigh, in
logits: what the network says of the span, what the rules say of it, that no rule found it, the best that the network
says of the same words anywhere in the paper, and a bias. Made by `kg.train.fuse` on papers that neither side learned
from. Without a network nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log
from typing import NamedTuple

from kg.extract.candidates import Candidate


class Weights(NamedTuple):
    """The weights of one type."""

    network: float
    rules: float
    no_rule: float
    paper: float
    bias: float


WEIGHTS = {
    "Model": Weights(0.14, 0.28, 0.26, 0.87, 0.6),
    "Method": Weights(0.01, 0.16, 0.25, 0.96, 0.28),
    "Software": Weights(0.03, -0.16, -0.92, 0.91, 0.53),
    "Dataset": Weights(0.3, 0.12, -0.32, 0.73, 0.58),
    "Hardware": Weights(0.09, 0.48, 0.51, 0.78, 0.58),
    "Metric": Weights(0.03, 0.26, 0.36, 0.95, 0.4),
    "Task": Weights(-0.02, 0.2, 0.37, 1.04, 0.6),
}
#: What a side that says nothing is taken to say.
UNSAID_NETWORK, UNSAID_RULES = 0.02, 0.1
_LEAST, _MOST = 0.01, 0.99
#: A span of the network alone counts from here on.
FLOOR = 0.08

Features = tuple[float, float, float, float]


def features(text: str, rules: Iterable[Candidate], network: Iterable[Candidate]) -> list[tuple[Candidate, Features]]:
    """For each span and type: the candidate that says most of it, and the four features of `Weights` but the bias."""
    said = {(c.start, c.end, c.type): c for c in network}
    found = {(c.start, c.end, c.type): c for c in rules}
    best: dict[tuple[str, str], float] = {}
    for c in said.values():
        words = text[c.start : c.end].lower(), c.type
        best[words] = max(best.get(words, 0.0), c.confidence)
    out = []
    for key in sorted(said.keys() | found.keys()):
        rule, net = found.get(key), said.get(key)
        chance = net.confidence if net else UNSAID_NETWORK
        if rule is None and chance < FLOOR:
            continue
        start, end, kind = key
        paper = best.get((text[start:end].lower(), kind), UNSAID_NETWORK)
        ruled = rule.confidence if rule else UNSAID_RULES
        candidate = rule or said[key]
        out.append((candidate, (_logit(chance), _logit(ruled), float(rule is None), _logit(paper))))
    return out


def fuse(text: str, rules: Iterable[Candidate], network: Iterable[Candidate]) -> list[Candidate]:
    """The candidates of both sides, one for each span and type, with the confidence of both together.

    Of what begins inside a word ("A100" of "8xA100") the network can say nothing; there the rules' word stands.
    """
    apart: dict[bool, list[Candidate]] = {False: [], True: []}
    for c in rules:
        apart[text[c.start - 1 : c.start].isalnum()].append(c)
    out = apart[True]
    for candidate, values in features(text, apart[False], network):
        w = WEIGHTS[candidate.type]
        total = w.bias + sum(weight * value for weight, value in zip(w[:4], values, strict=True))
        out.append(candidate._replace(confidence=round(1 / (1 + exp(-total)), 4)))
    return out


def _logit(chance: float) -> float:
    chance = min(max(chance, _LEAST), _MOST)
    return log(chance / (1 - chance))
