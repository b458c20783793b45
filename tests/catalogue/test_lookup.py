"""Names that papers use, and the entry that they must find."""

import pytest

from kg.catalogue import load


@pytest.fixture(scope="module")
def catalogue():
    return load()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("A100", "nvidia-a100"),
        ("NVIDIA A100 GPUs", "nvidia-a100"),
        ("A100-80GB", "nvidia-a100"),
        ("A100 80GB PCIe", "nvidia-a100"),
        ("H100 SXM5", "nvidia-h100"),
        ("Nvidia's T4", "nvidia-t4"),
        ("T4 GPUs", "nvidia-t4"),
        ("Ascend 910B AI processor", "huawei-ascend-910b"),
        ("Jetson Orin edge accelerators", "nvidia-jetson-orin"),
        ("A100 data center GPUs", "nvidia-a100"),
        ("graphics processing units", "gpu"),
        ("field programmable gate arrays", "fpga"),
    ],
)
def test_a_name_finds_its_entry(catalogue, name, key):
    matches = catalogue.lookup(name)
    assert [m.key for m in matches] == [f"hardware/{key}"]
    assert not matches[0].ambiguous


@pytest.mark.parametrize(
    ("name", "not_key"),
    [
        ("MediaTek Dimensity NPU", "mediatek-dimensity"),  # a part of the chip
        ("Raspberry Pi 5 CPU", "raspberry-pi-5"),
        ("datacenter servers", "data-center"),  # what it is made of
        ("A100 server", "nvidia-a100"),  # what it is in
        ("RISC-V GPU", "risc-v-processor"),
        ("RTX 4090 Laptop GPU", "nvidia-geforce-rtx-4090"),  # another chip of that name
        ("RDMA NICs", "rdma"),
        ("CXL switch", "cxl"),
        ("PCIe switches", "pcie"),
        ("DRAM-PIM", "processing-in-memory"),  # narrower
        ("Pi Zero W", "raspberry-pi-zero"),
        ("GPU HBM", "hbm"),
        ("AR device", "vr-headset"),
        ("high-end GPU", "data-center-gpu"),
        ("UML", "umls"),
    ],
)
def test_a_part_a_whole_or_a_narrower_thing_is_not_the_entry(catalogue, name, not_key):
    assert not_key not in [match.key.split("/")[1] for match in catalogue.lookup(name)]


@pytest.mark.parametrize(
    ("name", "key"), [("Jetson Nano GPU", "nvidia-jetson-nano"), ("Alveo U50 accelerator", "amd-alveo-u50")]
)
def test_a_last_word_that_fits_what_the_entry_is_adds_nothing(catalogue, name, key):
    assert [match.key for match in catalogue.lookup(name)] == [f"hardware/{key}"]


@pytest.mark.parametrize("name", ["T4", "Hopper", "RTX 6000", "PIM", "cluster"])
def test_a_name_with_other_senses_is_marked_ambiguous(catalogue, name):
    matches = catalogue.lookup(name, "Hardware")
    assert matches
    assert all(m.ambiguous for m in matches)


@pytest.mark.parametrize("name", ["", "performance", "ImageNet", "L4 norm of the weights"])
def test_what_is_not_in_the_catalogue_finds_nothing(catalogue, name):
    assert catalogue.lookup(name, "Hardware") == ()


def test_a_product_is_narrower_than_its_family_and_class(catalogue):
    above = catalogue.ancestors("hardware/nvidia-a100")
    assert above[0] == "hardware/nvidia-ampere"
    assert {"hardware/nvidia-gpu", "hardware/gpu", "hardware/accelerator"} <= set(above)
    assert "hardware/nvidia-a100" in catalogue.descendants("hardware/gpu")
