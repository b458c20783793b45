"""A compiled catalogue kept in the user's cache folder, under a hash of every byte that it was made from.

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

import msgspec
import platformdirs

from kg.catalogue.build import Built
from kg.garbage_collection import rare

_CODE = ("catalogue/*.py", "text.py", "records.py", "schema.py")  # what a compiled catalogue depends on
_KEPT = 8


def fingerprint(texts: Iterable[tuple[str, str]]) -> str:
    """A hash of the files and of the code that reads them; names count, since problems carry them.

    >>> fingerprint([("a.yaml", "x")]) == fingerprint([("a.yaml", "y")])
    False
    """
    digest = hashlib.sha256()
    for pattern in _CODE:
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


def cached(texts: Iterable[tuple[str, str]], compile_: Callable[[], Built]) -> Built:
    """What `compile_` returns, read from the cache where it is there; errors of compiling pass through."""
    place = folder()
    if place is None:
        return compile_()
    path = place / f"catalogue-{fingerprint(texts)[:24]}.msgpack"
    with contextlib.suppress(OSError, msgspec.MsgspecError), rare():
        return msgspec.msgpack.decode(path.read_bytes(), type=Built)
    built = compile_()
    with contextlib.suppress(OSError):
        _write(path, msgspec.msgpack.encode(built))
    return built


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: two processes may write the same file at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".catalogue-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
        _prune(path.parent)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(place: Path) -> None:
    """Leave only the newest catalogues: every change of a file or of this package makes another."""
    kept = sorted(place.glob("catalogue-*.msgpack"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in kept[_KEPT:]:
        old.unlink(missing_ok=True)
