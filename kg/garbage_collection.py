"""Garbage collection, kept from looking through hundreds of thousands of new objects again and again."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

_RARE = (50_000, 20, 100)  # objects; collections of the generation before


@contextlib.contextmanager
def rare() -> Iterator[None]:
    """Within it, collection is rare: a build, or reading a catalogue, makes many objects that live on."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARE)
    try:
        yield
    finally:
        gc.set_threshold(*before)
