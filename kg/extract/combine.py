"""The policy: which of the candidates that overlap are kept.

In: candidates with calibrated confidences. Out: those that stand, by place. The policy, in order:

1. A candidate counts from its type's `THRESHOLD` on, the confidence where keeping it gains more than it loses.
2. Of overlapping spans, and of several types for one, the most confident wins; a word more is worth `WORD`, because the
   longer name is the minimal one that annotators look for ("graph neural network" over "neural network").
3. Hardware inside a longer name of another type stays beside it ("GPU memory usage" is a Metric, its GPU Hardware),
   except in units of cost ("GPU hours").
4. One name has one type within a paper: the one of its most confident mention.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable

from kg.extract.candidates import Candidate
from kg.schema import ENTITY_TYPES

_ORDER = {t.name: i for i, t in enumerate(ENTITY_TYPES)}
_COST = re.compile(r"(?i)[\s-](?:core[\s-])?(?:hours?|days?|minutes?|seconds?|years?|weeks?|time)\b")
_HOSTS = frozenset({"Metric", "Task", "Method", "Software", "Dataset", "Model"})
THRESHOLD = {
    "Model": 0.4,
    "Method": 0.25,
    "Software": 0.45,
    "Dataset": 0.3,
    "Hardware": 0.35,
    "Metric": 0.28,
    "Task": 0.25,
}
WORD = 0.2


def resolve(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that the policy keeps, sorted by place."""
    chosen = sorted((c for c in candidates if c.confidence >= THRESHOLD[c.type]), key=lambda c: _rank(text, c))
    types: dict[str, str] = {}
    kept: list[Candidate] = []
    starts: list[int] = []
    for c in chosen:
        name = text[c.start : c.end]
        if types.setdefault(name, c.type) != c.type or (c.type == "Hardware" and _COST.match(text, c.end)):
            continue
        place = bisect.bisect_left(starts, c.start)
        over = [k for k in kept[max(0, place - 3) : place + 4] if k.start < c.end and c.start < k.end]
        if over and not all(_beside(k, c) for k in over):
            continue
        kept.insert(place, c)
        starts.insert(place, c.start)
    return kept


def _rank(text: str, c: Candidate) -> tuple[float, bool, int, int]:
    longer = text.count(" ", c.start, c.end) + text.count("-", c.start, c.end)
    return -c.confidence - WORD * longer, c.id is None, _ORDER[c.type], c.start


def _beside(a: Candidate, b: Candidate) -> bool:
    """Whether one is Hardware inside a longer name of another type."""
    inner, outer = (a, b) if a.end - a.start < b.end - b.start else (b, a)
    return inner.type == "Hardware" and outer.type in _HOSTS and outer.start <= inner.start and inner.end <= outer.end
