"""A BERT encoder in torch: published weights in, one vector for each wordpiece out.

In: a folder with `config.json` and `model.safetensors` of a BERT-like model (MiniLM, bge-small) and token ids.
Out: the last hidden states. Assumes the key names of the published checkpoints; the pooler is left out.
Only what training needs, so that the one dependency is torch; exported, attention is one operation of onnxruntime.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

_RENAMED = (
    ("encoder.layer.", "layers."),
    ("attention.self.", ""),
    ("attention.output.dense", "attended"),
    ("attention.output.LayerNorm", "norm1"),
    ("intermediate.dense", "wide"),
    ("output.dense", "narrow"),
    ("output.LayerNorm", "norm2"),
    ("embeddings.word_embeddings", "words"),
    ("embeddings.position_embeddings", "positions"),
    ("embeddings.token_type_embeddings", "segments"),
    ("embeddings.LayerNorm", "norm"),
)


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one pool of random bits: drawing them anew takes a tenth of a step."""

    _pools: ClassVar[dict[float, Tensor]] = {}

    def __init__(self, rate: float, size: int = 1 << 22) -> None:
        super().__init__()
        self.rate, self.size = rate, size

    def forward(self, x: Tensor) -> Tensor:
        """`x` with a share of `rate` of its numbers set to zero, the others scaled up; unchanged outside training."""
        if not self.training or self.rate == 0:
            return x
        if self.rate not in self._pools:
            self._pools[self.rate] = (torch.rand(self.size) >= self.rate).to(torch.bfloat16) / (1 - self.rate)
        pool, wanted = self._pools[self.rate], x.numel()
        start = int(torch.randint(0, self.size, ()))
        taken = pool.roll(-start) if wanted + start > self.size else pool[start:]
        if wanted > taken.numel():
            taken = taken.repeat(wanted // taken.numel() + 1)
        return x * taken[:wanted].view_as(x).to(x.dtype)


def attention(q: Tensor, k: Tensor, v: Tensor, heads: int, mask: Tensor | None = None) -> Tensor:
    """What each piece sees of the others: all tensors but `mask` are (batch, pieces, width)."""
    size, length, width = q.shape
    q, k, v = (x.view(size, length, heads, width // heads).transpose(1, 2) for x in (q, k, v))
    scores = torch.matmul(q * (width // heads) ** -0.5, k.transpose(2, 3))
    if mask is not None:
        scores = scores + mask.to(q.dtype)
    return torch.matmul(torch.softmax(scores, -1), v).transpose(1, 2).reshape(size, length, width)


class Unmasked(torch.autograd.Function):
    """Attention over all pieces, one operation of onnxruntime: the packaged network reads one window a run."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        """As `attention`."""
        return attention(q, k, v, heads)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        """The operation of the runtime."""
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


class Layer(nn.Module):
    """Self-attention and a feed-forward block, each followed by layer normalisation."""

    def __init__(self, width: int, inner: int, heads: int, eps: float, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, PooledDropout(dropout)
        self.query, self.key, self.value, self.attended = (nn.Linear(width, width) for _ in range(4))
        self.wide, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` is (batch, pieces, width); `mask` (batch, 1, 1, pieces) is added to the attention scores."""
        parts = self.query(x), self.key(x), self.value(x)
        if torch.onnx.is_in_onnx_export():
            seen = Unmasked.apply(*parts, self.heads)  # type: ignore[no-untyped-call]
        else:
            seen = attention(*parts, self.heads, mask)
        x = self.norm1(x + self.dropout(self.attended(seen)))
        out: Tensor = self.norm2(x + self.dropout(self.narrow(functional.gelu(self.wide(x)))))
        return out


class Encoder(nn.Module):
    """The encoder of a published checkpoint, with embeddings of each wordpiece's shape and catalogue mark besides."""

    #: The lowest layers, of block-local attention, where a piece sees its own block alone: about half of its time.
    local = 3

    def __init__(self, config: dict[str, int | float], shapes: int, marks: int, dropout: float = 0.1) -> None:
        super().__init__()
        width, eps = int(config["hidden_size"]), float(config["layer_norm_eps"])
        self.width, self.dropout = width, PooledDropout(dropout)
        self.words = nn.Embedding(int(config["vocab_size"]), width)
        self.positions = nn.Embedding(int(config["max_position_embeddings"]), width)
        self.segments = nn.Embedding(2, width)
        self.shapes, self.marks = nn.Embedding(shapes, width), nn.Embedding(marks, width)
        self.norm = nn.LayerNorm(width, eps)
        inner, heads = int(config["intermediate_size"]), int(config["num_attention_heads"])
        self.layers = nn.ModuleList(
            Layer(width, inner, heads, eps, dropout) for _ in range(int(config["num_hidden_layers"]))
        )
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.marks.weight)

    def forward(self, ids: Tensor, shapes: Tensor, marks: Tensor, mask: Tensor, blocks: Tensor, back: Tensor) -> Tensor:
        """Hidden states (batch, pieces, width) of the ids of pieces, shapes and marks, and a mask of ones and zeros.

        `blocks` and `back` are the places of the blocks and of the pieces in them, by `kg.model.spans.blocks`.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        x: Tensor = self.words(ids) + self.positions(places) + self.segments.weight[0] + self.shapes(shapes)
        x = x + self.marks(marks)
        x = self.dropout(self.norm(x))
        added = (1.0 - mask.to(x.dtype)) * -1e4
        x, near = x[:, blocks].flatten(0, 1), added[:, blocks].flatten(0, 1)
        for layer in self.layers[: self.local]:
            x = layer(x, near[:, None, None, :])
        x = x.reshape(ids.shape[0], -1, self.width)[:, back]
        for layer in self.layers[self.local :]:
            x = layer(x, added[:, None, None, :])
        return x


def load_encoder(folder: Path, shapes: int, marks: int, dropout: float = 0.1) -> Encoder:
    """The encoder with the weights in `folder`; all but those of shapes and marks must be there (RuntimeError)."""
    encoder = Encoder(json.loads((folder / "config.json").read_text("utf8")), shapes, marks, dropout)
    weights = {}
    for key, value in load_file(folder / "model.safetensors").items():
        for old, new in _RENAMED:
            key = key.replace(old, new)
        if not key.startswith("pooler") and "position_ids" not in key:
            weights[key] = value
    weights |= {"shapes.weight": encoder.shapes.weight.data, "marks.weight": encoder.marks.weight.data}
    encoder.load_state_dict(weights)
    return encoder
