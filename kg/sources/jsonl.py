"""JSON lines: one object a line, one paper an object; arXiv's metadata dump is of this kind.

A line that is not JSON is set aside alone; blank lines are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.sources.base import LINE_LIMIT, Bad, Raw, excerpt, lines

_HINT = 'each line holds one object, like {"title": "...", "abstract": "..."}'
_KINDS = {dict: "object", list: "array", str: "string", int: "number", float: "number", bool: "boolean"}


def recognise(head: str) -> bool:
    """Whether some line of the head begins as an object does: the first one may be broken."""
    return any(line.startswith("{") and line.rstrip() != "{" for line in map(str.lstrip, head.splitlines()))


def read(stream: BinaryIO) -> Iterator[Raw | Bad]:
    """Each line."""
    for number, line in lines(stream):
        if line is None:
            yield Bad(number, f"a line of more than {LINE_LIMIT:,} characters", _HINT)
        elif line.strip():
            yield _item(number, line)


def _item(number: int, line: str) -> Raw | Bad:
    try:
        value = json.loads(line, strict=False)  # control characters within strings are no reason to lose a paper
    except json.JSONDecodeError as error:
        return Bad(number, f"not JSON: {error.msg} at column {error.colno}", _HINT, excerpt(line))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
        return Bad(number, f"not readable as JSON: {error}", _HINT, excerpt(line))
    return of_value(value, number, line)


def of_value(value: object, number: int, written: str) -> Raw | Bad:
    """The item that a JSON value is, if it is an object."""
    if isinstance(value, dict):
        return Raw(number, value)
    kind = "null" if value is None else _KINDS[type(value)]
    return Bad(number, f"a JSON {kind} where an object was expected", _HINT, excerpt(written))
