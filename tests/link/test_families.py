"""Versions stay apart and stand below one family, listed or not."""

from __future__ import annotations

import pytest

from kg.catalogue import load
from kg.link.families import wider
from kg.link.known import CatalogueKnown
from kg.link.tables import tabulate
from tests.link.papers import Fake, item

MUST = [
    ("Llama-2", ("Llama",)),
    ("Llama 3.1 8B", ("Llama 3.1", "Llama")),
    ("ResNet-101", ("ResNet",)),
    ("ResNet152", ("ResNet",)),
    ("YOLOv11n", ("YOLO",)),
    ("EfficientNet-B7", ("EfficientNet",)),
    ("GPT-4o mini", ("GPT-4o", "GPT")),
    ("Claude 3.5 Sonnet", ("Claude 3.5", "Claude")),
    ("BERT-large", ("BERT",)),
    ("Stable Diffusion XL", ("Stable Diffusion",)),
    ("Mixtral 8x7B", ("Mixtral",)),
    ("wav2vec 2.0", ()),
    ("OpenAI's GPT-5", ("GPT",)),
    ("CIFAR-100", ("CIFAR",)),
]
LEAVE = [
    "word2vec",
    "U-Net",
    "V2X",
    "T5",
    "o1",
    "R2L",
    "3D-CNN",
    "7B",
    "language model 2",
    "Flan-T5 and BERT",
    "S4",
    "",
]


@pytest.mark.parametrize(("name", "above"), MUST)
def test_the_form_of_a_version_names_what_is_wider(name, above):
    assert wider(name) == above


@pytest.mark.parametrize("name", LEAVE)
def test_what_is_no_version_has_nothing_above_it(name):
    assert wider(name) == ()


def broader(tables):
    return {row["key"]: row["broader"] for row in tables.entities.to_pylist() if row["broader"]}


def test_unlisted_versions_are_two_nodes_below_one_inferred_family():
    items = [item(1, "Zork-2.", ("Model", "Zork-2")), item(2, "Zork 3 7B.", ("Model", "Zork 3 7B"))]
    tables = tabulate(items, Fake())
    assert broader(tables) == {"model/zork-2": ["model/zork"], "model/zork-3-7b": ["model/zork"]}
    (family,) = (row for row in tables.entities.to_pylist() if row["key"] == "model/zork")
    assert (family["label"], family["inferred"], family["papers"]) == ("Zork", True, 0)


def test_one_version_alone_makes_no_family_but_a_listed_family_takes_it():
    items = [item(1, "Zork-2.", ("Model", "Zork-2")), item(2, "Llama-97.", ("Model", "Llama-97"))]
    tables = tabulate(items, CatalogueKnown(load()))
    assert broader(tables) == {"model/llama-97": ["model/llama"]}


def test_a_version_stands_below_the_nearest_name_that_anyone_uses():
    items = [
        item(1, "Zork 3 7B.", ("Model", "Zork 3 7B")),
        item(2, "Zork 3.", ("Model", "Zork 3")),
        item(3, "Zork.", ("Model", "Zork")),
    ]
    assert broader(tabulate(items, Fake())) == {"model/zork-3-7b": ["model/zork-3"], "model/zork-3": ["model/zork"]}


def test_a_family_of_another_type_is_none():
    items = [item(1, "Zork-2.", ("Model", "Zork-2")), item(2, "Zork.", ("Task", "Zork"))]
    assert broader(tabulate(items, Fake())) == {}


def test_a_narrower_name_stands_below_the_one_that_a_paper_shortens_it_to():
    text = "Active fine-tuning. This fine-tuning is fast."
    items = [item(1, text, ("Method", "Active fine-tuning", "fine-tuning")), item(2, "Tune.", ("Method", "Tune"))]
    items += [item(3, "By fine-tuning.", ("Method", "fine-tuning"))]
    assert broader(tabulate(items, Fake())) == {"method/active-fine-tuning": ["method/fine-tuning"]}
