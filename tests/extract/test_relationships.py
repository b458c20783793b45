"""Statements between things: what a proposal is evaluated on, addresses, builds on and beats."""

import pytest

from kg.extract.relationships import relationships
from kg.records import Evidence, HardwareRole, Proposal
from kg.train.roles_gold import made_paper

NAMES = {
    "Method": "FlashX, vAttention, pruning",
    "Model": "LLaMA-2, GPT-4, ResNet-50",
    "Software": "vLLM, cuBLAS, TensorRT",
    "Dataset": "ImageNet, COCO, GSM8K",
    "Task": "object detection, LLM serving, speech recognition",
}
WHERE = Evidence(0, 1, "F", "test", 1.0)

CATCH = [
    ("We evaluate FlashX on ImageNet and COCO.", "evaluated_on", "ImageNet"),
    ("We evaluate FlashX on ImageNet and COCO.", "evaluated_on", "COCO"),
    ("Experiments on GSM8K show that our method helps.", "evaluated_on", "GSM8K"),
    ("FlashX achieves the best accuracy on COCO.", "evaluated_on", "COCO"),
    ("FlashX wins on two benchmarks: GSM8K and ImageNet.", "evaluated_on", "ImageNet"),
    ("FlashX is a framework for object detection.", "addresses_task", "object detection"),
    ("FlashX accelerates LLM serving.", "addresses_task", "LLM serving"),
    ("We propose FlashX, a system for LLM serving.", "addresses_task", "LLM serving"),
    ("FlashX improves speech recognition.", "addresses_task", "speech recognition"),
    ("FlashX builds on LLaMA-2.", "uses_model", "LLaMA-2"),
    ("FlashX is based on GPT-4 and needs no labels.", "uses_model", "GPT-4"),
    ("Our system is fine-tuned from LLaMA-2.", "uses_model", "LLaMA-2"),
    ("FlashX is 2x faster than vLLM.", "compared_with", "vLLM"),
    ("FlashX outperforms vLLM and TensorRT.", "compared_with", "TensorRT"),
    ("FlashX cuts latency compared to cuBLAS.", "compared_with", "cuBLAS"),
    ("FlashX surpasses GPT-4 by a margin.", "compared_with", "GPT-4"),
    ("Our method gains 3% relative to vAttention.", "compared_with", "vAttention"),
]

LEAVE = [
    "However, existing systems evaluate on ImageNet.",
    "ImageNet is widely known.",
    "Previously, vLLM was compared with TensorRT.",
    "GPT-4 outperforms LLaMA-2 in many tasks.",
    "FlashX does not need ImageNet.",
    "Unlike vLLM, FlashX has no queue.",
    "LLM serving has been studied often.",
    "Speech is hard; object detection is too.",
    "Existing kernels are faster than cuBLAS.",
    "Many teams use LLaMA-2 today.",
    "FlashX was written by a team; GPT-4 is a model.",
    "FlashX runs without GPT-4.",
    "COCO holds images.",
    "Traditionally, pruning is compared with quantization.",
    "FlashX has a queue, which others use for speech recognition.",
    "Recently, ResNet-50 was outperformed.",
]


def read(sentence, names=NAMES):
    doc, found = made_paper("FlashX: a kernel", f"We present FlashX. {sentence}", **names)
    found = tuple(f for f in found if f.mentions)
    return relationships(doc, found, (Proposal("FlashX", "Method", WHERE),), ()), doc


@pytest.mark.parametrize(("sentence", "relation", "thing"), CATCH)
def test_a_statement_of_the_paper_about_its_proposal_is_read(sentence, relation, thing):
    made, _ = read(sentence)
    assert (relation, thing) in {(r.relation, r.object[1]) for r in made}
    assert {r.subject for r in made} == {("Method", "FlashX")}


@pytest.mark.parametrize("sentence", LEAVE)
def test_background_contrast_and_other_subjects_say_nothing_of_the_proposal(sentence):
    made, _ = read(sentence)
    assert made == ()


def test_every_relationship_has_its_exact_sentence():
    made, doc = read("FlashX is 2x faster than vLLM.")
    for r in made:
        assert doc.text[r.evidence.start : r.evidence.end] == r.evidence.quote
        assert r.evidence.cues


def test_roles_of_hardware_become_relations_of_the_main_proposal():
    doc, found = made_paper(
        "FlashX: a kernel for the A100", "GPUs are common.", Method="FlashX", Hardware="A100, GPU=GPUs"
    )
    roles = (HardwareRole("A100", "targets", WHERE), HardwareRole("GPU", "mentioned", WHERE))
    made = relationships(doc, found, (Proposal("FlashX", "Method", WHERE),), roles)
    assert [(r.subject, r.relation, r.object) for r in made] == [
        (("Method", "FlashX"), "targets", ("Hardware", "A100"))
    ]


def test_a_paper_that_proposes_nothing_relates_nothing():
    doc, found = made_paper("A study", "We evaluate on ImageNet.", Dataset="ImageNet")
    assert relationships(doc, found, (), ()) == ()
