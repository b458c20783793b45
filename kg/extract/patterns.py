"""`kg_patterns`: candidates for names that no list knows, from head nouns, shapes, announcements and abbreviations.

In: a Doc that `kg_abbreviations` has read. Out: its candidates. The rules are pure functions, in files of their own.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import abbreviations, candidates
from kg.extract.announced import proposed_names
from kg.extract.gather import gather
from kg.extract.tokens import text_of, tokens


@Language.factory("kg_patterns")
def make_patterns(nlp: Language, name: str) -> Any:  # noqa: ARG001 - spaCy calls factories by keyword
    """Factory of the rule component."""
    return set_patterns


def set_patterns(doc: Doc) -> Doc:
    """Keep the candidates of the rules."""
    found = gather(text_of(doc), tokens(doc), proposed_names(doc), abbreviations.of(doc))
    candidates.put(doc, "kg_patterns", found)
    return doc
