"""Names of hardware that mean one thing in a paper, and names that do not, in our own words."""

import pytest

from kg.extract.entities import entities
from kg.extract.nlp import load_nlp
from kg.extract.same_hardware import alike, also, longer, parts, shorter

NLP = load_nlp(fast=True)

SAME = [
    ("servers", "edge servers"),
    ("accelerator", "tree-search accelerator"),
    ("CPU", "host CPU"),
    ("clusters", "rented clusters"),
    ("DRAM", "off-chip DRAM"),
    ("Tansy", "Tansy accelerator"),
    ("H100", "H100 GPUs"),
    ("Loihi", "Loihi chip"),
    ("Zynq-7000", "Zynq-7000 FPGA"),
    ("Cortex-M4", "Cortex-M4 microcontrollers"),
    ("edge device", "battery-powered edge devices"),
    ("heterogeneous clusters", "heterogeneous GPU clusters"),
    ("memristor crossbars", "passive memristor crossbar"),
    ("laptop", "consumer laptops"),
    ("GPUs", "consumer-grade GPUs"),
    ("E7400", "E7400 dual-core CPU"),
    ("TMV accelerator", "Token Mixing Vector accelerators"),
]
OTHER = [
    ("GPU", "A100 GPU"),
    ("GPU", "NVIDIA GPUs"),
    ("CPU", "Intel CPUs"),
    ("GPU", "GPU cluster"),
    ("GPU", "GPU memory"),
    ("FPGA", "mid-range FPGA"),
    ("edge servers", "cloud servers"),
    ("A100", "H100"),
    ("Jetson Nano", "Jetson Orin"),
    ("phones", "smartphones"),
    ("server", "server"),
    ("H100", "H100 GPUs cluster"),
    ("NPU", "NPU memory bus"),
    ("core", "RTX 4090 core"),
    ("PIM", "bank-level PIM"),
    ("NPU", "Ascend NPU"),
    ("Ascend processor", "Ascend 910B processor"),
    ("RISC-V", "RISC-V vector unit"),
]


@pytest.mark.parametrize(("short", "long"), SAME)
def test_a_longer_name_of_the_same_hardware_is_seen(short: str, long: str) -> None:
    assert longer(parts(short), parts(long))


@pytest.mark.parametrize(("short", "long"), OTHER)
def test_other_hardware_stays_apart(short: str, long: str) -> None:
    assert not longer(parts(short), parts(long))


def test_a_name_that_two_others_could_explain_is_left_alone_and_a_chain_is_followed() -> None:
    assert shorter({"a": "server", "b": "edge server", "c": "cloud server"}) == []
    chain = {"a": "cluster", "b": "GPU cluster", "c": "rented GPU cluster"}
    assert shorter(chain) == [("a", "b"), ("b", "c")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("edge devices", "edge platforms", True),
        ("neuromorphic hardware", "neuromorphic systems", True),
        ("edge devices", "edge servers", False),
        ("devices", "platforms", False),
    ],
)
def test_some_words_for_a_class_are_used_one_for_the_other(one: str, other: str, same: bool) -> None:
    assert alike(parts(one), parts(other)) == same
    assert shorter({"a": one, "b": other}) == ([("a", "b")] if same else [])


def test_a_product_is_named_with_its_class_and_without_and_a_maker_is_no_product() -> None:
    text = (
        "Sums on many chips\n\nWe run it on NVIDIA A100 GPUs, STM32H7 MCUs, the Larkspur supercomputer, Intel CPUs "
        "and a photonic chip. The T4 GPU is slower."
    )
    names = [e.names for e in entities(NLP(text)) if e.type == "Hardware"]
    by_first = {name: others for name, *others in names}
    assert by_first["NVIDIA A100 GPUs"] == ["NVIDIA A100"]
    assert {"T4", "T4 GPU"} in [set(n) for n in names]
    assert all("Intel" not in n and "photonic" not in n for n in names)
    place = text.index("Larkspur")
    assert also(text, place, place + len("Larkspur")) == "Larkspur supercomputer"
    assert also(text, place, place + len("Larkspur supercomputer")) == "Larkspur"


def test_both_names_are_one_entity_with_the_id_of_the_more_explicit() -> None:
    text = "Sums at the edge\n\nWe place kernels on edge servers. The servers have a GPU and an A100 GPU."
    found = {frozenset(e.names): e.id for e in entities(NLP(text)) if e.type == "Hardware"}
    assert found[frozenset({"edge servers", "servers"})] == "hardware/edge-server"
    assert frozenset({"GPU"}) in found
