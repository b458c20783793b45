"""A JSON document: an array of objects, or objects one after the other, over as many lines as they like.

Read piece by piece, so that a file may be larger than the memory. Behind a syntax error nothing can be trusted: what
came before is kept, the rest is set aside with its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from kg.sources.base import LINE_LIMIT, Bad, Raw, excerpt, text
from kg.sources.jsonl import of_value

_CHUNK = 1_000_000  # characters
_BETWEEN = re.compile(r"[\s,]*")
_HINT = "give an array of objects, or one object a line (JSON lines), where one mistake costs one line"


def recognise(head: str) -> bool:
    """Whether the text begins with an array, or with an object that does not end on its line."""
    return re.match(r"\s*(?:\[\s*(?:\{|\]|$)|\{\s*\n)", head) is not None


def read(stream: BinaryIO) -> Iterator[Raw | Bad]:
    """Each object, with the line on which it begins."""
    with text(stream) as reader:
        yield from _values(reader)


def _values(reader: TextIO) -> Iterator[Raw | Bad]:
    decoder = json.JSONDecoder(strict=False)
    buffer, at, line, opened = "", 0, 1, False
    while True:
        between = _BETWEEN.match(buffer, at)
        at, line = (between.end(), line + between[0].count("\n")) if between else (at, line)
        if buffer.startswith("]" if opened else "[", at):
            at, opened = at + 1, not opened
            continue
        try:
            value, end = decoder.raw_decode(buffer, at)
        except (ValueError, RecursionError) as error:
            rest = buffer[at:]
            if len(rest) < LINE_LIMIT and (more := reader.read(max(_CHUNK, len(rest)))):
                buffer, at = rest + more, 0
                continue
            if rest:
                message = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                yield Bad(line, f"not JSON: {message}; the rest of the file was not read", _HINT, excerpt(rest))
            elif opened:
                yield Bad(line, "the array does not end: the file seems cut off", "get the file again")
            return
        if end == len(buffer) and (more := reader.read(_CHUNK)):  # a number may go on in the next piece
            buffer, at = buffer[at:] + more, 0
            continue
        yield of_value(value, line, buffer[at:end])
        at, line = end, line + buffer.count("\n", at, end)
