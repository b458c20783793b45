"""A large file of N-Triples in, an Oxigraph store on disk out: `load`, then `compact`.

Loading sorts millions of short keys, each a piece of memory of its own, so that a third of the time is the allocator's.
An allocator is chosen when a process starts; where mimalloc or jemalloc is installed (`pip install
'hardware-kg[archive]'`, or the system's library), a process of its own loads with it, on Linux. Without one, or where
that process fails, the same is done here.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import pyoxigraph

_PACKAGE = "cmeel-mimalloc"
_SYSTEM = ("mimalloc", "jemalloc")
#: Milliseconds that mimalloc keeps freed memory for the next batch: a tenth less time for a tenth more memory.
_SETTINGS = {"MIMALLOC_PURGE_DELAY": "5000"}


def load(source: Path, folder: Path) -> None:
    """Load a file that kg wrote into a new store in `folder`, which is replaced.

    The file passed a strict parser when it was written; here IRIs are not looked at again. Raises SyntaxError where it
    is no N-Triples, OSError where the store cannot be written.
    """
    library = allocator()
    if library is None or not _apart(source, folder, library):
        shutil.rmtree(folder, ignore_errors=True)  # the half that a process may have left
        _load(source, folder)


def compact(folder: Path) -> None:
    """Sort the store into one piece: a fifth of the time to load; it then answers three to six times as fast."""
    store = pyoxigraph.Store(str(folder))
    store.optimize()
    store.flush()


def allocator() -> str | None:
    """The library of a fast allocator, as the loader of programs finds it; None where there is none."""
    if sys.platform != "linux":
        return None
    try:
        shipped = [str(file.locate()) for file in files(_PACKAGE) or () if file.name == "libmimalloc.so"]
    except PackageNotFoundError:
        shipped = []
    found = shipped or [library for name in _SYSTEM if (library := ctypes.util.find_library(name))]
    return next((name for name in found if not set(name) & set(": ")), None)  # these part the names of libraries


def _apart(source: Path, folder: Path, library: str) -> bool:
    """Whether a process of its own has done it; its messages are left out: what is wrong shows again here."""
    before = os.environ.get("LD_PRELOAD")
    chosen = {**_SETTINGS, **os.environ, "LD_PRELOAD": f"{library}:{before}" if before else library}
    command = [sys.executable, "-m", "kg.rdf.bulk", str(source.absolute()), str(folder.absolute())]
    try:
        done = subprocess.run(command, env=chosen, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 - ourselves
    except OSError:
        return False
    return done.returncode == 0


def _load(source: Path, folder: Path) -> None:
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(path=source, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
    store.flush()


if __name__ == "__main__":
    _load(Path(sys.argv[1]), Path(sys.argv[2]))
