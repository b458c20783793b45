"""Pool -> candidates with a calibrated confidence, from a small linear model over named features.

In: the pool of a text. Out: one candidate for each span and type, with the probability that an annotator would list it.
Features are what a person would look at: which rules found it, its last word, its first, the words beside it, its
length and shape, how often and where it stands. Weights are JSON beside this package, made by `kg.train.names`; a value
that they do not know counts nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp, log
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from kg.extract.candidates import Candidate
from kg.extract.pool import RULES, Pool, Types
from kg.extract.tokens import Tokens
from kg.kept import Kept
from kg.schema import ENTITY_TYPES

#: The features of a span, in the order of `Row.values`; "rules" depends on the type and comes beside them.
FEATURES = ("name", "head", "first", "before", "after", "length", "shape", "count", "place", "lists")
KINDS = {t.name: i for i, t in enumerate(ENTITY_TYPES)}
_JOIN = frozenset("-‐‑–")


class Weights(NamedTuple):
    """The model ready for use: for each feature what its table says, a row of `matrix`, which has a column
    for each type."""

    bias: npt.NDArray[np.float32]
    rules: dict[str, tuple[int, dict[str, float]]]  # a type's column, and the weights of its rules
    best_rule: float  # more than any rules can add, a little for rounding too
    asked: Asked
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
    rules = {kind: (column, model[kind]["rules"]) for kind, column in KINDS.items()}
    best_rule = max(weight for _, table in rules.values() for weight in (0.0, *table.values())) + 0.001
    return Weights(bias, rules, best_rule, Asked(index), matrix)


def shape(word: str) -> str:
    """The shape of a word: digit, lower, CAPS, Title, or capitals inside."""
    if any(c.isdigit() for c in word):
        return "digit"
    if word.islower():
        return "lower"
    if word.isupper():
        return "CAPS"
    return "Title" if word[1:].islower() else "Inner"


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


class Asked:
    """What the tables of the features say of words, each asked once a word; `_SHAPES` keeps the words' shapes."""

    def __init__(self, tables: Sequence[Mapping[str, Any]]) -> None:
        names, heads, firsts, befores, afters, lengths, shapes, counts, places, self._lists = tables
        self.name = names.get
        self.head = Kept[str, Any](lambda word: heads.get(head(word), 0))
        self.first = Kept[str, Any](lambda word: firsts.get(word, 0))
        self.before = Kept[str, Any](lambda word: befores.get(word, 0))
        self.after = Kept[str, Any](lambda word: afters.get(head(word), 0))
        self.length = Kept[int, Any](lambda number: lengths.get(str(min(number, 5)), 0))
        self.shape = Kept[str, Any](lambda said: shapes.get(said, 0))
        self.count = Kept[int, Any](lambda number: counts.get(str(min(number, 4)), 0))
        self.title, self.text = places.get("title", 0), places.get("text", 0)
        self.unlisted = self._lists.get("", 0)

    def lists(self, types: Types) -> Any:
        """What is said of the lists that a span stands in."""
        return self._lists.get("".join([k[:2] for k, (rules, _) in types.items() if "c" in rules or "h" in rules]), 0)


_SHAPES = Kept[str, str](shape)


def features(
    text: str, t: Tokens, pool: Pool, tables: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[int, int, Types]], list[Any]]:
    """`rows` for tables that are asked once, as in training."""
    return rows(text, t, pool, Asked(tables))


def rows(text: str, t: Tokens, pool: Pool, asked: Asked) -> tuple[list[tuple[int, int, Types]], list[Any]]:
    """The spans of a pool, and, one span after the other, what the tables say of its values, 0 for nothing.

    A span that does not begin and end with tokens is left out. Unrolled, because it is the heart of fast mode; spans
    of one head noun come one after the other, and what their end says is asked once. The spans that a list knows come
    first in a pool, as `gather` puts them: after the first that none knows, lists are asked no more.
    """
    name_of, head_of, first_of, before_of, after_of = asked.name, asked.head, asked.first, asked.before, asked.after
    length_of, shape_of, count_of = asked.length, asked.shape, asked.count
    lower, starts, ends = t.lower, t.starts, t.ends
    count, title_end, alone = len(lower), text.find("\n\n"), first_of[""]
    folded = text.lower()
    if len(folded) != len(text):  # a letter whose small form is longer
        folded = text
    names = [folded[start:end] for start, end in pool]
    counts = Counter(names)
    spans: list[tuple[int, int, Types]] = []
    out: list[Any] = []
    listing = True
    past, j, by_head, by_after, last_shape = -1, -1, 0, 0, ""
    for ((start, end), types), name in zip(pool.items(), names, strict=True):
        i = bisect_left(starts, start)
        if end != past:
            past, j = end, bisect_left(ends, end)
            if j < count:
                after = lower[j + 1] if j + 1 < count else "$"
                if after in _JOIN and j + 2 < count:
                    after = "-" + lower[j + 2]
                by_head, by_after, last_shape = head_of[lower[j]], after_of[after], _SHAPES[text[starts[j] : end]]
        if i > j or j >= count or starts[i] != start or ends[j] != end:
            continue
        before = lower[i - 1] if i else "^"
        if before in _JOIN and i > 1:
            before = "-" + lower[i - 2]
        listed = asked.unlisted
        if listing:
            listing = any("c" in rules or "h" in rules for rules, _ in types.values())
            listed = asked.lists(types)
        spans.append((start, end, types))
        out += (
            name_of(head(name) if name[-1] == "s" else name, 0),
            by_head,
            first_of[lower[i]] if i < j else alone,
            before_of[before],
            by_after,
            length_of[j - i],
            shape_of[last_shape if i == j else f"{_SHAPES[text[start : ends[i]]]}+{last_shape}"],
            count_of[counts[name]],
            asked.title if start < title_end else asked.text,
            listed,
        )
    return spans, out


def scored(text: str, t: Tokens, pool: Pool, floor: float = 0.2) -> list[Candidate]:
    """The candidates whose probability is at least `floor`; `rule` names the first rule that found them."""
    model = weights()
    spans, at = rows(text, t, pool, model.asked)
    if not spans:
        return []
    totals = np.add.reduce(model.matrix[np.array(at).reshape(len(spans), -1)], axis=1) + model.bias
    least = log(floor / (1 - floor))
    kept = []
    # Most spans are too weak for any type and any rule: they need no closer look.
    strong = np.flatnonzero(totals.max(axis=1) >= least - model.best_rule)
    for (start, end, types), total in zip([spans[k] for k in strong.tolist()], totals[strong].tolist(), strict=True):
        for kind, (rules, key) in types.items():
            column, of_rules = model.rules[kind]
            score = total[column] + of_rules.get(rules, 0.0)
            if score >= least:
                kept.append(Candidate(start, end, kind, RULES[rules[0]], round(1 / (1 + exp(-score)), 4), key))
    return kept
