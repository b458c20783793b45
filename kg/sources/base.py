"""What a format's reader gives, and reading text of any usual encoding line by line.

A reader is a function: binary stream in, `Raw` or `Bad` out, one an item of input, in the order of the file. It knows
its format and nothing of papers; `fields` makes papers of what it gives. Assumed: the stream can seek.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

LINE_LIMIT = 16_000_000  # characters; a longer line is no paper, and reading it whole would only fill the memory
EXCERPT = 120  # characters


class Raw(NamedTuple):
    """The fields of one paper as the file has them; `line` counts lines from 1, or rows where a format has no lines."""

    line: int
    fields: Mapping[str, object]


class Bad(NamedTuple):
    """An item that cannot be a paper: what is wrong and what to do next. `line` is None for the file as a whole."""

    line: int | None
    reason: str
    hint: str
    excerpt: str = ""


@contextmanager
def text(stream: BinaryIO, newline: str | None = None) -> Iterator[io.TextIOWrapper]:
    """The stream as text: UTF-8, or UTF-16 where a byte order mark says so; a malformed byte becomes U+FFFD."""
    mark = stream.read(2)
    stream.seek(0)
    encoding = "utf-16" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    reader = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=newline)
    try:
        yield reader
    finally:
        reader.detach()  # who opened the stream closes it


def lines(stream: BinaryIO, limit: int = LINE_LIMIT) -> Iterator[tuple[int, str | None]]:
    """Each line with its number from 1, without its end; None for a line of more than `limit` characters."""
    with text(stream) as reader:
        number = 0
        while line := reader.readline(limit + 1):
            number += 1
            if len(line) <= limit:
                yield number, line.rstrip("\n")
                continue
            while line and not line.endswith("\n"):
                line = reader.readline(limit)
            yield number, None


def excerpt(content: str) -> str:
    """The beginning of the content, for a message."""
    return content if len(content) <= EXCERPT else content[:EXCERPT] + "…"
