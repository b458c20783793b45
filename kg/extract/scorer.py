"""Pool -> candidates with a calibrated confidence, from a small linear model over named features.

In: the pool of a text. Out: one candidate for each span and type, with the probability that an annotator would list it.
Features are what a person would look at: which rules found it, its last word, its first, the words beside it, its
length and shape, how often and where it stands. Weights are JSON beside this package, made by `kg.train.names`; a value
that they do not know counts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import exp, log
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from kg.extract.candidates import Candidate
from kg.extract.pool import RULES, Pool, Types
from kg.extract.tokens import Tokens
from kg.schema import ENTITY_TYPES

#: The features of a span, in the order of `Row.values`; "rules" depends on the type and comes beside them.
FEATURES = ("name", "head", "first", "before", "after", "length", "shape", "count", "place", "lists")
KINDS = {t.name: i for i, t in enumerate(ENTITY_TYPES)}
_JOIN = frozenset("-‐‑–")


class Weights(NamedTuple):
    """The model ready for use: for each feature a table, value -> row of `matrix`, which has a column for each type."""

    bias: npt.NDArray[np.float32]
    rules: dict[str, dict[str, float]]
    tables: tuple[dict[str, int], ...]
    matrix: npt.NDArray[np.float32]


@cache
def weights() -> Weights:
    """The packaged weights, read once a process."""
    text = resources.files("kg.extract").joinpath("data", "names.json").read_bytes()
    return ready(msgspec.json.decode(text))


def ready(model: dict[str, dict[str, Any]]) -> Weights:
    """Weights from JSON: type -> "bias", "rules" and every feature -> value -> weight."""
    index, rows = [], [0.0] * len(KINDS)  # row 0: a value that nothing is known of
    for feature in FEATURES:
        tables = [model[kind][feature] for kind in KINDS]
        values = sorted({value for table in tables for value in table})
        index.append({value: number for number, value in enumerate(values, len(rows) // len(KINDS))})
        rows += [table.get(value, 0.0) for value in values for table in tables]
    bias = np.array([model[kind]["bias"] for kind in KINDS], np.float32)
    matrix = np.array(rows, np.float32).reshape(-1, len(KINDS))
    return Weights(bias, {kind: model[kind]["rules"] for kind in KINDS}, tuple(index), matrix)


@lru_cache(maxsize=65536)
def shape(word: str) -> str:
    """The shape of a word: digit, lower, CAPS, Title, or capitals inside."""
    if any(c.isdigit() for c in word):
        return "digit"
    if word.islower():
        return "lower"
    if word.isupper():
        return "CAPS"
    return "Title" if word[1:].islower() else "Inner"


@lru_cache(maxsize=65536)
def head(word: str) -> str:
    """A word in lower case without its plural ending."""
    if word[-1] != "s" or len(word) <= 3 or word[-2] in "sui":
        return word
    return word[:-3] + "y" if len(word) > 4 and word.endswith("ies") else word[:-1]


class Echo(dict[str, str]):
    """A table that gives each value back: `features` with it shows what the tables are asked, for training."""

    def get(self, key: str, _: Any = None) -> str:
        """The key itself."""
        return key


def features(
    text: str, t: Tokens, pool: Pool, tables: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[int, int, Types]], list[Any]]:
    """The spans of a pool, and, one span after the other, what the tables say of its values, 0 for nothing.

    A span that does not begin and end with tokens is left out. Unrolled, because it is the heart of fast mode.
    """
    name_of, head_of, first_of, before_of, after_of, length_of, shape_of, count_of, place_of, lists_of = (
        table.get for table in tables
    )
    first_at, last_at = dict(zip(t.starts, _COUNT)), dict(zip(t.ends, _COUNT))  # noqa: B905 - the count has no end
    lower, words = t.lower, t.words
    count, title_end = len(lower), text.find("\n\n")
    folded = text.lower()
    if len(folded) != len(text):  # a letter whose small form is longer
        folded = text
    counts: dict[str, int] = {}
    for start, end in pool:
        name = folded[start:end]
        counts[name] = counts.get(name, 0) + 1
    spans: list[tuple[int, int, Types]] = []
    out: list[Any] = []
    for (start, end), types in pool.items():
        i, j = first_at.get(start), last_at.get(end)
        if i is None or j is None or i > j:
            continue
        before = lower[i - 1] if i else "^"
        if before in _JOIN and i > 1:
            before = "-" + lower[i - 2]
        after = lower[j + 1] if j + 1 < count else "$"
        if after in _JOIN and j + 2 < count:
            after = "-" + lower[j + 2]
        lists = ""
        for kind, (rules, _) in types.items():
            if "c" in rules or "h" in rules:
                lists += kind[:2]
        name = folded[start:end]
        spans.append((start, end, types))
        out += (
            name_of(head(name), 0),
            head_of(head(lower[j]), 0),
            first_of(lower[i], 0) if i < j else first_of("", 0),
            before_of(before, 0),
            after_of(head(after), 0),
            length_of(_DIGITS[min(j - i, 5)], 0),
            shape_of(shape(words[i]) if i == j else f"{shape(words[i])}+{shape(words[j])}", 0),
            count_of(_DIGITS[min(counts[name], 4)], 0),
            place_of("title" if start < title_end else "text", 0),
            lists_of(lists, 0),
        )
    return spans, out


_DIGITS = ("0", "1", "2", "3", "4", "5")
_COUNT = range(10**9)


def scored(text: str, t: Tokens, pool: Pool, floor: float = 0.2) -> list[Candidate]:
    """The candidates whose probability is at least `floor`; `rule` names the first rule that found them."""
    model = weights()
    spans, at = features(text, t, pool, model.tables)
    if not spans:
        return []
    totals = (model.matrix[np.array(at).reshape(len(spans), -1)].sum(axis=1) + model.bias).tolist()
    least = log(floor / (1 - floor))
    kept = []
    for (start, end, types), total in zip(spans, totals, strict=True):
        for kind, (rules, key) in types.items():
            score = total[KINDS[kind]] + model.rules[kind].get(rules, 0.0)
            if score >= least:
                kept.append(Candidate(start, end, kind, RULES[rules[0]], round(1 / (1 + exp(-score)), 4), key))
    return kept
