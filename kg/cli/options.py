"""Options that several verbs share, and the two consoles: results on standard output, everything else on error."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

#: What a person reads on the way; data goes to standard output by `typer.echo`.
err = Console(stderr=True, highlight=False, soft_wrap=True)

Papers = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders or globs of papers (daily-papers dump, JSON lines, CSV, Parquet, arXiv metadata); "
        "- is standard input. Without any: the sample corpus.",
        show_default=False,
    ),
]
Format = Annotated[
    str | None, typer.Option("--format", "-f", help="Read every file as this format, whatever its content looks like.")
]
Fast = Annotated[bool, typer.Option("--fast", help="Leave the learned network out: faster, finds fewer names.")]
Catalogue = Annotated[
    list[Path] | None,
    typer.Option("--catalogue", "-c", help="Your own YAML: adds, renames, merges, splits and bans; it wins."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say also what each step took and set aside.")]
Workers = Annotated[
    int | None, typer.Option("--workers", "-j", min=1, help="Worker processes.", show_default="one a core, if worth it")
]
Ray = Annotated[
    str | None, typer.Option("--ray", help="Run on the Ray cluster at this address (needs the extra 'cluster').")
]
Folder = Annotated[Path, typer.Option("--from", "-d", help="The folder that `kg build` wrote.")]
