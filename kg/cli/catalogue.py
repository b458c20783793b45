"""`kg catalogue`: what we know of things: show, search, check, stats."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="What the catalogue knows: show, search, check, stats.")
