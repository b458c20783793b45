"""Graph and pages are written by a second process while this one writes the RDF: Python uses one core a process.

In: a folder, the word that the tables stand in it, later the word that the Turtle does, which the explorer holds. Out:
graph, network page, explorer, and the format of RDF with which both have as much to do. The process is started while
there are no tables yet, so that it has imported what it needs when they come.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.knowledge_base import GRAPH, RDF
from kg.store import Tables, read_tables

#: Papers above which one process writes all, for the tables would take their memory twice.
MOST = 5_000
TURTLE = "kg.ttl"
#: The formats of RDF that this process leaves to the other.
FORMATS = ("jsonld",)


class Beside:
    """The second process, where there is one; without it, everything is written at the end."""

    def __init__(self, process: subprocess.Popen[str] | None) -> None:
        self.process = process

    def tables_stand(self, folder: Path, base: str) -> None:
        """The tables are written: let it write what is made from them alone. `base` begins every IRI."""
        self._tell(f"{folder.resolve()}\n{base}\n")

    def turtle_stands(self) -> None:
        """The Turtle is written too, and the N-Triples: let it write what is made from these."""
        self._tell("turtle\n")

    def finish(self, tables: Tables, folder: Path, base: str) -> tuple[Path, ...]:
        """All stands in the folder then; gives the RDF files of it.

        What the process did not do is done here, so that errors are raised here.
        """
        if self.process is not None:
            self.process.communicate()  # there is no more to tell
        if self.process is None or self.process.returncode != 0:
            write_graph(tables, folder)
            write_rest(tables, folder, base)
        return tuple(folder / RDF / f"kg.{name}" for name in FORMATS)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def _tell(self, words: str) -> None:
        if self.process is not None and self.process.stdin is not None:
            with contextlib.suppress(OSError):  # it has ended, as `finish` will see
                self.process.stdin.write(words)
                self.process.stdin.flush()


@contextlib.contextmanager
def started(papers: int, wanted: bool = True) -> Iterator[Beside]:
    """A second process for so many papers, where one is worth it and can be started (an embedded Python cannot)."""
    beside = Beside(_start() if wanted and papers <= MOST else None)
    try:
        yield beside
    finally:
        beside.stop()


def write_graph(tables: Tables, folder: Path) -> None:
    """Write graph and network page."""
    from kg.graph import export
    from kg.view import network

    export.write(tables, folder / GRAPH)
    network.write(tables, folder)


def write_rest(tables: Tables, folder: Path, base: str) -> None:
    """Write the explorer and FORMATS, in a folder that holds Turtle and N-Triples."""
    from kg.rdf import export as rdf
    from kg.rdf.terms import NT
    from kg.view import explorer

    explorer.write(tables, folder, turtle=folder / RDF / TURTLE, base=base)
    for name in FORMATS:
        rdf.convert(folder / RDF / NT, folder / RDF / f"kg.{name}", base)


def _start() -> subprocess.Popen[str] | None:
    if not sys.executable:
        return None
    # This package and no other of its name, wherever one stands.
    found = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(found), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", "from kg.pipeline import beside; beside.main()"]
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(  # noqa: S603 - ours
            command, stdin=pipe, stdout=none, stderr=none, env=environment, encoding="utf-8"
        )
    except OSError:
        return None


def main() -> None:
    """What the process does; it is told by lines of its standard input, and ends where these end too early."""
    from kg.graph import export
    from kg.rdf import export as rdf
    from kg.view import explorer, network

    _ = export, explorer, network, rdf  # imported, before there is anything to do
    told = (line.removesuffix("\n") for line in sys.stdin)
    folder, base = Path(next(told)), next(told)
    tables = read_tables(folder)
    write_graph(tables, folder)
    if next(told) == "turtle":
        write_rest(tables, folder, base)
