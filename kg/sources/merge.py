"""Duplicates become one paper, without holding texts in memory.

Two items are one paper where an identifier agrees (id, arXiv id, DOI), or where the normalised titles agree and no two
identifiers of one kind contradict each other. The first one's text stays. A duplicate adds its sources and what the
first one lacked; a duplicate with an identifier or title of a known paper but with a different text is set aside.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from kg.records import Paper, Rejected
from kg.sources.base import excerpt
from kg.text import lookup_key, short_hash


class Merger:
    """Takes papers one by one and says of each whether it is new.

    Kept for a paper are five numbers of 64 bits and its entries in an index; `later[n]` is what duplicates add to the
    n-th distinct paper, without its text.
    """

    def __init__(self) -> None:
        self.count = 0
        self.duplicates = 0
        self.later: dict[int, Paper] = {}
        self._index: dict[int, int] = {}  # hash of an identifier or of a title -> number of the paper
        self._texts = array("Q")
        self._ids = (array("Q"), array("Q"), array("Q"))  # arXiv id, DOI, the source's own id; 0 for none

    def distinct(self, items: Iterable[Paper | Rejected]) -> Iterator[Paper | Rejected]:
        """Every paper that is new, in order, and all that was or is set aside."""
        for item in items:
            if isinstance(item, Rejected):
                yield item
            elif (kept := self._add(item)) is not None:
                yield kept

    def complete(self, paper: Paper, number: int) -> Paper:
        """The n-th distinct paper with all that its duplicates added.

        Its sources name files as the user did, but of an absolute path only the file, so that the same files give
        the same tables wherever they lie.
        """
        later = self.later.get(number)
        whole = paper if later is None else _filled(paper, later)
        return msgspec.structs.replace(whole, sources=tuple(dict.fromkeys(map(_short, whole.sources))))

    def _add(self, paper: Paper) -> Paper | Rejected | None:
        ids = [_number(kind, value) for kind, value in zip(("arxiv", "doi", "own"), _identifiers(paper), strict=True)]
        title = _number("title", lookup_key(paper.title) or paper.title)
        text = _number("text", paper.text.casefold().split())
        number = next((self._index[each] for each in ids if each in self._index), None)
        if number is None and (same := self._index.get(title)) is not None:
            told_apart = any(
                one and other[same] and one != other[same] for one, other in zip(ids, self._ids, strict=True)
            )
            number = None if told_apart and text != self._texts[same] else same
        if number is None:
            return self._new(paper, ids, title, text)
        if text != self._texts[number]:
            return _aside(paper)
        self.duplicates += 1
        more = msgspec.structs.replace(paper, title="", abstract="")
        self.later[number] = _filled(self.later[number], more) if number in self.later else more
        for each, known in zip(ids, self._ids, strict=True):
            if each:
                self._index.setdefault(each, number)
                known[number] = known[number] or each
        return None

    def _new(self, paper: Paper, ids: list[int], title: int, text: int) -> Paper:
        for each in (*ids, title):
            if each:
                self._index.setdefault(each, self.count)
        self._texts.append(text)
        for each, known in zip(ids, self._ids, strict=True):
            known.append(each)
        self.count += 1
        return paper


def merge(items: Iterable[Paper | Rejected]) -> tuple[list[Paper], list[Rejected]]:
    """The distinct papers with all their sources, and what was set aside: for as many papers as fit into memory."""
    merger = Merger()
    papers: list[Paper] = []
    aside: list[Rejected] = []
    for item in merger.distinct(items):
        if isinstance(item, Paper):
            papers.append(item)
        else:
            aside.append(item)
    return [merger.complete(paper, number) for number, paper in enumerate(papers)], aside


def _identifiers(paper: Paper) -> tuple[str | None, str | None, str | None]:
    made = paper.id.startswith(("title:", "arxiv:", "doi:"))
    return paper.arxiv, paper.doi, None if made else paper.id


def _number(kind: str, value: str | list[str] | None) -> int:
    if not value:
        return 0
    return int(short_hash(f"{kind}:{value if isinstance(value, str) else ' '.join(value)}", 16), 16)


def _filled(first: Paper, more: Paper) -> Paper:
    """The first paper with the other's sources, and with its fields where the first has none."""
    fields = ("year", "date", "url", "doi", "arxiv", "authors", "categories")
    lacking = {name: getattr(more, name) for name in fields if not getattr(first, name)}
    sources = tuple(sorted({*first.sources, *more.sources}, key=_place))
    return msgspec.structs.replace(first, sources=sources, **lacking)


def _short(source: str) -> str:
    path, _, line = source.rpartition(":")
    return f"{Path(path).name}:{line}" if Path(path).is_absolute() else source


def _place(source: str) -> tuple[str, int]:
    file, _, line = source.rpartition(":")
    return file, int(line)


def _aside(paper: Paper) -> Rejected:
    file, line = _place(paper.sources[-1])
    return Rejected(
        file,
        line,
        f"another paper has the id {paper.id!r} or the title, and a different text",
        "the first text was kept; give this one an id of its own if it is another paper, or remove one of the two",
        excerpt(paper.title),
    )
