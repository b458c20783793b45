"""Candidates -> the same candidates with a calibrated confidence, from a small linear model over named features.

In: candidates of all rules and lists. Out: one candidate for each span and type, with the probability that an annotator
would list it. Features are what a person would look at: which rules found it, its last word, its first, the words beside
it, its length and shape, how often and where it stands. Weights are JSON beside this package, made by
`kg.train.names`; a value that they do not know counts nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources
from math import exp
from typing import Any

import msgspec

from kg.extract.candidates import Candidate
from kg.extract.tokens import Tokens

#: The features, in the order of the tuple that `features` gives.
FEATURES = ("rules", "name", "head", "first", "before", "after", "length", "shape", "count", "place", "pair", "rival")
Weights = dict[str, dict[str, Any]]
_JOIN = frozenset("-‐‑–")


@cache
def weights() -> Weights:
    """The packaged weights: type -> "bias" and feature -> value -> weight."""
    text = resources.files("kg.extract").joinpath("data", "names.json").read_bytes()
    return msgspec.json.decode(text, type=Weights)


@cache
def shape(word: str) -> str:
    """The shape of a name: lower, Title, CAPS, Inner, digit, of its first word; many words are told by `length`."""
    if any(c.isdigit() for c in word):
        return "digit"
    if word.islower():
        return "lower"
    if word.isupper():
        return "CAPS"
    return "Title" if word[1:].islower() else "Inner"


@cache
def head(word: str) -> str:
    """The last word without a plural ending."""
    low = word.lower()
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


Row = tuple[str, tuple[str, ...]]


def merged(candidates: Iterable[Candidate]) -> dict[tuple[int, int], dict[str, tuple[str, str | None]]]:
    """Span -> type -> the initials of the rules that found it, and the catalogue's id."""
    found: dict[tuple[int, int], dict[str, tuple[str, str | None]]] = {}
    for c in candidates:
        types = found.setdefault((c.start, c.end), {})
        rules, key = types.get(c.type, ("", None))
        initial = c.rule[0]
        types[c.type] = (rules if initial in rules else "".join(sorted(rules + initial)), key or c.id)
    return found


def rows(
    text: str, t: Tokens, found: dict[tuple[int, int], dict[str, tuple[str, str | None]]], pairs: set[tuple[int, int]]
) -> list[tuple[int, int, dict[str, tuple[str, str | None]], tuple[str, ...], str]]:
    """For each span: its features but for the rules, which depend on the type, and the types that lists give it."""
    first_at = {start: i for i, start in enumerate(t.starts)}
    last_at = {end: i for i, end in enumerate(t.ends)}
    lower, words = t.lower, t.words
    title_end = text.find("\n\n")
    counts = Counter(text[a:b].lower() for a, b in found)
    out = []
    for (start, end), types in found.items():
        i, j = first_at.get(start), last_at.get(end)
        if i is None or j is None:
            continue
        name = text[start:end]
        low = name.lower()
        before, after = i - 1, j + 1
        if before >= 0 and lower[before] in _JOIN:
            prior = "-" + lower[before - 1] if before else "-"
        else:
            prior = lower[before] if before >= 0 else "^"
        if after < len(lower) and lower[after] in _JOIN:
            following = "-" + lower[after + 1] if after + 1 < len(lower) else "-"
        else:
            following = lower[after] if after < len(lower) else "$"
        listed = "".join(sorted(kind[:2] for kind, (rules, _) in types.items() if "c" in rules))
        last = words[j]
        out.append((
            start, end, types,
            (
                low if low[-1] != "s" else head(low), head(last), lower[i] if i < j else "", prior, head(following),
                str(min(j - i + 1, 6)), shape(words[i]) + ("" if i == j else "+" + shape(last)),
                str(min(counts[low], 4)), "title" if start < title_end else "text",
                "pair" if (start, end) in pairs else "",
            ),
            listed,
        ))  # fmt: skip
    return out


def scored(
    text: str, t: Tokens, candidates: Iterable[Candidate], pairs: set[tuple[int, int]], floor: float = 0.2
) -> list[Candidate]:
    """The candidates whose probability is at least `floor`; the rule is the strongest that found them."""
    model = weights()
    tables = {
        kind: (table["bias"], table["rules"], [table[f] for f in FEATURES[1:-1]], table["rival"])
        for kind, table in model.items()
    }
    kept = []
    for start, end, types, values, listed in rows(text, t, merged(candidates), pairs):
        for kind, (rules, key) in types.items():
            bias, by_rules, by_feature, by_rival = tables[kind]
            total = bias + by_rules.get(rules, 0.0) + by_rival.get(listed, 0.0)
            for table, value in zip(by_feature, values, strict=True):
                weight = table.get(value)
                if weight is not None:
                    total += weight
            probability = 1 / (1 + exp(-total))
            if probability >= floor:
                kept.append(Candidate(start, end, kind, _RULES[rules[0]], probability, key))
    return kept


_RULES = {"a": "announced", "b": "brackets", "c": "catalogue", "n": "announced", "p": "phrase", "s": "shape"}
