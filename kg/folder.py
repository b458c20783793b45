"""A folder whose content appears whole or not at all.

In: a folder's path and the names of what will be written. Out: a new folder to write into, whose entries take their
places at the end. Assumed: `manifest.json` in a folder says that we wrote it, and lists under "files" which entries are
ours; it goes first and comes last, so that a folder with a manifest is complete. What is not ours is not touched.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import ConfigurationError

MANIFEST = "manifest.json"


@contextmanager
def whole(folder: Path | str, names: Iterable[str] = ()) -> Iterator[Path]:
    """A new, empty folder that becomes the content of `folder` when the block ends well, and vanishes otherwise.

    What an earlier build wrote there is replaced; anything else stays. Raises ConfigurationError where one of the names
    is taken by a file that no build wrote, or where writing fails.
    """
    target = Path(folder).resolve()
    partial = (target if target.is_dir() else target.parent) / f".{target.name}.{os.getpid()}.partial"
    old = partial.with_suffix(".old")
    try:
        _check(target, {MANIFEST, *names})
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
        yield partial
        if target.exists():
            _check(target, _entries(partial))
            old.mkdir()
            _swap(target, partial, old)
        else:
            partial.rename(target)
    except OSError as error:
        reason = f"{error.strerror or error}" + (f" ({error.filename})" if error.filename else "")
        raise ConfigurationError(f"cannot write {folder}: {reason}; choose another folder with --out") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _swap(target: Path, new: Path, old: Path) -> None:
    """Move our old entries out and the new ones in; put back what was there where that fails."""
    first_manifest = sorted(_ours(target) & _entries(target), key=lambda name: name != MANIFEST)
    last_manifest = sorted(_entries(new), key=lambda name: name == MANIFEST)
    moved: list[tuple[Path, Path]] = []
    try:
        for source, place, names in ((target, old, first_manifest), (new, target, last_manifest)):
            for name in names:
                (source / name).rename(place / name)
                moved.append((source / name, place / name))
    except BaseException:
        for before, now in reversed(moved):
            now.rename(before)
        raise


def _entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def _check(target: Path, names: set[str]) -> None:
    """Raise ConfigurationError where the folder is none, or something that we did not write is in our way."""
    if target.exists() and not target.is_dir():
        raise ConfigurationError(f"{target} is a file; name a folder with --out")
    if foreign := sorted((names & _entries(target)) - _ours(target)):
        what = f"{', '.join(foreign[:5])} there {'was' if len(foreign) == 1 else 'were'} not written by a build"
        raise ConfigurationError(f"cannot write {target}: {what}; move it away, or choose another folder with --out")


def _ours(target: Path) -> set[str]:
    """The entries of the folder that a build wrote, as its manifest says."""
    try:
        found = json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {name for name in found if isinstance(name, str)}
    except (OSError, ValueError, TypeError, KeyError):
        return set()  # none, damaged, or of another program: nothing is surely ours
