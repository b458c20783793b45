"""The tagger in torch: an encoder and a span head, and the batches that it reads.

In: a `Batch` of padded wordpieces and words. Out: logits (batch, words, WIDTHS, labels): how sure the network is that
the span which begins at a word and has so many more words is a name of the type. One sigmoid a type, so that names may
nest ("GPU" in "GPU memory usage") and types that a corpus does not annotate can be masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.model.spans import LABELS, OUTPUTS, Pieces, blocks
from kg.train.encoder import Encoder
from kg.train.gold import Example

#: Longest span, in words.
WIDTHS = 8
#: Pieces of a block of the encoder's lower layers.
BLOCK = 128


class Batch(NamedTuple):
    """Padded inputs: ids, shapes, marks and mask by piece, blocks of these and back, first and last piece by word."""

    ids: Tensor
    shapes: Tensor
    marks: Tensor
    mask: Tensor
    blocks: Tensor
    back: Tensor
    first: Tensor
    last: Tensor


class Tagger(nn.Module):
    """Encoder, then for each span: a sum of what its first word, its last word and its width say."""

    def __init__(self, encoder: Encoder, hidden: int = 160, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        self.start, self.end = nn.Linear(encoder.width, hidden), nn.Linear(encoder.width, hidden)
        self.inside = nn.Linear(encoder.width, hidden)
        self.widths = nn.Embedding(WIDTHS, hidden)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(hidden, len(OUTPUTS))
        nn.init.constant_(self.out.bias, -5.0)
        nn.init.zeros_(self.out.bias[len(LABELS) :])
        nn.init.normal_(self.widths.weight, std=0.02)

    def forward(self, *parts: Tensor) -> Tensor:
        """Logits (batch, words, WIDTHS, labels) of the parts of a `Batch`; spans that pass the end mean nothing."""
        *of_pieces, first, last = parts
        x = self.dropout(self.encoder(*of_pieces))
        width = x.shape[-1]
        begin = x.gather(1, first[:, :, None].expand(-1, -1, width))
        finish = x.gather(1, last[:, :, None].expand(-1, -1, width))
        total = self.inside(begin).float().cumsum(1)
        before = functional.pad(total, (0, 0, 1, 0))[:, :-1]
        count = torch.arange(1, WIDTHS + 1)[:, None]
        mean = (_following(total) - before[:, :, None]) / count
        pair = self.start(begin)[:, :, None] + _following(self.end(finish)) + mean + self.widths.weight
        logits: Tensor = self.out(self.dropout(functional.gelu(pair)))
        return logits


def _following(x: Tensor) -> Tensor:
    """(batch, words, width) -> (batch, words, WIDTHS, width): each word and the words after it, zeros past the end."""
    words = x.shape[1]
    padded = functional.pad(x, (0, 0, 0, WIDTHS))
    return torch.stack([padded[:, w : w + words] for w in range(WIDTHS)], 2)


def batch(pieces: Sequence[Pieces], begin: int, end: int) -> Batch:
    """Inputs of texts that each fit the window; `begin` and `end` are the ids of the special pieces around a text."""
    size, length, words = len(pieces), max(len(p.ids) for p in pieces) + 2, max(len(p.first) for p in pieces)
    ids, shapes, marks = (np.zeros((size, length), np.int64) for _ in range(3))
    first, last = (np.zeros((size, words), np.int64) for _ in range(2))
    mask = np.zeros((size, length), np.float32)
    for row, p in enumerate(pieces):
        n = len(p.ids)
        ids[row, 0], ids[row, 1 : n + 1], ids[row, n + 1] = begin, p.ids, end
        shapes[row, 1 : n + 1], marks[row, 1 : n + 1] = p.shapes, p.marks
        mask[row, : n + 2] = 1
        first[row, : len(p.first)], last[row, : len(p.last)] = p.first + 1, p.last + 1
    arrays = (ids, shapes, marks, mask, *blocks(length, BLOCK), first, last)
    return Batch(*(torch.from_numpy(a) for a in arrays))


def targets(examples: Sequence[Example], hardware: float = 1.0) -> tuple[Tensor, Tensor]:
    """Targets and weights (batch, words, WIDTHS, labels); weight 0 where nothing is known or no span can be.

    `hardware` multiplies the weights of hardware and of what else is asked of a name.
    """
    words = max(len(e.pieces.first) for e in examples)
    target = torch.zeros(len(examples), words, WIDTHS, len(OUTPUTS))
    weight = torch.zeros_like(target)
    for row, e in enumerate(examples):
        n = len(e.pieces.first)
        valid = (torch.arange(n)[:, None] + torch.arange(WIDTHS)[None, :] < n).float()
        for label in e.covered:
            weight[row, :n, :, label] = valid
        for i, j, label in e.unknown:
            if j - i < WIDTHS:
                weight[row, i, j - i, label] = 0
        for i, j, label in e.positive:
            if j - i < WIDTHS:
                target[row, i, j - i, label] = 1
                weight[row, i, j - i, label] = 1
        for i, j, aspect, holds in e.aspects:
            if j - i < WIDTHS:
                target[row, i, j - i, len(LABELS) + aspect] = float(holds)
                weight[row, i, j - i, len(LABELS) + aspect] = 1
    if hardware != 1.0:
        weight[..., LABELS.index("Hardware")] *= hardware
        weight[..., len(LABELS) :] *= hardware
    return target, weight
