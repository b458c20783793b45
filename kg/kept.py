"""What a function says of words, kept: texts repeat words, and a look-up costs less than most functions of one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
#: As many as there are: for the terms of one export, of which each is made once.
ALL = sys.maxsize


class Kept(dict[K, V]):
    """A pure function as a dictionary that fills itself: `kept[word]`. Emptied when it holds `most` words.

    Faster than `functools.lru_cache`, which keeps the order of use and makes a call of each look-up.

    >>> lengths = Kept(len)
    >>> lengths["GPU"], dict(lengths)
    (3, {'GPU': 3})
    """

    def __init__(self, function: Callable[[K], V], most: int = 1 << 16) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._function(key)
        return value
