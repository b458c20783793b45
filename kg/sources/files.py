"""What the user named (files, folders, globs, `-`) as files to read, and each as a stream that can seek.

A folder stands for all files beneath it but hidden ones, in the order of their names. Files keep the name that the user
gave, so that `file:line` in the tables is the same wherever the project lies.
"""

from __future__ import annotations

import glob
import gzip
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from kg.sources.base import Bad

STDIN = "-"
_GZIP = b"\x1f\x8b"
_SPOOL = 64_000_000  # bytes of standard input that stay in memory; more goes to a temporary file


class Missing(NamedTuple):
    """A name under which there is nothing to read."""

    name: str
    problem: Bad


def expand(paths: Iterable[str | Path]) -> Iterator[str | Missing]:
    """The files that the paths stand for, each once."""
    seen: set[str] = set()
    for path in paths:
        for name in _expand(str(path)):
            key = name if isinstance(name, Missing) or name == STDIN else str(Path(name).resolve())
            if isinstance(key, Missing) or key not in seen:
                yield name
            if isinstance(key, str):
                seen.add(key)


def _expand(path: str) -> Iterator[str | Missing]:
    if path == STDIN or Path(path).is_file():
        yield path
    elif Path(path).is_dir():
        found = sorted(
            inner.as_posix()
            for inner in Path(path).rglob("*")
            if inner.is_file() and not any(part.startswith(".") for part in inner.relative_to(path).parts)
        )
        yield from found
        if not found:
            yield Missing(
                path, Bad(None, "a folder without files", "name a file of papers, or a folder that holds some")
            )
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 # the pattern may be absolute
        for match in matches:
            yield from _expand(match)
        if not matches:
            yield Missing(path, Bad(None, "no file matches this pattern", _existing(path)))
    elif Path(path).exists():
        yield path  # a pipe or a device
    else:
        yield Missing(path, Bad(None, "there is no such file or folder", _existing(path)))


def _existing(path: str) -> str:
    """How far the path leads, and what stands there."""
    parent = Path(path).parent
    while not parent.is_dir():
        parent = parent.parent
    names = sorted(child.name for child in parent.iterdir() if not child.name.startswith("."))
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f"check the path; {parent.resolve() if str(parent) == '.' else parent} has: {shown or 'nothing'}"


@contextmanager
def open_stream(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file, of a gzip file, or of standard input; raises OSError where it cannot be read."""
    with ExitStack() as stack:
        if name != STDIN and Path(name).is_file():
            stream: BinaryIO = stack.enter_context(Path(name).open("rb"))
        else:
            stream = cast(BinaryIO, stack.enter_context(tempfile.SpooledTemporaryFile(_SPOOL)))
            pipe = sys.stdin.buffer if name == STDIN else stack.enter_context(Path(name).open("rb"))
            shutil.copyfileobj(pipe, stream)
            stream.seek(0)
        magic = stream.read(2)
        stream.seek(0)
        if magic == _GZIP:
            stream = cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=stream)))
        yield stream
