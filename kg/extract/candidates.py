"""A candidate: a span that some rule, list or network takes for a name. Pure values, and their way into a Doc.

A component adds its candidates to `doc.spans[<its name>]`: a span's label is the type, its `kb_id_` the catalogue's id
where there is one, its `id_` the rule and the confidence ("catalogue 0.95"). Offsets are characters of `doc.text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg.extract.tokens import tokens


class Candidate(NamedTuple):
    """Half-open character span, entity type, who said so, how sure (0 to 1), and the catalogue's id if known."""

    start: int
    end: int
    type: str
    rule: str
    confidence: float
    id: str | None = None


def put(doc: Doc, group: str, candidates: Iterable[Candidate]) -> None:
    """Keep candidates in `doc.spans[group]`; their ends must be ends of tokens."""
    t = tokens(doc)
    first = {start: i for i, start in enumerate(t.starts)}
    last = {end: i + 1 for i, end in enumerate(t.ends)}
    doc.spans[group] = [
        Span(doc, first[c.start], last[c.end], label=c.type, kb_id=c.id or "", span_id=f"{c.rule} {c.confidence:.3f}")
        for c in candidates
        if c.start in first and c.end in last
    ]


def get(doc: Doc, group: str) -> list[Candidate]:
    """The candidates of `doc.spans[group]`, as they were put; empty where the group is missing."""
    if group not in doc.spans:
        return []
    found = []
    for span in doc.spans[group]:
        rule, _, confidence = span.id_.rpartition(" ")
        found.append(
            Candidate(
                span.start_char, span.end_char, span.label_, rule or group, float(confidence or 1), span.kb_id_ or None
            )
        )
    return found
