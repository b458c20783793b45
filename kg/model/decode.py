"""Probabilities of spans -> the spans that stand.

In: probabilities (words, widths, labels) of one text, and for each label a threshold. Out: spans by place. A span is a
start and a length, so that there is no inside without a beginning; what is left to decide is which of the overlapping
ones stand: the most probable first; a later one may only lie inside (or around) a kept one of another type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from kg.model.spans import LABELS


class Scored(NamedTuple):
    """Words `first` to `last` (both in), the index of the label, the probability."""

    first: int
    last: int
    label: int
    probability: float


def decode(
    probabilities: np.ndarray[tuple[int, ...], np.dtype[np.float32]], thresholds: Sequence[float], nested: float = 0.5
) -> list[Scored]:
    """The spans at or above their label's threshold that no better one contradicts, sorted by place.

    A span of another type that lies inside or around a kept one stands if its probability is at least `nested`.
    """
    found = above(probabilities, min(thresholds))
    return standing((s for s in found if s.probability >= thresholds[s.label]), nested)


def standing(scored: Iterable[Scored], nested: float = 0.5) -> list[Scored]:
    """The spans that no better one contradicts, sorted by place."""
    kept: list[Scored] = []
    for cluster in _clusters(sorted(scored)):
        stand: list[Scored] = []
        for s in sorted(cluster, key=lambda s: (-s.probability, s)):
            over = [k for k in stand if k.first <= s.last and s.first <= k.last]
            if all(_stand_together(k, s) for k in over) and (not over or s.probability >= nested):
                stand.append(s)
        kept += sorted(stand)
    return kept


def _clusters(ordered: list[Scored]) -> Iterator[list[Scored]]:
    """Runs of spans that overlap one another, so that a long text takes no longer a word than a short one."""
    cluster: list[Scored] = []
    end = -1
    for s in ordered:
        if cluster and s.first > end:
            yield cluster
            cluster = []
        cluster.append(s)
        end = max(end, s.last)
    if cluster:
        yield cluster


def above(probabilities: np.ndarray[tuple[int, ...], np.dtype[np.float32]], floor: float) -> list[Scored]:
    """Every span whose probability is at least `floor`, by place."""
    found = np.argwhere(probabilities[..., : len(LABELS)] >= floor)
    values = probabilities[tuple(found.T)].tolist()
    return [Scored(i, i + w, c, p) for (i, w, c), p in zip(found.tolist(), values, strict=True)]


def _stand_together(kept: Scored, other: Scored) -> bool:
    if kept.label == other.label or (kept.first, kept.last) == (other.first, other.last):
        return False
    inside = kept.first <= other.first and other.last <= kept.last
    around = other.first <= kept.first and kept.last <= other.last
    return inside or around
