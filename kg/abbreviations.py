"""Text -> pairs of a long form and its abbreviation: "large language models (LLMs)".

After Schwartz and Hearst (2003): every character of the short form stands in the long form, in order, the first at the
start of a word; the long form has at most min(n + 5, 2n) words for n characters. Where as many words as the short form
has letters begin with these letters, they are the long form ("Proximal Policy Optimization (PPO)").
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Pair(NamedTuple):
    """Half-open character spans of the long form and of the short one."""

    long_start: int
    long_end: int
    short_start: int
    short_end: int


# LaTeX emphasis and quotes may stand around the short form; "e.g." and numbers are none.
_SHORT = re.compile(
    r"[ \n-]\(\s*(?:[\"'“‘]|\\[a-z]+\{)*([A-Za-z0-9Α-ω][A-Za-z0-9Α-ω&/.+^-]{0,13}[A-Za-z0-9+*]|[A-Z])"
    r"(?:[\"'”’}]*)(?=\s*[),;:])"
)
_WORD = re.compile(r"[^\s()\[\],;:]+")
_BREAK = re.compile(r"[.!?]\s|[;:()\n]")
_LEADS = frozenset(
    ["a", "an", "the", "of", "in", "on", "for", "to", "and", "or", "with", "by", "via", "our", "this", "these", "we",
     "its", "as", "is", "are", "from", "using", "both"]
)  # fmt: skip
_INSIDE = re.compile(r"\s\(([A-Za-z][^()]{4,80}?)[),;]")  # what stands in brackets after an abbreviation


def pairs(text: str) -> list[Pair]:
    """The pairs of a text, by place.

    >>> text = "We quantise large language models (LLMs) with low-rank adaptation (LoRA)."
    >>> [(text[a:b], text[c:d]) for a, b, c, d in pairs(text)]
    [('large language models', 'LLMs'), ('low-rank adaptation', 'LoRA')]
    """
    return [pair for match in _SHORT.finditer(text) if (pair := _pair(text, match))]


def long_form(text: str, short: str) -> str | None:
    """What a text says that the abbreviation stands for, before it or in brackets after it; None where it does not.

    Where it says two things, neither counts. The plural of the abbreviation is found with it.

    >>> long_form("Retrieval-augmented generation (RAG) helps.", "RAG")
    'Retrieval-augmented generation'
    >>> long_form("Our SPL (Structured Prompt Language) is small.", "SPL")
    'Structured Prompt Language'
    >>> long_form("Our RAG helps.", "RAG")
    """
    beside = (f"({short}", f"{{{short}", f'"{short}', f"'{short}", f"{short} (", f"{short}s (")
    if not any(words in text for words in beside):
        return None  # as most papers do not
    found: dict[str, str] = {}
    at = text.find(short)
    while at >= 0:
        before, end = text[at - 1 : at], at + len(short)
        if before in ("(", "{", '"', "'"):
            match = _SHORT.search(text, max(at - 14, 0), min(end + 8, len(text)))
            pair = _pair(text, match) if match and match.start(1) == at else None
            if pair:
                said = text[pair.long_start : pair.long_end]
                found.setdefault(" ".join(said.split()).lower(), " ".join(said.split()))
        elif (inside := _INSIDE.match(text, end + text.startswith("s", end))) and not before.isalnum():
            said = " ".join(inside[1].split())
            if _initials(said, short.lower()):
                found.setdefault(said.lower(), said)
        at = text.find(short, end)
    return next(iter(found.values())) if len(found) == 1 else None


def _initials(long: str, letters: str) -> bool:
    """Whether the words of a name begin with these letters, in order."""
    return len(letters) > 1 and [w[0] for w in re.split(r"[\s-]+", long.lower()) if w] == [*letters]


def _pair(text: str, match: re.Match[str]) -> Pair | None:
    short = match[1]
    letters = sum(c.isalpha() for c in short)
    if not letters or not any(c.isupper() for c in short) or len(short) < 2:
        return None
    end = match.start()
    start = _long_start(text, end, short)
    return None if start is None else Pair(start, end, *match.span(1))


def _long_start(text: str, end: int, short: str) -> int | None:
    """Where the long form before `end` begins, or None where the letters do not fit."""
    characters = [c for c in short.lower() if c.isalnum()]
    if short.endswith("s") and len(short) > 2 and short[-2].isupper():
        characters = characters[:-1]
    window = max(0, end - 30 * len(characters) - 40)
    for stop in _BREAK.finditer(text, window, end):
        window = stop.end()
    spans = [m.span() for m in _WORD.finditer(text, window, end)]
    spans = spans[-min(len(characters) + 5, 2 * len(characters)) :]
    if not spans:
        return None
    floor = spans[0][0]
    low = text[floor:end].lower()
    if len(low) != end - floor:  # a letter whose lower case is longer; such texts are rare, offsets come first
        low = text[floor:end]
    initials = spans[-len(characters) :]
    led = text[slice(*initials[0])].lower() in _LEADS
    if len(characters) > 2 and not led and [low[s - floor] for s, _ in initials] == characters:
        return initials[0][0]
    at = end - 1
    for index in range(len(characters) - 1, -1, -1):
        wanted = characters[index]
        while at >= floor and (
            low[at - floor] != wanted
            or (index == 0 and at > floor and (low[at - 1 - floor].isalnum() or low[at - 1 - floor] == "'"))
        ):
            at -= 1
        if at < floor:
            return None
        at -= 1
    start = at + 1
    while start > floor and not text[start - 1].isspace() and text[start - 1] not in "([{\"'“/":
        start -= 1  # the whole word: "pre-training" for PT
    first = _WORD.match(text, start)
    if first is None or first[0].lower() in _LEADS or text[start:end].strip() == short:
        return None
    return start
