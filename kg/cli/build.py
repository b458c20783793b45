"""Verbs that make: build, extract, link."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kg.cli.options import Catalogue, Fast, Format, Papers, Quiet, Ray, Verbose, Workers, err
from kg.errors import ConfigurationError, InputError
from kg.text import counted

if TYPE_CHECKING:
    from kg.knowledge_base import KnowledgeBase
    from kg.records import Paper, Record, Rejected

_SHOWN = 5  # items set aside that are shown without --verbose


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command()(build)
    app.command()(extract)
    app.command()(link)


def build(
    papers: Papers = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The folder to write; it appears whole or not at all.")
    ] = Path("output"),
    format: Format = None,  # noqa: A002 - the option's name
    fast: Fast = False,
    catalogue: Catalogue = None,
    workers: Workers = None,
    ray: Ray = None,
    base: Annotated[str | None, typer.Option("--base", help="Begin every IRI with this.")] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Build the knowledge graph: tables, NetworkX graph, RDF and pages, from files of papers.

    Examples: kg build; kg build "dumps/*.txt" --out output/mine; cat papers.jsonl | kg build - --fast
    """
    from kg.pipeline import build as make

    with _progress(quiet) as progress:
        kb = make(
            _paths(papers), out, format=format, fast=fast, catalogue=catalogue or (), workers=workers, ray=ray,
            base=base, progress=progress,
        )  # fmt: skip
    if not quiet:
        _report(kb, verbose)


def _paths(papers: list[str] | None) -> list[str]:
    if papers:
        return papers
    from kg.sources.sample import sample_papers

    err.print("no papers given: taking the sample corpus of the package", style="dim")
    return [str(sample_papers())]


