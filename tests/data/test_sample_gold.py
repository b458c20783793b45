"""The gold of the sample corpus keeps to the form of the annotation guideline."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg import schema
from kg.records import Paper, from_json

DATA = Path(__file__).parents[2] / "kg" / "data"
PAPERS = {
    paper.id: paper
    for line in (DATA / "sample_papers.jsonl").read_text(encoding="utf8").splitlines()
    for paper in [from_json(line, Paper)]
}
GOLD = [json.loads(line) for line in (DATA / "sample_gold.jsonl").read_text(encoding="utf8").splitlines()]


def test_at_least_25_papers_are_annotated_once_each_in_order_of_id() -> None:
    ids = [record["id"] for record in GOLD]
    assert len(ids) >= 25
    assert ids == sorted(set(ids))
    assert set(ids) <= set(PAPERS)


@pytest.mark.parametrize("record", GOLD, ids=lambda r: r["id"])
def test_names_values_and_evidence_stand_in_the_text(record: dict[str, Any]) -> None:
    text = PAPERS[record["id"]].text
    assert all(name in text for entity in record["entities"] for name in entity["names"])
    for row in record["hardware_roles"] + record["results"]:
        assert row["evidence"] in text
    assert all(result["value"] in result["evidence"] for result in record["results"])


@pytest.mark.parametrize("record", GOLD, ids=lambda r: r["id"])
def test_each_hardware_entity_has_one_role_and_proposals_are_entities(record: dict[str, Any]) -> None:
    canonical = [(entity["type"], entity["canonical"]) for entity in record["entities"]]
    assert len(canonical) == len(set(canonical))
    assert {kind for kind, _ in canonical} <= set(schema.TYPE)
    hardware = sorted(name for kind, name in canonical if kind == "Hardware")
    assert sorted(row["hardware"] for row in record["hardware_roles"]) == hardware
    assert set(record["proposes"]) <= {name for _, name in canonical}


def test_every_role_occurs_at_least_fifteen_times() -> None:
    roles = Counter(row["role"] for record in GOLD for row in record["hardware_roles"])
    assert set(roles) == set(schema.ROLE)
    assert min(roles.values()) >= 15
