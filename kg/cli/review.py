"""The verb that asks a person: review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.ask import Output
from kg.cli.options import err
from kg.errors import CatalogueError, ConfigurationError, InputError

if TYPE_CHECKING:
    from kg.review import Case


def register(app: typer.Typer) -> None:
    """Add the verb to the command."""
    app.command()(review)


def review(
    folder: Annotated[Path, typer.Argument(help="The folder that `kg build` wrote.")] = Path("output"),
    catalogue: Annotated[
        list[Path] | None,
        typer.Option("--catalogue", "-c", help="Your own YAML; decisions are added to the last one, new or not."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many cases to show.")] = 20,
    kind: Annotated[str | None, typer.Option("--type", "-t", help="Only this type, such as Hardware.")] = None,
    decide: Annotated[
        list[str] | None,
        typer.Option("--decide", help="ID=VERDICT, or a file of them (JSON of --output json, or lines); - is stdin."),
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", "-a", help="Ask about one case after the other.")] = False,
    output: Annotated[Output, typer.Option("--output", "-o", help="How to print the cases.")] = Output.table,
) -> None:
    """List doubtful merges and doubtful non-merges, those that matter most first, and write down what you decide.

    A case is two names that were taken for one thing, or left apart.
    Its value is its support (papers that it concerns) times its doubt
    (the chance that what was done is wrong).
    Verdicts: merge, distinct, ban-left, ban-right, skip. They go to your
    catalogue file, and the next build with that file obeys them.

    Examples:
      kg review output --limit 5
      kg review output --ask --catalogue mine.yaml
      kg review output --decide 1a2b3c4d=merge --catalogue mine.yaml
      kg review output --output json > cases.json   (fill in the verdicts)
      kg review output --decide cases.json --catalogue mine.yaml
      kg build papers.jsonl --catalogue mine.yaml
    """
    from kg.catalogue import load
    from kg.knowledge_base import open as open_folder
    from kg.link.known import CatalogueKnown
    from kg.review import cases
    from kg.schema import TYPE

    if kind is not None and kind not in TYPE:
        raise InputError(f"no type {kind!r}; the types are {', '.join(TYPE)}")
    files = catalogue or []
    if (decide or ask) and not files:
        raise ConfigurationError("say which file takes the decisions, new or not: --catalogue mine.yaml")
    known = load([path for path in files if path.exists() or path != files[-1]])
    found = cases(open_folder(folder).tables, CatalogueKnown(known), kind=kind)
    if decide or ask:
        verdicts = _given(decide or [])
        if ask:
            verdicts |= _asked([case for case in found if case.id not in verdicts][:limit])
        _write(files, found, verdicts, frozenset(known.entries))
        return
    _print(found[:limit], output)
    if output is Output.table:
        err.print(f"{min(limit, len(found))} of {len(found)} cases", markup=False)


def _print(found: tuple[Case, ...], output: Output) -> None:
    if output is Output.table:
        for case in found:
            typer.echo(_text(case))
    elif output is Output.json:
        from msgspec.json import encode
        from msgspec.json import format as indented

        rows = [{**case._asdict(), **_sides(case), "verdict": None} for case in found]
        typer.echo(indented(encode(rows)).decode())
    else:
        from kg.query.table import Table

        columns = ("id", "verdict", "value", "support", "doubt", "done", "type", "left", "left_key", "right")
        rows_ = [
            (c.id, "", c.value, c.support, c.doubt, c.done, c.type, c.left.name, c.left.key, c.right.name, c.right.key,
             c.reason)
            for c in found
        ]  # fmt: skip
        typer.echo(Table((*columns, "right_key", "reason"), rows_).csv(), nl=False)


def _sides(case: Case) -> dict[str, object]:
    out: dict[str, object] = {}
    for name, side in (("left", case.left), ("right", case.right)):
        sentences = [{"paper": paper, "sentence": text} for paper, text in side.sentences]
        out[name] = {**side._asdict(), "sentences": sentences}
    return out


def _text(case: Case) -> str:
    """A case on a few lines: what was done, why, and sentences of both sides."""
    sign = "=" if case.done == "merged" else "|"
    lines = [
        f"{case.id}  {case.done}  {case.type}: {case.left.name} {sign} {case.right.name}",
        f"  value {case.value:g}: {_papers(case.support)} x {case.doubt:g} doubt; {case.reason}"
        + (f"; both names for one thing: {_papers(case.papers)}" if case.papers else ""),
    ]
    for side in (case.left, case.right):
        lines.append(f"  {side.name}  ({side.key}, {_papers(side.papers)})")
        lines += [f"    {text}  [{paper.split('/', 1)[1]}]" for paper, text in side.sentences]
    return "\n".join(lines) + "\n"


def _papers(number: int) -> str:
    return "1 paper" if number == 1 else f"{number:,} papers"


def _given(decide: list[str]) -> dict[str, str]:
    """The verdicts of the command line: ID=VERDICT, or files of them."""
    from kg.review import read_answers

    out: dict[str, str] = {}
    for word in decide:
        name, equals, verdict = word.partition("=")
        if equals and not Path(word).exists():
            out[name.strip()] = verdict.strip()
            continue
        try:
            text = sys.stdin.read() if word == "-" else Path(word).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{word}: neither ID=VERDICT nor a file that can be read ({error})") from error
        out |= read_answers(text)
    return out


def _asked(found: list[Case]) -> dict[str, str]:
    """The verdicts that a person types; what was answered counts also where the person leaves early."""
    from kg.review import VERDICTS

    letters = {"m": "merge", "d": "distinct", "1": "ban-left", "2": "ban-right", "s": "skip"}
    err.print(", ".join(f"{k} {v}: {VERDICTS[v]}" for k, v in letters.items()) + ", q: stop", markup=False)
    out: dict[str, str] = {}
    for number, case in enumerate(found, 1):
        typer.echo(f"\n{number}/{len(found)}  {_text(case)}", nl=False)
        while True:
            try:
                answer = input("m, d, 1, 2, s or q? ").strip().casefold()
            except EOFError:
                return out
            if answer == "q":
                return out
            verdict = letters.get(answer, answer)
            if verdict in VERDICTS:
                break
            err.print(f"no {answer!r} here", markup=False)
        if verdict != "skip":
            out[case.id] = verdict
    return out


def _write(files: list[Path], found: tuple[Case, ...], verdicts: dict[str, str], listed: frozenset[str]) -> None:
    """Add the decisions to the last file, whole or not at all."""
    from kg.catalogue.inspect import check
    from kg.review import append, to_items

    path = files[-1]
    decisions = to_items(found, verdicts, listed)
    if not decisions:
        err.print("nothing was decided", markup=False)
        return
    partial = path.with_name(f".{path.name}.partial")
    try:
        before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        partial.write_text(append(before, decisions), encoding="utf-8", newline="\n")
        if problems := check([*files[:-1], partial]):
            said = "\n".join(problems).replace(str(partial), str(path))
            raise CatalogueError(f"these decisions do not fit the catalogue; {path} stays as it was:\n{said}")
        partial.replace(path)
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {error.strerror}; choose another file") from error
    finally:
        partial.unlink(missing_ok=True)
    for decision in decisions:
        typer.echo(f"{decision.list}: {decision.note}")
    err.print(f"wrote {len(decisions)} decisions to {path}; next: kg build PAPERS --catalogue {path}", markup=False)
