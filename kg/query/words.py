"""The text of a SPARQL query in, its words out: enough to say what is misspelt, without parsing it.

Strings, comments and IRIs are told apart from names as the SPARQL grammar does, so that a name inside a string is not
taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(
    r"""(?P<skip>\#[^\n]*|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$]\w+|@[A-Za-z-]+)
      |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      |(?P<prefix>[A-Za-z][\w-]*(?:\.[\w-]+)*)?:(?P<local>(?:[\w:%]|\\.)(?:(?:[\w:%.-]|\\.)*(?:[\w:%-]|\\.))?)?
      |(?P<keyword>[A-Za-z_]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_PREFIX = re.compile(r"(?i)\bPREFIX\s+([A-Za-z][\w.-]*)?:\s*<([^<>]*)>")


class Name(NamedTuple):
    """A prefixed name of a query and where it stands; line and column count from 1."""

    prefix: str
    local: str
    line: int
    column: int


def names(query: str) -> Iterator[Name]:
    """The prefixed names, without those of the PREFIX declarations."""
    declared = [match.span() for match in _PREFIX.finditer(query)]
    for match in _WORD.finditer(query):
        if match["prefix"] is None or any(start <= match.start() < end for start, end in declared):
            continue
        line, column = position(query, match.start())
        yield Name(match["prefix"], (match["local"] or "").replace("\\", ""), line, column)


def keywords(query: str) -> Iterator[tuple[str, int]]:
    """The bare words in capitals, and where they begin: SELECT, SERVICE, ..."""
    return ((match["keyword"].upper(), match.start()) for match in _WORD.finditer(query) if match["keyword"])


def iris(query: str) -> Iterator[str]:
    """The IRIs in angle brackets, without these."""
    return (match["iri"][1:-1] for match in _WORD.finditer(query) if match["iri"])


def prefixes(query: str) -> dict[str, str]:
    """What the query itself declares."""
    return {match[1] or "": match[2] for match in _PREFIX.finditer(query)}


def unclosed(query: str) -> int | None:
    """Where the last bracket stands that nothing closes, or None.

    >>> unclosed('SELECT * { ?a ?b "}" ')
    9
    """
    open_ = []
    for at, char in enumerate(_WORD.sub(lambda match: " " * len(match[0]), query)):
        if char in "({":
            open_.append(at)
        elif char in ")}" and open_:
            open_.pop()
    return open_[-1] if open_ else None


def position(query: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1.

    >>> position("SELECT\\n  *", 9)
    (2, 3)
    """
    before = query[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")
