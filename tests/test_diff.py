"""A diff of two knowledge bases lists what was added, changed and dropped, and nothing where nothing differs."""

from __future__ import annotations

import pyarrow.compute as pc

from kg.diff import diff, new_pairs
from tests.tables_fixture import tables

TABLES = tables()


def without_paper(key):
    """The fixture as it was before that paper came."""

    def drop(table, column):
        return table.filter(pc.field(column) != key)

    return TABLES._replace(papers=drop(TABLES.papers, "key"), facts=drop(TABLES.facts, "paper"))


def test_a_base_does_not_differ_from_itself():
    assert diff(TABLES, TABLES) == []


def test_a_new_paper_brings_itself_and_its_statements():
    changes = diff(without_paper("paper/arxiv:2401.00001"), TABLES)
    assert ("added", "papers") in {(c.kind, c.table) for c in changes}
    assert any(c.keys == ("method/tileflow", "targets", "hardware/nvidia-a100") for c in changes)
    assert {c.kind for c in changes} <= {"added", "changed"}


def test_the_reverse_drops_what_was_added():
    old = without_paper("paper/arxiv:2401.00001")
    added = {c.keys for c in diff(old, TABLES) if c.kind == "added"}
    assert added == {c.keys for c in diff(TABLES, old) if c.kind == "dropped"}


def test_new_pairs_are_methods_with_the_hardware_that_they_now_target():
    pairs = new_pairs(without_paper("paper/arxiv:2401.00001"), TABLES)
    assert ("method/tileflow", "targets", "hardware/nvidia-a100") in {c.keys for c in pairs}
    assert all(not c.keys[0].startswith("paper/") for c in pairs)


def test_a_new_label_is_a_change_with_both_labels():
    labels = TABLES.entities.column("label").to_pylist()
    labels[TABLES.entities.column("key").to_pylist().index("hardware/nvidia-a100")] = "Renamed"
    at = TABLES.entities.schema.get_field_index("label")
    renamed = TABLES._replace(entities=TABLES.entities.set_column(at, TABLES.entities.schema.field(at), [labels]))
    changes = [c for c in diff(TABLES, renamed) if c.table == "entities"]
    assert [c.detail for c in changes] == ["label: NVIDIA A100 -> Renamed"]
