"""Whatever the text, a mention is the words at its place, and nothing takes for ever."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.entities import entities
from kg.extract.nlp import load_nlp

NLP = load_nlp(fast=True)
PIECES = (
    "We propose FlashX, a fast kernel", "on NVIDIA A100 GPUs", "large language models (LLMs)", "ImageNet", "\n\n", ". ",
    "GPU memory usage",
    "latency", "İstanbul's LLM", "Ⅳ-bit", "ﬁne-tuning", "\x00", "🤖🏽", "مدل زبانی", "‏GPT-4‏", "é", "((",
    "$\\textbf{X}$", "3.5 ms", " ", "e\u0301", "ß", "\ud800", "A" * 50, "-", "H100 GPU hours",
)  # fmt: skip


def check(text: str) -> None:
    doc = NLP(text)
    for entity in entities(doc):
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
            assert mention.sentence[0] <= mention.start < mention.end <= mention.sentence[1]
            assert 0 < mention.confidence <= 1
        written = {mention.text for mention in entity.mentions}
        assert written <= set(entity.names)
        for name in set(entity.names) - written:  # a product is named with its class or without, too
            assert entity.type == "Hardware"
            assert name in text
            assert any(one.startswith(name) or name.startswith(one) for one in written)
        assert entity.canonical in entity.names


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25))
def test_a_mention_gives_its_text_for_names_amid_any_unicode(pieces: list[str]) -> None:
    check(" ".join(pieces).encode("utf-8", "ignore").decode())


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_a_mention_gives_its_text_for_arbitrary_text(text: str) -> None:
    check(text.encode("utf-8", "ignore").decode())


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "A100", "(", "GPU\n\n", "\n\nGPU"])
def test_the_smallest_texts_are_read(text: str) -> None:
    check(text)


@pytest.mark.slow
def test_a_text_of_a_hundred_thousand_words_is_read() -> None:
    check("We run the model on an A100 GPU (A). " * 12_500)


def test_no_two_entities_of_a_type_share_their_canonical_name() -> None:
    doc = NLP("FlashX on GPUs\n\nFlashX runs on a GPU. GPUs and graphics processing units (GPUs) run FlashX, a kernel.")
    found = [(e.type, e.canonical) for e in entities(doc)]
    assert len(found) == len(set(found))
    assert ("Hardware", "graphics processing units") in found
