"""Rules for names that no list knows -> candidates: what the paper announces as its own.

In: a Doc. Out: candidates with the rule's name. The rules are pure functions of the text, gathered here.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import candidates
from kg.extract.announced import proposed_names
from kg.extract.candidates import Candidate

#: Confidence by rule, as measured on annotated abstracts.
CONFIDENCE = {"announced": 0.75}


def patterns(doc: Doc) -> list[Candidate]:
    """The candidates of every rule."""
    return [Candidate(a.start, a.end, a.type, "announced", CONFIDENCE["announced"]) for a in proposed_names(doc)]


@Language.factory("kg_patterns")
def make_patterns(nlp: Language, name: str) -> Any:
    """Factory of the rule component."""
    return set_patterns


def set_patterns(doc: Doc) -> Doc:
    """Set `doc.spans["kg_patterns"]`."""
    candidates.put(doc, "kg_patterns", patterns(doc))
    return doc
