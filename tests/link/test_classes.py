"""Hardware that no list knows stands below what its name, or its paper, calls it."""

from __future__ import annotations

import pytest

from kg.catalogue import load
from kg.link.classes import called
from kg.link.known import CatalogueKnown
from kg.link.tables import tabulate
from tests.link.papers import item

KNOWN = CatalogueKnown(load())
BY_NAME = [
    ("RISC-V GPUs", "gpu", None),
    ("VRAM-starved GPUs", "gpu", None),
    ("NVIDIA T1600 GPU", "nvidia-gpu", "nvidia"),
    ("Intel Zork series GPUs", "intel-gpu", "intel"),
    ("mobile Ampere GPUs", "nvidia-ampere", "nvidia"),
    ("datacenter-grade GPUs", "data-center-gpu", None),
    ("Zork-9 accelerator", "accelerator", None),
    ("sparse Zork NN accelerators", "neural-network-accelerator", None),
    ("A100 cluster", "cluster", None),
    ("heterogeneous Zork chip", "integrated-circuit", None),
    ("Zork neural processing unit", "npu", None),
    ("edge AI device", "edge-device", None),
    ("edge VR platforms", "edge-device", None),
    ("memory-starved Zork GPUs", "gpu", None),
    ("Zork-PIM", "processing-in-memory", None),
]


@pytest.mark.parametrize(("name", "above", "vendor"), BY_NAME)
def test_the_end_of_a_name_says_what_is_wider(name, above, vendor):
    tables = tabulate([item(1, f"It runs on {name} today.", ("Hardware", name))], KNOWN)
    (row,) = (r for r in tables.entities.to_pylist() if r["source"] == "text")
    assert (row["broader"], row["vendor"]) == ([f"hardware/{above}"], vendor and f"vendor/{vendor}")
    keys = {r["key"] for r in tables.entities.to_pylist()}
    assert set(row["broader"]) <= keys
    assert vendor is None or f"vendor/{vendor}" in keys


@pytest.mark.parametrize(
    "name",
    [
        "Zork",
        "Zork devices",
        "local Zork",
        "NPU-native Zork",
        "Square Zork Array",
        "memory-starved systems",
        "near-memory design",
        "Zork multi-core",
    ],
)
def test_a_name_that_ends_in_no_class_has_nothing_above_it(name):
    assert above_of([item(1, f"It runs on {name} today.", ("Hardware", name))]) == []


def above_of(items):
    (row,) = (r for r in tabulate(items, KNOWN).entities.to_pylist() if r["source"] == "text")
    return row["broader"]


def test_the_paper_says_what_a_name_without_a_class_is():
    text = "We build Zork, an FPGA-based accelerator for graphs. Zork, a small wonder, is fast."
    assert above_of([item(1, text, ("Hardware", "Zork"))]) == ["hardware/fpga-based-accelerator"]


def test_what_most_papers_say_counts():
    items = [item(1, "Zork is a CPU.", ("Hardware", "Zork")), item(2, "Zork is a GPU.", ("Hardware", "Zork"))]
    assert above_of([*items, item(3, "On Zork, a GPU that hums.", ("Hardware", "Zork"))]) == ["hardware/gpu"]


def test_the_paper_s_words_count_beside_the_name_s_where_they_say_more():
    more = "The Zork accelerator, an FPGA-based accelerator, is fast."
    assert above_of([item(1, more, ("Hardware", "Zork accelerator"))]) == ["hardware/fpga-based-accelerator"]
    other = "The Zork accelerator, a CPU in disguise, is slow."
    assert above_of([item(1, other, ("Hardware", "Zork accelerator"))]) == ["hardware/accelerator"]


def test_what_the_catalogue_says_of_an_entry_stays():
    text = "The A100, an FPGA-based accelerator, is fast."
    rows = tabulate([item(1, text, ("Hardware", "A100"))], KNOWN).entities.to_pylist()
    assert next(r["broader"] for r in rows if r["key"] == "hardware/nvidia-a100") == list(
        KNOWN.entity("hardware/nvidia-a100").broader
    )


OTHERS = [
    ("Method", "block-wise quantization", "method/quantization"),
    ("Method", "Zork sparse attention mechanism", "method/sparse-attention"),
    ("Method", "Zork attention", "method/attention-mechanism"),
    ("Method", "attention", "method/attention-mechanism"),
    ("Model", "gated vision transformers", "model/vision-transformer"),
    ("Task", "maize disease classification", "task/disease-classification"),
    ("Metric", "burst-time latency", "metric/latency"),
    ("Metric", "average Zork precision", None),
    ("Metric", "predictive power", None),
    ("Method", "Zork", None),
    ("Dataset", "Zork ImageNet", None),
]


@pytest.mark.parametrize(("kind", "name", "above"), OTHERS)
def test_other_names_stand_below_what_they_end_in(kind, name, above):
    rows = tabulate([item(1, f"We speak of {name} today.", (kind, name))], KNOWN).entities.to_pylist()
    assert next(r["broader"] for r in rows if r["label"] == name) == ([above] if above else [])


def test_an_entry_that_nobody_put_below_anything_does_too_but_not_by_a_paper_s_words():
    items = [item(1, "FP8 quantization, a federated learning of sorts.", ("Method", "FP8 quantization"))]
    rows = tabulate(items, KNOWN).entities.to_pylist()
    assert next(r["broader"] for r in rows if r["label"] == "FP8 quantization") == ["method/quantization"]


def test_a_method_that_its_title_describes_has_a_family():
    assert above_of([item(1, "Zork: Efficient 2-bit KV Cache Quantization for All", ("Method", "Zork"))]) == [
        "method/kv-cache-quantization"
    ]


def test_no_two_things_stand_below_each_other():
    text = "Zork quantization, a Zork. And Zork, a Zork quantization."
    items = [item(1, text, ("Method", "Zork quantization"), ("Method", "Zork"))]
    rows = {r["key"]: r["broader"] for r in tabulate(items, KNOWN).entities.to_pylist()}
    assert not any(key in rows.get(above[0], []) for key, above in rows.items() if above)


def test_what_the_user_bans_or_merges_is_no_family(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "ban:\n- {key: method/quantization}\nmerge:\n- {into: hardware/fpga, from: [hardware/gpu]}\n", "utf8"
    )
    items = [item(1, "A block-wise quantization.", ("Method", "block-wise quantization"))]
    items += [item(2, "Some Zork GPUs.", ("Hardware", "Zork GPUs"))]
    rows = {r["label"]: r["broader"] for r in tabulate(items, CatalogueKnown(load([mine]))).entities.to_pylist()}
    assert (rows["block-wise quantization"], rows["Zork GPUs"]) == ([], ["hardware/fpga"])


CALLED = [
    ("X, a sparse accelerator that flies", "sparse accelerator"),
    ("X (XYZ), an FPGA accelerator for graphs", "FPGA accelerator"),
    ("X is a RISC-V SoC with spikes.", "RISC-V SoC"),
    ("X: A Scalable Accelerator Architecture", "Scalable Accelerator"),
    ("X: Scalable Accelerator for All", "Scalable Accelerator"),
    ("X -- our custom chip, taped out", "custom chip"),
    ("X, the GPU runs", None),
    ("X runs on a GPU", None),
    ("X", None),
    ("X, a", None),
    ("X: Augmenting GPUs with Y", None),
    ("X: Processing-in-Memory Accelerator", "Processing-in-Memory Accelerator"),
]


@pytest.mark.parametrize(("text", "phrase"), CALLED)
def test_the_noun_phrase_after_a_name(text, phrase):
    assert called(text, 1) == phrase
