"""What the network says of a name beyond its type: the role of hardware, and that the paper itself proposes it.

In: the network's probabilities at the mentions of an entity, and what the linear model of the cues says. Out: the
probabilities of both together. A few numbers weigh, in logits: the cues, the mean of the mentions, the surest mention,
and a bias a class. Made by `kg.train.aspects` on papers that neither side learned from. A mention that the network did
not see says nothing; without a network nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log
from typing import NamedTuple

from spacy.tokens import Doc

from kg.records import Mention

_KEPT = "kg_aspects"
_LEAST = 0.003
Aspects = tuple[float, ...]


class Weights(NamedTuple):
    """Weights of the logits of the cues, of the mean and of the surest mention; and a bias a class."""

    cues: float
    mean: float
    surest: float
    bias: tuple[float, ...]


#: In the order of `kg.schema.ROLES`.
ROLES = Weights(0.169, 0.252, 0.265, (-0.554, -0.112, 0.203, 0.462))
PROPOSED = Weights(0.201, 0.311, 0.288, (-0.716,))


def put(doc: Doc, said: Iterable[tuple[int, int, Aspects]]) -> None:
    """Keep what the network says of spans (start, end, aspects)."""
    doc.user_data[_KEPT] = {(start, end): aspects for start, end, aspects in said if aspects}


def of(doc: Doc, mentions: Iterable[Mention]) -> list[Aspects]:
    """What the network says at those of the mentions that it took for names."""
    kept: dict[tuple[int, int], Aspects] = doc.user_data.get(_KEPT) or {}
    return [kept[m.start, m.end] for m in mentions if (m.start, m.end) in kept]


def features(cues: Sequence[float], said: Sequence[Aspects], first: int) -> list[tuple[float, float, float]]:
    """For each class: the logit of the cues, and the mean and the greatest of the network's logits.

    `cues` are the probabilities of the cues, `first` is the place of the first class in the aspects.
    """
    out = []
    for k, chance in enumerate(cues):
        logits = [_logit(aspects[first + k]) for aspects in said]
        out.append((_logit(chance), sum(logits) / len(logits), max(logits)))
    return out


def roles(cues: Sequence[float], said: Sequence[Aspects], weights: Weights = ROLES) -> list[float]:
    """The probabilities of the roles, in the order of `kg.schema.ROLES`; they sum to one."""
    if not said:
        return list(cues)
    scores = [_score(row, weights, k) for k, row in enumerate(features(cues, said, 0))]
    powers = [exp(s - max(scores)) for s in scores]
    return [p / sum(powers) for p in powers]


def proposed(cues: float, said: Sequence[Aspects], weights: Weights = PROPOSED) -> float:
    """The probability that the paper proposes the entity."""
    if not said:
        return cues
    return 1 / (1 + exp(-_score(features((cues,), said, len(ROLES.bias))[0], weights, 0)))


def reason(said: Sequence[Aspects], aspect: int) -> tuple[str, ...]:
    """The network's part in a decision as a cue to show: () where it says nothing or speaks against it."""
    best = max((aspects[aspect] for aspects in said), default=0.0)
    return (f"network {best:.2f}",) if best >= 0.5 else ()


def _score(row: tuple[float, float, float], weights: Weights, k: int) -> float:
    return weights.cues * row[0] + weights.mean * row[1] + weights.surest * row[2] + weights.bias[k]


def _logit(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return log(chance / (1 - chance))
