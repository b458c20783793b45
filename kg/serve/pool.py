"""Work in, answers out, by a few processes that are killed when their work takes too long.

Oxigraph cannot stop a query that runs: from Python there is no way, and its own server
(`oxigraph serve-read-only --timeout-s 2`, 0.5) was tried and not taken. An ORDER BY over a product of all triples ran
ten times its limit and took 1 GB; a query that did end at its limit was answered with 200 and half a document with the
error within; there is no limit for rows; and SERVICE, which it has no option to switch off, reached hosts on the
network. A process that is killed stops whatever it does, gives its memory back, and can be sealed.

concurrent.futures cannot kill its processes; pebble can (5.2, tried too), but gives up for good, and hangs when it is
stopped, where a process dies that has no work. So each process here stands alone, with a thread that waits for it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from kg.serve.answer import Answer, say
from kg.serve.worker import run

T = TypeVar("T")
# never fork: the server has threads, and a lock that one of them holds would stay shut for ever
_SPAWN = multiprocessing.get_context("spawn")
_OPENING = 120.0  # seconds that a process may take to open the store
_BUSY = {"Retry-After": "5"}


class DiedError(Exception):
    """A process ended by itself: it took more memory than it may, or could not open the store."""


class Worker:
    """One process, begun anew whenever it ended. Used by one thread at a time."""

    def __init__(self, folder: Path | str, base: str | None, memory: int, timeout: float) -> None:
        self._given = folder, base, memory, timeout
        self._over = False
        self._begin()

    def _begin(self) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process: BaseProcess = _SPAWN.Process(target=run, args=(theirs, *self._given), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def ready(self) -> None:
        """Waits until the process has opened the store. Raises DiedError or TimeoutError."""
        if not self._ready:
            self._receive(_OPENING)
            self._ready = True

    def ask(self, work: Callable[..., T], given: tuple[Any, ...]) -> T:
        """What the work gives. Raises TimeoutError where it takes too long, DiedError where there is no answer."""
        if not self._process.is_alive():  # somebody ended it while it had no work
            self._pipe.close()
            self._begin()
        try:
            self.ready()
            answer: T = self._receive(self._given[-1], (work, given))
        except (TimeoutError, DiedError):
            if not self._over:
                self._kill()
                self._begin()  # while nobody waits for it
            raise
        return answer

    def _receive(self, timeout: float, question: object = None) -> Any:
        try:
            if question:
                self._pipe.send(question)
            if not self._pipe.poll(timeout):
                raise TimeoutError
            return self._pipe.recv()
        except (EOFError, ConnectionError) as e:
            raise DiedError from e

    def _kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def end(self) -> None:
        """Ends the process for good, whatever it does; a thread that waits for it gets DiedError."""
        self._over = True
        self._process.kill()
        self._process.join()


class Pool:
    """Processes over the store of a folder. `timeout` is seconds for one query, `memory` bytes for one process."""

    def __init__(
        self,
        folder: Path | str,
        workers: int,
        timeout: float,
        base: str | None = None,
        memory: int = 2 * 2**30,
        waiting: int = 1000,
    ) -> None:
        self._given, self._size, self._timeout, self._waiting = (folder, base, memory), workers, timeout, waiting
        self._now = 0
        self._workers: list[Worker] = []
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._threads = ThreadPoolExecutor(workers, "kg-query")

    async def start(self) -> None:
        """Starts the processes, and waits until one has opened the store. Raises DiedError where none can."""
        self._workers = [Worker(*self._given, self._timeout) for _ in range(self._size)]
        await asyncio.get_running_loop().run_in_executor(self._threads, self._workers[0].ready)
        for worker in self._workers:
            self._idle.put(worker)

    def stop(self) -> None:
        """Ends the processes, whatever they do."""
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(cancel_futures=True)

    async def ask(self, work: Callable[..., T], *given: Any) -> T | Answer:
        """What `work` gives in one of the processes, or a 503 that says why there is nothing."""
        if self._now >= self._waiting:
            return say(503, f"{self._now} queries wait already; try again", _BUSY)
        self._now += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, work, given)
        except TimeoutError:
            return say(503, f"the query was stopped after {self._timeout:g} s; narrow it, or serve with a longer limit")
        except DiedError:
            return say(503, "the query was stopped: it took more memory than a query may have; narrow it")
        finally:
            self._now -= 1

    def _ask(self, work: Callable[..., T], given: tuple[Any, ...]) -> T:
        worker = self._idle.get()
        try:
            return worker.ask(work, given)
        finally:
            self._idle.put(worker)
