"""Doc -> Record: the entities of a paper, and what the relation rules read of them.

In: a Doc of `paper.text` that the pipeline of `kg.extract.nlp.load_nlp` has read. Out: the paper's record.
"""

from __future__ import annotations

from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.entities import entities
from kg.extract.proposals import proposals
from kg.extract.relationships import relationships
from kg.extract.results import results
from kg.extract.roles import roles
from kg.extract.tokens import Page
from kg.records import Record


def record(doc: Doc, paper_id: str) -> Record:
    """The record of a paper."""
    kept = doc.user_data.get("kg_entities")
    found = entities(doc) if kept is None else kept
    proposed = proposals(doc, found)
    roled = roles(doc, found, proposed)
    return Record(paper_id, found, proposed, roled, results(doc, found), relationships(doc, found, proposed, roled))


def read(nlp: Language, text: str, paper_id: str) -> Record:
    """`record(nlp(text), paper_id)` for a pipeline of `load_nlp(fast=True)`, without the cost of a Doc.

    The components of fast mode and the rules read of a Doc what a `Page` has; its type is theirs for this alone.
    """
    page = cast(Doc, Page(text))
    for _, component in nlp.pipeline:
        page = component(page)
    return record(page, paper_id)
