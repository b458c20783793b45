"""A folder that appears whole or not at all.

In: a folder's path. Out: a new folder beside it to write into, which takes its place at the end. Assumed:
`manifest.json` in a folder says that we wrote it, and lists under "files" which of its entries are ours.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import ConfigurationError

MANIFEST = "manifest.json"


@contextmanager
def whole(folder: Path | str) -> Iterator[Path]:
    """A new, empty folder that takes the place of `folder` when the block ends well, and vanishes when it does not.

    An existing folder is replaced only if a build wrote it or if it is empty; files in it that no build wrote are
    carried over. Raises ConfigurationError where that is not so, or where writing fails.
    """
    target = Path(folder).resolve()
    partial = target.parent / f".{target.name}.{os.getpid()}.partial"
    old = partial.with_suffix(".old")
    try:
        ours = _replaceable(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        yield partial
        if target.exists():
            target.rename(old)
        partial.rename(target)
        for foreign in _entries(old) - ours - _entries(target):
            (old / foreign).rename(target / foreign)
    except OSError as error:
        reason = f"{error.strerror or error}" + (f" ({error.filename})" if error.filename else "")
        raise ConfigurationError(f"cannot write {folder}: {reason}; choose another folder with --out") from error
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def _replaceable(target: Path) -> set[str]:
    """The entries of the folder that a build wrote; raises ConfigurationError where it is not ours to replace."""
    if target.exists() and not target.is_dir():
        raise ConfigurationError(f"{target} is a file; name a folder with --out")
    if Path.cwd().is_relative_to(target):
        raise ConfigurationError(f"{target} is the folder you are in; name one beneath it, like --out output")
    entries = _entries(target)
    if not entries:
        return set()
    if MANIFEST not in entries:
        some = ", ".join(sorted(entries)[:5])
        raise ConfigurationError(f"{target} holds files that no build wrote ({some}); choose another folder with --out")
    try:
        return {*map(str, json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"])}
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigurationError(
            f"{target / MANIFEST} is damaged, so we cannot tell whose the files are; choose another folder with --out"
        ) from error
