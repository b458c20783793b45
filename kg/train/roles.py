"""Train the small linear models of the relation rules from gold records, and say what they are worth on held-out folds.

In: a folder with papers.jsonl and gold.jsonl (the form of the annotation guideline). Out: JSON weights in
`kg/extract/data`. Run with `python -m kg.train.roles TRAIN_DIR [MODEL ...]`; needs the extra `train`. Folds are split
by paper, the solver is deterministic, weights are rounded: the same gold gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from kg.extract.linear import Linear

DATA = Path(__file__).parent.parent / "extract" / "data"


class Row(NamedTuple):
    """One decision of gold: the paper it is of (rows of one paper share a fold), its cues, and the right class."""

    paper: str
    cues: frozenset[str]
    label: str


def fit(rows: Sequence[Row], strength: float = 0.05, least: int = 3) -> Linear:
    """Logistic regression over the cues that at least `least` rows have; a small `strength` keeps weights small."""
    counts = Counter(c for r in rows for c in r.cues)
    vocabulary = {c: k for k, c in enumerate(sorted(c for c, n in counts.items() if n >= least))}
    matrix = _matrix(rows, vocabulary)
    model = LogisticRegression(C=strength, max_iter=400, solver="lbfgs")
    model.fit(matrix, [r.label for r in rows])
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, bias = np.vstack([0 * coefficients, coefficients]), np.array([0.0, bias[0]])
    weights = {c: tuple(round(float(w), 3) for w in coefficients[:, k]) for c, k in vocabulary.items()}
    kept = {c: w for c, w in weights.items() if max(map(abs, w)) >= 0.01}
    return Linear(tuple(map(str, model.classes_)), tuple(round(float(b), 3) for b in bias), kept)


def _matrix(rows: Sequence[Row], vocabulary: dict[str, int]) -> csr_matrix:
    pointers, indices = [0], []
    for row in rows:
        indices += sorted(vocabulary[c] for c in row.cues if c in vocabulary)
        pointers.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(rows), len(vocabulary)))


def held_out(rows: Sequence[Row], folds: int = 5, **options: Any) -> list[list[float]]:
    """The probabilities of every row from a model that never saw its paper, in the order of the sorted classes."""
    result: list[list[float]] = [[] for _ in rows]
    for train, test in GroupKFold(folds).split(rows, groups=[r.paper for r in rows]):
        model = fit([rows[k] for k in train], **options)
        for k in test:
            result[k] = model.probability(rows[k].cues)
    return result


def save(name: str, model: Linear, folder: Path = DATA) -> Path:
    """Write the weights, sorted, one cue a line."""
    lines = [f"  {json.dumps(c, ensure_ascii=False)}: {json.dumps(w)}" for c, w in sorted(model.weights.items())]
    text = (
        f'{{"classes": {json.dumps(model.classes)},\n"bias": {json.dumps(model.bias)},\n"weights": {{\n'
        + ",\n".join(lines)
        + "\n}}\n"
    )
    path = folder / f"{name}.json"
    path.write_text(text, encoding="utf8")
    return path


def f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    """F1 of (predicted, gold) pairs."""
    tally = Counter(pairs)
    right = tally[True, True]
    return 2 * right / max(1, 2 * right + tally[True, False] + tally[False, True])


def main(arguments: Sequence[str]) -> None:
    """Train the models named (all by default) and write their weights."""
    from kg.train import roles_rows

    folder, names = Path(arguments[0]), list(arguments[1:]) or list(roles_rows.ROWS)
    for name in names:
        maker, options = roles_rows.ROWS[name]
        rows = maker(folder)
        probabilities, classes = held_out(rows, **options), sorted({r.label for r in rows})
        guess = [classes[max(range(len(p)), key=p.__getitem__)] for p in probabilities]
        right = sum(g == r.label for g, r in zip(guess, rows, strict=True)) / len(rows)
        figures = {c: round(f1((g == c, r.label == c) for g, r in zip(guess, rows, strict=True)), 3) for c in classes}
        print(f"{name}: {len(rows)} rows, held-out accuracy {right:.3f}, F1 {figures}")  # noqa: T201 a training log
        save(name, fit(rows, **options))


if __name__ == "__main__":
    main(sys.argv[1:])
