"""A candidate: a span that some rule, list or network takes for a name. Pure values, and their way through a Doc.

A component of this package keeps its candidates with `put`. One of anybody else adds spans to `doc.spans[group]`, with
the type as label and, where it has them, the catalogue's id as `kb_id_` and the confidence as `id_`; `get` reads both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEPT = "kg_candidates"


class Candidate(NamedTuple):
    """Half-open character span, entity type, who said so, how sure (0 to 1), and the catalogue's id if known."""

    start: int
    end: int
    type: str
    rule: str
    confidence: float
    id: str | None = None


def put(doc: Doc, group: str, candidates: Iterable[Candidate]) -> None:
    """Keep the candidates of one component."""
    doc.user_data.setdefault(_KEPT, {})[group] = list(candidates)


def get(doc: Doc, group: str) -> list[Candidate]:
    """The candidates of a component, as put or from `doc.spans`; empty where there are none."""
    kept = doc.user_data.get(_KEPT, {}).get(group)
    if kept is not None:
        return [c if isinstance(c, Candidate) else Candidate(*c) for c in kept]
    if group not in doc.spans:
        return []
    return [
        Candidate(span.start_char, span.end_char, span.label_, group, _number(span.id_), span.kb_id_ or None)
        for span in doc.spans[group]
    ]


def _number(text: str) -> float:
    """The confidence that a span carries as its last word; a span without one is believed."""
    try:
        return float(text.rpartition(" ")[2])
    except ValueError:
        return 1.0
