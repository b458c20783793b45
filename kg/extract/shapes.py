"""Words that can only be names, by their shape: "FlashX", "GPT-4o", "Qwen3-30B-A3B", "Knowledge Diffusion".

In: a text. Out: spans, longest first at each place. A name has a capital or a digit inside, or is a run of capitalised
words within a sentence. What kind of thing it names is the scorer's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A word with a capital after its first letter, a digit beside a letter, or Greek; parts joined by hyphens and the like.
_PART = r"[^\W_]+(?:\.[0-9]+)*\+*"
_INNER = r"(?=[^\W_]*(?:[^\W_a-z0-9][^\W_]*[A-Z]|[a-z0-9][A-Z]|[A-Za-z][0-9]|[0-9][A-Za-z]))"
_NAME = rf"(?:{_INNER}{_PART}(?:[-/@][^\W_]+(?:\.[0-9]+)*)*|[A-Z][a-z]+-{_INNER}{_PART}(?:-{_PART})*|[A-Z][a-z]*-[0-9][\w.]*\w)"
_VERSION = r"(?:[ -](?:[vV]?[0-9]+(?:\.[0-9]+)?[A-Za-z]{0,2}|[0-9.]+[BM]|Pro|Max|Ultra|Mini|mini|Nano|Large|Small|Base|Flash|Turbo|Instruct))*"
SHAPE = re.compile(
    rf"(?<![\w.\-/\\])(?:{_NAME}{_VERSION}|[A-Z][a-z]+(?: v?[0-9]+(?:\.[0-9]+)?[A-Za-z]?\b)+{_VERSION})(?![\w])"
)
_TITLE_WORD = r"[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
RUN = re.compile(rf"(?<=[a-z,(] ){_TITLE_WORD}(?: (?:(?:of|for|and|with|in|to|as) )?{_TITLE_WORD})+")
_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th|x|X|k|K|M|B|D|s|ms|nm|GB|MB|TB|W|V|Hz|MHz|GHz|bit|fps|FPS|mW|kB|KB)?$")


def shapes(text: str, abstract: int) -> Iterator[tuple[int, int]]:
    """Half-open spans of name-like words; runs of capitals only from `abstract` on, for titles capitalise everything.

    >>> text = "we train FlashX and Qwen3-30B-A3B on ImageNet by Knowledge Diffusion"
    >>> [text[a:b] for a, b in shapes(text, 0)]
    ['FlashX', 'Qwen3-30B-A3B', 'ImageNet', 'Knowledge Diffusion']
    """
    for match in SHAPE.finditer(text):
        if not _ORDINAL.fullmatch(match[0]):
            yield match.span()
    for match in RUN.finditer(text, abstract):
        yield match.span()
