"""Solutions of a query in, a table out: as text for a terminal, CSV, JSON.

Cells are Python values: str, int, float, bool, None where a variable is unbound, and `Iri`, which is a str.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


class Iri(str):
    """A cell that names a thing."""

    __slots__ = ()


class Table(NamedTuple):
    """Columns and rows, in the order of the query."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def records(self) -> list[dict[str, Any]]:
        """The rows as dicts."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def csv(self) -> str:
        """A header and a line for each row; an unbound cell is empty."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()

    def json(self) -> str:
        """A list of objects, one for each row."""
        return json.dumps(self.records(), ensure_ascii=False, indent=1) + "\n"

    def text(self, width: int = 120) -> str:
        """Aligned columns, for people: long cells are cut, control characters left out, so that a line is a row.

        >>> print(Table(("hardware", "papers"), [("NVIDIA A100", 4)]).text())
        hardware     papers
        -----------  ------
        NVIDIA A100       4
        """
        cells = [[_shown(value) for value in row] for row in self.rows]
        sizes = [max(map(len, column)) for column in zip(self.columns, *cells, strict=True)]
        sizes = _fit(sizes, width)
        numbers = [
            bool(self.rows) and all(isinstance(row[i], int | float) for row in self.rows) for i in range(len(sizes))
        ]
        lines = [_line(self.columns, sizes, numbers), "  ".join("-" * size for size in sizes)]
        return "\n".join([*lines, *(_line(row, sizes, numbers) for row in cells)])


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return _CONTROL.sub(" ", str(value))


def _fit(sizes: list[int], width: int) -> list[int]:
    """Column widths that share the line: the widest give way first, down to ten characters."""
    sizes = list(sizes)
    while sum(sizes) + 2 * (len(sizes) - 1) > width and max(sizes, default=0) > 10:
        widest = sizes.index(max(sizes))
        second = max((s for i, s in enumerate(sizes) if i != widest), default=0)
        spare = sum(sizes) + 2 * (len(sizes) - 1) - width
        sizes[widest] = max(10, sizes[widest] - spare, min(second, sizes[widest] - 1))
    return sizes


def _line(cells: tuple[str, ...] | list[str], sizes: list[int], numbers: list[bool]) -> str:
    return "  ".join(_cells(cells, sizes, numbers)).rstrip()


def _cells(cells: tuple[str, ...] | list[str], sizes: list[int], numbers: list[bool]) -> Iterator[str]:
    for cell, size, number in zip(cells, sizes, numbers, strict=True):
        cut = cell if len(cell) <= size else cell[: size - 1] + "…"
        yield cut.rjust(size) if number else cut.ljust(size)
