"""The quantities that a paper reports as results, each with its metric.

In: a Doc and its entities. Out: results in the order of the text. Every quantity of the text is a candidate; a small
linear model over named cues (see `kg.extract.result_cues`) keeps it or drops it, and a second one chooses among the
metrics that the text names near it or that its unit implies (see `kg.extract.metrics`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.linear import chance, odds
from kg.extract.metrics import Metric, cues, options, stated_metrics
from kg.extract.quantities import Quantity
from kg.extract.result_cues import candidates
from kg.extract.tokens import text_of
from kg.extract.units import direction, unit_code
from kg.records import Evidence, Found, Mention, Result

EXTRACTOR = "results"
#: A quantity is kept from this probability on; chosen on held-out folds.
THRESHOLD = 0.4


def results(doc: Doc, found: Sequence[Found]) -> tuple[Result, ...]:
    """The results that the text reports, in its order."""
    told = candidates(doc, found)
    if not told:
        return ()
    text = text_of(doc)
    keep, rank = odds("results"), odds("metrics")
    out = []
    said: dict[tuple[int, int], float] = {}
    read: dict[tuple[int, int], _Sentence] = {}
    for c in told:
        if c.sentence not in said:
            said[c.sentence] = keep.score(c.shared)
        probability = chance(said[c.sentence] + keep.score(c.own) - keep.bias)
        if probability < THRESHOLD:
            continue
        if c.sentence not in read:
            a, b = c.sentence
            read[a, b] = _Sentence(a, b, text[a:b], stated_metrics(text, (a, b), found), _measured(text, (a, b), found))
        sentence = read[c.sentence]
        named, stated = options(text, c, found, sentence.metrics)
        best = named[0] if named else None
        if len(named) > 1:
            scored = [(rank.score(cues(text, c, metric, stated)), -k) for k, metric in enumerate(named)]
            best = named[-max(scored)[1]]
        name = best.name if best else "value"
        out.append(_result(text, c.quantity, sentence, name, probability, keep.reasons(c.cues)))
    return tuple(out)


class _Sentence(NamedTuple):
    """What is read of a sentence once for all its quantities."""

    start: int
    end: int
    text: str
    metrics: dict[tuple[int, int], Metric]
    measured: list[tuple[Mention, str, str]]


_AT_MOST = re.compile(r"\b(?:up to|at most|less than|under|below|within|fewer than)\s*[$~(]*$|[<≤]\s*$")
_AT_LEAST = re.compile(r"\b(?:over|more than|at least|above|exceed(?:s|ing)?|beyond|greater than)\s*[$~(]*$|[>≥]\s*$")


def _result(text: str, q: Quantity, sentence: _Sentence, name: str, score: float, reasons: tuple[str, ...]) -> Result:
    a, b = sentence.start, sentence.end
    low, high = q.low, q.high
    before = text[max(a, q.start - 24) : q.start].lower()
    if _AT_MOST.search(before):
        low = None if low == high else low
    elif _AT_LEAST.search(before):
        high = None if low == high else high
    better, change = direction(name, sentence.text, q, a)
    evidence = Evidence(a, b, sentence.text, EXTRACTOR, round(score, 4), reasons)
    inside = _context(q, sentence.measured)
    return Result(
        text[q.start : q.end], name, evidence, low, high, unit_code(q.unit, q.kind), better, change,
        inside.get("Hardware"), inside.get("Dataset"), inside.get("baseline"),
    )  # fmt: skip


_ON = re.compile(r"\b(?:on|for|with|using|in|across)\s+(?:\w+[\s-]){0,4}$", re.IGNORECASE)
_THAN = re.compile(
    r"\b(?:than|over|compared (?:to|with)|versus|vs\.?|against|relative to|outperform(?:s|ing)?)\s+(?:\w+[\s-]){0,3}$",
    re.IGNORECASE,
)


def _measured(text: str, span: tuple[int, int], found: Sequence[Found]) -> list[tuple[Mention, str, str]]:
    """The hardware and datasets that a sentence measures on, and its baselines: mention, which of them, name."""
    out = []
    for f in found:
        if f.type in ("Metric", "Task"):
            continue
        for m in f.mentions:
            if not span[0] <= m.start < span[1]:
                continue
            before = text[max(span[0], m.start - 40) : m.start]
            if _THAN.search(before):
                out.append((m, "baseline", f.canonical))
            elif f.type in ("Hardware", "Dataset") and _ON.search(before):
                out.append((m, f.type, f.canonical))
    return out


def _context(q: Quantity, measured: list[tuple[Mention, str, str]]) -> dict[str, str]:
    """Hardware and dataset that the quantity was measured on, and the baseline: of each the nearest."""
    best: dict[str, tuple[int, str]] = {}
    for m, slot, name in measured:
        distance = m.start - q.end if m.start >= q.end else q.start - m.end + 40
        if slot not in best or distance < best[slot][0]:
            best[slot] = (distance, name)
    return {slot: name for slot, (_, name) in best.items()}
