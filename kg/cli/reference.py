"""The help of every verb as one Markdown page: `python -m kg.cli.reference > docs/cli.md`; a test holds it current."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import typer
from typer.testing import CliRunner

_WIDTH = "100"  # columns, so that the page is the same wherever it is made


def reference() -> str:
    """The page."""
    from kg.cli.app import app

    parts = ["# The command line\n", "Written by `make docs` from `--help`.\n"]
    for words in _verbs(typer.main.get_command(app), ()):
        run = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": _WIDTH, "NO_COLOR": "1"}, prog_name="kg")
        text = "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())
        parts.append(f"## {' '.join(['kg', *words])}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def _verbs(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    members = getattr(command, "commands", {})
    for name in sorted(members):
        yield from _verbs(members[name], (*words, name))


if __name__ == "__main__":
    sys.stdout.write(reference())
