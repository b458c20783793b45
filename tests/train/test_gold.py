"""Annotated names, which come without places, as spans of words."""

from __future__ import annotations

from typing import Any

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kg.model.spans import ASPECTS, LABELS
from kg.train.gold import Example, example


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106 - a piece of the vocabulary
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def entity(type_: str, *names: str) -> dict[str, Any]:
    return {"type": type_, "names": list(names), "canonical": names[0]}


def shown(e: Example, spans: frozenset[tuple[int, int, int]]) -> list[tuple[str, str]]:
    p = e.pieces
    return [(e.text[p.starts[i] : p.ends[j]], LABELS[label]) for i, j, label in sorted(spans)]


def test_every_place_of_a_name_is_a_positive(tokenizer: Tokenizer) -> None:
    e = example(
        "p",
        "BERT beats BERT on an FPGA",
        {"entities": [entity("Model", "BERT"), entity("Hardware", "FPGA")]},
        tokenizer,
    )
    assert shown(e, e.positive) == [("BERT", "Model"), ("BERT", "Model"), ("FPGA", "Hardware")]


def test_a_name_does_not_match_inside_a_word(tokenizer: Tokenizer) -> None:
    e = example("p", "ARMed with an ARM core", {"entities": [entity("Hardware", "ARM")]}, tokenizer)
    assert shown(e, e.positive) == [("ARM", "Hardware")]


def test_the_plural_of_a_name_is_a_place_of_it(tokenizer: Tokenizer) -> None:
    e = example("p", "one GPU, two GPUs", {"entities": [entity("Hardware", "GPU")]}, tokenizer)
    assert shown(e, e.positive) == [("GPU", "Hardware"), ("GPUs", "Hardware")]


def test_hardware_inside_a_metric_is_a_positive_of_its_own(tokenizer: Tokenizer) -> None:
    text = "less GPU memory usage"
    e = example("p", text, {"entities": [entity("Metric", "GPU memory usage"), entity("Hardware", "GPU")]}, tokenizer)
    assert set(shown(e, e.positive)) == {("GPU memory usage", "Metric"), ("GPU", "Hardware")}


def test_a_short_form_inside_its_long_form_is_unknown(tokenizer: Tokenizer) -> None:
    text = "an NVIDIA A100, then the A100"
    e = example("p", text, {"entities": [entity("Hardware", "NVIDIA A100", "A100")]}, tokenizer)
    assert shown(e, e.positive) == [("NVIDIA A100", "Hardware"), ("A100", "Hardware")]
    assert shown(e, e.unknown) == [("A100", "Hardware")]


def test_a_name_that_stands_only_inside_another_is_a_positive(tokenizer: Tokenizer) -> None:
    text = "fast LLM inference"
    e = example("p", text, {"entities": [entity("Task", "LLM inference"), entity("Model", "LLM")]}, tokenizer)
    assert set(shown(e, e.positive)) == {("LLM inference", "Task"), ("LLM", "Model")}


def test_another_capitalisation_is_neither_positive_nor_negative(tokenizer: Tokenizer) -> None:
    e = example("p", "Latency first: low latency", {"entities": [entity("Metric", "latency")]}, tokenizer)
    assert shown(e, e.positive) == [("latency", "Metric")]
    assert shown(e, e.unknown) == [("Latency", "Metric")]


def test_roles_and_proposals_are_known_of_the_places_of_their_names_alone(tokenizer: Tokenizer) -> None:
    record = {
        "entities": [entity("Hardware", "FPGA"), entity("Method", "FlashX")],
        "proposes": ["FlashX"],
        "hardware_roles": [{"hardware": "FPGA", "role": "targets"}],
    }
    e = example("p", "FlashX for an FPGA", record, tokenizer)
    says = {(ASPECTS[k], i): holds for i, _, k, holds in e.aspects}
    assert says[("proposed", 0)]
    assert not says[("proposed", 3)]
    assert {name: says[(name, 3)] for name in ASPECTS[:-1]} == {name: name == "targets" for name in ASPECTS[:-1]}
    assert ("targets", 0) not in says
