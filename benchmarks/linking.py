"""What linking costs: its share of fast extraction, and how long an index of names takes to load.

    python benchmarks/linking.py                        # the sample corpus, an index of 100,000 names
    python benchmarks/linking.py papers.jsonl --names 50000

Targets: linking takes at most 20% of the time of fast extraction; an index of 100,000 names loads in under 0.5 s.
Times are of the processor, in one process; an index is loaded from the cache, as every command after the first does.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.catalogue import load
from kg.extract.nlp import load_nlp
from kg.extract.record import record
from kg.link.known import CatalogueKnown
from kg.link.tables import tabulate
from kg.records import Paper, Record
from kg.sources import read
from kg.sources.sample import sample_papers
from kg.text import lookup_key

_NAMES_AN_ENTRY = 4
_LOADS = 5


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def share(files: list[str]) -> None:
    """Extract and link the papers; print the times and their ratio."""
    papers = [item for item in read(files, None) if isinstance(item, Paper)]
    catalogue = load()
    nlp = load_nlp(catalogue, True)
    nlp(papers[0].text)
    items: list[tuple[Paper, Record]] = []
    extracting = seconds(lambda: items.extend((p, record(nlp(p.text), p.id)) for p in papers))
    tabulate(items[:1], CatalogueKnown(catalogue))  # imports, as the first text above
    CatalogueKnown(catalogue).resolve("RTX 6090", "Hardware")  # the patterns of unlisted products, once a process
    gc.freeze()  # nor does linking there look through what extraction left behind
    lookup_key.cache_clear()  # in a build, extraction runs in other processes
    linking = seconds(lambda: tabulate(items, CatalogueKnown(catalogue)))
    each = 1000 / len(papers)
    say(f"{len(papers):,} papers: extract {extracting * each:.2f} ms a paper, link {linking * each:.2f} ms a paper")
    say(f"linking is {100 * linking / extracting:.0f}% of fast extraction (target: at most 20%)")


def made_up(names: int) -> str:
    """A user's file with that many names, in entries of a few names each."""
    lines = ["type: Method", "entries:"]
    for i in range(names // _NAMES_AN_ENTRY):
        others = ", ".join(f"Invented technique {i} of kind {j}" for j in range(1, _NAMES_AN_ENTRY))
        lines.append(f"- {{label: Invented technique {i}, aliases: [{others}]}}")
    return "\n".join(lines) + "\n"


def index(names: int) -> None:
    """Load a catalogue with so many names: first compiled, then from the cache; then look names up."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KG_CACHE"] = folder
        path = Path(folder) / "mine.yaml"
        own = max(names - sum(len(found) for found in load().names.values()), 0)
        path.write_text(made_up(own), encoding="utf-8")
        compiling = seconds(lambda: load([path]))
        times = [seconds(lambda: load([path])) for _ in range(_LOADS)]
        catalogue = load([path])
        total = sum(len(found) for found in catalogue.names.values())
        asked = [f"invented techniques {i}" for i in range(0, own // _NAMES_AN_ENTRY, 7)] or ["A100"]
        looking = seconds(lambda: [catalogue.lookup(name) for name in asked])
    say(f"{total:,} names: compile once {compiling:.1f} s, load {statistics.median(times):.2f} s (target: under 0.5 s)")
    say(f"look-up {1e6 * looking / len(asked):.0f} microseconds a name")


def main() -> None:
    """Read the arguments and print the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("papers", nargs="*", help="files of papers; the sample corpus without any")
    parser.add_argument("--names", type=int, default=100_000, help="names of the index")
    chosen = parser.parse_args()
    share(chosen.papers or [str(sample_papers())])
    index(chosen.names)


if __name__ == "__main__":
    main()
