"""Products that the catalogue does not list resolve to their family by the form of their name."""

import pytest

from kg.catalogue import load
from kg.catalogue.forms import forms, infer


@pytest.fixture(scope="module")
def catalogue():
    return load()


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.example)
def test_the_example_of_a_form_resolves_by_it_to_entries_that_exist(catalogue, form):
    entity = infer(form.example)
    assert entity.broader == (f"hardware/{form.broader}",)
    assert entity.inferred
    assert entity.broader[0] in catalogue.entries
    assert not form.vendor or f"vendor/{form.vendor}" in catalogue.vendors


@pytest.mark.parametrize(
    ("name", "label", "above"),
    [
        ("RTX 6090", "NVIDIA GeForce RTX 6090", "nvidia-gpu"),
        ("NVIDIA RTX 6090 Ti GPUs", "NVIDIA GeForce RTX 6090 Ti", "gpu"),
        ("Ascend 930", "Huawei Ascend 930", "npu"),
        ("AMD EPYC 9999", "AMD EPYC 9999", "cpu"),
        ("MI500X", "AMD Instinct MI500X", "amd-gpu"),
        ("TPU v9", "Google TPU v9", "tpu"),
        ("TPUv9", "Google TPU v9", "tpu"),
        ("Snapdragon 8 Gen 9", "Snapdragon 8 Gen 9", "soc"),
        ("Xeon 9999", "Intel Xeon 9999", "cpu"),
        ("Core i9-99999K", "Intel Core i9-99999K", "cpu"),
        ("Radeon RX 9990", "AMD Radeon RX 9990", "gpu"),
        ("Xilinx Virtex-9", "Xilinx Virtex-9", "fpga"),
        ("Stratix 20", "Intel Stratix 20", "fpga"),
        ("Jetson X", "NVIDIA Jetson X", "embedded-gpu"),
    ],
)
def test_an_unseen_product_is_narrower_than_its_class(catalogue, name, label, above):
    entity = infer(name)
    assert entity.label == label
    assert f"hardware/{above}" in {entity.broader[0], *catalogue.ancestors(entity.broader[0])}


@pytest.mark.parametrize(
    "name",
    [
        "",
        "GPU",
        "RTX",
        "BERT-large",
        "ResNet-50",
        "GPT-4",
        "A1",
        "Table 4",
        "Xeon",
        "LLaMA-2-7B",
        "T5",
        "M1",
        "F1",
        "i2",
    ],
)
def test_what_has_no_product_form_is_not_inferred(name):
    assert infer(name) is None


def test_an_inferred_name_with_its_vendor_or_head_is_one_entity():
    assert len({infer(name).key for name in ("RTX 6090", "NVIDIA RTX 6090", "GeForce RTX 6090", "RTX 6090 GPUs")}) == 1
