"""Text -> pairs of a long form and its abbreviation: "large language models (LLMs)".

After Schwartz and Hearst (2003): every character of the short form stands in the long form, in order, the first at the
start of a word; the long form has at most min(n + 5, 2n) words for n characters. Both are names of one entity.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.tables import words
from kg.extract.tokens import text_of, tokens


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
_LEADS = words("a an the of in on for to and or with by via our this these we its as is are from using both")


def pairs(text: str) -> list[Pair]:
    """The pairs of a text, by place.

    >>> text = "We quantise large language models (LLMs) with low-rank adaptation (LoRA)."
    >>> [(text[a:b], text[c:d]) for a, b, c, d in pairs(text)]
    [('large language models', 'LLMs'), ('low-rank adaptation', 'LoRA')]
    """
    found = []
    for match in _SHORT.finditer(text):
        short = match[1]
        letters = sum(c.isalpha() for c in short)
        if not letters or not any(c.isupper() for c in short) or len(short) < 2:
            continue
        end = match.start()
        start = _long_start(text, end, short)
        if start is not None:
            found.append(Pair(start, end, *match.span(1)))
    return found


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
    low, floor = text.lower(), spans[0][0]
    if len(low) != len(text):  # a letter whose lower case is longer; such texts are rare, offsets come first
        low = text
    at = end - 1
    for index in range(len(characters) - 1, -1, -1):
        wanted = characters[index]
        while at >= floor and (
            low[at] != wanted or (index == 0 and at > floor and (low[at - 1].isalnum() or low[at - 1] == "'"))
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


@Language.factory("kg_abbreviations")
def make_abbreviations(nlp: Language, name: str) -> Any:
    """Factory of the abbreviation finder."""
    return set_pairs


def set_pairs(doc: Doc) -> Doc:
    """Keep the pairs in `doc.user_data["kg_abbreviations"]`, as lists of four offsets; token ends only."""
    t = tokens(doc)
    first, last = set(t.starts), set(t.ends)
    doc.user_data["kg_abbreviations"] = [
        list(p)
        for p in pairs(text_of(doc))
        if p.long_start in first and p.short_start in first and p.long_end in last and p.short_end in last
    ]
    return doc


def of(doc: Doc) -> list[Pair]:
    """The pairs that the component kept; empty where it did not run."""
    return [Pair(*four) for four in doc.user_data.get("kg_abbreviations", ())]
