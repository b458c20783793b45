"""Text -> tokens: words and single marks, one pass, offsets kept.

In: any text. Out: a spaCy Doc whose `text` is the input, letter by letter. A word is a run of letters and digits, with
a dot between its digits ("Qwen2.5", "3.1"); every other mark is a token of its own, so that "GPU-based" and
"CPU/GPU" fall apart where names end. Twice as fast as the general English tokenizer, which fast mode needs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

_TOKEN = re.compile(r"([^\W_]+(?:\.[0-9]+)*|\S| +(?! )|\s)( ?)").findall
_KEY, _TEXT = "kg_tokens", "kg_text"


class WordTokenizer:
    """The pipeline's tokenizer. Stateless but for the vocabulary."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; `doc.text == text`. Its tokens are kept as `tokens` gives them."""
        pairs = _TOKEN(text)
        kept = _located(pairs)
        doc = Doc(self.vocab, words=kept.words, spaces=[bool(space) for _, space in pairs])
        doc.user_data[_KEY], doc.user_data[_TEXT] = tuple(kept), text
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> WordTokenizer:
        """Nothing to restore."""
        return self

    def to_disk(self, _: Path | str, **__: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, _: Path | str, **__: Any) -> WordTokenizer:
        """Nothing to restore."""
        return self


class Tokens(NamedTuple):
    """The tokens of a Doc as plain lists: as written, in lower case, and their first and past-the-last character."""

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]


def _located(pairs: list[tuple[str, str]]) -> Tokens:
    at, words, starts, ends = 0, [], [], []
    for word, space in pairs:
        words.append(word)
        starts.append(at)
        at += len(word)
        ends.append(at)
        at += len(space)
    return Tokens(words, [word.lower() for word in words], starts, ends)


def read(text: str) -> Tokens:
    """The tokens of a text without a Doc."""
    return _located(_TOKEN(text))


def tokens(doc: Doc) -> Tokens:
    """The tokens of a Doc, computed once and kept with it: reading them from spaCy one by one is slow."""
    kept = doc.user_data.get(_KEY)
    if kept is not None:
        return Tokens(*kept)
    words = [token.text for token in doc]
    starts, at = [], 0
    for token, word in zip(doc, words, strict=True):
        starts.append(at)
        at += len(word) + (1 if token.whitespace_ else 0)
    made = Tokens(words, [w.lower() for w in words], starts, [s + len(w) for s, w in zip(starts, words, strict=True)])
    doc.user_data[_KEY] = tuple(made)
    return made


def text_of(doc: Doc) -> str:
    """`doc.text`, which spaCy joins anew from all tokens each time that it is asked."""
    text = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return str(text)
