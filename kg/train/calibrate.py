"""Held-out papers -> calibration and thresholds by type.

In: probabilities of a network on papers that it was not trained on, and their annotation. Out: for each type a scale
and an offset of the logit, so that of the entities given with confidence 0.7 about seven in ten are right (Platt
scaling, in the place of one temperature for all: types differ in offset), and the threshold that gives the best F1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.model.decode import decode
from kg.model.spans import LABELS, OUTPUTS
from kg.train.gold import Example
from kg.train.measure import Probabilities, groups, hits, sweep

_LEAST = 0.05  # spans below are no evidence of anything
Calibration = dict[str, tuple[float, float]]


def calibration(
    examples: Sequence[Example],
    probabilities: Sequence[Probabilities],
    gold: Sequence[Sequence[dict[str, Any]]],
    nested: float = 0.5,
) -> Calibration:
    """Scale and offset of the logit by type."""
    rows: list[list[tuple[float, bool]]] = [[] for _ in LABELS]
    for e, p, g in zip(examples, probabilities, gold, strict=True):
        for label, best, hit in hits(groups(e, decode(p, [_LEAST] * len(LABELS), nested)), g):
            rows[label].append((_logit(best), hit))
    out = {}
    for name, pairs in zip(LABELS, rows, strict=True):
        x = np.array([[logit] for logit, _ in pairs])
        y = np.array([hit for _, hit in pairs])
        if len(set(y.tolist())) < 2:
            out[name] = (1.0, 0.0)
            continue
        model = LogisticRegression(C=1.0).fit(x, y)
        out[name] = (round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4))
    return out


def apply(probabilities: Probabilities, scales: Calibration) -> Probabilities:
    """Calibrated probabilities; zeros stay zero."""
    scale, offset = (np.array([scales.get(t, (1.0, 0.0))[k] for t in OUTPUTS], np.float32) for k in (0, 1))
    known = probabilities.shape[-1]
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    out: Probabilities = 1 / (1 + np.exp(-(np.log(p / (1 - p)) * scale[:known] + offset[:known])))
    return np.where(probabilities > 0, out, 0).astype(np.float32)


def thresholds(
    examples: Sequence[Example],
    probabilities: Sequence[Probabilities],
    gold: Sequence[Sequence[dict[str, Any]]],
    nested: float = 0.5,
) -> dict[str, float]:
    """By type, the threshold with the best F1, drawn halfway to half that F1, where the best one is in expectation."""
    table = sweep(examples, probabilities, gold, tuple(np.arange(0.2, 0.6, 0.04)), nested)
    return {t: round((table[t][0] + table[t][3] / 2) / 2, 3) for t in LABELS}


def error(
    examples: Sequence[Example],
    probabilities: Sequence[Probabilities],
    gold: Sequence[Sequence[dict[str, Any]]],
    nested: float = 0.5,
) -> float:
    """Expected calibration error over ten bins of the confidence of entities, weighted by their number."""
    rows = [
        (best, hit)
        for e, p, g in zip(examples, probabilities, gold, strict=True)
        for _, best, hit in hits(groups(e, decode(p, [0.2] * len(LABELS), nested)), g)
    ]
    bins: dict[int, list[tuple[float, bool]]] = {}
    for best, hit in rows:
        bins.setdefault(min(int(best * 10), 9), []).append((best, hit))
    return sum(abs(sum(b for b, _ in x) - sum(h for _, h in x)) for x in bins.values()) / max(len(rows), 1)


def _logit(p: float) -> float:
    p = min(max(p, 1e-7), 1 - 1e-7)
    return float(np.log(p / (1 - p)))
