"""The order of the stages: read -> merge -> extract -> link -> tables -> views. The only file that knows it.

In: files of papers. Out: a folder with the knowledge base and its views, whole or not at all. The same input gives the
same bytes, whatever machine, engine or number of workers made them.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg import store
from kg.catalogue import load
from kg.errors import KgError
from kg.folder import whole
from kg.garbage_collection import rare
from kg.knowledge_base import GRAPH, RDF, KnowledgeBase
from kg.knowledge_base import open as open_folder
from kg.pipeline import beside, engine
from kg.pipeline.beside import Beside
from kg.pipeline.spool import Extracted, Spooled, save, spool
from kg.records import Paper, Record, Rejected, to_json
from kg.sources import read
from kg.store import Tables

if TYPE_CHECKING:
    from kg.catalogue import Catalogue

Paths = str | Path | Iterable[str | Path]
#: What is being done, how many are done, and of how many (None while nobody knows).
Progress = Callable[[str, int, int | None], None]

REJECTED = "rejected.jsonl"
_WRITTEN = (store.TABLES, GRAPH, RDF, "index.html", "network.html", "ro-crate-metadata.json", REJECTED)


def build(
    paths: Paths,
    out: Path | str,
    *,
    format: str | None = None,  # noqa: A002 # the option's name
    fast: bool = False,
    catalogue: Sequence[Path | str] = (),
    ray: str | None = None,
    workers: int | None = None,
    base: str | None = None,
    views: bool = True,
    progress: Progress | None = None,
) -> KnowledgeBase:
    """Build the knowledge base of the papers, with all its views, into the folder `out`.

    `format` as in `kg.sources.read`; `fast` leaves the learned network out; `catalogue` are YAML files of your own;
    `ray` is the address of a cluster, all of whose machines see `out`; `workers` are processes, without a number one a
    core where there are enough papers; `base` begins every IRI. Papers that cannot be read are listed in
    `out/rejected.jsonl`, decisions of `catalogue` that match nothing under "unmatched" in the manifest. Raises
    InputError where there is none that can, CatalogueError, and ConfigurationError where `out` cannot be written.
    """
    say = progress or _silent
    known = load(catalogue)
    with rare(), whole(out, _WRITTEN) as new, contextlib.ExitStack() as stack:
        with tempfile.TemporaryDirectory(prefix=".papers-", dir=new) as folder:
            papers = _extracted(paths, Path(folder), known, format, fast, ray, workers, say)
            # Started before the linking, it gets ready during it.
            second = stack.enter_context(beside.started(papers.counts["papers"], views))
            say("link", 0, None)
            tables = link(papers, known)
            unmatched = _unmatched(papers, known)
        (new / REJECTED).write_text("".join(f"{to_json(each)}\n" for each in papers.rejected), "utf-8", newline="\n")
        store.write_tables(tables, new)
        if views:
            _write_views(tables, new, base, second, say)
        facts = {"input": papers.counts, "catalogue": _version(known), "fast": fast}
        store.write_manifest(tables, new, facts | ({"unmatched": unmatched} if unmatched else {}))
    return KnowledgeBase(out, tables)


def extract(
    paths: Paths,
    *,
    format: str | None = None,  # noqa: A002
    fast: bool = False,
    catalogue: Sequence[Path | str] = (),
    ray: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[Paper, Record] | Rejected]:
    """Each distinct paper with its record, in the order of the input; then what was set aside. Options as `build`."""
    known = load(catalogue)
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        papers = _extracted(paths, Path(folder), known, format, fast, ray, workers, progress or _silent)
        yield from papers
        yield from papers.rejected


def link(papers: Iterable[tuple[Paper, Record]], catalogue: Catalogue | Sequence[Path | str] = ()) -> Tables:
    """Papers with their records, which are gone through twice, as the tables of a knowledge base."""
    from kg.link.known import CatalogueKnown
    from kg.link.tables import tabulate

    known = load(catalogue) if isinstance(catalogue, Sequence) else catalogue
    return tabulate(papers, CatalogueKnown(known))


def _unmatched(papers: Iterable[tuple[Paper, Record]], known: Catalogue) -> list[str]:
    """The decisions of the user that match nothing, as file:line: text."""
    from kg.link.known import CatalogueKnown
    from kg.link.unmatched import unmatched

    return [str(notice) for notice in unmatched(papers, CatalogueKnown(known))]


def views(folder: Path | str, *, base: str | None = None, progress: Progress | None = None) -> KnowledgeBase:
    """Write graph, RDF and pages again from the tables of a knowledge base. Raises InputError where there are none."""
    kb = open_folder(folder)
    kept = {name: value for name, value in kb.manifest.items() if name in ("input", "catalogue", "fast", "unmatched")}
    with rare(), whole(folder, _WRITTEN) as new:
        store.write_tables(kb.tables, new)
        rejected = Path(folder) / REJECTED
        if rejected.exists():
            (new / REJECTED).write_bytes(rejected.read_bytes())
        with beside.started(len(kb.tables.papers)) as second:
            _write_views(kb.tables, new, base, second, progress or _silent)
        store.write_manifest(kb.tables, new, kept)
    return KnowledgeBase(folder, kb.tables)


def _extracted(
    paths: Paths,
    folder: Path,
    known: Catalogue,
    form: str | None,
    fast: bool,
    ray: str | None,
    workers: int | None,
    say: Progress,
) -> Extracted:
    """Read, merge and extract into the folder. Raises KgError where extraction failed on every paper."""
    spooled: int | Spooled = 0
    for spooled in spool(read(paths, form), folder):
        if isinstance(spooled, int):
            say("read", spooled, None)
    assert isinstance(spooled, Spooled)  # noqa: S101 # the last thing that `spool` gives
    total = spooled.merger.count
    say("read", total, total)
    for done in save(engine.run(folder, total, known, fast, ray, workers), folder):
        say("extract", done, total)
    papers = Extracted(spooled)
    if total and next(iter(papers), None) is None:
        raise KgError(f"extraction failed on all {total} papers: {papers.rejected[-1].reason}")
    return papers


def _write_views(tables: Tables, folder: Path, base: str | None, second: Beside, say: Progress) -> None:
    """Write everything that is made from the tables alone, which stand in the folder already."""
    from kg.rdf import crate
    from kg.rdf import export as rdf
    from kg.rdf.terms import DEFAULT_BASE

    def stands(file: Path) -> None:
        if file.name == beside.TURTLE:
            second.turtle_stands()

    base = DEFAULT_BASE if base is None else base
    say("write rdf", 0, 2)
    second.tables_stand(folder, base)
    here = [name for name in rdf.FORMATS if name not in beside.FORMATS]
    graph = rdf.write_graph(tables, folder / RDF, base, here, stands)
    say("write pages", 1, 2)
    others = second.finish(tables, folder, base)
    rdf.describe_graph(tables, graph._replace(files=(*graph.files, *others)), base)
    crate.write(tables, folder)


def _version(known: Catalogue) -> dict[str, Any]:
    """How large the catalogue is, and a hash of what it says."""
    decisions = msgspec.structs.replace(known.decisions, said=())  # which may name this machine's folders
    content = msgspec.json.encode([known.entries, known.vendors, decisions], order="deterministic")
    return {"entries": len(known.entries), "sha256": hashlib.sha256(content).hexdigest()}


def _silent(step: str, done: int, total: int | None) -> None:
    """Report nothing."""
