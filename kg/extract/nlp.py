"""The spaCy pipeline, assembled in one place.

In: a catalogue (the packaged one by default). Out: a `spacy.Language` whose Docs `kg.extract.record.record` reads.
Components are registered by entry point, so that other pipelines can `add_pipe` them; each only wraps a pure function.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.sentences import sentence_starts
from kg.extract.tokens import Page, WordTokenizer, text_of, tokens

if TYPE_CHECKING:
    from kg.catalogue import Catalogue

#: Order matters: sentences before what reads them, the combination last.
COMPONENTS = ("kg_sentences", "kg_catalogue", "kg_abbreviations", "kg_patterns", "kg_tagger", "kg_entities")
_LEARNED = ("kg_tagger",)
D = TypeVar("D", Doc, Page)


def load_nlp(catalogue: Catalogue | None = None, fast: bool = False) -> Language:
    """The pipeline from text to entities; `fast` leaves the learned network out.

    Raises CatalogueError where the catalogue contradicts itself, ConfigurationError where the network is damaged.
    """
    nlp = English(create_tokenizer=lambda nlp: WordTokenizer(nlp.vocab))  # and not English's own, slow to make
    for name in COMPONENTS:
        if name in _LEARNED and (fast or not nlp.has_factory(name)):
            continue
        nlp.add_pipe(name)
    if catalogue is not None:
        nlp.get_pipe("kg_catalogue").use(catalogue)  # type: ignore[attr-defined]
    return nlp


@Language.factory("kg_sentences")
def make_sentences(nlp: Language, name: str) -> Any:
    """Factory of the sentence splitter."""
    return set_sentences


def set_sentences(doc: D) -> D:
    """Set the sentence starts of a Doc from `sentence_starts`."""
    offsets = doc.user_data["kg_sentences"] = sentence_starts(text_of(doc))
    if not isinstance(doc, Page) and len(doc):
        starts = tokens(doc).starts
        marks = np.full(len(doc), -1, dtype=np.int64)
        marks[[first for o in offsets if (first := bisect.bisect_left(starts, o)) < len(doc)]] = 1
        # Token by token, spaCy takes n². Its stub knows no unsigned numbers, which its array is made of.
        doc.from_array(["SENT_START"], marks.astype(np.uint64)[:, np.newaxis])  # type: ignore[arg-type]
    return doc
