"""Doc -> Record: the entities of a paper, and what the relation rules read of them.

In: a Doc of `paper.text` that the pipeline of `kg.extract.nlp.load_nlp` has read. Out: the paper's record.
"""

from __future__ import annotations

import importlib
from typing import Any

from spacy.tokens import Doc

from kg.extract.entities import entities
from kg.records import Record


def _rule(name: str) -> Any:
    try:
        return getattr(importlib.import_module(f"kg.extract.{name}"), name)
    except (ImportError, AttributeError):
        return lambda *_: ()


def record(doc: Doc, paper_id: str) -> Record:
    """The record of a paper."""
    found = doc.user_data.get("kg_entities") or entities(doc)
    proposed = _rule("proposals")(doc, found)
    roles = _rule("roles")(doc, found, proposed)
    return Record(
        paper_id, found, proposed, roles, _rule("results")(doc, found),
        _rule("relationships")(doc, found, proposed, roles),
    )  # fmt: skip
