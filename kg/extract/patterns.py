"""`kg_patterns`: what lists and rules take for names, weighed.

In: a Doc that `kg_catalogue` and `kg_abbreviations` have read. Out: its candidates with calibrated confidences. The
rules are pure functions, in files of their own.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import abbreviations, candidates
from kg.extract.announced import proposed_names
from kg.extract.gather import gather
from kg.extract.scorer import scored
from kg.extract.tokens import text_of, tokens


@Language.factory("kg_patterns")
def make_patterns(nlp: Language, name: str) -> Any:
    """Factory of the rule component."""
    return set_patterns


def set_patterns(doc: Doc) -> Doc:
    """Pool the finds of the rules with those of the catalogue, weigh them, and keep the candidates."""
    text, t = text_of(doc), tokens(doc)
    listed = candidates.get(doc, "kg_catalogue")
    pool = gather(text, t, listed, proposed_names(doc), abbreviations.of(doc))
    candidates.put(doc, "kg_patterns", scored(text, t, pool))
    return doc
