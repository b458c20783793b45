"""The sample corpus holds true, well-formed papers over every kind of hardware that the package speaks of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.records import Paper, from_json

DATA = Path(__file__).parents[2] / "kg" / "data"
LINES = (DATA / "sample_papers.jsonl").read_text(encoding="utf8").splitlines()
PAPERS = [from_json(line, Paper) for line in LINES]

#: Hardware group -> what a text of that group says. Each must occur in three papers or more.
GROUPS = {
    "NVIDIA GPU": r"\b(A100|V100|H100|H800|T4|K80|P100|RTX|GTX|Titan|A6000|NVIDIA)\b",
    "AMD": r"\b(AMD|MI250X|MI300X|ROCm)\b",
    "TPU": r"\bTPUs?\b",
    "FPGA": r"\bFPGAs?\b",
    "ASIC": r"\b(ASICs?|accelerators?)\b",
    "data center chips": r"\b(Cerebras|Groq|TSP|SambaNova|SN40L|Graphcore|IPU|Gaudi-?2?|Trainium|MTIA)\b",
    "NPU": r"\bNPUs?\b",
    "Huawei Ascend": r"\bAscend\b",
    "CPU": r"\b(CPUs?|Xeon)\b",
    "mobile": r"\b(phones?|smartphones?|mobile (GPU|CPU|device)s?)\b",
    "edge": r"\b(edge devices?|IoT|embedded)\b",
    "microcontroller": r"\b([Mm]icrocontrollers?|MCUs?|Cortex-M\d?)\b",
    "Jetson": r"\bJetson\b",
    "Apple silicon": r"\b(Apple|M1|M2|M4|iPhone)\b",
    "RISC-V": r"\bRISC-V\b",
    "in-memory": r"([Pp]rocessing-in-memory|[Cc]ompute-in-memory|in-memory|\bPIM\b|[Mm]emristor|ReRAM|RRAM)",
    "neuromorphic": r"([Nn]euromorphic|Loihi|TrueNorth|SpiNNaker|[Ss]piking)",
    "photonic": r"([Pp]hotonic|[Oo]ptical)",
    "supercomputer": r"([Ss]upercomputers?|\bFrontier\b)",
    "storage and interconnect": r"\b(SSDs?|NVMe|NVLink|InfiniBand|HBM|DRAM|Flash)\b",
}


def test_every_line_is_one_object_with_the_documented_keys() -> None:
    keys = {"id", "title", "abstract", "year", "url", "arxiv", "doi"}
    for line in LINES:
        row = json.loads(line)
        assert {"id", "title", "abstract", "year"} <= set(row) <= keys


def test_there_are_at_least_72_papers_sorted_by_id() -> None:
    ids = [p.id for p in PAPERS]
    assert len(ids) >= 72
    assert ids == sorted(set(ids))


def test_titles_are_distinct_whatever_their_case() -> None:
    assert len({p.title.casefold() for p in PAPERS}) == len(PAPERS)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.id)
def test_a_summary_has_80_to_200_words_in_clean_text(paper: Paper) -> None:
    assert 80 <= len(paper.abstract.split()) <= 200
    for text in (paper.title, paper.abstract):
        assert text == " ".join(text.split())
        assert text.isprintable()
    assert paper.abstract.endswith(".")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.id)
def test_year_and_links_agree_with_the_identifier(paper: Paper) -> None:
    assert paper.year is not None
    assert 2005 <= paper.year <= 2026
    if paper.arxiv:
        assert re.fullmatch(r"\d{4}\.\d{4,5}", paper.arxiv)
        assert paper.id == f"arxiv:{paper.arxiv}"
        assert paper.url == f"https://arxiv.org/abs/{paper.arxiv}"
        assert abs(paper.year - 2000 - int(paper.arxiv[:2])) <= 1
    elif paper.doi:
        assert re.fullmatch(r"10\.\d{4,9}/\S+", paper.doi)
        assert paper.id == f"doi:{paper.doi}"
        assert paper.url == f"https://doi.org/{paper.doi}"
    else:
        assert re.fullmatch(r"[a-z0-9-]+", paper.id)
        assert paper.url is None or re.fullmatch(r"https://[\w.-]+/\S+", paper.url)


def test_nearly_all_papers_have_a_link() -> None:
    assert sum(paper.url is not None for paper in PAPERS) >= 0.95 * len(PAPERS)


@pytest.mark.parametrize("pattern", GROUPS.values(), ids=GROUPS)
def test_each_hardware_group_occurs_in_three_papers_or_more(pattern: str) -> None:
    assert sum(bool(re.search(pattern, p.text)) for p in PAPERS) >= 3


def test_no_run_of_twelve_words_stands_in_two_summaries() -> None:
    owner: dict[tuple[str, ...], str] = {}
    for paper in PAPERS:
        words = re.findall(r"[a-z0-9]+", paper.abstract.lower())
        for i in range(len(words) - 11):
            assert owner.setdefault(tuple(words[i : i + 12]), paper.id) == paper.id
