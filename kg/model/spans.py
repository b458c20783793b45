"""Wordpieces, words and spans: what training and the packaged network must see alike.

In: a text, a WordPiece tokenizer, and the places where names of the catalogue stand. Out: `Pieces`: ids, the shape of
each piece as written (the encoder reads lower case only), what the catalogue says of it, and the words (runs of letters
and digits, single signs) that spans begin and end at. A span is (first word, number of words - 1); its text is
`text[starts[i] : ends[i + w]]`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.schema import ENTITY_TYPES, ROLES

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: The label set, in the order of the network's last axis.
LABELS = tuple(t.name for t in ENTITY_TYPES)
#: What else the network says of a span that is a name: the role of hardware, and that the paper itself proposes it.
ASPECTS = (*(r.name for r in ROLES), "proposed")
#: All of the network's last axis.
OUTPUTS = LABELS + ASPECTS

#: How a piece is written (8 kinds) times what stands before it (nothing, a space, a line break).
SHAPES = 24

#: What the catalogue says of a piece, its gazetteer feature: nothing, or for each type whether a name begins with it
#: or goes on, and whether the name stands for itself or has other senses.
MARKS = 1 + 4 * len(LABELS)

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


class Known(NamedTuple):
    """A half-open span of characters where a name of the catalogue stands, its type, and whether it may mean else."""

    start: int
    end: int
    type: str
    ambiguous: bool = False


class Pieces(NamedTuple):
    """A text cut into wordpieces and words; `first` and `last` are the pieces that a word begins and ends with."""

    ids: Ints
    shapes: Ints
    marks: Ints
    first: Ints
    last: Ints
    starts: Ints  # character offsets of the words
    ends: Ints


def blocks(length: int, size: int) -> tuple[Ints, Ints]:
    """Blocks of `length` pieces for layers in which a piece sees its own block alone.

    The places of each block, (blocks, at most `size`), all equally long, so that neighbours may overlap; and for each
    piece where among all blocks' places, one after the other, it is found.

    >>> places, back = blocks(5, 4)
    >>> places.tolist(), back.tolist()
    ([[0, 1, 2], [2, 3, 4]], [0, 1, 3, 4, 5])
    """
    count = -(-length // size)
    each = -(-length // count)
    starts = np.arange(count) * (length - each) // max(count - 1, 1)
    places = starts[:, None] + np.arange(each)
    back = np.empty(length, np.int64)
    back[places] = np.arange(count * each).reshape(places.shape)
    return places, back


def shape(text: str, before: str) -> int:
    """The shape id of a piece as written, given the character before it ("" at the start of the text).

    >>> [shape(word, "a") for word in ("latency", "Vision", "GPU", "mAP", "100", "7b", "-")]
    [1, 2, 3, 4, 5, 6, 7]
    """
    if not text:
        kind = 0
    elif text.isalpha():
        kind = 1 if text.islower() else 3 if text.isupper() else 2 if text.istitle() else 4
    elif text.isdigit():
        kind = 5
    else:
        kind = 6 if text.isalnum() else 7
    return kind + (16 if before in ("", "\n") else 8 if before.isspace() else 0)


def cut(text: str, tokenizer: Tokenizer, known: Iterable[Known] = ()) -> Pieces:
    """The pieces of a text of any length, without special tokens; `known` are the catalogue's names in it."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = encoding.offsets
    shapes = [shape(text[a:b], text[a - 1 : a]) for a, b in offsets]
    first: list[int] = []
    last: list[int] = []
    previous = None
    for index, word in enumerate(encoding.word_ids):
        if word != previous:
            first.append(index)
            last.append(index)
            previous = word
        else:
            last[-1] = index
    starts, ends = [offsets[i][0] for i in first], [offsets[i][1] for i in last]
    marks = [0] * len(offsets)
    for start, end, type_, ambiguous in sorted(known, key=lambda k: (k.end - k.start, k)):  # the longest name stands
        i, j = bisect_left(starts, start), bisect_left(ends, end)
        if i <= j < len(ends) and starts[i] == start and ends[j] == end:
            mark = 1 + 4 * LABELS.index(type_) + 2 * ambiguous
            marks[first[i] : last[j] + 1] = [mark] + [mark + 1] * (last[j] - first[i])
    return Pieces(*(np.array(x, np.int64) for x in (encoding.ids, shapes, marks, first, last, starts, ends)))
