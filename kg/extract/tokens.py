"""Text -> tokens: words and single marks, one pass, offsets kept.

In: any text. Out: a spaCy Doc whose `text` is the input, letter by letter. A word is a run of letters and digits, with
a dot between its digits ("Qwen2.5", "3.1"), or the number of pieces before a product ("8x" of "8xA100"); every other
mark is a token of its own, so that "GPU-based" and "CPU/GPU" fall apart where names end. Faster than the general
English tokenizer, which fast mode needs: most texts are cut by their characters' classes, all at once; `_TOKEN` says
what a token is, and cuts the others.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # reading a text needs no spaCy, which takes half a second to import
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_COUNT = r"(?<![\w.])[0-9]+x(?=[A-Z]+[0-9])"  # of "8xA100"
_TOKEN = re.compile(rf"({_COUNT}|[^\W_]+(?:\.[0-9]+)*|\S| +(?! )|\s)( ?)").findall
_COUNTS = re.compile(_COUNT)
_DECIMALS = re.compile(r"\.[0-9]+")
_SIGNS = frozenset("0123456789" + "".join(map(chr, range(ord("Α"), ord("ω") + 1))))
_KEY, _TEXT = "kg_tokens", "kg_text"
# Classes of characters: a mark is a token of its own; a word is made of letters, and of those that may make a name.
_SPACE, _MARK, _LETTER, _NAMED = 0, 1, 2, 3


class WordTokenizer:
    """The pipeline's tokenizer. Stateless but for the vocabulary."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; `doc.text == text`. Its tokens are kept as `tokens` gives them."""
        from spacy.tokens import Doc

        kept = read(text)
        following = [*kept.starts[1:], len(text)]
        spaces = [end < start for end, start in zip(kept.ends, following, strict=True)] if kept.starts else []
        doc = Doc(self.vocab, words=kept.words, spaces=spaces)
        doc.user_data[_KEY], doc.user_data[_TEXT] = (kept.lower, kept.starts, kept.ends), text
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


class Tokens:
    """The tokens of a text as plain lists: as written, in lower case, and their first and past-the-last character.

    The words as written are cut from the text when first asked for: the rules of fast mode look at few of them.
    """

    __slots__ = ("_named", "_words", "ends", "lower", "starts", "text")

    def __init__(
        self,
        text: str,
        lower: list[str],
        starts: list[int],
        ends: list[int],
        words: list[str] | None = None,
        named: list[int] | None = None,
    ) -> None:
        self.text, self.lower, self.starts, self.ends = text, lower, starts, ends
        self._words, self._named = words, named

    def word(self, number: int) -> str:
        """One token as written."""
        return self.text[self.starts[number] : self.ends[number]]

    @property
    def named(self) -> list[int]:
        """The numbers of the tokens that hold a capital, a digit or a Greek letter: all that may be names by shape."""
        if self._named is None:
            self._named = [number for number, word in enumerate(self.words) if not word.islower()]
        return self._named

    @property
    def words(self) -> list[str]:
        """The tokens as written."""
        if self._words is None:
            text = self.text
            self._words = [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]
        return self._words


def read(text: str) -> Tokens:
    """The tokens of a text without a Doc."""
    cut = None if text.startswith(" ") or "  " in text else _cut(text)
    if cut is None:
        return _located(text, _TOKEN(text))
    starts, ends, named = cut[0].tolist(), cut[1].tolist(), list(dict.fromkeys(cut[2].tolist()))
    # What is small of a letter beyond ASCII may be longer, or depend on its neighbours: then word by word.
    plain = text.isascii()
    low = text.lower() if plain else text
    lower = [low[start:end] for start, end in zip(starts, ends, strict=True)]
    if plain:
        return Tokens(text, lower, starts, ends, None, named)
    return Tokens(text, [word.lower() for word in lower], starts, ends, lower, named)


def _located(text: str, pairs: list[tuple[str, str]]) -> Tokens:
    at, words, starts, ends = 0, [], [], []
    for word, space in pairs:
        words.append(word)
        starts.append(at)
        at += len(word)
        ends.append(at)
        at += len(space)
    return Tokens(text, [word.lower() for word in words], starts, ends, words)


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """The class of every character of Unicode's first plane; made in some ten milliseconds."""
    return np.fromiter(map(_class, map(chr, range(1 << 16))), np.uint8, 1 << 16)


def _class(c: str) -> int:
    if c.isalnum():
        return _NAMED if c.isupper() or c in _SIGNS else _LETTER
    return _SPACE if c == " " else _MARK


Places = npt.NDArray[np.intp]


def _cut(text: str) -> tuple[Places, Places, Places] | None:
    """Where the tokens of a text start and end, and the token of each character that makes it `Tokens.named`.

    Assumes that no two spaces stand side by side. None for a text with characters beyond the first plane.
    """
    codes = np.frombuffer(f" {text} ".encode("utf-16-le", "surrogatepass"), "<u2")
    if len(codes) != len(text) + 2:
        return None
    classes = _classes()[codes]
    word, mark = classes >= _LETTER, classes[1:-1] == _MARK
    first = (word[1:-1] > word[:-2]) | mark  # a letter, and none before it; or a mark
    last = (word[1:-1] > word[2:]) | mark
    for decimals in _DECIMALS.finditer(text):
        dot, end = decimals.span()
        if word[dot]:  # "3.1" goes on; what follows its digits is a token of its own
            first[dot] = first[dot + 1] = last[dot - 1] = last[dot] = False
            if word[end + 1]:
                first[end] = last[end - 1] = True
    for count in _COUNTS.finditer(text):
        first[count.end()] = last[count.end() - 1] = True
    starts = first.nonzero()[0]
    named = starts.searchsorted((classes[1:-1] == _NAMED).nonzero()[0], "right") - 1
    return starts, last.nonzero()[0] + 1, named


class Page:
    """What the rules read of a Doc, without the Doc: the text, and the place where they keep what they find.

    A Doc costs fast mode as much as half of its rules. Only `kg.extract.record.read` makes pages.
    """

    __slots__ = ("spans", "text", "tokens", "user_data")

    def __init__(self, text: str) -> None:
        self.text, self.tokens = text, read(text)
        self.user_data: dict[Any, Any] = {_TEXT: text}
        self.spans: dict[str, Any] = {}


def tokens(doc: Doc | Page) -> Tokens:
    """The tokens of a Doc, computed once and kept with it: reading them from spaCy one by one is slow."""
    if isinstance(doc, Page):
        return doc.tokens
    kept = doc.user_data.get(_KEY)
    if kept is None:
        words = [token.text for token in doc]
        starts = [token.idx for token in doc]
        ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
        kept = doc.user_data[_KEY] = ([word.lower() for word in words], starts, ends)
    return Tokens(text_of(doc), *kept)


def text_of(doc: Doc | Page) -> str:
    """`doc.text`, which spaCy joins anew from all tokens each time that it is asked."""
    text = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return str(text)
