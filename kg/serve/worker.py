"""A query in, the bytes of its answer out: what runs in a process of its own, beside the server.

Such a process holds the store open for reading, and is sealed once it does: it may open no further file or socket, and
use only so much memory, so that no query can read a file, reach a host, or take the machine down. It is killed where a
query outlives its time, and another takes its place.
"""

from __future__ import annotations

import os
import signal
import traceback
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from kg.query.engine import Bound
from kg.query.source import Source, connect
from kg.rdf import vocabulary
from kg.serve.answer import Answer, say, solve
from kg.serve.protocol import Asked

_GRACE = 5.0  # seconds


class _Here:
    """What a process holds; set once, by `begin`."""

    source: Source
    sealed: bool = False


def begin(folder: Path | str, base: str | None, memory: int) -> None:
    """Opens the store and seals the process. `memory` is in bytes, besides what the store takes."""
    _Here.source = opened(folder, base)
    for prefix in vocabulary.LISTED:  # what is read from files is read before the seal
        vocabulary.declared(prefix)
    for module in ("asking", "description", "things"):  # whose functions run here
        import_module(f"kg.serve.{module}")
    with suppress(ImportError):  # no such limits on Windows
        import resource

        most = _used() + memory
        with suppress(ValueError, OSError):  # a lower limit holds already
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        lowest = os.open(os.devnull, os.O_RDONLY)  # the next file or socket would get this number ...
        os.close(lowest)
        resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, lowest))  # ... and now it gets none
        _Here.sealed = True


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _used() -> int:
    """Bytes of data that the process has; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def opened(folder: Path | str, base: str | None) -> Source:
    """The store of a folder; its own IRIs say their base, where none is given. Raises InputError."""
    found = connect(folder)
    return Source(found.store, base) if base else found


def source() -> Source:
    """The store of this process."""
    return _Here.source


def run(pipe: Connection, folder: Path | str, base: str | None, memory: int, timeout: float) -> None:
    """What such a process does: says that it is ready, and then answers what it is asked until nobody asks.

    The server kills it after `timeout` seconds with one question; it ends by itself soon after, should there be no
    server any more.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # for the server to decide
    begin(folder, base, memory)
    pipe.send(None)
    with suppress(EOFError):
        while True:
            work, given = pipe.recv()
            _alarm(timeout + _GRACE)
            try:
                answer = work(*given)
            except Exception as e:  # the server goes on; who runs it sees what happened
                traceback.print_exc()
                answer = say(500, f"a fault in the server, which its log shows: {type(e).__name__}")
            _alarm(0)
            pipe.send(answer)


def sparql(asked: Asked, accept: str | None, max_rows: int, bound: Bound | None = None) -> Answer:
    """The answer of the store of this process."""
    return solve(_Here.source, asked, accept, max_rows, bound, _Here.sealed)
