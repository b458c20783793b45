"""Doc -> Record: the entities of a paper, and what the relation rules read of them.

In: a Doc of `paper.text` that the pipeline of `kg.extract.nlp.load_nlp` has read. Out: the paper's record.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.entities import entities
from kg.extract.proposals import proposals
from kg.extract.relationships import relationships
from kg.extract.results import results
from kg.extract.roles import roles
from kg.records import Record


def record(doc: Doc, paper_id: str) -> Record:
    """The record of a paper."""
    kept = doc.user_data.get("kg_entities")
    found = entities(doc) if kept is None else kept
    proposed = proposals(doc, found)
    roled = roles(doc, found, proposed)
    return Record(paper_id, found, proposed, roled, results(doc, found), relationships(doc, found, proposed, roled))
