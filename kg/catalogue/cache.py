"""What is made from a catalogue, kept in the user's cache folder under a hash of every byte that it was made from.

In: the texts of the files, and what compiles them. Out: the same as compiling, only faster. Nothing depends on it: a
folder that cannot be written, a damaged file or another version of this package only mean that it is compiled again.
`KG_CACHE` names another folder; `KG_CACHE=off` keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs

from kg.garbage_collection import rare

T = TypeVar("T")
_CODE = ("catalogue/*.py", "text.py", "records.py", "schema.py")  # what a compiled catalogue depends on
_KEPT = 8


def fingerprint(texts: Iterable[tuple[str, str]], code: Iterable[str] = _CODE) -> str:
    """A hash of the files and of the code that reads them, patterns of this package's files; names count, since
    problems carry them.

    >>> fingerprint([("a.yaml", "x")]) == fingerprint([("a.yaml", "y")])
    False
    """
    digest = hashlib.sha256()
    for pattern in code:
        for path in sorted(Path(__file__).parents[1].glob(pattern)):
            digest.update(path.read_bytes())
    for name, text in texts:
        for part in (name, text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def folder() -> Path | None:
    """Where compiled catalogues are kept, or None where the user wants none."""
    chosen = os.environ.get("KG_CACHE")
    if chosen == "off":
        return None
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("hardware-kg"))


def kept(kind: str, mark: str, form: type[T], make: Callable[[], T]) -> T:
    """What `make` returns, read from the cache where it is there under its kind and mark; its errors pass through."""
    place = folder()
    if place is None:
        return make()
    path = place / f"{kind}-{mark[:24]}.msgpack"
    with contextlib.suppress(OSError, msgspec.MsgspecError), rare():
        return msgspec.msgpack.decode(path.read_bytes(), type=form)
    made = make()
    with contextlib.suppress(OSError):
        _write(path, msgspec.msgpack.encode(made))
        _prune(place, kind)
    return made


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: two processes may write the same file at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(place: Path, kind: str) -> None:
    """Leave only the newest of a kind: every change of a file or of this package makes another."""
    found = sorted(place.glob(f"{kind}-*.msgpack"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in found[_KEPT:]:
        old.unlink(missing_ok=True)
