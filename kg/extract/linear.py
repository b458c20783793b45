"""Small linear models over named cues: which class do these cues speak for, and which of them decided?

In: names of the cues that hold (each counts once). Out: a score a class, and the cues that spoke most for it, so that
every decision can be shown with its reasons. Weights are plain JSON beside this package, made by `kg.train.roles`;
cues that the weights do not know count nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from math import exp, fsum
from typing import NamedTuple

import msgspec


class Linear(NamedTuple):
    """Weights of a model: `bias` and each row of `weights` hold one number a class, in the order of `classes`."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def scores(self, cues: Iterable[str]) -> list[float]:
        """The sum of the weights, one number a class; exact, for sets give their cues in any order.

        >>> Linear(("no", "yes"), (0.0, -1.0), {"title": (0.0, 3.0)}).scores({"title", "unknown"})
        [0.0, 2.0]
        """
        rows = [row for row in map(self.weights.get, cues) if row is not None]
        return [fsum(column) for column in zip(self.bias, *rows, strict=True)]

    def probability(self, cues: Iterable[str]) -> list[float]:
        """The scores as probabilities that sum to one."""
        scores = self.scores(cues)
        top = max(scores)
        powers = [exp(s - top) for s in scores]
        whole = sum(powers)
        return [p / whole for p in powers]

    def reasons(self, cues: Iterable[str], chosen: int, most: int = 4) -> tuple[str, ...]:
        """The cues that spoke most for a class against the mean of the others, strongest first.

        >>> Linear(("no", "yes"), (0.0, 0.0), {"a": (0.0, 1.0), "b": (0.0, 2.0), "c": (1.0, 0.0)}).reasons("abc", 1)
        ('b', 'a')
        """
        share = 1 / max(1, len(self.classes) - 1)
        known = [(cue, self.weights[cue]) for cue in set(cues) if cue in self.weights]
        rated = [((sum(row) - row[chosen]) * share - row[chosen], cue) for cue, row in known]
        return tuple(cue for cost, cue in sorted(rated)[:most] if cost < 0)


def chance(score: float) -> float:
    """A logit as a probability.

    >>> chance(0.0), chance(-1000.0)
    (0.5, 0.0)
    """
    return 1 / (1 + exp(-score)) if score >= 0 else (power := exp(score)) / (1 + power)


class Odds(NamedTuple):
    """A model of the classes "no" and "yes" as one sum: how much each cue speaks for "yes"."""

    bias: float
    weights: dict[str, float]

    def score(self, cues: Iterable[str]) -> float:
        """The logit of "yes"; exact, for sets give their cues in any order.

        >>> Odds(-1.0, {"title": 3.0}).score({"title", "unknown"})
        2.0
        """
        return self.bias + fsum(filter(None, map(self.weights.get, cues)))

    def probability(self, cues: Iterable[str]) -> float:
        """The probability of "yes"."""
        return chance(self.score(cues))

    def reasons(self, cues: Iterable[str], most: int = 4) -> tuple[str, ...]:
        """The cues that spoke most for "yes", strongest first.

        >>> Odds(0.0, {"a": 1.0, "b": 2.0, "c": -1.0}).reasons("abc")
        ('b', 'a')
        """
        weights = self.weights
        rated = sorted([(-weight, cue) for cue in set(cues) if (weight := weights.get(cue, 0.0)) > 0])
        return tuple([cue for _, cue in rated[:most]])


class _File(msgspec.Struct):
    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]


@cache
def load(name: str) -> Linear:
    """The packaged weights `extract/data/<name>.json`, read once a process."""
    text = resources.files("kg.extract").joinpath("data", f"{name}.json").read_bytes()
    raw = msgspec.json.decode(text, type=_File)
    return Linear(raw.classes, raw.bias, raw.weights)


@cache
def odds(name: str) -> Odds:
    """The packaged weights of a model of "no" and "yes", as one sum."""
    model = load(name)
    no, yes = model.classes.index("no"), model.classes.index("yes")
    weights = {cue: row[yes] - row[no] for cue, row in model.weights.items()}
    return Odds(model.bias[yes] - model.bias[no], weights)
