"""How good the network is on annotated papers: entities of a paper, as the scorer counts them.

In: examples, probabilities and the annotated entities. Out: records in the form of the guideline, true positives by
type, and the thresholds that give the best F1. Grouping here is the plain kind (one normalised name, one entity; a long
form and the abbreviation in brackets behind it, one entity); the package's own grouping is in `kg.extract.entities`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.evaluate import normal
from kg.model.decode import Scored, decode
from kg.model.spans import LABELS
from kg.train.gold import Example

Probabilities = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Group = tuple[int, frozenset[str], float]


def groups(e: Example, spans: Sequence[Scored]) -> list[Group]:
    """Entities of a paper: label, normalised names, highest probability."""
    starts, ends, text = e.pieces.starts, e.pieces.ends, e.text
    parent: dict[tuple[int, str], tuple[int, str]] = {}

    def root(key: tuple[int, str]) -> tuple[int, str]:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    keys = [(s.label, normal(text[starts[s.first] : ends[s.last]])) for s in spans]
    by_start = {(s.first, s.label): k for s, k in zip(spans, keys, strict=True)}
    for s, key in zip(spans, keys, strict=True):
        after = by_start.get((s.last + 2, s.label))
        if after and text[ends[s.last] : starts[s.last + 2]].strip() == "(":
            parent[root(after)] = root(key)
    merged: dict[tuple[int, str], tuple[set[str], float]] = {}
    for s, key in zip(spans, keys, strict=True):
        names, best = merged.get(root(key), (set(), 0.0))
        merged[root(key)] = (names | {key[1]}, max(best, s.probability))
    return [(label, frozenset(names), best) for (label, _), (names, best) in merged.items()]


def hits(found: Sequence[Group], entities: Sequence[dict[str, Any]]) -> list[tuple[int, float, bool]]:
    """For each entity found: label, probability, and whether it shares a name with an annotated one not yet taken."""
    gold = [(LABELS.index(g["type"]), {normal(n) for n in [*g["names"], g["canonical"]]}) for g in entities]
    taken: set[int] = set()
    out = []
    for label, names, best in sorted(found, key=lambda f: -f[2]):
        hit = next((k for k, g in enumerate(gold) if k not in taken and g[0] == label and g[1] & names), None)
        if hit is not None:
            taken.add(hit)
        out.append((label, best, hit is not None))
    return out


def sweep(
    examples: Sequence[Example],
    probabilities: Sequence[Probabilities],
    gold: Sequence[Sequence[dict[str, Any]]],
    grid: Sequence[float] = tuple(np.arange(0.1, 0.9, 0.05)),
    nested: float = 0.5,
) -> dict[str, tuple[float, float, float, float]]:
    """By type: the best threshold on the grid, precision, recall and F1 there; and "all" at these thresholds."""
    tables = []
    for threshold in grid:
        said, right = np.zeros(len(LABELS)), np.zeros(len(LABELS))
        for e, p, g in zip(examples, probabilities, gold, strict=True):
            for label, _, hit in hits(groups(e, decode(p, [threshold] * len(LABELS), nested)), g):
                said[label] += 1
                right[label] += hit
        tables.append((said, right))
    total = np.array([sum(x["type"] == t for g in gold for x in g) for t in LABELS], float)
    out, best_said, best_right = {}, 0.0, 0.0
    for k, name in enumerate(LABELS):
        f1 = [2 * r[k] / max(s[k] + total[k], 1) for s, r in tables]
        at = int(np.argmax(f1))
        said, right = tables[at]
        out[name] = (float(grid[at]), right[k] / max(said[k], 1), right[k] / max(total[k], 1), f1[at])
        best_said, best_right = best_said + said[k], best_right + right[k]
    out["all"] = (0.0, best_right / best_said, best_right / total.sum(), 2 * best_right / (best_said + total.sum()))
    return out
