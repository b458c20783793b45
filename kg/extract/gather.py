"""All candidates of a text that rules propose, for the scorer to weigh.

In: a text with its tokens, announced names and abbreviation pairs. Out: candidates; a name whose type no rule can tell is
proposed for every type that names have.
"""

from __future__ import annotations

from kg.extract.abbreviations import Pair
from kg.extract.announced import Announced
from kg.extract.candidates import Candidate
from kg.extract.phrases import phrases
from kg.extract.shapes import shapes
from kg.extract.tokens import Tokens

#: What a name of unknown kind may be; an abbreviation may also be a measure or a problem.
_NAMED = ("Method", "Model", "Dataset", "Hardware", "Software")
_SHORTENED = (*_NAMED, "Metric", "Task")


def gather(text: str, t: Tokens, announced: tuple[Announced, ...], pairs: list[Pair]) -> list[Candidate]:
    """Candidates of head nouns, shapes, announcements and abbreviations."""
    out = list(phrases(t))
    abstract = text.find("\n\n") + 2
    out += [Candidate(a, b, kind, "shape", 0.0) for a, b in shapes(text, abstract) for kind in _NAMED]
    for name in announced:
        out += [
            Candidate(name.start, name.end, kind, "announced" if kind == name.type else "name", 0.0) for kind in _NAMED
        ]
    for pair in pairs:
        for kind in _SHORTENED:
            out.append(Candidate(pair.long_start, pair.long_end, kind, "brackets", 0.0))
            out.append(Candidate(pair.short_start, pair.short_end, kind, "brackets", 0.0))
    return out
