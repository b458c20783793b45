"""Gold records -> training rows of each relation model: cues that the rules compute, and the class that gold gives.

In: a folder with papers.jsonl and gold.jsonl. Out: rows for `kg.train.roles`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from kg.extract import roles
from kg.records import Evidence, Found, Proposal
from kg.train.roles import Row
from kg.train.roles_gold import document, gold_found

NOTHING = Evidence(0, 0, "", "gold", 1.0)


def papers(folder: Path) -> Iterator[tuple[dict[str, Any], Doc, tuple[Found, ...]]]:
    """Each gold record with its Doc and its entities as Found."""
    nlp = spacy.blank("en")
    texts = {}
    for line in (folder / "papers.jsonl").open(encoding="utf8"):
        paper = json.loads(line)
        texts[paper["id"]] = f"{paper['title']}\n\n{paper['abstract']}"
    for line in (folder / "gold.jsonl").open(encoding="utf8"):
        record = json.loads(line)
        text = texts[record["id"]]
        yield record, document(text, nlp), gold_found(text, record)


def gold_proposals(record: dict[str, Any]) -> tuple[Proposal, ...]:
    """The proposals of a gold record, without evidence."""
    types = {e["canonical"]: e["type"] for e in record["entities"]}
    return tuple(Proposal(p, types.get(p, "Method"), NOTHING) for p in record["proposes"])


def role_rows(folder: Path) -> list[Row]:
    """A row a gold Hardware entity."""
    rows = []
    for record, doc, found in papers(folder):
        gold = {h["hardware"]: h["role"] for h in record["hardware_roles"]}
        for hardware, whole, _ in roles.features(doc, found, gold_proposals(record)):
            if hardware.canonical in gold:
                rows.append(Row(record["id"], frozenset(whole), gold[hardware.canonical]))
    return rows


#: Each model with the maker of its rows and the options of its fit.
ROWS: dict[str, tuple[Callable[[Path], list[Row]], dict[str, Any]]] = {
    "roles": (role_rows, {"strength": 0.05, "least": 3}),
}
