"""Proposals: the names that a text announces as its own, and the entities that the paper introduces."""

import pytest

from kg.extract.proposals import proposals, proposed_names
from kg.train.roles_gold import document, made_paper

CATCH = [  # title, abstract, name, type
    ("FlashX: fast attention", "Attention is slow.", "FlashX", "Method"),
    ("Fast attention", "In this paper, we propose FlashX, a framework for attention.", "FlashX", "Method"),
    ("Fast attention", "We present TinyNPU, an accelerator for small networks.", "TinyNPU", "Hardware"),
    ("Fast attention", "This work introduces LeafBench, which holds leaves.", "LeafBench", "Dataset"),
    ("Fast attention", "We develop a kernel library called FlashX.", "FlashX", "Method"),
    ("Fast attention", "We design a new network named OwlNet for birds.", "OwlNet", "Model"),
    ("Fast attention", "A system dubbed QuickServe serves it.", "QuickServe", "Method"),
    ("Fast attention", "We propose a look-up table pool (LTP) for colours.", "LTP", "Method"),
    ("Fast attention", "We propose a look-up table pool (LTP) for colours.", "look-up table pool", "Method"),
    ("Fast attention", "We introduce a parallel scheme, FlashX, that needs no sort.", "FlashX", "Method"),
    ("Fast attention", "We propose \\textbf{FlashX}, a simple method.", "FlashX", "Method"),
    ("Fast attention", "FlashX, a novel scheduler, decides.", "FlashX", "Method"),
    ("Fast attention", "Results show that our FlashX wins.", "FlashX", "Method"),
    ("Fast attention", "We term this approach GreedyCut.", "GreedyCut", "Method"),
    ("Fast attention", "The authors release BirdSet, a corpus of songs.", "BirdSet", "Dataset"),
    ("QuickServe - serving in a second", "Serving is slow.", "QuickServe", "Method"),
    ("Fast attention", "We build Hierarchical Token Routing for long texts.", "Hierarchical Token Routing", "Method"),
]

LEAVE = [
    "We propose a simple way to save memory.",
    "We present results on GPUs.",
    "In this paper, we study PyTorch.",
    "We design a GPU-based kernel for sums.",
    "The authors of ResNet were right.",
    "Our GPU is slow.",
    "A method is presented by Smith.",
    "We introduce an FPGA-specific flow.",
    "However, vLLM was built for servers.",
    "We propose to use LLMs.",
    "The design of NVLink matters.",
    "CUDA is a language.",
    "This paper describes our experience.",
    "ImageNet is used for training.",
    "We call for better tests.",
    "The name of the game is speed.",
]


@pytest.mark.parametrize(("title", "abstract", "name", "kind"), CATCH)
def test_an_announced_name_is_found_with_a_guess_of_its_type(title, abstract, name, kind):
    doc = document(f"{title}\n\n{abstract}")
    assert (name, kind) in {(doc.text[a.start : a.end], a.type) for a in proposed_names(doc)}


@pytest.mark.parametrize("abstract", LEAVE)
def test_nothing_is_announced_where_no_own_name_stands(abstract):
    assert proposed_names(document(f"On speed\n\n{abstract}")) == ()


OWN = [
    ("FlashX: fast attention on GPUs", "We present FlashX, a novel kernel. FlashX is fast.", "FlashX"),
    ("Fast attention", "To address this, we propose FlashX, a framework that skips zeros.", "FlashX"),
    ("TinyNPU: an accelerator", "We introduce TinyNPU, a low-power accelerator.", "TinyNPU"),
]
OTHERS = [
    ("A study of serving", "We compare vLLM with TensorRT on GPUs.", "vLLM, TensorRT"),
    ("FlashX: fast attention", "We present FlashX. It is faster than cuBLAS.", "cuBLAS"),
    ("FlashX: fast attention", "We present FlashX. Experiments use ImageNet.", "ImageNet"),
]


@pytest.mark.parametrize(("title", "abstract", "name"), OWN)
def test_what_the_paper_introduces_is_proposed_with_its_sentence(title, abstract, name):
    doc, found = made_paper(title, abstract, Method=name)
    (proposal,) = proposals(doc, found)
    assert proposal.entity == name
    evidence = proposal.evidence
    assert doc.text[evidence.start : evidence.end] == evidence.quote
    assert name in evidence.quote
    assert evidence.cues


@pytest.mark.parametrize(("title", "abstract", "names"), OTHERS)
def test_tools_baselines_and_datasets_of_others_are_not_proposed(title, abstract, names):
    doc, found = made_paper(title, abstract, Software=names)
    assert proposals(doc, found) == ()


def test_a_paper_without_entities_proposes_nothing():
    assert proposals(document("A title\n\nAn abstract."), ()) == ()
