"""How fast RDF is written, loaded and asked, ours beside rdflib's in the same run.

    python benchmarks/rdf.py                 # 5,000 made-up papers, 2 million triples
    python benchmarks/rdf.py --build output  # the tables of a build

Rates are in triples a second of processor time (wall time in brackets), memory is the peak of the process. rdflib
gets a smaller graph (`--small`, in papers), and its rates are of that; questions are asked of both on the small one,
and of Oxigraph on the whole, in memory and on disk.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import rdflib
from synthetic import tables as synthetic

from kg import store as tables_store
from kg.errors import QueryError
from kg.query.questions import Question, questions
from kg.query.run import run
from kg.query.source import Source
from kg.rdf import bulk, export
from kg.store import Tables

#: What each parameter is on the made-up tables; on a build, the examples of the questions.
MADE_UP = {
    "hardware": "GPU", "method": "Method 3", "first": "Family 1", "second": "Family 3", "vendor": "Vendor 3",
    "metric": "Metric 3", "paper": "arxiv:2001.00005", "dataset": "Dataset 1", "task": "Task 1", "year": "2020",
    "gigabytes": "40", "least": "2", "below": "0.5",
}  # fmt: skip


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Processor seconds, of processes that it started too, and wall seconds."""
    wall, processor = time.perf_counter(), _processor()
    work()
    return _processor() - processor, time.perf_counter() - wall


def _processor() -> float:
    own = os.times()
    return own.user + own.system + own.children_user + own.children_system


def rate(what: str, triples: int, seconds: tuple[float, float]) -> float:
    """Prints a rate; gives it per second of processor time."""
    processor, wall = (triples / max(s, 1e-9) for s in seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"{what:32}{processor:12,.0f} triples/s  [{wall:12,.0f} wall]  peak {peak:,.0f} MB")
    return processor


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def ask(question: Question, source: Source, times: int, paper: str | None = None) -> float:
    """The best of some runs, in milliseconds of processor time; NaN where the graph has no such thing.

    `paper` stands for the one of the example, which is of the sample corpus; without it the graph is made up.
    """
    given = question.example if paper else {p.name: MADE_UP[p.name] for p in question.parameters}
    if paper and "paper" in given:
        given = {**given, "paper": paper}
    best = float("inf")
    for _ in range(times):
        start = time.thread_time()
        try:
            run(question, source, **given)
        except QueryError:
            return float("nan")
        best = min(best, 1000 * (time.thread_time() - start))
    return best


def main() -> None:
    """Runs everything and prints it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=5000)
    parser.add_argument("--build", type=Path)
    parser.add_argument("--small", type=int, default=20, help="papers of the graph that rdflib gets")
    options = parser.parse_args()
    found = tables_store.read(options.build) if options.build else synthetic(options.papers)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"{found.papers.num_rows:,} papers, {found.facts.num_rows:,} facts; {base:,.0f} MB before")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nt, part = folder / export.NT, folder / "part.nt"
        seconds = timed(lambda: export.write_lines(found, nt))
        with nt.open("rb") as lines:
            triples = sum(1 for _ in lines)
        say(f"{triples:,} triples")
        rate("write N-Triples", triples, seconds)
        ours = rate("write Turtle", triples, timed(lambda: export.convert(nt, folder / "kg.ttl")))
        rate("write TriG", triples, timed(lambda: export.write_trig(found, folder / "kg.trig")))
        seconds = timed(lambda: pyoxigraph.Store(str(folder / "plain")).bulk_load(path=nt))
        rate("load into Oxigraph, plain", triples, seconds)
        library = bulk.allocator()
        rate("load as kg loads", triples, timed(lambda: bulk.load(nt, folder / "store")))
        say(f"  with {Path(library).name if library else 'no other allocator'}; wall time counts: it uses all cores")
        rate("compact the store", triples, timed(lambda: bulk.compact(folder / "store")))
        disk = pyoxigraph.Store.read_only(str(folder / "store"))
        memory = pyoxigraph.Store()
        rate("load into Oxigraph, in memory", triples, timed(lambda: memory.bulk_load(path=nt)))

        export.write_lines(synthetic(options.small), part)
        graph = rdflib.Graph()
        with part.open("rb") as lines:
            few = sum(1 for _ in lines)
        rate("rdflib: load", few, timed(lambda: graph.parse(part, format="nt")))
        theirs = rate("rdflib: write Turtle", few, timed(lambda: graph.serialize(folder / "theirs.ttl", "turtle")))
        say(f"Turtle: {ours / theirs:.1f} times as fast as rdflib")

        small = pyoxigraph.Store()
        small.bulk_load(path=part)
        sources = Source(memory), Source(disk), Source(small, export.DEFAULT_BASE), Source(graph, export.DEFAULT_BASE)
        paper = _told_most(found) if options.build else None
        heads = ("Oxigraph, all", "on disk, all", "Oxigraph, small", "rdflib, small")
        say(f"\n{'question':28}{''.join(f'{head:>16}' for head in heads)}   ms")
        ratios, slowest = [], [0.0, 0.0]
        for question in questions():
            took = [ask(question, source, 3, paper) for source in sources[:2]]
            took += [ask(question, source, times) for source, times in zip(sources[2:], (3, 1), strict=True)]
            say(f"{question.name:28}{''.join(f'{each:16.1f}' for each in took)}")
            slowest = [max(pair) for pair in zip(slowest, took[:2], strict=True)]
            ratios.append(took[3] / took[2])
        median = statistics.median(ratios)
        say(f"slowest {slowest[0]:.0f} ms in memory, {slowest[1]:.0f} ms on disk")
        say(f"on the small graph {median:.0f} times as fast as rdflib (median)")


def _told_most(found: Tables) -> str:
    """The paper with the most results; of several, the first."""
    counts = Counter(found.results["paper"].to_pylist())
    return min(counts, key=lambda paper: (-counts[paper], paper))


if __name__ == "__main__":
    main()
