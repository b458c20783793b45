"""Words that can only be names, by their shape: "FlashX", "GPT-4o", "Qwen3-30B-A3B", "Knowledge Diffusion".

In: the tokens of a text. Out: spans in characters. A name has a capital or a digit inside, with what is glued to it and
the version that follows; or it is a run of capitalised words within a sentence. What kind of thing it names is the
scorer's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.tables import words
from kg.extract.tokens import Tokens
from kg.kept import Kept

_INNER = re.compile(r"[^\W_]*?(?:[^\W\d_][A-Z]|[A-Za-z][0-9]|[0-9][A-Za-z]|[Α-ω][^\W_])[^\W_.]*(?:\.[0-9]+)*")
_QUANTITY = re.compile(
    r"[0-9][0-9.]*(?:st|nd|rd|th|[a-zµ]{1,2}|[xXkKMBDTPWVs]|[A-Zkm]?Hz|[kKMGTP]i?B|bits?|fps|FPS|m[WsJ])?"
)
_VERSION = re.compile(r"[vV]?[0-9]+(?:\.[0-9]+)?[A-Za-z]{0,2}|[0-9.]+[BM]")
_SIZES = words("Pro Max Ultra Mini mini Nano Large Small Base Flash Turbo Instruct Lite Tiny XL")
_GLUE = frozenset("-/‐‑–+")
_INSIDE = words("of for in")


def kind(word: str) -> int:
    """2 for a word that is a name by itself, 1 for a capitalised word, 0 for any other."""
    if word.islower() or not word[0].isalnum() or _QUANTITY.fullmatch(word):
        return 0
    if _INNER.fullmatch(word):
        return 2
    return 1 if word[0].isupper() else 0


_KINDS = Kept[str, int](kind)


def shapes(t: Tokens, abstract: int) -> Iterator[tuple[int, int]]:
    """Half-open spans of name-like words; runs of capitals only from `abstract` on, for titles capitalise everything.

    >>> from kg.extract.tokens import read
    >>> text = "we train FlashX and Qwen3-30B-A3B on Llama 3.1 8B by Knowledge Diffusion"
    >>> [text[a:b] for a, b in shapes(read(text), 0)]
    ['FlashX', 'Qwen3-30B-A3B', 'Llama 3.1 8B', 'Knowledge Diffusion']
    """
    starts, ends, word, count = t.starts, t.ends, t.word, len(t.starts)
    kinds = {number: found for number in t.named if (found := _KINDS[word(number)])}
    past = 0
    for at, found in kinds.items():
        if at < past:
            continue
        last, named, many = at, found == 2, 1
        while last + 1 < count:
            gap = starts[last + 1] - ends[last]
            if gap > 1:
                break
            following = word(last + 1)
            if gap == 0 and following in _GLUE:
                if last + 2 < count and starts[last + 2] == ends[last + 1] and word(last + 2)[0].isalnum():
                    named = named or last + 2 in kinds or word(last + 2)[0].isdigit()
                    last += 2
                    continue
                if following == "+":
                    last, named = last + 1, True
                    continue
                break
            if gap == 1 and (_VERSION.fullmatch(following) or (named and following in _SIZES)):
                named = named or not following.isdigit() or found == 1
                last += 1
                continue
            break
        if named:
            yield starts[at], ends[last]
        run = last
        while run + 1 < count and starts[run + 1] - ends[run] == 1:  # capitals side by side, "of" between them
            step = run + 1
            if step + 1 < count and starts[step + 1] - ends[step] == 1 and word(step) in _INSIDE:
                step += 1
            if step not in kinds:
                break
            run, many = step, many + 1
            while run + 2 < count and starts[run + 2] == ends[run] + 1 and word(run + 1) in _GLUE:
                run += 2
        if many > 1 and starts[at] >= abstract and _inside(t, at):
            yield starts[at], ends[run]
        past = max(last, run if many > 1 and not named else last) + 1


def _inside(t: Tokens, at: int) -> bool:
    """Whether a word stands within a sentence: after a word in small letters, a comma or a bracket."""
    if at == 0 or t.starts[at] - t.ends[at - 1] != 1:
        return False
    before = t.word(at - 1)
    return before.islower() or before in ",("
