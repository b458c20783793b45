"""The policy: which of the candidates that overlap are kept.

In: candidates with calibrated confidences. Out: those that stand, by place. The policy, in order:

1. A candidate counts from its type's threshold on, the confidence where keeping it gains more than it loses.
2. Of overlapping spans, and of several types for one, the most confident wins; a word more is worth `word`, because the
   longer name is the minimal one that annotators look for ("graph neural network" over "neural network").
3. Hardware inside a longer name of another type stays beside it ("GPU memory usage" is a Metric, its GPU Hardware),
   except in units of cost ("GPU hours"). Other names stand inside a name of another type if both are as sure as
   `nested` ("LLM" in "LLM serving"); the rules alone are never so sure.
4. One name has one type within a paper: the one of its most confident mention.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from typing import NamedTuple

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


class Policy(NamedTuple):
    """The numbers of the policy."""

    threshold: dict[str, float]
    word: float
    nested: float


#: For candidates of lists and rules alone, and for those that the network has weighed too.
RULES = Policy(THRESHOLD, WORD, 2.0)
FUSED = Policy(dict.fromkeys(THRESHOLD, 0.38), 0.1, 0.5)


def resolve(text: str, candidates: Iterable[Candidate], policy: Policy = RULES) -> list[Candidate]:
    """The candidates that the policy keeps, sorted by place."""
    least = policy.threshold
    chosen = sorted((c for c in candidates if c.confidence >= least[c.type]), key=lambda c: _rank(text, c, policy.word))
    types: dict[str, str] = {}
    kept: list[Candidate] = []
    starts: list[int] = []
    for c in chosen:
        name = text[c.start : c.end]
        if types.setdefault(name, c.type) != c.type or (c.type == "Hardware" and _COST.match(text, c.end)):
            continue
        place = bisect.bisect_left(starts, c.start)
        over = [k for k in kept[max(0, place - 3) : place + 4] if k.start < c.end and c.start < k.end]
        if over and not all(_beside(k, c, policy.nested) for k in over):
            continue
        kept.insert(place, c)
        starts.insert(place, c.start)
    return kept


def _rank(text: str, c: Candidate, word: float) -> tuple[float, bool, int, int]:
    longer = text.count(" ", c.start, c.end) + text.count("-", c.start, c.end)
    longer -= 2 * text.count("--", c.start, c.end)  # a dash between two names
    return -c.confidence - word * longer, c.id is None, _ORDER[c.type], c.start


def _beside(a: Candidate, b: Candidate, nested: float) -> bool:
    """Whether one may stand inside the other."""
    inner, outer = (a, b) if a.end - a.start < b.end - b.start else (b, a)
    if a.type == b.type or not (outer.start <= inner.start and inner.end <= outer.end):
        return False
    same = (a.start, a.end) == (b.start, b.end)
    return (inner.type == "Hardware" and outer.type in _HOSTS) or (
        not same and min(a.confidence, b.confidence) >= nested
    )
