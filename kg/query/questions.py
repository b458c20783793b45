"""Files of questions in, Question records out.

A question is a SPARQL file whose first line is the question in English, as a comment. Further comments say its group
and its parameters:

    # Which hardware has at least so much memory?
    # group: hardware
    # parameter gigabytes: number = 80; the least memory
    # example: gigabytes=40

A parameter has a type: a type of entity (`Hardware`, `Method`, `Vendor`, ...; `any` as its default means all of them),
`Paper`, `number`, `integer`, `year` or `text`; of `Method|Model` it is the first that has the name. Without a default
it must be given. Its variable stands in SELECT, and is bound to a term, never pasted as text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from kg import schema
from kg.errors import QueryError

#: The groups, in the order in which they are listed.
GROUPS = ("hardware", "methods", "comparisons", "results", "datasets", "trends", "provenance", "quality", "own")
PLAIN_TYPES = ("number", "integer", "year", "text")
ENTITY_PARAMETERS = (*(t.name for t in schema.ENTITY_TYPES), "Vendor")
_PARAMETER = re.compile(r"#\s*parameter\s+(\w+)\s*:\s*(\w+(?:\|\w+)*)\s*(?:=\s*([^;]*?)\s*)?(?:;\s*(.*))?")
_FIELD = re.compile(r"#\s*(group|example)\s*:\s*(.*?)\s*")
_PAIR = re.compile(r"(\w+)=(\"[^\"]*\"|\S+)")


class Parameter(NamedTuple):
    """A parameter of a question; `default` is None where it must be given, "any" where everything will do."""

    name: str
    type: str
    default: str | None
    definition: str


class Question(NamedTuple):
    """A named question: its English, its SPARQL, and what it wants to know."""

    name: str
    title: str
    group: str
    parameters: tuple[Parameter, ...]
    example: dict[str, str]
    text: str


def questions(folder: Path | str | None = None) -> list[Question]:
    """The questions of the package, and those of the user's folder, whose names win; by group, then by name.

    Raises QueryError where a file does not say its question, or the folder is not there.
    """
    shipped = [Path(str(p)) for p in files("kg.query").joinpath("questions").iterdir() if p.name.endswith(".rq")]
    found = {path.stem: read(path) for path in shipped}
    if folder is not None:
        if not Path(folder).is_dir():
            raise QueryError(f"no folder of questions at {folder}; a question is a file NAME.rq")
        found |= {path.stem: read(path, "own") for path in sorted(Path(folder).glob("*.rq"))}
    return sorted(found.values(), key=lambda q: (GROUPS.index(q.group), q.name))


def read(path: Path, group: str | None = None) -> Question:
    """One question of a file.

    Raises QueryError where it cannot be read, its first line is no comment, or a parameter has no known type.
    """
    try:
        return parse(path.stem, path.read_text(encoding="utf-8"), group)
    except (OSError, UnicodeDecodeError) as e:
        raise QueryError(f"cannot read the question {path}: {e}") from e


def parse(name: str, text: str, group: str | None = None) -> Question:
    """A question of its text; a text without comments is one too, with its name as its title."""
    title, parameters, example = name, [], {}
    lines = [line.strip() for line in text.splitlines()]
    comments = [line for line in lines if line.startswith("#")]
    if lines and lines[0].startswith("#"):
        title = lines[0].lstrip("# ")
    for line in comments:
        if match := _FIELD.fullmatch(line):
            if match[1] == "group":
                group = group or match[2]
            else:
                example = {key: value.strip('"') for key, value in _PAIR.findall(match[2])}
        elif match := _PARAMETER.fullmatch(line):
            parameters.append(_parameter(name, *match.groups()))
    group = group or "own"
    if group not in GROUPS:
        raise QueryError(f"question {name}: no group {group!r}; there are {', '.join(GROUPS)}")
    return Question(name, title, group, tuple(parameters), example, text)


def _parameter(question: str, name: str, kind: str, default: str | None, definition: str | None) -> Parameter:
    known: Sequence[str] = (*ENTITY_PARAMETERS, "Paper", *PLAIN_TYPES)
    if unknown := [name for name in kind.split("|") if name not in known]:
        kind = unknown[0]
        raise QueryError(f"question {question}, parameter {name}: no type {kind!r}; there are {', '.join(known)}")
    return Parameter(name, kind, default, definition or "")
