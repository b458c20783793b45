"""A few short papers in our own words, and a build of them."""

import json
from pathlib import Path

import pytest

from kg.knowledge_base import KnowledgeBase
from kg.pipeline import build, engine
from tests.pipeline.fake import FakeExtractor

PAPERS = [
    {
        "id": "2401.00001",
        "title": "TurtleFlow: Attention Kernels for the NVIDIA A100",
        "abstract": "Attention is slow on long inputs. We propose TurtleFlow, an attention kernel designed for NVIDIA "
        "A100 GPUs. On ImageNet it runs 2.5x faster than PyTorch with the same accuracy.",
    },
    {
        "id": "2401.00002",
        "title": "Snails on <script>alert('FPGA')</script>",
        "abstract": "We present SnailNet, a convolutional neural network accelerator on a Xilinx FPGA. It reduces "
        "latency by 40% compared to an NVIDIA V100 GPU.",
    },
    {
        "title": "Quantization for Hares",
        "abstract": "Large language models (LLMs) are quantized to INT4 on mobile phones.",
    },
]
DUPLICATE = {**PAPERS[2], "year": 2020}


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with three papers, one of them twice, and two lines that are none."""
    path = tmp_path_factory.mktemp("papers") / "papers.jsonl"
    lines = [*map(json.dumps, [*PAPERS, DUPLICATE]), "{oops", json.dumps({"title": "Alone"})]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def built(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The knowledge base of these papers."""
    return build(papers, tmp_path_factory.mktemp("built") / "kb", fast=True)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakeExtractor]:
    """Builds in this process use the fake extractor."""
    monkeypatch.setattr(engine, "Extractor", FakeExtractor)
    monkeypatch.setattr(FakeExtractor, "FAIL", ())
    return FakeExtractor
