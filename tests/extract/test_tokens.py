"""Tokens: texts are cut by the classes of their characters as the pattern of a token says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import tokens
from kg.extract.entities import entities
from kg.extract.nlp import load_nlp
from kg.extract.shapes import kind
from kg.extract.tokens import Page, WordTokenizer, read
from kg.extract.tokens import tokens as of

SIGNS = [*"aZ19x .-_\n\téİΣςω×²٣½", "\u00a0", "\ud800", "😀"]
TEXTS = st.text(alphabet=st.sampled_from(SIGNS), max_size=30) | st.text()


def _parts(t: tokens.Tokens) -> tuple[list[str], list[str], list[int], list[int]]:
    return t.words, t.lower, t.starts, t.ends


@given(TEXTS)
def test_a_text_is_cut_as_the_pattern_says(text: str) -> None:
    assert _parts(read(text)) == _parts(tokens._located(text, tokens._TOKEN(text)))


@given(TEXTS)
def test_every_word_that_is_a_name_by_its_shape_is_looked_at(text: str) -> None:
    t = read(text)
    assert {number for number, word in enumerate(t.words) if kind(word)} <= set(t.named)
    assert t.named == sorted(set(t.named))


def test_a_doc_and_a_page_have_the_same_tokens() -> None:
    from spacy.vocab import Vocab

    text = "Qwen2.5 runs\n\nOn  GPUs, e.g. the A100 (CPU/GPU)."
    doc = WordTokenizer(Vocab())(text)
    assert doc.text == text
    assert [token.text for token in doc] == of(doc).words
    assert _parts(of(doc)) == _parts(of(Page(text)))
    doc.user_data.clear()
    assert _parts(of(doc)) == _parts(of(Page(text)))


def test_the_number_of_pieces_before_a_product_is_a_token_of_its_own() -> None:
    assert read("on 8xA100 and 0x1F, 4xGPU").words == ["on", "8x", "A100", "and", "0x1F", ",", "4xGPU"]


@pytest.mark.parametrize("fast", [True, False])
def test_products_behind_a_number_of_pieces_and_a_tie_are_found(fast: bool) -> None:
    text = "Sums\n\nWe train on 8xH100 and tune on an NVIDIA RTX~3090."
    found = {e.id: e.names for e in entities(load_nlp(fast=fast)(text)) if e.type == "Hardware"}
    assert found["hardware/nvidia-h100"] == ("H100",)
    assert any("RTX~3090" in name for names in found.values() for name in names)
