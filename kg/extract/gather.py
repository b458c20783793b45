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
from kg.extract.pool import Pool, Types, add, add_all
from kg.extract.shapes import shapes
from kg.extract.tokens import Tokens

#: What a name of unknown kind may be; an abbreviation may also be a measure or a problem.
_NAMED = ("Method", "Model", "Dataset", "Hardware", "Software")
_SHAPED: Types = dict.fromkeys(_NAMED, ("s", None))
_BRACKETED: Types = dict.fromkeys((*_NAMED, "Metric", "Task"), ("b", None))
_ANNOUNCED: dict[str, Types] = {
    guess: {kind: ("a" if kind == guess else "n", None) for kind in _NAMED} for guess in (*_NAMED, "Metric", "Task")
}


def gather(
    text: str, t: Tokens, listed: Iterable[Candidate], announced: Iterable[Announced], pairs: Iterable[Pair]
) -> Pool:
    """Candidates of catalogue, head nouns, shapes, announcements and abbreviations."""
    pool: Pool = {}
    for c in listed:
        add(pool, c.start, c.end, c.type, "h" if c.rule == "product" else "c", c.id)
    phrases(t, pool)
    abstract = text.find("\n\n") + 2
    for span in shapes(t, abstract):
        add_all(pool, span, _SHAPED)
    for name in announced:
        add_all(pool, (name.start, name.end), _ANNOUNCED[name.type])
    for pair in pairs:
        add_all(pool, (pair.long_start, pair.long_end), _BRACKETED)
        add_all(pool, (pair.short_start, pair.short_end), _BRACKETED)
    return pool
