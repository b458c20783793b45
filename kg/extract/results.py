"""The quantities that a paper reports as results, each with its metric.

In: a Doc and its entities. Out: results in the order of the text. Every quantity of the text is a candidate; a small
linear model over named cues (see `kg.extract.result_cues`) keeps it or drops it, and a second one chooses among the
metrics that the text names near it or that its unit implies (see `kg.extract.metrics`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.linear import load
from kg.extract.metrics import Metric, metrics, stated_metrics
from kg.extract.quantities import Quantity
from kg.extract.result_cues import Candidate, candidates
from kg.extract.tokens import text_of
from kg.extract.units import direction, unit_code
from kg.records import Evidence, Found, Result

EXTRACTOR = "results"
#: A quantity is kept from this probability on; chosen on held-out folds.
THRESHOLD = 0.4


def results(doc: Doc, found: Sequence[Found]) -> tuple[Result, ...]:
    """The results that the text reports, in its order."""
    kept = candidates(doc, found)
    if not kept:
        return ()
    text = text_of(doc)
    keep, rank = load("results"), load("metrics")
    yes = keep.classes.index("yes")
    out = []
    seen: dict[tuple[int, int], dict[tuple[int, int], Metric]] = {}
    for c in kept:
        probability = keep.probability(c.cues)[yes]
        if probability < THRESHOLD:
            continue
        if c.sentence not in seen:
            seen[c.sentence] = stated_metrics(text, c.sentence, found)
        options = metrics(text, c, found, seen[c.sentence])
        scored = [(rank.scores(cues)[1], -k) for k, (_, cues) in enumerate(options)]
        best = options[-max(scored)[1]] if options else None
        out.append(_result(text, c, best, probability, keep.reasons(c.cues, yes), found))
    return tuple(out)


def _result(
    text: str, c: Candidate, best: tuple[Metric, set[str]] | None, score: float, reasons: tuple[str, ...],
    found: Sequence[Found],
) -> Result:  # fmt: skip
    q, (a, b) = c.quantity, c.sentence
    name = best[0].name if best else "value"
    low, high = q.low, q.high
    before = text[max(a, q.start - 24) : q.start].lower()
    if re.search(r"\b(?:up to|at most|less than|under|below|within|fewer than)\s*[$~(]*$|[<≤]\s*$", before):
        low = None if low == high else low
    elif re.search(
        r"\b(?:over|more than|at least|above|exceed(?:s|ing)?|beyond|greater than)\s*[$~(]*$|[>≥]\s*$", before
    ):
        high = None if low == high else high
    better, change = direction(name, text[a:b], q, a)
    evidence = Evidence(a, b, text[a:b], EXTRACTOR, round(score, 4), reasons)
    inside = _context(text, q, (a, b), found)
    return Result(
        text[q.start : q.end], name, evidence, low, high, unit_code(q.unit, q.kind), better, change,
        inside.get("Hardware"), inside.get("Dataset"), inside.get("baseline"),
    )  # fmt: skip


_ON = re.compile(r"\b(?:on|for|with|using|in|across)\s+(?:\w+[\s-]){0,4}$", re.IGNORECASE)
_THAN = re.compile(
    r"\b(?:than|over|compared (?:to|with)|versus|vs\.?|against|relative to|outperform(?:s|ing)?)\s+(?:\w+[\s-]){0,3}$",
    re.IGNORECASE,
)


def _context(text: str, q: Quantity, span: tuple[int, int], found: Sequence[Found]) -> dict[str, str]:
    """Hardware and dataset that the quantity was measured on, and the baseline, where the sentence says so."""
    best: dict[str, tuple[int, str]] = {}
    for f in found:
        for m in f.mentions:
            if not span[0] <= m.start < span[1]:
                continue
            before = text[max(span[0], m.start - 40) : m.start]
            slot = "baseline" if _THAN.search(before) else f.type if _ON.search(before) else None
            if slot not in ("baseline", "Hardware", "Dataset") or f.type in ("Metric", "Task"):
                continue
            distance = m.start - q.end if m.start >= q.end else q.start - m.end + 40
            if slot not in best or distance < best[slot][0]:
                best[slot] = (distance, f.canonical)
    return {slot: name for slot, (_, name) in best.items()}
