"""The views that a second process writes while this one writes the others: Python uses one core a process.

In: a folder that holds the tables. Out: graph and network page in it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.knowledge_base import GRAPH
from kg.store import Tables, read_tables

#: Papers above which one process writes all views, for the tables would take their memory twice.
MOST = 5_000


@contextlib.contextmanager
def writing(tables: Tables, folder: Path) -> Iterator[None]:
    """Graph and network page stand in the folder at the end; until then another process writes them, if one can.

    Where it cannot (an embedded Python has no program to start) or fails, they are written here, so that errors are
    raised here. `folder` holds the tables already.
    """
    process = _start(folder) if len(tables.papers) <= MOST else None
    try:
        yield
    except BaseException:
        if process is not None:
            process.kill()
            process.wait()
        raise
    if process is None or process.wait() != 0:
        write(tables, folder)


def write(tables: Tables, folder: Path) -> None:
    """Write graph and network page."""
    from kg.graph import export
    from kg.view import network

    export.write(tables, folder / GRAPH)
    network.write(tables, folder)


def _start(folder: Path) -> subprocess.Popen[bytes] | None:
    if not sys.executable:
        return None
    # This package and no other of its name, wherever one stands.
    found = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(found)}
    command = [sys.executable, "-P", "-c", "from kg.pipeline import beside; beside.main()", str(folder)]
    none = subprocess.DEVNULL
    try:
        return subprocess.Popen(command, stdin=none, stdout=none, stderr=none, env=environment)  # noqa: S603 - ours
    except OSError:
        return None


def main() -> None:
    """What the process does; the folder is its one argument."""
    folder = Path(sys.argv[1])
    write(read_tables(folder), folder)
