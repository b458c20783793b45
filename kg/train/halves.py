"""One training step on two processes: the second computes the gradient of half of each batch.

In: a tagger, whose weights move to memory that both processes share. Out: gradients, summed in the first process. Two
processes with one thread each meet once a step; two threads in one process meet at every product, which on a machine
that does other work at the same time is three times slower.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

import torch
from torch import multiprocessing

from kg.train.gold import Example
from kg.train.network import Tagger

#: Examples in, loss out; leaves the gradients in the tagger.
Gradient = Callable[[Tagger, Sequence[Example]], float]


class Halves:
    """Computes gradients of a batch on two processes (or one, with `workers=1`). Use as a context manager."""

    def __init__(self, tagger: Tagger, gradient: Gradient, seed: int, workers: int = 2) -> None:
        self.tagger, self.gradient, self.workers = tagger, gradient, workers
        if workers < 2:
            return
        tagger.share_memory()
        self.shared = [torch.zeros_like(p).share_memory_() for p in tagger.parameters()]  # type: ignore[no-untyped-call]
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        arguments = (tagger, self.shared, gradient, other, seed + 1)
        self.process = context.Process(target=_work, args=arguments, daemon=True)
        self.process.start()

    def __enter__(self) -> Halves:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.workers > 1:
            if error is None:
                self.pipe.send(None)
            else:  # it may be gone, and what is raised shall be seen
                self.process.terminate()
            self.process.join(60)

    def step(self, part: Sequence[Example]) -> float:
        """Leave the mean gradient of the batch in the tagger's parameters and give the loss."""
        if self.workers < 2 or len(part) < 2:
            return self.gradient(self.tagger, part)
        self.pipe.send(part[1::2])
        loss = self.gradient(self.tagger, part[::2])
        loss += float(self.pipe.recv())
        with torch.no_grad():
            for parameter, other in zip(self.tagger.parameters(), self.shared, strict=True):
                if parameter.grad is not None:
                    parameter.grad.add_(other).mul_(0.5)
        return loss / 2


def _work(
    tagger: Tagger, shared: list[torch.Tensor], gradient: Gradient, pipe: Connection[Any, Any], seed: int
) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    tagger.train()
    while (part := pipe.recv()) is not None:
        loss = gradient(tagger, part)
        with torch.no_grad():
            for parameter, out in zip(tagger.parameters(), shared, strict=True):
                if parameter.grad is not None:
                    out.copy_(parameter.grad)
                    parameter.grad = None
        pipe.send(loss)
