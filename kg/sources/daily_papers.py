"""The text of a Daily Papers page: a few header lines, then title and abstract as paragraphs in turn.

Paragraphs are parted by blank lines. The page names no ids, years or authors. A title that another title follows has
lost its abstract, and is set aside alone; so is a long paragraph where a title should stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.sources.base import Bad, Raw, excerpt, lines

_HEADER = re.compile(
    r"(?i)new|get trending papers in your email inbox!|subscribe|daily papers|by\s?AK and the research community"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* [0-9]{1,2}(?:, [0-9]{4})?"
)
_TITLE = 300  # characters; the longest of 242 titles had 169, the shortest abstract 1,373
_FORMAT_HINT = "a daily-papers text has the title and the abstract of each paper as two paragraphs"


def recognise(head: str) -> bool:
    """Whether the beginning of a text has the page's header."""
    return any(line.strip().lower() == "daily papers" for line in head[:2000].splitlines())


def read(stream: BinaryIO) -> Iterator[Raw | Bad]:
    """Each paper, with the line of its title."""
    title: tuple[int, str] | None = None
    waiting: tuple[int, str] | None = None  # may be a title whose own abstract comes next, or a short abstract
    for line, paragraph in _paragraphs(stream):
        if waiting and title:
            if len(paragraph) > _TITLE and len(waiting[1]) <= _TITLE:
                yield _without_abstract(title)
                title, waiting = waiting, None
            else:
                yield _paper(title, waiting[1])
                title, waiting = None, None
        if title is None:
            if len(paragraph) > _TITLE:
                yield Bad(line, "a paper without a title: a long paragraph where a title should stand", _FORMAT_HINT,
                          excerpt(paragraph))  # fmt: skip
            else:
                title = line, paragraph
        elif len(paragraph) > _TITLE or paragraph.endswith((".", "!", "?")):
            yield _paper(title, paragraph)
            title = None
        else:
            waiting = line, paragraph
    if title and waiting:
        yield _paper(title, waiting[1])
    elif title:
        yield _without_abstract(title)


def _paper(title: tuple[int, str], abstract: str) -> Raw:
    return Raw(title[0], {"title": title[1], "abstract": abstract})


def _without_abstract(title: tuple[int, str]) -> Bad:
    return Bad(title[0], "a paper without an abstract: no paragraph of text follows the title", _FORMAT_HINT,
               excerpt(title[1]))  # fmt: skip


def _paragraphs(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Each paragraph but the header's, with the number of its first line; its lines are joined by spaces."""
    first, parts = 0, []  # type: int, list[str]
    for number, line in lines(stream):
        content = ("" if line is None else line).strip()
        if content and not (not parts and _HEADER.fullmatch(content)):
            first = first if parts else number
            parts.append(content)
        elif parts and not content:
            yield first, " ".join(parts)
            parts = []
    if parts:
        yield first, " ".join(parts)
