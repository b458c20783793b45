"""Names -> every place where a text has one of them, in one walk over its tokens.

A trie over lower-case tokens. Hyphens, LaTeX's ties and single line breaks between tokens do not count ("state-space
model" is "state space model"), nor do plural endings of the last word. What may not be read across cases is guarded by
the name itself: `exact` names match only as written ("RAG", "Mamba" in a text of snakes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from kg.extract.tables import words
from kg.extract.tokens import Tokens
from kg.kept import Kept

T = TypeVar("T")
_TOKEN = re.compile(r"[^\W_]+(?:\.[0-9]+)*|\S").findall
_GLUE = frozenset("-‐‑‒–−_")
_JOIN = _GLUE | {"\n", "~"}
_APOSTROPHES = frozenset("'’")
#: First parts that are written with and without a hyphen: co-processor, multi-core, pre-training, data-center.
_PREFIXES = words(
    "co pre post multi many fine micro super hyper sub inter intra non data on off speed auto meta run web"
)
_END = ""  # key of a node's payloads; no token is empty


class Hit(NamedTuple, Generic[T]):
    """Half-open token span and what the trie knows of it."""

    first: int
    last: int
    value: T


class Matcher(Generic[T]):
    """Immutable after building; `find` is the one pass. `root` is plain data, which can be kept in a file."""

    def __init__(self, names: Iterable[tuple[str, bool, T]]) -> None:
        """Each name, whether it must stand as written, and what to report for it."""
        self.root: dict[str, Any] = {}
        self._values: list[T] = []
        for number, (name, exact, value) in enumerate(names):
            self._values.append(value)
            for parts in _spellings(name):
                node = self.root
                for part in parts:
                    node = node.setdefault(part.lower(), {})
                node.setdefault(_END, []).append((name if exact else "", number))

    @classmethod
    def of(cls, root: dict[str, Any], values: list[T]) -> Matcher[T]:
        """The matcher whose `root` was kept, and what it reports for each name in the order in which they came."""
        made = cls(())
        made.root, made._values = root, values
        return made

    def find(self, tokens: Tokens) -> Iterator[Hit[T]]:
        """Every match, by start and then by length, overlapping ones too."""
        lower, count = tokens.lower, len(tokens.lower)
        for first, node in [(k, node) for k, node in enumerate(map(self.root.get, lower)) if node is not None]:
            at = first + 1
            while node is not None:
                if _END in node:
                    for exact, number in node[_END]:
                        if not exact or same_case(exact, "".join([tokens.word(k) for k in range(first, at)])):
                            yield Hit(first, at, self._values[number])
                if at >= count:
                    break
                word = lower[at]
                step = node.get(word)
                if step is None and at + 1 < count:
                    if word in _JOIN:
                        at += 1
                        step = node.get(lower[at])
                    elif word in _APOSTROPHES and at + 2 < count and lower[at + 1] == "s":  # "Intel's Loihi"
                        at += 2
                        step = node.get(lower[at])
                node = step
                at += 1


_NOT_COUNTED = re.compile(r"[\s‐-−_-]")
_bare = Kept[str, str](lambda name: _NOT_COUNTED.sub("", name))


def same_case(name: str, found: str) -> bool:
    """Whether the letters are written alike, spaces, dashes and a plural s aside.

    >>> same_case("RAG", "RAGs"), same_case("RAG", "rag"), same_case("Flash Attention", "Flash-Attention")
    (True, False, True)
    """
    if name == found:
        return True
    a, b = _bare[name], _bare[found]
    return a == b or a + "s" == b or a == b + "s"


def _spellings(name: str) -> set[tuple[str, ...]]:
    """The token sequences under which a name is found: plural and singular, "ResNet50" and "ResNet-50"."""
    parts = [p for p in _TOKEN(name) if p not in _GLUE]
    if not parts:
        return set()
    forms = {tuple(parts)}
    forms |= {glued for form in list(forms) if (glued := _glue(form))}
    forms |= {(parts[0] + parts[1], *parts[2:])} if len(parts) > 1 and parts[0].lower() in _PREFIXES else set()
    forms |= {split for form in list(forms) if (split := _split(form))}
    return forms | {(*form[:-1], other) for form in forms for other in _numbers(form[-1])}


def _glue(parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """ResNet-50 -> ResNet50: a name's last number may stand glued to it."""
    if len(parts) >= 2 and parts[-1][0].isdigit() and len(parts[-2]) >= 2 and parts[-2].isalpha():
        return (*parts[:-2], parts[-2] + parts[-1])
    return None


def _split(parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """ResNet50 -> ResNet 50, where the letters are three or more: "A 100" is not an A100."""
    match = re.fullmatch(r"([^\W\d_]{3,})([0-9][0-9.]*[a-zA-Z]*)", parts[-1])
    return (*parts[:-1], match[1], match[2]) if match else None


def _numbers(word: str) -> list[str]:
    """The other number of a noun; empty where a trailing s is none (loss, Keras, CPU-less words)."""
    low = word.lower()
    if len(word) < 2 or not low[-1].isalnum():
        return []
    if low.endswith("ies") and len(low) > 4:
        return [word[:-3] + "y"]
    if low.endswith(("ches", "shes", "xes", "sses")):
        return [word[:-2], word[:-1]]
    if low.endswith("s"):
        return [word[:-1]] if len(low) > 3 and not low.endswith(("ss", "us", "is")) else []
    if low.endswith("y") and low[-2] not in "aeiou":
        return [word[:-1] + "ies"]
    if low.endswith(("ch", "sh", "x")):
        return [word + "es"]
    return [word + "s"]
