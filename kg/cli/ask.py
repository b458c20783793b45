"""Verbs that ask: query, explain, evaluate, check, diff."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kg.cli.options import err


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command()(evaluate)


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
    err.print(f"{len(answers)} papers, {sum(i in said for i in answers)} of them in {records}")
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
