"""Verbs that show: view, export, report, explain, serve, model."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kg.cli.options import Catalogue, Fast, Folder, Format, Quiet, err
from kg.errors import ConfigurationError, InputError


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command()(view)
    app.command()(export)
    app.command()(report)
    app.command()(explain)
    app.command()(serve)
    app.command()(model)


def view(
    folder: Folder = Path("output"),
    question: Annotated[
        str | None,
        typer.Option("--query", help="Draw the network of this answer instead: a question's name or FILE.rq."),
    ] = None,
    base: Annotated[str | None, typer.Option("--base", help="Begin every IRI with this.")] = None,
    quiet: Quiet = False,
) -> None:
    """Write graph, RDF and pages again from the tables of a folder, or draw the network of a query's answer.

    Examples: kg view --from output; kg view --query methods-by-hardware
    """
    if question is not None:
        from kg.knowledge_base import open as open_folder
        from kg.view.network import write_answer

        opened = open_folder(folder)
        page = write_answer(opened.tables, folder, opened.query(question), base)
        if not quiet:
            err.print(f"open   {page}", style="bold", markup=False)
        return
    from kg.pipeline import views

    kb = views(folder, base=base)
    if not quiet:
        err.print(f"open   {kb.folder / 'index.html'}", style="bold", markup=False)


def export(
    format: Annotated[  # noqa: A002 - the argument's name
        str, typer.Argument(help="nt, ttl, trig, jsonld; or annotations: every mention as a Web Annotation.")
    ],
    folder: Folder = Path("output"),
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="The file; - is standard output.", show_default="beside the graph, described there"
        ),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", help="Begin every IRI with this.", show_default="as the build did")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write one RDF format of a knowledge base, or its mentions as Web Annotations.

    Examples: kg export annotations --from output; kg export ttl --from output/example --out - | head
    """
    from kg.knowledge_base import RDF
    from kg.knowledge_base import open as open_folder
    from kg.rdf import single

    tables = open_folder(folder).tables
    if out is None:
        if base is not None:
            raise ConfigurationError("a file beside the graph has the graph's base; name another with --out")
        out = single.add(tables, format, folder / RDF)
    else:
        target = sys.stdout.buffer if str(out) == "-" else out
        single.write(tables, format, target, single.base_of(folder / RDF) if base is None else base)
    if not quiet and str(out) != "-":
        err.print(f"wrote  {out}", style="bold", markup=False)


def report(
    folder: Annotated[Path, typer.Argument(help="The folder that `kg build` wrote.")] = Path("output"),
    since: Annotated[
        Path | None, typer.Option("--since", help="The folder of an older build: what it lacks is new.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="The page's file, its Markdown beside it.", show_default="FOLDER/report.html"),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="What the report calls the corpus.")] = "Papers and hardware",
    quiet: Quiet = False,
) -> None:
    """Write one page and a Markdown digest for a mail: top hardware, rising methods, new pairs, gains, quality.

    Examples: kg report output; kg report output/tuesday --since output/monday --out mail.html
    """
    from kg.report import report as write

    written = write(folder, since, out, name=name)
    if not quiet:
        for path in written:
            err.print(f"wrote  {path}", style="bold", markup=False)


def explain(
    paper: Annotated[str, typer.Argument(help="A paper's id, or a part of its title.")],
    papers: Annotated[
        list[str] | None, typer.Argument(help="The files that hold it; without any, the sample corpus.")
    ] = None,
    format: Format = None,  # noqa: A002 - the option's name
    fast: Fast = False,
    catalogue: Catalogue = None,
) -> None:
    """Print a paper's abstract with its mentions coloured, and below it every fact with its words and cues.

    Examples: kg explain "In-Datacenter Performance"; kg explain arxiv:2305.14314 papers.jsonl
    """
    from kg.catalogue import load
    from kg.explain import explain as render
    from kg.extract.nlp import load_nlp
    from kg.extract.record import record
    from kg.records import Paper
    from kg.sources import read
    from kg.sources.sample import sample_papers

    wanted = paper.casefold()
    known = [p for p in read(papers or [str(sample_papers())], format) if isinstance(p, Paper)]
    found = [p for p in known if p.id.casefold() == wanted] or [p for p in known if wanted in p.title.casefold()]
    if not found:
        raise InputError(f"no paper of these {len(known)} has the id {paper!r} or these words in its title")
    if len(found) > 1:
        titles = "; ".join(f"{p.id} ({p.title})" for p in found[:5])
        raise InputError(f"{len(found)} papers match {paper!r}: {titles}; name one by its id")
    nlp = load_nlp(load(catalogue or ()), fast)
    Console().print(render(found[0], record(nlp(found[0].text), found[0].id)))


def serve(
    folder: Folder = Path("output"),
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; others than this machine's are open.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option("--port", "-p", help="The port; 0 takes any that is free.")] = 7878,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that a query may take.")] = 10.0,
    max_rows: Annotated[int, typer.Option("--max-rows", min=1, help="Rows that an answer may have.")] = 10_000,
    cors: Annotated[list[str] | None, typer.Option("--cors", help="An origin whose pages may ask.")] = None,
    questions: Annotated[Path | None, typer.Option("--questions", help="A folder of your own questions.")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes that answer queries.", show_default="one a core")
    ] = None,
) -> None:
    """Serve the explorer and a read-only SPARQL endpoint on this machine, until interrupted.

    Example: kg serve --from output --port 7878
    """
    from kg.serve.run import serve as run

    run(
        folder,
        host,
        port,
        timeout=timeout,
        max_rows=max_rows,
        cors=cors or (),
        own_questions=questions,
        workers=workers,
    )


def model() -> None:
    """Print the model card of the learned network: data and licences, figures, experiments, limits, checksum.

    Example: kg model
    """
    from kg.model import card

    typer.echo(card(), nl=False)
