"""Roles of hardware: what a text must say for a stronger role than "mentioned"."""

import pytest

from kg.extract.roles import roles
from kg.records import Evidence, Proposal
from kg.train.roles_gold import made_paper

WHERE = Evidence(0, 1, "F", "test", 1.0)
CATCH = [  # title, abstract, hardware, role
    ("FlashX: Fast Attention Kernels for GPUs", "We present FlashX, a kernel library.", "GPU=GPUs", "targets"),
    ("FlashX: Accelerating Sums on FPGAs", "We present FlashX, an accelerator.", "FPGA=FPGAs", "targets"),
    ("Fast Sums", "We propose FlashX, an FPGA accelerator for sums.", "FPGA", "targets"),
    ("Fast Sums", "We present FlashX, a compiler that generates code for NPUs.", "NPU=NPUs", "targets"),
    (
        "FlashX: On-Device Speech on Smartphones",
        "FlashX runs speech models on smartphones.",
        "smartphones=Smartphones|smartphones",
        "targets",
    ),
    (
        "FlashX: Tensor Core Kernels",
        "FlashX exploits Tensor Cores for sparse products.",
        "Tensor Cores=Tensor Core|Tensor Cores",
        "targets",
    ),
    (
        "Fast Sums",
        "We propose FlashX. Experiments were run on an NVIDIA A100 GPU.",
        "NVIDIA A100=NVIDIA A100 GPU",
        "evaluated_on",
    ),
    ("Fast Sums", "We propose FlashX. On a single RTX 4090, it reaches 30 FPS.", "RTX 4090", "evaluated_on"),
    (
        "Fast Sums",
        "We propose FlashX. All models were trained on 8 H100 GPUs in a day.",
        "H100=H100 GPUs",
        "evaluated_on",
    ),
    ("Fast Sums", "We propose FlashX. It takes 3 ms on a V100.", "V100", "evaluated_on"),
    ("Fast Sums", "We propose FlashX. Evaluation on a Jetson Nano shows 20 FPS.", "Jetson Nano", "evaluated_on"),
    ("Fast Sums", "We propose FlashX. Results on H100 GPUs show a 2x speedup.", "H100=H100 GPUs", "evaluated_on"),
    ("FlashX: an FPGA Accelerator", "FlashX is an accelerator. It is 3x faster than a GPU.", "GPU", "compared_with"),
    (
        "FlashX: an FPGA Accelerator",
        "FlashX is an accelerator. It saves 10x energy compared to a CPU.",
        "CPU",
        "compared_with",
    ),
    (
        "FlashX: an FPGA Accelerator",
        "FlashX gains 5x energy efficiency over an NVIDIA A100.",
        "NVIDIA A100",
        "compared_with",
    ),
]

LEAVE = [  # hardware that is not targeted
    ("Fast Sums", "Experiments were run on an NVIDIA A100 GPU.", "NVIDIA A100=NVIDIA A100 GPU"),
    ("Fast Sums", "On a single RTX 4090, it reaches 30 FPS.", "RTX 4090"),
    ("Fast Sums", "All models were trained on 8 H100 GPUs in a day.", "H100=H100 GPUs"),
    ("Fast Sums", "It takes 3 ms on a V100.", "V100"),
    ("FlashX: an FPGA Accelerator", "FlashX is 3x faster than a GPU.", "GPU"),
    ("FlashX: an FPGA Accelerator", "FlashX saves 10x energy compared to a CPU.", "CPU"),
    ("FlashX: an FPGA Accelerator", "FlashX gains 5x over an NVIDIA A100.", "NVIDIA A100"),
    ("FlashX: an FPGA Accelerator", "FlashX outperforms the Jetson TX2 by 4x.", "Jetson TX2"),
    ("Fast Sums", "Experiments on two RTX 3090 GPUs confirm this.", "RTX 3090=RTX 3090 GPUs"),
    ("Fast Sums", "Training takes 2 hours on one A6000.", "A6000"),
    ("Fast Sums", "Results on a V100 show a speedup of 3x.", "V100"),
    ("Fast Sums", "We measure 12 ms per image on a Titan X.", "Titan X"),
    ("Fast Sums", "It reaches 144 FPS on an RTX 2080 Ti.", "RTX 2080 Ti"),
    ("Fast Sums", "On H100 and A30 it is 2x faster.", "A30"),
    ("Fast Sums", "Compared with an Intel Xeon, it needs less power.", "Intel Xeon"),
    ("Fast Sums", "Inference runs at 50 FPS on an RTX 3080.", "RTX 3080"),
]


def read(title, abstract, hardware):
    doc, found = made_paper(title, abstract, Method="FlashX", Hardware=hardware)
    found = tuple(f for f in found if f.mentions)
    (role,) = roles(doc, found, (Proposal("FlashX", "Method", WHERE),))
    return role, doc


@pytest.mark.parametrize(("title", "abstract", "hardware", "role"), CATCH)
def test_a_role_is_read_from_title_and_sentence(title, abstract, hardware, role):
    assert read(title, abstract, hardware)[0].role == role


@pytest.mark.parametrize(("title", "abstract", "hardware"), LEAVE)
def test_a_test_bed_or_a_rival_is_no_target(title, abstract, hardware):
    assert read(title, f"We propose FlashX. {abstract}", hardware)[0].role != "targets"


def test_the_evidence_is_the_exact_sentence_with_the_cues_that_decided():
    role, doc = read("Fast Sums", "We propose FlashX. Experiments were run on an A100.", "A100")
    assert doc.text[role.evidence.start : role.evidence.end] == role.evidence.quote
    assert role.evidence.quote == "Experiments were run on an A100."
    assert role.evidence.cues


def test_every_piece_of_hardware_has_one_role():
    doc, found = made_paper(
        "FlashX: Sums on FPGAs", "It beats GPUs and CPUs.", Hardware="FPGA=FPGAs, GPU=GPUs, CPU=CPUs"
    )
    assert [r.hardware for r in roles(doc, found, ())] == ["FPGA", "GPU", "CPU"]


def test_a_paper_without_hardware_has_no_roles():
    doc, found = made_paper("On words", "We count words.", Task="counting=count")
    assert roles(doc, found, ()) == ()
