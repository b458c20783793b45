"""The one Daft plan: a folder of papers in, a row with its outcome for each paper out, in any order.

It runs in this process, in worker processes of this machine, or on a Ray cluster; the extractor is made once wherever
it runs. Daft and Ray are told to send no telemetry before they are imported. A process can use one kind of runner only.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg import errors
from kg.errors import ConfigurationError, KgError
from kg.pipeline.spool import PAPERS, Outcome, Row
from kg.records import Paper, Record

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.catalogue import Catalogue
    from kg.extract.known import Meaning
    from kg.extract.matcher import Matcher
    from kg.model.network import Name, Network

# Daft asks two hosts on import and on each run unless told otherwise; Ray reports usage. No progress bars of theirs.
_ENVIRONMENT = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "1",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_TQDM": "0",
}
_ALONE = 1_000  # papers; for fewer, starting worker processes takes longer than they save
# Papers after which a pipeline is made anew, since its vocabulary keeps every word that it met; fast mode makes no Doc,
# and so meets none. (spaCy's memory zones would do it after each paper; measured, they cost half as much again as the
# rules do.)
_RENEW = 20_000
_BATCH = 64  # papers that an extractor gets at once: as many as the network reads while the rules are loaded


class Extractor:
    """The extraction pipeline as a function of strings: papers as JSON in, outcomes as JSON out.

    Daft calls it from as many threads as there are cores. The network reads in `threads` of its own, for it does not
    hold Python's lock, and begins while spaCy and the catalogue's names are still being loaded; the rules do hold that
    lock, and one pipeline in turn serves all calls.
    """

    def __init__(self, catalogue: Catalogue, fast: bool, threads: int = 1) -> None:
        self._loader = ThreadPoolExecutor(2)
        self._catalogue = catalogue
        self._network = None if fast else self._loader.submit(_network)
        self._names = None if fast else self._loader.submit(_matcher, catalogue)
        self._reader = ThreadPoolExecutor(threads)
        self._pipeline = self._loader.submit(self._load)
        self._turn = threading.Lock()
        self._served = 0

    def __call__(self, papers: list[str]) -> list[str]:
        """One outcome for each paper; what goes wrong with one costs no other."""
        read = [msgspec.json.decode(text, type=Paper) for text in papers]
        found = [self._reader.submit(self.names, paper) for paper in read]
        outcomes = map(self._outcome, read, found)
        return [msgspec.json.encode(outcome).decode() for outcome in outcomes]

    def names(self, paper: Paper) -> list[Name] | None:
        """What the network finds in a paper; None in fast mode. Threads may call it at the same time."""
        if self._network is None or self._names is None:
            return None
        from kg.extract.known import known
        from kg.model.network import FLOOR

        marked = [known(paper.text, self._names.result())]
        return self._network.result().candidates([paper.text], marked, FLOOR)[0]

    def record(self, paper: Paper, names: list[Name] | None) -> Record:
        """The record of a paper, given what the network found in it. One thread at a time may call it."""
        nlp = self._pipeline.result()
        from kg.extract import tagger  # not before: two threads that import spaCy at once get in each other's way
        from kg.extract.record import read, record

        if names is None:
            return read(nlp, paper.text, paper.id)
        self._served += 1
        if self._served % _RENEW == 0:
            self._pipeline = self._loader.submit(self._load)
        doc = nlp.make_doc(paper.text)
        tagger.put(doc, names)
        return record(nlp(doc), paper.id)

    def _outcome(self, paper: Paper, found: Future[list[Name] | None]) -> Outcome:
        try:
            names = found.result()
            self._pipeline.exception()  # waits for it, not in turn
            with self._turn:
                return Outcome(self.record(paper, names))
        except KgError:  # the pipeline or the network cannot be loaded: no paper's fault
            raise
        except Exception as error:  # collected, reported in rejected.jsonl and by the build
            return Outcome(problem=f"{type(error).__name__}: {error}")

    def _load(self) -> Language:
        from kg.extract.nlp import load_nlp

        nlp = load_nlp(self._catalogue, fast=self._network is None)
        if self._network is not None:
            nlp.get_pipe("kg_tagger").use(self._network.result())  # type: ignore[attr-defined]
        return nlp


def _matcher(catalogue: Catalogue) -> Matcher[Meaning]:
    from kg.extract.known import matcher

    return matcher(catalogue)


def _network() -> Network:
    from kg.model.network import load

    return load()


_MADE: dict[str, Extractor] = {}
_MAKING = threading.Lock()


def shared(run: str, make: Callable[[], Extractor]) -> Extractor:
    """The one extractor of this process for a run: Daft makes a worker in each of its threads, all at once."""
    with _MAKING:
        if run not in _MADE:
            _MADE.clear()
            _MADE[run] = make()
        return _MADE[run]


def run(
    folder: Path, papers: int, catalogue: Catalogue, fast: bool, ray: str | None = None, workers: int | None = None
) -> Iterator[Row]:
    """Map the extractor over the spooled papers.

    `workers` processes do it; without a number, one a core, or this process alone where there are few papers. Raises
    ConfigurationError where the cluster cannot be used.
    """
    if not papers:
        return
    processes = workers or (_cpus() if ray or papers > _ALONE else 1)
    name = secrets.token_hex(8)
    make = partial(Extractor, catalogue, fast, max(_cpus() // processes, 1))
    os.environ.update(_ENVIRONMENT)
    import daft

    _choose_runner(ray)
    options: dict[str, Any] = {"use_process": False}
    if ray or processes > 1:
        options = {"use_process": True, "max_concurrency": processes}

    @daft.cls(**options)
    class Worker:
        def __init__(self, make: Callable[[], Extractor]) -> None:
            self.extract = shared(name, make)

        @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=_BATCH)
        def outcome(self, paper: daft.Series) -> list[str]:
            return self.extract(paper.to_pylist())

    outcome: Any = Worker(make).outcome  # an expression of an expression, here
    # Daft would join small files into one task, and give one node everything.
    with daft.execution_config_ctx(scan_tasks_min_size_bytes=1, scan_tasks_max_size_bytes=1):
        frame = daft.read_parquet(f"{folder / PAPERS}/*.parquet")
        frame = frame.with_column("outcome", outcome(frame["paper"]))
        try:
            for batch in frame.to_arrow_iter():
                yield from zip(
                    *(batch.column(name).to_pylist() for name in ("number", "paper", "outcome")), strict=True
                )
        except RuntimeError as error:
            raise _ours(error) from error


def _ours(error: RuntimeError) -> Exception:
    """The error of this package that a worker process raised, of which Daft brings the traceback as text."""
    found = re.search(r"kg\.errors\.(\w+): (.+)", str(error))
    kind = getattr(errors, found[1], None) if found else None
    return kind(found[2]) if found and kind else error


def _choose_runner(ray: str | None) -> None:
    import daft
    from daft.exceptions import DaftCoreException

    wanted = "ray" if ray else "native"
    try:
        if ray:
            _connect(ray)
            daft.set_runner_ray(noop_if_initialized=True)
        else:
            daft.set_runner_native()
    except DaftCoreException as error:  # set before, by us or by the user
        if daft.get_or_infer_runner_type() != wanted:
            raise ConfigurationError(
                f"this process has used Daft's other runner and cannot switch to {wanted}; start a new Python process"
            ) from error


def _connect(address: str) -> None:
    try:
        import ray
    except ImportError as error:
        raise ConfigurationError("Ray is not installed; pip install 'hardware-kg[cluster]'") from error
    if not ray.is_initialized():
        try:
            _knock(address)
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
        except (OSError, ValueError, RuntimeError) as error:
            first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ConfigurationError(
                f"no Ray cluster answers at {address!r} ({first}); start one with: ray start --head"
            ) from error


def _knock(address: str) -> None:
    """Raise OSError where nobody listens: Ray would wait for minutes before it says so."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), timeout=10).close()


def _cpus() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
