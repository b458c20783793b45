"""Paths in, papers out, one after the other: nothing but the item at hand is held in memory.

What cannot be read (an item, a file, a path) comes out as `Rejected` in its place, and reading goes on.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.records import Paper, Rejected
from kg.sources.base import Bad
from kg.sources.fields import paper, rejected
from kg.sources.files import STDIN, Missing, expand, open_stream
from kg.sources.formats import by_name, of_content
from kg.sources.sample import sample_papers


def read(
    paths: str | Path | Iterable[str | Path],
    format: str | None = None,  # noqa: A002 # the option's name
) -> Iterator[Paper | Rejected]:
    """The papers of files, folders and globs, or of standard input (`-`), as they stand: nothing is merged.

    `format` is a name of FORMATS; without it, each file's content decides. Raises ConfigurationError for an unknown
    format, and InputError at the end where not one paper could be read.
    """
    if format is not None:
        by_name(format)
    return _read([paths] if isinstance(paths, (str, Path)) else list(paths), format)


def _read(paths: list[str | Path], form: str | None) -> Iterator[Paper | Rejected]:
    read_any = False
    problems: list[Rejected] = []
    for name in expand(paths):
        for item in _file(name, form):
            if isinstance(item, Paper):
                read_any = True
            elif len(problems) < 3:
                problems.append(item)
            yield item
    if not read_any:
        why = (
            "; ".join(map(said, problems))
            or "no path was given (name files or folders of papers, or - for standard input)"
        )
        raise InputError(f"no paper could be read: {why}")


def said(item: Rejected) -> str:
    """A rejected item in one line, for a person.

    >>> said(Rejected("papers.csv", 3, "a paper without a title", "fill the field title"))
    'papers.csv:3: a paper without a title (fill the field title)'
    """
    place = item.file if item.line is None else f"{item.file}:{item.line}"
    return f"{place}: {item.reason} ({item.hint})"


def _file(name: str | Missing, form: str | None) -> Iterator[Paper | Rejected]:
    if isinstance(name, Missing):
        yield rejected(name.problem, name.name)
        return
    shown = "stdin" if name == STDIN else name
    if name == str(sample_papers()):
        shown = sample_papers().name  # the same bytes wherever the package is installed
    try:
        with open_stream(name) as stream:
            found = of_content(stream) if form is None else by_name(form)
            if isinstance(found, Bad):
                yield rejected(found, shown)
                return
            for item in found.read(stream):
                yield rejected(item, shown) if isinstance(item, Bad) else paper(item, shown)
    except (OSError, EOFError, zlib.error, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield rejected(Bad(None, f"cannot be read: {reason}", "check that the file is whole and may be read"), shown)
