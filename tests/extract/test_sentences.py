"""Where sentences of titles and abstracts begin."""

import pytest

from kg.extract.nlp import load_nlp
from kg.extract.sentences import sentence_starts


def split(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Is it fast? A study\n\nIt is.", ["Is it fast? A study", "It is."]),
        ("T\n\nWe use chips, e.g. GPUs. They are fast.", ["T", "We use chips, e.g. GPUs.", "They are fast."]),
        ("T\n\nLee et al. run it. So do we.", ["T", "Lee et al. run it.", "So do we."]),
        ("T\n\nIt wins vs. CPUs by 3.5 times. GPUs win.", ["T", "It wins vs. CPUs by 3.5 times.", "GPUs win."]),
        ("T\n\nChips, boards, etc. We test all.", ["T", "Chips, boards, etc.", "We test all."]),
        ("T\n\nIt serves models. vLLM is slower.", ["T", "It serves models.", "vLLM is slower."]),
        ("T\n\nIt is fast! (See the code.) Try it.", ["T", "It is fast!", "(See the code.)", "Try it."]),
        ("Only a title", ["Only a title"]),
    ],
)
def test_a_stop_ends_a_sentence_where_one_can_begin(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_the_doc_has_the_same_sentences() -> None:
    doc = load_nlp(fast=True)("A title\n\nOne sentence. Another one.")
    assert [sent.text.strip() for sent in doc.sents] == ["A title", "One sentence.", "Another one."]
