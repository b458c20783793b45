"""Papers and records on disk between two stages, so that memory does not grow with their number.

In: papers one by one. Out: a folder of Parquet files with a few thousand papers each, which an engine can spread over
machines, and which can be gone through as often as one likes, in the order of the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from kg.records import Paper, Record, Rejected
from kg.sources import Merger

PAPERS, RECORDS = "papers", "records.parquet"
_ROWS = 512  # papers of a row group
_PER_FILE = 4_096  # papers of a file, which is what a node of a cluster takes at once
_PAPER = pa.schema([("number", pa.int64()), ("paper", pa.large_string())])
_RECORD = pa.schema([("number", pa.int64()), ("paper", pa.large_string()), ("outcome", pa.large_string())])

Row = tuple[int, str, str]  # number of the paper, paper and outcome as JSON


class Outcome(msgspec.Struct, frozen=True):
    """What extraction came to: a record, or the problem that it met."""

    record: Record | None = None
    problem: str | None = None


class Spooled(NamedTuple):
    """What reading came to: the papers are in the folder, what was set aside is here."""

    folder: Path
    merger: Merger
    rejected: list[Rejected]


def spool(items: Iterable[Paper | Rejected], folder: Path) -> Iterator[int | Spooled]:
    """Merge duplicates and write the distinct papers into the folder; how many there are now and then, then the result.

    What is set aside is kept in memory: it has no texts.
    """
    (folder / PAPERS).mkdir(parents=True)
    merger, rejected = Merger(), []
    papers: list[Paper] = []
    for item in merger.distinct(items):
        if isinstance(item, Rejected):
            rejected.append(item)
            continue
        papers.append(item)
        if len(papers) == _PER_FILE:
            _write(papers, merger.count, folder)
            papers = []
            yield merger.count
    if papers:
        _write(papers, merger.count, folder)
    yield Spooled(folder, merger, rejected)


def _write(papers: list[Paper], end: int, folder: Path) -> None:
    """Write a file; `end` is the number after the last paper's."""
    start = end - len(papers)
    texts = pa.array([msgspec.json.encode(paper).decode() for paper in papers], pa.large_string())
    table = pa.table([pa.array(range(start, end), pa.int64()), texts], schema=_PAPER)
    pq.write_table(table, folder / PAPERS / f"{start:010}.parquet", compression="zstd", row_group_size=_ROWS)


def save(rows: Iterable[Row], folder: Path) -> Iterator[int]:
    """Write the rows in the order of their numbers; yields the count as it grows.

    They come nearly in order, so few have to wait.
    """
    waiting: dict[int, Row] = {}
    ready: list[Row] = []
    done = 0
    with pq.ParquetWriter(folder / RECORDS, _RECORD, compression="zstd") as file:
        for row in rows:
            waiting[row[0]] = row
            while done in waiting:
                ready.append(waiting.pop(done))
                done += 1
            if len(ready) >= _ROWS:
                file.write_table(_table(ready))
                ready = []
            yield done + len(waiting)
        file.write_table(_table(ready + [waiting[number] for number in sorted(waiting)]))


def _table(rows: list[Row]) -> pa.Table:
    columns = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), _RECORD, strict=False)]
    return pa.table(columns, schema=_RECORD) if rows else _RECORD.empty_table()


class Extracted:
    """Each paper with its record, in the order of the input, as often as one likes."""

    def __init__(self, spooled: Spooled) -> None:
        self._file = spooled.folder / RECORDS
        self._merger = spooled.merger
        self.rejected = [*spooled.rejected, *(_failed(paper, why) for paper, why in self._problems())]

    def __iter__(self) -> Iterator[tuple[Paper, Record]]:
        for paper, outcome in self._rows():
            if outcome.record is not None:
                yield paper, outcome.record

    @property
    def counts(self) -> dict[str, int]:
        """How many distinct papers were read, how many duplicates of them, and how many items were set aside."""
        return {
            "papers": self._merger.count,
            "duplicates": self._merger.duplicates,
            "rejected": len(self.rejected),
        }

    def _problems(self) -> Iterator[tuple[Paper, str]]:
        for paper, outcome in self._rows():
            if outcome.problem is not None:
                yield paper, outcome.problem

    def _rows(self) -> Iterator[tuple[Paper, Outcome]]:
        with pq.ParquetFile(self._file) as file:
            for batch in file.iter_batches(_ROWS):
                for number, paper, outcome in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    found = msgspec.json.decode(paper, type=Paper)
                    yield self._merger.complete(found, number), msgspec.json.decode(outcome, type=Outcome)


def _failed(paper: Paper, problem: str) -> Rejected:
    file, _, line = paper.sources[0].rpartition(":")
    return Rejected(file, int(line), f"extraction failed: {problem}", "please report it with this paper", paper.title)
