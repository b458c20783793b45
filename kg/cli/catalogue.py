"""`kg catalogue`: what we know of things: show, search, check, stats, propose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Catalogue, err
from kg.errors import CatalogueError, InputError

if TYPE_CHECKING:
    from kg.catalogue.inspect import Shown

app = typer.Typer(no_args_is_help=True, help="What the catalogue knows: show, search, check, stats, propose.")

_NARROWER = 12  # entries below one that are listed by name


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A name, as papers write it, or a key such as hardware/nvidia-a100.")],
    catalogue: Catalogue = None,
) -> None:
    """Show what a name stands for: vendor, hierarchy, aliases, figures with their source.

    Example: kg catalogue show A100
    """
    from kg.catalogue import load
    from kg.catalogue.inspect import search as find
    from kg.catalogue.inspect import show as look

    known = load(catalogue or ())
    found = look(name, known)
    if not found:
        near = ", ".join(hit.label for hit in find(name, known, limit=3)) or "nothing"
        raise InputError(f"the catalogue has no {name!r}; nearest: {near}; add it in a file of your own: --catalogue")
    for shown in found:
        _print(shown)


def _print(shown: Shown) -> None:
    entry = shown.entry
    notes = [
        text for text, so in (("inferred from its form", entry.inferred), ("only in context", shown.ambiguous)) if so
    ]
    typer.echo(f"{entry.label}  ({entry.key}{''.join(f'; {n}' for n in notes)})")
    rows = [
        ("type", " / ".join(filter(None, (entry.type, entry.kind)))),
        ("vendor", shown.vendor),
        ("family", entry.family),
        ("is a", " < ".join(shown.broader)),
        ("part of", ", ".join(entry.part_of)),
        ("year", entry.year),
        ("names", ", ".join(entry.aliases)),
        ("wider than", ", ".join(shown.narrower[:_NARROWER]) + (", ..." if len(shown.narrower) > _NARROWER else "")),
    ]
    for label, value in rows:
        if value:
            typer.echo(f"  {label:11}{value}")
    for spec in entry.specs:
        number = f"{spec.value:g} {spec.unit}" + (f" ({spec.format})" if spec.format else "")
        typer.echo(f"  {spec.name:11}{number}  [{spec.source}]")


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Any part of a name; typing errors are allowed.")],
    kind: Annotated[str | None, typer.Option("--type", "-t", help="Only this type, such as Hardware.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to show.")] = 10,
    catalogue: Catalogue = None,
) -> None:
    """Find entries by a name that is like the text.

    Example: kg catalogue search mi300
    """
    from kg.catalogue import load
    from kg.catalogue.inspect import search as find
    from kg.schema import TYPE

    if kind is not None and kind not in TYPE:
        raise InputError(f"no type {kind!r}; the types are {', '.join(TYPE)}")
    hits = find(text, load(catalogue or ()), kind, limit)
    for hit in hits:
        also = f"  (as {hit.name})" if hit.name != hit.label else ""
        typer.echo(f"{hit.label:36}{hit.key}{also}")
    if not hits:
        err.print(f"nothing is called like {text!r}", markup=False)


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Your own YAML files; without any, the packaged ones.")
    ] = None,
) -> None:
    """Report every contradiction of the catalogue at once, with file and line.

    Example: kg catalogue check mine.yaml
    """
    from kg.catalogue.inspect import check as problems

    found = problems(files or ())
    if found:
        raise CatalogueError(f"{len(found)} problems:\n" + "\n".join(found))
    err.print("the catalogue is in order")


@app.command()
def stats(catalogue: Catalogue = None) -> None:
    """Count what the catalogue knows, by type, kind of hardware and vendor.

    Example: kg catalogue stats
    """
    from kg.catalogue import load
    from kg.catalogue.inspect import stats as count

    counts = count(load(catalogue or ()))
    typer.echo(f"{counts.names:,} names, {counts.ambiguous:,} only in context; {counts.with_specs:,} with figures")
    for title, table in (("type", counts.types), ("kind", counts.kinds), ("vendor", counts.vendors)):
        typer.echo(f"\n{title}")
        for name, number in table.items():
            typer.echo(f"  {name:28}{number:6,}")


@app.command()
def propose(
    table: Annotated[Path, typer.Argument(help="A CSV file of products with a column of names.")],
    catalogue: Catalogue = None,
) -> None:
    """Print entries, as YAML, for the products of a table that the catalogue lacks. Review makes them catalogue.

    Example: kg catalogue propose products.csv > proposed.yaml
    """
    from kg.catalogue import load
    from kg.catalogue.propose import propose as propose_entries
    from kg.catalogue.propose import to_yaml

    found = propose_entries(table, load(catalogue or ()))
    typer.echo(to_yaml(found), nl=False)
    err.print(f"{len(found):,} products that the catalogue lacks", markup=False)
