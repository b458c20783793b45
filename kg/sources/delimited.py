"""Tables as text: CSV, TSV, and files with semicolons or bars; the first row names the columns.

Quoted fields may hold line breaks. A row with more fields than columns is set aside, since nobody knows which is which.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from kg.sources.base import LINE_LIMIT, Bad, Raw, excerpt, text
from kg.sources.fields import missing

_DELIMITERS = ",\t;|"
_HINT = "quote fields that contain the delimiter or line breaks, and double the quotes inside them"


def recognise(head: str) -> bool:
    """Whether the first rows are short names and as many fields each."""
    rows = _split(head.splitlines()[:3], _delimiter(head))
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    return missing(rows[0]) is None or (len(rows[0]) == len(rows[1]) and all(0 < len(name) < 40 for name in rows[0]))


def read(stream: BinaryIO) -> Iterator[Raw | Bad]:
    """Each row, with the line on which it begins."""
    before = csv.field_size_limit(LINE_LIMIT)  # csv refuses fields of 128 kB; what is too long is for others to say
    try:
        with text(stream, newline="") as reader:
            head = reader.readline(LINE_LIMIT)
            reader.seek(0)
            yield from _rows(csv.reader(reader, delimiter=_delimiter(head)))
    finally:
        csv.field_size_limit(before)


def _rows(rows: Iterator[list[str]]) -> Iterator[Raw | Bad]:
    columns: list[str] | None = None
    line = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Bad(line, f"not a row of a table: {error}; the rest of the file was not read", _HINT)
            return
        if not any(field.strip() for field in row):
            pass
        elif columns is None:
            columns = row
            if problem := missing(columns):
                yield problem
                return
        elif len(row) > len(columns):
            reason = f"a row of {len(row)} fields under {len(columns)} columns"
            yield Bad(line, reason, _HINT, excerpt(", ".join(row)))
        else:
            yield Raw(line, dict(zip(columns, row, strict=False)))
        line = rows.line_num + 1  # type: ignore[attr-defined]


def _delimiter(head: str) -> str:
    """The one that gives the first line columns with a title and an abstract, or else the most columns."""
    first = head.split("\n", 1)[0]
    return max(_DELIMITERS, key=lambda sign: (missing(_split([first], sign)[0]) is None, first.count(sign)))


def _split(rows: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(rows or [""], delimiter=delimiter)) or [[]]
    except csv.Error:
        return [[]]
