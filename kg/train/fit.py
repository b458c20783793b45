"""The training loop: examples in, weights out.

One pass shuffles the examples into batches of similar length. The learning rate rises, then falls in a straight line;
lower layers learn slower; the weights that are kept are a moving average. Products run in bfloat16 where the processor
is made for it. Same seed, same thread count, same machine: same weights.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.train.gold import Example
from kg.train.halves import Halves
from kg.train.network import Batch, Tagger, batch, targets


@dataclass(frozen=True)
class Recipe:
    """How one stage trains. `layer_decay` multiplies the learning rate for each layer further from the head.

    `hardware` is the weight of hardware and of what else is asked of a name; `unmarked` the share of the catalogue's
    names that a text is read without, so that the network learns to do without them too; `adversarial` the length of
    the step of `Gradient`, 0 for none; with one, training takes twice the time.
    """

    epochs: float = 8
    batch_size: int = 8
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warm_up: float = 0.08
    weight_decay: float = 0.01
    average: float = 0.99
    hardware: float = 1.0
    unmarked: float = 0.1
    adversarial: float = 0.0
    seed: int = 0
    workers: int = 2


_EVERY = 4  # steps between updates of the moving average


def batches(examples: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """The examples in batches of similar length, in random order."""
    order = sorted(examples, key=lambda e: len(e.pieces.ids) + rng.uniform(-24, 24))
    cut = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(cut)
    return cut


def unmark(example: Example, share: float, rng: random.Random) -> Example:
    """The example without the marks of about that share of the catalogue's names."""
    marks = example.pieces.marks.copy()
    keep = True
    for k, mark in enumerate(marks.tolist()):
        if mark % 2:  # a name begins
            keep = rng.random() >= share
        if mark and not keep:
            marks[k] = 0
    return example._replace(pieces=example.pieces._replace(marks=marks))


def fit(
    tagger: Tagger,
    examples: Sequence[Example],
    recipe: Recipe,
    special: tuple[int, int],
    say: Callable[[str], None] = print,
) -> Tagger:
    """Train `tagger` in place and leave the averaged weights in it."""
    rng = random.Random(recipe.seed)  # noqa: S311 - a repeatable order, no secret
    torch.manual_seed(recipe.seed)
    plan: list[list[Example]] = []
    whole = int(recipe.epochs)
    for _ in range(whole + 1):
        plan += batches([unmark(e, recipe.unmarked, rng) for e in examples], recipe.batch_size, rng)
    steps = max(1, round(len(plan) / (whole + 1) * recipe.epochs))
    groups = _groups(tagger, recipe)
    optimizer = torch.optim.AdamW(groups, fused=True, betas=(0.9, 0.98))
    rates = [g["lr"] for g in groups]
    average = {k: v.detach().clone() for k, v in tagger.state_dict().items()}
    tagger.train()
    begun, total = time.monotonic(), 0.0
    with Halves(tagger, Gradient(special, recipe.hardware, recipe.adversarial), recipe.seed, recipe.workers) as halves:
        for step, part in enumerate(plan[:steps]):
            share = min((step + 1) / (recipe.warm_up * steps), (steps - step) / (steps * (1 - recipe.warm_up)))
            for group, rate in zip(groups, rates, strict=True):
                group["lr"] = rate * min(share, 1.0)
            optimizer.zero_grad(set_to_none=True)
            total += halves.step(part)
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimizer.step()
            if step % _EVERY == _EVERY - 1:
                decay = min(recipe.average, step / (step + 10))
                with torch.no_grad():
                    for key, value in tagger.state_dict().items():
                        average[key].lerp_(value, 1 - decay**_EVERY)
            if step % 25 == 24:
                say(f"step {step + 1}/{steps} loss {total / 25:.3f} {time.monotonic() - begun:.0f} s")
                total = 0.0
    tagger.load_state_dict(average)
    return tagger.eval()


@dataclass(frozen=True)
class Gradient:
    """The gradient of a batch: callable, and small enough to be sent to another process.

    With `adversarial` the batch is read a second time, the vectors of each text's wordpieces moved by a step of that
    length to where the loss grows fastest, and both gradients count (Miyato and others, Adversarial Training Methods
    for Semi-Supervised Text Classification, 2017).
    """

    special: tuple[int, int]
    hardware: float = 1.0
    adversarial: float = 0.0

    def __call__(self, tagger: Tagger, part: Sequence[Example]) -> float:
        """Leave the gradient in the tagger's parameters and give the loss."""
        if not self.adversarial:
            return self._backward(tagger, part)
        vectors: list[Tensor] = []

        def watch(_: nn.Module, __: object, out: Tensor) -> None:
            out.retain_grad()  # type: ignore[no-untyped-call]
            vectors.append(out)

        def move(_: nn.Module, __: object, out: Tensor) -> Tensor:
            return out + step

        with _hooked(tagger.encoder.words, watch):
            loss = self._backward(tagger, part)
        uphill = vectors[0].grad
        if uphill is None:
            raise AssertionError("the words' vectors have no gradient")
        step = self.adversarial * uphill / uphill.flatten(1).norm(dim=1).clamp(min=1e-9)[:, None, None]
        with _hooked(tagger.encoder.words, move):
            self._backward(tagger, part)
        return loss

    def _backward(self, tagger: Tagger, part: Sequence[Example]) -> float:
        with torch.autocast("cpu", torch.bfloat16):
            logits = tagger(*batch([e.pieces for e in part], *self.special))
        target, weight = targets(part, self.hardware)
        loss = functional.binary_cross_entropy_with_logits(logits.float(), target, weight, reduction="sum")
        loss = loss / (target * weight).sum().clamp(min=1.0)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.item()


@contextmanager
def _hooked(module: nn.Module, hook: Callable[..., Tensor | None]) -> Iterator[None]:
    handle = module.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


def _groups(tagger: Tagger, recipe: Recipe) -> list[dict[str, Any]]:
    layers = len(tagger.encoder.layers)
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in tagger.named_parameters():
        if not name.startswith("encoder."):
            rate = recipe.head_rate
        elif name.startswith("encoder.layers."):
            rate = recipe.encoder_rate * recipe.layer_decay ** (layers - 1 - int(name.split(".")[2]))
        elif "shapes" in name or "marks" in name:
            rate = recipe.head_rate
        else:
            rate = recipe.encoder_rate * recipe.layer_decay**layers
        decay = recipe.weight_decay if parameter.ndim > 1 else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return [{"params": p, "lr": rate, "weight_decay": decay} for (rate, decay), p in groups.items()]


def predict(tagger: Tagger, examples: Sequence[Example], special: tuple[int, int], size: int = 16) -> dict[str, Tensor]:
    """Probabilities (words, WIDTHS, labels) of each example by its id; spans past the end of the text are zero."""
    out: dict[str, Tensor] = {}
    order = sorted(examples, key=lambda e: len(e.pieces.ids))
    tagger.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for k in range(0, len(order), size):
            part = order[k : k + size]
            inputs: Batch = batch([e.pieces for e in part], *special)
            logits = tagger(*inputs).float()
            for row, e in enumerate(part):
                n = len(e.pieces.first)
                chances = logits[row, :n].sigmoid()
                widths = torch.arange(chances.shape[1])
                chances[torch.arange(n)[:, None] + widths[None, :] >= n] = 0
                out[e.id] = chances
    return out
