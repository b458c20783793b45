"""Train the small linear models of the relation rules from gold records, and say what they are worth on held-out folds.

In: a folder with papers.jsonl and gold.jsonl (the form of the annotation guideline). Out: JSON weights in
`kg/extract/data`. Run with `python -m kg.train.roles TRAIN_DIR [MODEL ...]`; needs the extra `train`. Folds are split
by paper, the solver is deterministic, weights are rounded: the same gold gives the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from kg.extract.linear import Linear
from kg.train import arguments as arguments_of

DATA = Path(__file__).parent.parent / "extract" / "data"


class Row(NamedTuple):
    """One decision of gold: the paper it is of (rows of one paper share a fold), its cues, and the right class."""

    paper: str
    cues: frozenset[str]
    label: str


def fit(
    rows: Sequence[Row], strength: float = 0.05, least: int = 3, lean: Mapping[str, float] = MappingProxyType({})
) -> Linear:
    """Logistic regression, each class against the rest, over the cues that at least `least` rows have.

    A small `strength` keeps the weights small; `lean` is added to the bias of a class.
    """
    counts = Counter(c for r in rows for c in r.cues)
    vocabulary = {c: k for k, c in enumerate(sorted(c for c, n in counts.items() if n >= least))}
    matrix = _matrix(rows, vocabulary)
    labels = np.array([r.label for r in rows])
    classes = sorted(set(labels.tolist()))
    coefficients, bias = [], []
    for name in classes if len(classes) > 2 else classes[1:]:
        model = LogisticRegression(C=strength, solver="liblinear", random_state=0)
        model.fit(matrix, (labels == name).astype(int))
        coefficients.append(model.coef_[0])
        bias.append(float(model.intercept_[0]) + lean.get(name, 0.0))
    if len(classes) == 2:
        coefficients, bias = [0 * coefficients[0], coefficients[0]], [0.0, bias[0]]
    weights = {c: tuple(round(float(row[k]), 3) for row in coefficients) for c, k in vocabulary.items()}
    kept = {c: w for c, w in weights.items() if max(map(abs, w)) >= 0.01}
    return Linear(tuple(classes), tuple(round(b, 3) for b in bias), kept)


def fit_ranking(rows: Sequence[Row], strength: float = 0.15, least: int = 3) -> Linear:
    """Weights that put the right row of a group before the wrong ones; `paper` of a row names its group after "#"."""
    counts = Counter(c for r in rows for c in r.cues)
    vocabulary = {c: k for k, c in enumerate(sorted(c for c, n in counts.items() if n >= least))}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.paper, []).append(row)
    better, worse, share = [], [], []
    for group in groups.values():
        right, wrong = [r for r in group if r.label == "yes"], [r for r in group if r.label != "yes"]
        for r in right if wrong else ():
            better += [r] * len(wrong)
            worse += wrong
            share += [1 / (len(right) * len(wrong)) ** 0.5] * len(wrong)
    sign = np.where(np.arange(len(better)) % 2, 1, -1)
    difference = (_matrix(better, vocabulary) - _matrix(worse, vocabulary)).multiply(sign[:, None]).tocsr()
    model = LogisticRegression(C=strength, fit_intercept=False, solver="liblinear", random_state=0)
    model.fit(difference, sign, sample_weight=share)
    weights = {c: (0.0, round(float(model.coef_[0][k]), 3)) for c, k in vocabulary.items()}
    return Linear(("no", "yes"), (0.0, 0.0), {c: w for c, w in weights.items() if abs(w[1]) >= 0.01})


def _matrix(rows: Sequence[Row], vocabulary: dict[str, int]) -> csr_matrix:
    pointers, indices = [0], []
    for row in rows:
        indices += sorted(vocabulary[c] for c in row.cues if c in vocabulary)
        pointers.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(rows), len(vocabulary)))


def held_out(rows: Sequence[Row], make: Callable[..., Linear], folds: int = 5, **options: Any) -> list[list[float]]:
    """The probabilities of every row from a model that never saw its paper, in the order of the sorted classes."""
    result: list[list[float]] = [[] for _ in rows]
    for train, test in GroupKFold(folds).split(rows, groups=[r.paper.split("#")[0] for r in rows]):
        model = make([rows[k] for k in train], **options)
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


def _first(rows: Sequence[Row], probabilities: Sequence[Sequence[float]]) -> float:
    """The share of groups whose best row is right."""
    best: dict[str, tuple[float, bool]] = {}
    for row, p in zip(rows, probabilities, strict=True):
        if row.paper not in best or p[1] > best[row.paper][0]:
            best[row.paper] = (p[1], row.label == "yes")
    return sum(right for _, right in best.values()) / len(best)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the models named (all by default) and write their weights."""
    from kg.train import roles_rows

    parser = arguments_of.parser(__doc__)
    parser.add_argument("folder", type=arguments_of.annotated, help="annotated papers to learn from")
    parser.add_argument("models", nargs="*", metavar="MODEL", help=f"of {', '.join(roles_rows.ROWS)} (all)")
    a = parser.parse_args(arguments)
    folder = a.folder
    if unknown := [name for name in a.models if name not in roles_rows.ROWS]:
        parser.error(f"{', '.join(unknown)}: no such model; there are {', '.join(roles_rows.ROWS)}")
    for name in a.models or roles_rows.ROWS:
        maker, make, options = roles_rows.ROWS[name]
        rows = maker(folder)
        probabilities, classes = held_out(rows, make, **options), sorted({r.label for r in rows})
        if make.__name__ == "fit_ranking":  # by name: run as a module, this file is imported twice
            print(f"{name}: {len(rows)} rows, right first in {_first(rows, probabilities):.3f} of groups")  # noqa: T201
            save(name, fit_ranking(rows, **options))
            continue
        if classes == ["no", "yes"]:
            yes = [r.label == "yes" for r in rows]
            for cut in (0.35, 0.4, 0.45, 0.5):
                value = f1((p[1] >= cut, y) for p, y in zip(probabilities, yes, strict=True))
                print(f"{name}: from {cut} on, F1 {value:.3f}")  # noqa: T201 a training log
        guess = [classes[max(range(len(p)), key=p.__getitem__)] for p in probabilities]
        right = sum(g == r.label for g, r in zip(guess, rows, strict=True)) / len(rows)
        figures = {c: round(f1((g == c, r.label == c) for g, r in zip(guess, rows, strict=True)), 3) for c in classes}
        print(f"{name}: {len(rows)} rows, held-out accuracy {right:.3f}, F1 {figures}")  # noqa: T201 a training log
        save(name, make(rows, **options))


if __name__ == "__main__":
    main()
