"""The pairs of a long form and its abbreviation, kept in the Doc: see `kg.abbreviations`.

Both are names of one entity.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.abbreviations import Pair, pairs
from kg.extract.tokens import text_of, tokens

__all__ = ["Pair", "make_abbreviations", "of", "pairs", "set_pairs"]


@Language.factory("kg_abbreviations")
def make_abbreviations(nlp: Language, name: str) -> Any:
    """Factory of the abbreviation finder."""
    return set_pairs


def set_pairs(doc: Doc) -> Doc:
    """Keep the pairs in `doc.user_data["kg_abbreviations"]`, as lists of four offsets; token ends only."""
    t = tokens(doc)
    first, last = set(t.starts), set(t.ends)
    doc.user_data["kg_abbreviations"] = [
        list(p)
        for p in pairs(text_of(doc))
        if p.long_start in first and p.short_start in first and p.long_end in last and p.short_end in last
    ]
    return doc


def of(doc: Doc) -> list[Pair]:
    """The pairs that the component kept; empty where it did not run."""
    return [Pair(*four) for four in doc.user_data.get("kg_abbreviations", ())]