@contextmanager
def _progress(quiet: bool) -> Iterator[Any]:
    """A progress bar on standard error, as `kg.pipeline.build.Progress`; without a terminal, a line a step."""
    columns = [
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    ]
    with Progress(*columns, console=err, transient=True, disable=quiet or not err.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def say(step: str, done: int, total: int | None) -> None:
            group = step.split()[0]
            if group not in tasks:
                tasks[group] = bar.add_task(step, total=total)
            bar.update(tasks[group], description=step, completed=done, total=total)

        yield say


def _report(kb: KnowledgeBase, verbose: bool) -> None:
    """What was read, found, set aside and written, and what to do next."""
    from kg.view.explorer import BESIDE

    counts = kb.manifest["input"]

    def say(text: str, style: str | None = None) -> None:
        err.print(text, markup=False, style=style)

    duplicates = f", {counted(counts['duplicates'], 'duplicates')} merged" if counts["duplicates"] else ""
    say(f"read   {counted(counts['papers'], 'papers')}{duplicates}")
    types: dict[str, int] = {}
    for row in kb.entities.select(["type", "papers"]).to_pylist():
        if row["papers"]:
            types[row["type"]] = types.get(row["type"], 0) + 1
    found = ", ".join(counted(n, _plural(t)) for t, n in sorted(types.items(), key=lambda x: -x[1]))
    facts, results = counted(kb.facts.num_rows, "statements"), counted(kb.results.num_rows, "results")
    say(f"found  {found}; {facts}, {results}")
    if counts["rejected"]:
        say(f"set aside {counts['rejected']:,}, listed in {kb.folder / 'rejected.jsonl'}", style="yellow")
        lines = (kb.folder / "rejected.jsonl").read_text(encoding="utf-8").splitlines()
        for line in lines if verbose else lines[:_SHOWN]:
            item = json.loads(line)
            place = item["file"] + (f":{item['line']}" if item["line"] else "")
            say(f"  {place}: {item['reason']}; {item['hint']}")
        if len(lines) > _SHOWN and not verbose:
            say(f"  and {len(lines) - _SHOWN:,} more")
    _say_unmatched(kb.manifest.get("unmatched", ()), verbose)
    if verbose:
        for name in kb.manifest["files"]:
            say(f"wrote  {kb.folder / name}")
    if BESIDE in kb.manifest["files"]:
        say(f"note   the abstracts of so many papers stand beside the page: keep {BESIDE}/ with it, or use kg serve")
    say(f"open   {kb.folder / 'index.html'}", style="bold")
    say("ask    kg query methods-by-hardware" + ("" if str(kb.folder) == "output" else f" --from {kb.folder}"))


def _say_unmatched(notices: Sequence[str], verbose: bool = False) -> None:
    """The decisions of the user's catalogue that match nothing."""
    shown = notices if verbose else notices[:_SHOWN]
    for notice in shown:
        err.print(f"note   {notice}", style="yellow", markup=False, soft_wrap=True)
    if len(notices) > len(shown):
        err.print(
            f"  and {len(notices) - len(shown):,} more decisions that match nothing", style="yellow", markup=False
        )


def _plural(kind: str) -> str:
    from kg.schema import NODE_KINDS

    return next(t.plural for t in NODE_KINDS.values() if t.name == kind).lower()


def extract(
    papers: Papers = None,
    out: Annotated[str, typer.Option("--out", "-o", help="The file of records to write; - is standard output.")] = "-",
    full: Annotated[
        bool, typer.Option("--full", help="Also offsets, rules, confidence and cues, as `kg link` reads them.")
    ] = False,
    format: Format = None,  # noqa: A002 - the option's name
    fast: Fast = False,
    catalogue: Catalogue = None,
    workers: Workers = None,
    ray: Ray = None,
    quiet: Quiet = False,
) -> None:
    """Extract one record a paper, as JSON lines in the form of the annotation guideline.

    Examples: kg extract papers.jsonl --out records.jsonl; kg extract dump.txt --full | kg link - --out output
    """
    from kg.pipeline import extract as run
    from kg.sources.sample import sample_papers

    with _progress(quiet) as progress:
        items = run(
            papers or [str(sample_papers())], format=format, fast=fast, catalogue=catalogue or (), workers=workers,
            ray=ray, progress=progress,
        )  # fmt: skip
        rejected: list[Rejected] = []
        _write_lines(out, (_line(item, full) for item in _good(items, rejected)))
    if rejected and not quiet:
        from kg.sources.read import said

        err.print(f"set aside {len(rejected):,}:", style="yellow", markup=False)
        for item in rejected[:_SHOWN]:
            err.print(f"  {said(item)}", markup=False)


def _good(items: Iterable[Any], rejected: list[Rejected]) -> Iterator[tuple[Paper, Record]]:
    for item in items:
        if isinstance(item, tuple):
            yield item
        else:
            rejected.append(item)


def _line(item: tuple[Paper, Record], full: bool) -> str:
    import msgspec

    paper, record = item
    if full:
        return msgspec.json.encode({"paper": paper, "record": record}).decode()
    return json.dumps(record.guideline(), ensure_ascii=False)


def _write_lines(out: str, lines: Iterable[str]) -> None:
    if out == "-":
        for line in lines:
            sys.stdout.write(f"{line}\n")
        return
    path = Path(out)
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
        partial.replace(path)
    except OSError as error:
        raise ConfigurationError(f"cannot write {out}: {error.strerror}; choose another file with --out") from error
    finally:
        partial.unlink(missing_ok=True)


def link(
    records: Annotated[str, typer.Argument(help="What `kg extract --full` wrote; - is standard input.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write.")] = Path("output"),
    catalogue: Catalogue = None,
    quiet: Quiet = False,
) -> None:
    """Link extracted records to one graph and write its tables: one node for one thing.

    Example: kg extract papers.jsonl --full --out full.jsonl && kg link full.jsonl --out output
    """
    from kg import store
    from kg.catalogue import load
    from kg.knowledge_base import KnowledgeBase
    from kg.link.known import CatalogueKnown
    from kg.link.unmatched import unmatched
    from kg.pipeline import link as run

    items = _read_full(records)
    known = load(catalogue or ())
    tables = run(items, known)
    store.write(tables, out)
    if not quiet:
        _say_unmatched([str(notice) for notice in unmatched(items, CatalogueKnown(known))])
        err.print(f"wrote  {KnowledgeBase(out, tables)!r}", markup=False)
        err.print(f"next   kg view --from {out}", markup=False)


def _read_full(name: str) -> list[tuple[Paper, Record]]:
    import msgspec

    from kg.records import Paper, Record, from_json

    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{name}: cannot be read ({error}); expected what `kg extract --full` writes") from error
    items = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        try:
            item = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
            pair = from_json(item["paper"], Paper), from_json(item["record"], Record)
        except (msgspec.DecodeError, KeyError) as error:
            raise InputError(
                f"{name}:{number}: no full record ({error}); write them with: kg extract PAPERS --full --out {name}"
            ) from error
        items.append(pair)
    return items
