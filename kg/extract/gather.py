"""All candidates of a text that rules propose, for the scorer to weigh.

In: a text with its tokens, catalogue matches, announced names and abbreviation pairs. Out: the pool; a name whose type
no rule can tell is proposed for every type that names have.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.abbreviations import Pair
from kg.extract.announced import Announced
from kg.extract.candidates import Candidate
from kg.extract.phrases import phrases
from kg.extract.pool import Pool, add
from kg.extract.shapes import shapes
from kg.extract.tokens import Tokens

#: What a name of unknown kind may be; an abbreviation may also be a measure or a problem.
_NAMED = ("Method", "Model", "Dataset", "Hardware", "Software")
_SHORTENED = (*_NAMED, "Metric", "Task")


def gather(
    text: str, t: Tokens, listed: Iterable[Candidate], announced: Iterable[Announced], pairs: Iterable[Pair]
) -> Pool:
    """Candidates of catalogue, head nouns, shapes, announcements and abbreviations."""
    pool: Pool = {}
    for c in listed:
        add(pool, c.start, c.end, c.type, "h" if c.rule == "product" else "c", c.id)
    phrases(t, pool)
    abstract = text.find("\n\n") + 2
    for start, end in shapes(t, abstract):
        for kind in _NAMED:
            add(pool, start, end, kind, "s")
    for name in announced:
        for kind in _NAMED:
            add(pool, name.start, name.end, kind, "a" if kind == name.type else "n")
    for pair in pairs:
        for kind in _SHORTENED:
            add(pool, pair.long_start, pair.long_end, kind, "b")
            add(pool, pair.short_start, pair.short_end, kind, "b")
    return pool
