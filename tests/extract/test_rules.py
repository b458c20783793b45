"""Per rule, what it must catch and what it must leave alone."""

import pytest

from kg.extract.abbreviations import pairs
from kg.extract.known import must_match_case
from kg.extract.matcher import Matcher
from kg.extract.phrases import phrases
from kg.extract.pool import Pool
from kg.extract.shapes import shapes
from kg.extract.tokens import WordTokenizer, read, tokens


def found(matcher: Matcher[str], text: str) -> list[str]:
    t = read(text)
    return [text[t.starts[hit.first] : t.ends[hit.last - 1]] for hit in matcher.find(t)]


NAMES = Matcher([("state space model", False, "m"), ("ResNet-50", False, "r"), ("RAG", True, "g"), ("C++", False, "c")])


@pytest.mark.parametrize(
    "name",
    [
        "state space model",
        "State-Space Models",
        "state space\nmodel",
        "ResNet50",
        "resnet-50",
        "ResNet 50",
        "RAG",
        "C++",
    ],
)
def test_a_name_is_found_in_each_of_its_spellings(name: str) -> None:
    assert found(NAMES, f"the {name}, new") == [name]


@pytest.mark.parametrize("text", ["a rag", "state. space model", "ResNet-5", "ResNet-500", "state space", "C"])
def test_what_only_resembles_a_name_is_left_alone(text: str) -> None:
    assert found(NAMES, text) == []


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("We train large language models (LLMs) well", "large language models", "LLMs"),
        ("by low-rank adaptation (LoRA),", "low-rank adaptation", "LoRA"),
        ("a field-programmable gate array (FPGA)", "field-programmable gate array", "FPGA"),
        ("the key-value (KV) cache", "key-value", "KV"),
        ("use retrieval-augmented generation (RAG; new)", "retrieval-augmented generation", "RAG"),
    ],
)
def test_a_long_form_is_found_for_its_abbreviation(text: str, long: str, short: str) -> None:
    assert [(text[a:b], text[c:d]) for a, b, c, d in pairs(text)] == [(long, short)]


@pytest.mark.parametrize(
    "text", ["three runs (2020)", "we see (see Table) this", "the model (GPU)", "a gain (e.g. speed)"]
)
def test_other_words_in_brackets_are_no_abbreviation(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    "name", ["FlashX", "GPT-4o", "Qwen3-30B-A3B", "Llama 3.1 8B", "vLLM", "DeepSeek-R1", "YOLOv8n"]
)
def test_a_word_of_the_shape_of_a_name_is_proposed(name: str) -> None:
    text = f"we run {name} here"
    assert name in [text[a:b] for a, b in shapes(read(text), 0)]


@pytest.mark.parametrize("text", ["it takes 3.5ms and 80GB", "the 2nd of 16x runs", "plain words only", "We run"])
def test_plain_words_and_quantities_have_no_shape_of_a_name(text: str) -> None:
    assert list(shapes(read(text), 0)) == []


def test_a_phrase_ends_in_a_head_noun_and_begins_after_a_stop_word() -> None:
    text = "a novel multi-head latent attention of the decoder"
    pool: Pool = {}
    phrases(read(text), pool)
    found = {text[a:b] for a, b in pool}
    assert {"latent attention", "multi-head latent attention"} <= found
    assert not any(name.startswith(("novel", "a ")) for name in found)


@pytest.mark.parametrize(("name", "kind", "exact"), [
    ("CLIP", "Model", True), ("Mamba", "Model", True), ("GPU", "Hardware", False), ("CAM", "Hardware", True),
    ("ImageNet", "Dataset", False), ("transformer", "Model", False),
])  # fmt: skip
def test_a_name_that_lower_case_would_hide_counts_only_as_written(name: str, kind: str, exact: bool) -> None:
    assert must_match_case(name, kind) is exact


def test_the_doc_keeps_every_character_of_the_text() -> None:
    import spacy

    text = "  Two  spaces,\ttabs\n\nand 3.1-beta\x00 C++  "
    doc = WordTokenizer(spacy.blank("en").vocab)(text)
    assert doc.text == text
    t = tokens(doc)
    assert [text[a:b] for a, b in zip(t.starts, t.ends, strict=True)] == t.words == [token.text for token in doc]
