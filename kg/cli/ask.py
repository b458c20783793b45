"""Verbs that ask: query, explain, evaluate, check, diff."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from kg.cli.options import Folder, err
from kg.errors import QueryError
from kg.text import counted

if TYPE_CHECKING:
    from kg.query.questions import Question


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(query)
    app.command()(evaluate)
    app.command()(check)
    app.command()(diff)


_PIPED = 160  # characters of a line that no terminal limits


class Output(StrEnum):
    """How a table is printed."""

    table = "table"
    csv = "csv"
    json = "json"


def query(
    context: typer.Context,
    question: Annotated[
        str | None, typer.Argument(help="A question's name, a file FILE.rq, or - for SPARQL on standard input.")
    ] = None,
    folder: Folder = Path("output"),
    output: Annotated[Output, typer.Option("--output", "-o", help="How to print the answer.")] = Output.table,
    own: Annotated[
        Path | None, typer.Option("--questions", help="A folder of your own questions, NAME.rq; they win.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the questions and their parameters.")] = False,
    width: Annotated[int | None, typer.Option("--width", min=40, help="Width of the table, in characters.")] = None,
) -> None:
    """Ask a named question, or SPARQL of your own. A question's parameters are options: --hardware A100.

    Examples: kg query methods-by-hardware --hardware A100; kg query --list; kg query mine.rq --output csv
    """
    from kg.query.questions import questions
    from kg.query.run import find, run

    if listing or question is None:
        if context.args:
            raise QueryError(f"{context.args[0]} is an option of no question; name the question first")
        typer.echo(_questions(questions(own)))
        return
    asked = find(sys.stdin.read() if question == "-" else question, own)
    answer = run(asked, folder, folder=own, **_parameters(context.args))
    if output is Output.table:
        if question != "-":
            err.print(asked.title, style="bold", markup=False)
        typer.echo(answer.text(width or (err.width if sys.stdout.isatty() else _PIPED)))
        err.print(counted(len(answer.rows), "rows"), markup=False)
    else:
        typer.echo(answer.csv() if output is Output.csv else answer.json(), nl=False)


def _parameters(args: list[str]) -> dict[str, str]:
    """`--hardware A100 --year=2024` as a dictionary. Raises QueryError for anything that is not such a pair."""
    out = {}
    rest = list(args)
    while rest:
        option = rest.pop(0)
        name, equals, value = option.removeprefix("--").partition("=")
        if not option.startswith("--") or not name or (not equals and not rest):
            raise QueryError(f"{option!r}: expected a parameter and its value, such as --hardware A100")
        out[name.replace("-", "_")] = value if equals else rest.pop(0)
    return out


def _questions(found: list[Question]) -> str:
    """The questions by group, each with its parameters."""
    lines: list[str] = []
    for group, members in groupby(found, key=lambda q: q.group):
        lines.append(f"\n{group}" if lines else group)
        for q in members:
            lines.append(f"  {q.name:32}{q.title}")
            lines += [f"    --{p.name} {p.type.upper()}{f' ({p.default})' if p.default else ''}" for p in q.parameters]
    return "\n".join(lines)


def evaluate(
    gold: Annotated[str, typer.Argument(help="Gold records, JSON lines in the form of the annotation guideline.")],
    records: Annotated[str, typer.Argument(help="Records to measure, as `kg extract` writes them.")],
    other: Annotated[
        str | None, typer.Argument(help="A second set of records: what did it gain, lose, and still miss?")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every item missed and spurious.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """Measure records against gold: precision, recall, F1 and its 95% interval, type by type.

    Example: kg extract papers.jsonl --out records.jsonl && kg evaluate gold.jsonl records.jsonl
    """
    from kg import evaluate as ev

    answers, said = ev.read(gold), ev.read(records)
    second = ev.read(other) if other else None
    figures, misses = ev.evaluate(answers, said)
    after = ev.evaluate(answers, second)[0] if second is not None else None
    if json:
        from msgspec.json import encode

        typer.echo(encode({f.name: f._asdict() for f in after or figures}).decode())
        return
    err.print(f"{counted(len(answers), 'papers')}, {sum(i in said for i in answers)} of them in {records}")
    table = Table("", "P", "R", "F1", "95% interval", "gold", "found", *(["F1 of second"] if after else []))
    for column in table.columns[1:]:
        column.justify = "right"
    for i, f in enumerate(figures):
        row = [f.name, *(f"{x:.3f}" for x in (f.precision, f.recall, f.f1)), f"{f.low:.3f}-{f.high:.3f}"]
        row += [str(f.gold), str(f.predicted)]
        table.add_row(*row, *([f"{after[i].f1:.3f}"] if after else []))
    Console(soft_wrap=True).print(table)
    if second is not None:
        for name, items in ev.compare(answers, said, second)._asdict().items():
            typer.echo(f"\n{name.replace('_', ' ')}: {len(items)}")
            for m in items:
                typer.echo(f"  [{m.figure}] {m.paper} {m.item}")
    elif errors:
        for m in misses:
            typer.echo(f"[{m.figure}] {m.paper} {m.kind} {m.item}")


def check(
    folder: Annotated[Path, typer.Argument(help="The folder that `kg build` wrote.")] = Path("output"),
    shapes: Annotated[bool, typer.Option("--shapes/--no-shapes", help="Hold the RDF against the SHACL shapes.")] = True,
) -> None:
    """Check a build: strict syntax, shapes, dangling and undeclared terms, and the graph's written contract.

    Example: kg check output
    """
    from kg.graph.contract import check as broken
    from kg.knowledge_base import RDF
    from kg.knowledge_base import open as open_folder
    from kg.rdf.check import SHAPED
    from kg.rdf.check import check as problems

    kb = open_folder(folder)
    found = [str(p) for p in problems(kb.folder / RDF, SHAPED if shapes else 0)]
    found += [f"graph: {text}" for text in broken(kb.graph())]
    for text in found:
        typer.echo(text)
    err.print(f"{len(found)} problems" if found else f"{folder} is in order", markup=False)
    if found:
        raise typer.Exit(1)


def diff(
    old: Annotated[Path, typer.Argument(help="The folder of the older build.")],
    new: Annotated[Path, typer.Argument(help="The folder of the newer build.")],
    output: Annotated[Output, typer.Option("--output", "-o", help="How to print the changes.")] = Output.table,
) -> None:
    """Say what a new build added, changed and dropped: papers, entities, statements, results.

    Example: kg diff output/monday output/tuesday
    """
    from kg.diff import diff as changes
    from kg.knowledge_base import open as open_folder
    from kg.query.table import Table as Answer

    found = changes(open_folder(old).tables, open_folder(new).tables)
    answer = Answer(("table", "kind", "what", "detail"), [(c.table, c.kind, c.what, c.detail) for c in found])
    if output is Output.table:
        typer.echo(answer.text(err.width if sys.stdout.isatty() else _PIPED))
        err.print(f"{len(found)} changes", markup=False)
    else:
        typer.echo(answer.csv() if output is Output.csv else answer.json(), nl=False)
