"""Wordpieces and words: what spans begin and end at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kg.model.spans import LABELS, MARKS, SHAPES, Known, cut, shape


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    vocabulary = {piece: i for i, piece in enumerate(["[UNK]", "gp", "##u", "cache", "the", "-", "based"])}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a piece of the vocabulary
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def test_a_word_of_several_pieces_is_one_word_with_the_offsets_of_the_text(tokenizer: Tokenizer) -> None:
    text = "The GPU-based cache"
    pieces = cut(text, tokenizer)
    assert [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)] == ["The", "GPU", "-", "based", "cache"]
    assert len(pieces.ids) == 6
    assert pieces.first[1] + 1 == pieces.last[1]


def test_shapes_tell_capitals_apart_that_the_lower_case_vocabulary_hides(tokenizer: Tokenizer) -> None:
    assert list(cut("GPU", tokenizer).shapes) != list(cut("gpu", tokenizer).shapes)


def test_a_name_of_the_catalogue_marks_its_pieces_by_type_and_the_longest_wins(tokenizer: Tokenizer) -> None:
    hardware, method = (1 + 4 * LABELS.index(t) for t in ("Hardware", "Method"))
    names = [Known(4, 7, "Hardware"), Known(4, 19, "Method", ambiguous=True), Known(5, 7, "Model")]
    assert cut("the gpu based cache", tokenizer, names[:1]).marks.tolist() == [0, hardware, hardware + 1, 0, 0]
    assert cut("the gpu based cache", tokenizer, names).marks.tolist() == [0, method + 2, *[method + 3] * 3]
    assert cut("the gpu based cache", tokenizer, [Known(4, 6, "Hardware"), Known(9, 99, "Task")]).marks.max() == 0
    assert 1 + 4 * (len(LABELS) - 1) + 3 == MARKS - 1


def test_a_title_line_and_a_glued_piece_have_shapes_of_their_own() -> None:
    assert len({shape("GPU", before) for before in ("", " ", "-")}) == 3
    assert shape("GPU", "") == shape("GPU", "\n")


@given(st.text(max_size=200))
def test_words_of_any_text_lie_in_it_in_order_and_shapes_are_known(text: str) -> None:
    vocabulary = {"[UNK]": 0}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a piece of the vocabulary
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    pieces = cut(text, made)
    assert all(0 <= a < b <= len(text) for a, b in zip(pieces.starts, pieces.ends, strict=True))
    assert all(b <= a for b, a in zip(pieces.ends, pieces.starts[1:], strict=False))
    assert all(0 <= s < SHAPES for s in pieces.shapes)
