"""What the user decided holds in a rebuild: distinct, merge, ban, rename and split, also of what only papers know."""

from __future__ import annotations

import pytest

from kg.catalogue import Catalogue, Decisions
from kg.catalogue.load import compiled
from kg.link.known import CatalogueKnown
from kg.link.tables import tabulate
from kg.link.unmatched import unmatched
from tests.link.papers import Fake, item, label_of

PTQ = [
    item(n, "We study post-training quantization, PTQ.", ("Method", "post-training quantization", "PTQ"))
    for n in (1, 2, 3)
]
BARE = item(4, "PTQ on A100.", ("Method", "PTQ"), ("Hardware", "A100"), proposes="PTQ")


def known(text: str) -> CatalogueKnown:
    """An empty catalogue with the user's file."""
    return CatalogueKnown(Catalogue(compiled([], [("mine.yaml", text)])))


def keys(tables):
    return {row["key"] for row in tables.entities.to_pylist()}


def test_without_a_decision_the_abbreviation_is_its_long_form():
    assert label_of(tabulate([*PTQ, BARE], Fake()), "PTQ") == ["method/post-training-quantization"]


def test_names_that_are_kept_apart_are_two_nodes_also_within_one_paper():
    text = "distinct:\n- {keys: [method/ptq, method/post-training-quantization]}\n"
    tables = tabulate([*PTQ, BARE], known(text))
    by_text = {(m["text"], m["entity"]) for m in tables.mentions.to_pylist() if m["type"] == "Method"}
    assert by_text == {("PTQ", "method/ptq"), ("post-training quantization", "method/post-training-quantization")}
    assert ("method/ptq", "targets") in {(f["subject"], f["relation"]) for f in tables.facts.to_pylist()}


def test_one_name_with_two_types_is_two_nodes_where_the_user_keeps_them_apart():
    items = [
        item(1, "The MoE layer.", ("Method", "MoE")),
        item(2, "An MoE.", ("Model", "MoE")),
        item(3, "MoE.", ("Model", "MoE")),
    ]
    assert keys(tabulate(items, Fake())) == {"model/moe"}
    apart = Fake(Decisions(distinct=frozenset({("method/moe", "model/moe")})))
    assert keys(tabulate(items, apart)) == {"method/moe", "model/moe"}


@pytest.mark.parametrize("source", ["flash-decode", "method/flash-decode"])
def test_what_only_papers_know_is_merged_and_keeps_the_label_of_the_chosen_one(source):
    items = [
        item(1, "Flash-Decode.", ("Method", "Flash-Decode")),
        item(2, "FlashDecoding.", ("Method", "FlashDecoding")),
    ]
    text = f"type: Method\nmerge:\n- {{into: method/flashdecoding, from: [{source}]}}\n"
    tables = tabulate(items, known(text))
    (row,) = tables.entities.to_pylist()
    assert (row["key"], row["label"], row["aliases"], row["papers"]) == (
        "method/flashdecoding",
        "FlashDecoding",
        ["Flash-Decode"],
        2,
    )


def test_what_only_papers_know_is_merged_into_an_entry():
    text = "entries:\n- {label: NVIDIA H100}\nmerge:\n- {into: nvidia-h100, from: [hardware/big-card]}\n"
    items = [
        item(1, "On our Big Card.", ("Hardware", "Big Card")),
        item(2, "NVIDIA H100.", ("Hardware", "NVIDIA H100")),
    ]
    assert keys(tabulate(items, known(text))) == {"hardware/nvidia-h100"}


def test_a_banned_name_and_all_that_is_said_of_it_is_gone():
    tables = tabulate([BARE], known("ban:\n- {name: A100, type: Hardware}\n"))
    assert keys(tables) == {"method/ptq"}
    assert all("hardware" not in f["object"] for f in tables.facts.to_pylist())


def test_a_banned_name_leaves_the_other_names_of_its_entity():
    tables = tabulate([PTQ[0]], known("ban:\n- {name: post-training quantization}\n"))
    assert keys(tables) == {"method/ptq"}


def test_a_banned_key_that_only_papers_know_is_gone():
    assert keys(tabulate([BARE], known("ban:\n- {key: method/ptq}\n"))) == {"hardware/a100"}


def test_what_only_papers_know_is_renamed_and_keeps_its_key():
    text = "rename:\n- {key: method/post-training-quantization, label: PTQ (after training)}\n"
    (row,) = tabulate(PTQ, known(text)).entities.to_pylist()
    assert (row["key"], row["label"]) == ("method/post-training-quantization", "PTQ (after training)")
    assert row["aliases"] == ["PTQ", "post-training quantization"]


def test_names_are_split_from_what_only_papers_know():
    text = "split:\n- {from: method/post-training-quantization, names: [PTQ]}\n"
    tables = tabulate([*PTQ, BARE], known(text))
    assert label_of(tables, "PTQ") == ["method/ptq"]
    assert {m["entity"] for m in tables.mentions.to_pylist() if m["text"] == "PTQ"} == {"method/ptq"}


def test_decisions_that_concern_nothing_change_nothing():
    text = (
        "distinct:\n- {keys: [method/x, method/y]}\nban:\n- {name: Spoon}\n- {key: method/fork}\n"
        "rename:\n- {key: method/knife, label: Knife}\nmerge:\n- {into: method/cup, from: [method/mug]}\n"
    )
    assert tabulate([*PTQ, BARE], known(text)) == tabulate([*PTQ, BARE], known(""))


def test_a_decision_that_matches_nothing_is_named_with_its_file_and_line():
    text = (
        "distinct:\n- {keys: [method/ptq, method/spoon]}\nban:\n- {name: Fork, type: Hardware}\n- {name: PTQ}\n"
        "- {key: method/knife}\nrename:\n- {key: method/cup, label: Cup}\n- {key: method/ptq, label: P}\n"
        "merge:\n- {into: method/ptq, from: [method/mug, method/post-training-quantization]}\n"
        "split:\n- {from: method/ptq, names: [Jug]}\n"
    )
    found = [(notice.line, notice.text) for notice in unmatched([*PTQ, BARE], known(text))]
    assert found == [
        (2, "'distinct' of method/spoon matches nothing in these papers"),
        (4, "'ban' of the name 'Fork' of type Hardware matches nothing in these papers"),
        (6, "'ban' of method/knife matches nothing in these papers"),
        (8, "'rename' of method/cup matches nothing in these papers"),
        (11, "'merge' of method/mug matches nothing in these papers"),
        (13, "'split' of the name 'Jug' of type Method matches nothing in these papers"),
    ]
    assert str(unmatched([BARE], known("ban:\n- {name: Fork}\n"))[0]).startswith("mine.yaml:2: ")


def test_a_decision_on_an_entry_matches_by_any_of_its_names():
    text = (
        "entries:\n- {label: NVIDIA H100, aliases: [Hopper card]}\n- {label: NVIDIA H200}\n"
        "- {label: NVIDIA H20}\n"
        "merge:\n- {into: nvidia-h200, from: [nvidia-h100]}\nrename:\n- {key: nvidia-h20, label: H20}\n"
    )
    items = [item(1, "On Hopper cards.", ("Hardware", "Hopper cards"))]
    assert [str(notice) for notice in unmatched(items, known(text))] == [
        "mine.yaml:8: 'rename' of hardware/nvidia-h20 matches nothing in these papers (the catalogue knows it)"
    ]


def test_without_decisions_nothing_is_unmatched():
    assert unmatched([BARE], known("")) == ()
