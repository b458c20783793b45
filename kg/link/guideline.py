"""A record as a person annotates it (names, no offsets) in, a Record with every place of every name out.

With it hand-made annotation can be linked and looked at like extracted records.
"""

from __future__ import annotations

import re
from typing import Any

from kg.errors import InputError
from kg.records import Evidence, Found, HardwareRole, Mention, Paper, Proposal, Record, Result

RULE = "annotation"
_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s+[A-Z0-9])|\Z|(?=\n\n))", re.DOTALL)


def from_guideline(paper: Paper, annotation: dict[str, Any]) -> Record:
    """The annotation with offsets: each name wherever it stands as whole words, in the sentence around it.

    Raises InputError for an annotation that lacks a field of the guideline's form.
    """
    text = paper.text
    sentences = [m.span() for m in _SENTENCE.finditer(text)]
    try:
        entities = tuple(_found(text, sentences, e) for e in annotation["entities"])
        types = {e.canonical: e.type for e in entities}
        first = {e.canonical: e.mentions[0].sentence for e in entities if e.mentions}
        return Record(
            id=paper.id,
            entities=entities,
            proposes=tuple(
                Proposal(n, types[n], _evidence(text, text[slice(*first.get(n, (0, len(paper.title))))]))
                for n in annotation.get("proposes", [])
            ),
            hardware_roles=tuple(
                HardwareRole(h["hardware"], h["role"], _evidence(text, h.get("evidence") or paper.title))
                for h in annotation.get("hardware_roles", [])
            ),
            results=tuple(
                Result(r["value"], r["metric"], _evidence(text, r.get("evidence") or r["value"]))
                for r in annotation.get("results", [])
            ),
        )
    except (KeyError, TypeError) as error:
        raise InputError(
            f"annotation of paper {paper.id!r}: {error!s} is missing or wrong; expected entities (type, names, "
            "canonical), proposes, hardware_roles (hardware, role) and results (value, metric)"
        ) from error


def _found(text: str, sentences: list[tuple[int, int]], entity: dict[str, Any]) -> Found:
    places: dict[tuple[int, int], None] = {}
    for name in sorted(entity["names"], key=lambda n: (-len(n), n)):
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(s < m.end() and m.start() < e for s, e in places):
                places[m.span()] = None
    mentions = tuple(
        Mention(s, e, text[s:e], entity["type"], RULE, 1.0, next(x for x in sentences if x[0] <= s < x[1]))
        for s, e in sorted(places)
    )
    return Found(entity["type"], entity["canonical"], tuple(entity["names"]), mentions)


def _evidence(text: str, quote: str) -> Evidence:
    start = max(text.find(quote), 0)
    return Evidence(start, start + len(quote), text[start : start + len(quote)], RULE, 1.0)
