"""The one-line questions of docs/catalogue.md on the sample corpus: what they find and what they leave."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.catalogue import load
from kg.extract.nlp import load_nlp
from kg.extract.record import record
from kg.link.known import CatalogueKnown
from kg.link.tables import tabulate
from kg.query.run import run
from kg.query.source import Source, connect
from kg.records import Paper
from kg.sources import read
from kg.sources.sample import sample_papers

PAGE = Path(__file__).parents[2] / "docs" / "catalogue.md"
QUESTIONS = re.findall(r"\n([A-Z][^\n]*):\n\n```sparql\n([^\n]*)\n```", PAGE.read_text(encoding="utf-8"))
EXPECTED = {
    "Anything by AMD": ({"AMD Instinct MI300X", "AMD Alveo U280", "Xilinx Virtex-7", "AMD CDNA 3"}, {"NVIDIA A100"}),
    "Any FPGA": ({"FPGA", "AMD Alveo U280", "Xilinx Virtex-7", "Intel Stratix 10"}, {"GPU", "AMD Instinct MI300X"}),
    "Any GPU with": ({"NVIDIA A100", "NVIDIA H100", "AMD Instinct MI300X"}, {"NVIDIA V100", "NVIDIA T4"}),
    "Every version of LLaMA": ({"LLaMA-2-70B", "LLaMA"}, {"OPT", "GPT-3"}),
}


@pytest.fixture(scope="module")
def source() -> Source:
    """The graph of the sample corpus."""
    catalogue = load()
    nlp = load_nlp(catalogue, fast=True)
    papers = [paper for paper in read([sample_papers()], None) if isinstance(paper, Paper)]
    items = [(paper, record(nlp(paper.text), paper.id)) for paper in papers]
    return connect(tabulate(items, CatalogueKnown(catalogue)))


def test_the_page_has_the_questions():
    assert len(QUESTIONS) == len(EXPECTED)


@pytest.mark.parametrize(("title", "query"), QUESTIONS, ids=[title for title, _ in QUESTIONS])
def test_a_question_finds_what_stands_below_and_nothing_beside(source, title, query):
    finds, leaves = next(sets for start, sets in EXPECTED.items() if title.startswith(start))
    names = {row[-1] for row in run(query, source).rows}
    assert finds <= names
    assert names.isdisjoint(leaves)
