"""The policy: which of the candidates that overlap are kept.

In: candidates of all rules, lists and the network. Out: those that stand, by place. The policy, in order:

1. Same span, several types: the most confident wins; ties go to the catalogue, then to the order of the types.
2. Overlapping spans: the longer wins ("graph neural network" over "neural network"); between equals the more confident.
3. Hardware inside a longer name of another type stays beside it ("GPU memory usage" is a Metric, its GPU Hardware),
   except in units of cost ("GPU hours").
4. One name, one type within a paper: the type with most confidence over all its mentions.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable

from kg.extract.candidates import Candidate
from kg.schema import ENTITY_TYPES

_ORDER = {t.name: i for i, t in enumerate(ENTITY_TYPES)}
_COST = re.compile(r"(?i)[\s-](?:core[\s-])?(?:hours?|days?|minutes?|seconds?|years?|weeks?|time)\b")


def resolve(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that the policy keeps, sorted by place."""
    best: dict[tuple[int, int], Candidate] = {}
    for c in candidates:
        old = best.get((c.start, c.end))
        if old is None or _rank(c) > _rank(old):
            best[c.start, c.end] = c
    kept: list[Candidate] = []
    starts: list[int] = []
    for c in sorted(best.values(), key=lambda c: (c.start - c.end, -c.confidence, c.start)):
        if c.type == "Hardware" and _COST.match(text, c.end):
            continue
        place = bisect.bisect_left(starts, c.start)
        over = [k for k in kept[max(0, place - 4) : place + 4] if k.start < c.end and c.start < k.end]
        if over and not (c.type == "Hardware" and all(_hosts(k, c) for k in over)):
            continue
        kept.insert(place, c)
        starts.insert(place, c.start)
    return kept


def _rank(c: Candidate) -> tuple[float, bool, int]:
    return c.confidence, c.id is not None, -_ORDER[c.type]


def _hosts(outer: Candidate, inner: Candidate) -> bool:
    return outer.type in ("Metric", "Task", "Method") and outer.start <= inner.start and inner.end <= outer.end
