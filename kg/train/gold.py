"""Annotated papers as examples for the tagger: which spans of words carry which types.

In: papers and gold records in the form of the annotation guideline, which gives names, not places. Out: one `Example`
per paper: every place of a name, in words. A name inside a longer name is a positive only where it must be one:
hardware in a compound, or a name that stands nowhere else. Where the annotation does not tell (a short form inside its
long form, another capitalisation), the place is `unknown` and training leaves it out.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tokenizers import Tokenizer

from kg.extract.known import known
from kg.model.spans import ASPECTS, LABELS, Pieces, cut

Span = tuple[int, int, int]  # first word, last word, label


class Example(NamedTuple):
    """A text with its spans; `covered` are the labels whose absence is known, the others are masked.

    `aspects` say of a span (first word, last word) whether an aspect (its index) holds; of others nothing is known.
    """

    id: str
    text: str
    pieces: Pieces
    positive: frozenset[Span]
    unknown: frozenset[Span]
    covered: tuple[int, ...]
    aspects: frozenset[tuple[int, int, int, bool]] = frozenset()


def read_gold(folder: Path, tokenizer: Tokenizer) -> list[Example]:
    """The examples of a folder with `papers.jsonl` and `gold.jsonl`, in the order of the papers."""
    gold = {r["id"]: r for r in _lines(folder / "gold.jsonl")}
    return [
        example(p["id"], f"{p['title']}\n\n{p['abstract']}", gold[p["id"]], tokenizer)
        for p in _lines(folder / "papers.jsonl")
    ]


def read_annotations(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The annotated entities of a folder's `gold.jsonl` by paper."""
    return {r["id"]: r["entities"] for r in _lines(folder / "gold.jsonl")}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as file:
        yield from map(json.loads, file)


def example(identifier: str, text: str, record: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """The example of one text and its gold record; roles and proposals may be absent."""
    entities: list[dict[str, Any]] = record["entities"]
    pieces = cut(text, tokenizer, known(text))
    places: list[tuple[int, int, int, int, str]] = []
    unknown: set[Span] = set()
    for index, entity in enumerate(entities):
        label = LABELS.index(entity["type"])
        for name in entity["names"]:
            for exact, (i, j) in _places(text, name, pieces):
                if exact:
                    places.append((i, j, label, index, name))
                else:
                    unknown.add((i, j, label))
    free = {(label, name) for i, j, label, _, name in places if not _hosts(places, i, j)}
    positive: set[Span] = set()
    for i, j, label, index, name in places:
        hosts = _hosts(places, i, j)
        same = [h for h in hosts if h[2] == label]
        if not hosts or (LABELS[label] == "Hardware" and not same):
            positive.add((i, j, label))
        elif (label, name) in free or any(h[3] == index for h in same):
            unknown.add((i, j, label))
        else:
            positive.add((i, j, label))
    chosen = [(i, j, index) for i, j, label, index, _ in places if (i, j, label) in positive]
    every = tuple(range(len(LABELS)))
    return Example(
        identifier, text, pieces, frozenset(positive), frozenset(unknown - positive), every, _aspects(record, chosen)
    )


def _aspects(record: dict[str, Any], places: list[tuple[int, int, int]]) -> frozenset[tuple[int, int, int, bool]]:
    """What gold says of the names at the places (first word, last word, index of the entity)."""
    roles = {r["hardware"]: r["role"] for r in record.get("hardware_roles", ())}
    proposed = record.get("proposes")
    out = set()
    for i, j, index in places:
        entity = record["entities"][index]
        role = roles.get(entity["canonical"]) if entity["type"] == "Hardware" else None
        for aspect, name in enumerate(ASPECTS):
            if name == "proposed" and proposed is not None:
                out.add((i, j, aspect, entity["canonical"] in proposed))
            elif name != "proposed" and role:
                out.add((i, j, aspect, name == role))
    return frozenset(out)


def _hosts(places: list[tuple[int, int, int, int, str]], i: int, j: int) -> list[tuple[int, int, int, int, str]]:
    return [p for p in places if p[0] <= i and j <= p[1] and p[1] - p[0] > j - i]


def _places(text: str, name: str, pieces: Pieces) -> Iterator[tuple[bool, tuple[int, int]]]:
    """Word spans where the name stands: (True, span) as written or in the plural, (False, span) in other capitals."""
    starts, ends = pieces.starts, pieces.ends
    for match in re.finditer(re.escape(name) + r"(?:e?s\b)?", text, re.IGNORECASE):
        for end in (match.end(), match.start() + len(name)):
            i = bisect.bisect_left(starts, match.start())
            j = bisect.bisect_left(ends, end)
            if i < len(starts) and j < len(ends) and starts[i] == match.start() and ends[j] == end:
                yield match.group().startswith(name), (i, j)
                break
