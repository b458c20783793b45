"""Golden pairs: a short abstract in our own words beside the record that the annotation guideline asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import schema
from kg.records import Paper

PAIRS = sorted((Path(__file__).parent / "golden").glob("*.json"))


def read(path: Path) -> tuple[Paper, dict[str, Any]]:
    """The paper and the guideline record of a pair."""
    pair = json.loads(path.read_text(encoding="utf8"))
    return Paper(**pair["paper"]), pair["record"]


def test_there_are_at_least_twelve_pairs_and_each_says_what_it_shows() -> None:
    assert len(PAIRS) >= 12
    assert all(json.loads(path.read_text(encoding="utf8"))["shows"] for path in PAIRS)


@pytest.mark.parametrize("path", PAIRS, ids=lambda p: p.stem)
def test_a_pair_keeps_to_the_form_of_the_guideline(path: Path) -> None:
    paper, record = read(path)
    assert record["id"] == paper.id == path.stem
    assert {e["type"] for e in record["entities"]} <= set(schema.TYPE)
    assert all(name in paper.text for e in record["entities"] for name in e["names"])
    canonical = {e["canonical"] for e in record["entities"]}
    assert set(record["proposes"]) <= canonical
    hardware = [e["canonical"] for e in record["entities"] if e["type"] == "Hardware"]
    assert sorted(r["hardware"] for r in record["hardware_roles"]) == sorted(hardware)
    assert {r["role"] for r in record["hardware_roles"]} <= set(schema.ROLE)
    assert all(r["evidence"] in paper.text for r in record["hardware_roles"] + record["results"])
    assert all(r["value"] in r["evidence"] for r in record["results"])


def test_the_pairs_together_show_every_type_and_every_role() -> None:
    records = [read(path)[1] for path in PAIRS]
    assert {e["type"] for r in records for e in r["entities"]} == set(schema.TYPE)
    assert {h["role"] for r in records for h in r["hardware_roles"]} == set(schema.ROLE)
