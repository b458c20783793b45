"""The `kg` command: its verbs, and how errors end: one line, what to do next, an exit code, never a traceback."""

from __future__ import annotations

import gc
import os
import sys

import typer

from kg.cli import ask, build, catalogue, review, show
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Knowledge graph of research papers: which methods target which hardware, and the sentence that says so.",
    epilog="Start with: [bold]kg build[/bold] (the sample corpus), then open output/index.html.",
)
for module in (build, ask, show, review):
    module.register(app)
app.add_typer(catalogue.app, name="catalogue")

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"kg {version('hardware-kg')}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", help="Show the version.", callback=_version, is_eager=True),
) -> None:
    """Read by every verb."""


def main() -> None:
    """Run the command line and exit: 0 done, 1 not as asked, 2 wrong usage, 3 to 6 as `kg.errors` says."""
    try:
        app()
    except KgError as error:
        sys.exit(_say(str(error), error.exit_code))
    except KeyboardInterrupt:
        sys.exit(_say("interrupted; nothing half-written was left", _INTERRUPTED))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `kg query ... | head` is no error
    finally:
        gc.freeze()  # Python would look through all objects once more before it ends: two seconds after a build


def _say(message: str, code: int) -> int:
    print(f"kg: {message}", file=sys.stderr)  # noqa: T201 - the last word of a command
    return code
