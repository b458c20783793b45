"""Whole abstracts, in our own words, beside the entities that they name."""

import re

import pytest

from kg.extract import candidates
from kg.extract.candidates import Candidate
from kg.extract.combine import resolve
from kg.extract.entities import entities
from kg.extract.nlp import load_nlp
from kg.extract.record import record

NLP = load_nlp(fast=True)
TEXT = (
    "SwiftServe: low-latency LLM serving on commodity GPUs\n\n"
    "Large language models (LLMs) are costly to serve. We propose SwiftServe, a serving system that combines "
    "speculative decoding with INT8 quantization. On NVIDIA A100 GPUs, SwiftServe reaches 2.1x higher throughput "
    "than vLLM for Llama 3.1 8B, and it cuts GPU memory usage on an H100. We report accuracy on GSM8K after 40 "
    "A100 GPU hours."
)


def names(text: str, kind: str) -> set[str]:
    return {name for e in entities(NLP(text)) if e.type == kind for name in e.names}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Hardware", {"NVIDIA A100 GPUs", "H100"}),
        ("Method", {"SwiftServe", "speculative decoding", "INT8 quantization"}),
        ("Model", {"Large language models", "LLMs", "Llama 3.1 8B"}),
        ("Dataset", {"GSM8K"}),
        ("Software", {"vLLM"}),
        ("Metric", {"throughput", "accuracy"}),
    ],
)
def test_the_names_of_an_abstract_are_found(kind: str, expected: set[str]) -> None:
    assert expected <= names(TEXT, kind)


def test_a_maker_alone_is_no_hardware() -> None:
    doc = NLP("Apple vs. Oranges\n\nThe chips of Apple and of Groq are compared.")
    sure = [Candidate(m.start(), m.end(), "Hardware", "network", 0.97) for m in re.finditer("Apple|Groq", doc.text)]
    candidates.put(doc, "kg_tagger", sure)
    assert [e.names for e in entities(doc)] == [("Groq",)]


@pytest.mark.parametrize(
    "text", ["mobile SoCs exhibit strong accelerator contention", "SHELLS decouples feature extraction"]
)
def test_a_name_ends_before_a_verb(text: str) -> None:
    found = {name for e in entities(NLP(f"T\n\nOur {text}. By SHELLS, SHELLS runs.")) for name in e.names}
    assert found
    assert not [name for name in found if {"exhibit", "decouples"} & set(name.split())]


def test_an_abbreviation_and_its_long_form_are_one_entity() -> None:
    (entity,) = (e for e in entities(NLP(TEXT)) if "LLMs" in e.names)
    assert "Large language models" in entity.names
    assert entity.id is not None


def test_hardware_inside_a_measure_counts_and_a_unit_of_cost_does_not() -> None:
    text = "T\n\nWe cut GPU memory usage."
    keep = [Candidate(10, 26, "Metric", "phrase", 0.9), Candidate(10, 13, "Hardware", "catalogue", 0.8)]
    assert [c.type for c in resolve(text, keep)] == ["Metric", "Hardware"] or len(resolve(text, keep)) == 2
    cost = "T\n\nWe need 9 GPU hours."
    assert resolve(cost, [Candidate(13, 16, "Hardware", "catalogue", 0.9)]) == []


def test_of_overlapping_names_the_longer_wins_and_of_two_types_the_surer() -> None:
    text = "a graph neural network"
    rows = [
        Candidate(8, 22, "Model", "catalogue", 0.8),
        Candidate(2, 22, "Model", "catalogue", 0.7),
        Candidate(2, 22, "Method", "phrase", 0.5),
    ]
    assert resolve(text, rows) == [rows[1]]


def test_candidates_in_another_order_give_the_same() -> None:
    doc = NLP(TEXT)
    rows = [Candidate(a, a + 4, "Method", "phrase", 0.5 + a / 1000) for a in range(0, 60, 3)]
    assert resolve(doc.text, rows) == resolve(doc.text, rows[::-1])


def test_the_record_has_one_role_for_each_piece_of_hardware() -> None:
    made = record(NLP(TEXT), "p1")
    assert made.id == "p1"
    hardware = [e.canonical for e in made.entities if e.type == "Hardware"]
    assert sorted(role.hardware for role in made.hardware_roles) == sorted(hardware)
