"""A paper with its mentions coloured, and below it every fact with the words and the cues that it was read from.

In: a Paper and its Record. Out: a renderable of rich. Text of papers is shown as text, never read as markup; control
characters are shown as a mark, so that no abstract can move the cursor.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kg.records import Evidence, Paper, Record, Result
from kg.schema import ENTITY_TYPES, RELATION, ROLE, TYPE

_INDENT = (0, 0, 0, 4)
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), "�")


def explain(paper: Paper, record: Record) -> Group:
    """The paper and what the record says of it, ready for `rich.console.Console().print`."""
    parts: list[RenderableType] = [coloured(paper, record), _legend(record)]
    for heading, lines in _sections(paper, record):
        if lines:
            parts += [Text(f"\n{heading}", style="bold"), *lines]
    if len(parts) == 2:
        parts.append(Text("\nNothing was found in this paper.", style="dim"))
    return Group(*parts)


def coloured(paper: Paper, record: Record) -> Text:
    """The text of the paper, its title bold, each mention in the colour of its type."""
    text = Text(_safe(paper.text))
    text.stylize("bold", 0, len(paper.title))
    for entity in record.entities:
        for mention in entity.mentions:
            text.stylize(f"bold {TYPE[entity.type].colour}", mention.start, mention.end)
    return text


def _legend(record: Record) -> Text:
    """The types that occur, each in its colour."""
    present = {e.type for e in record.entities}
    line = Text("\n")
    for kind in ENTITY_TYPES:
        if kind.name in present:
            line.append(f"■ {kind.plural}  ", style=kind.colour)
    return line


def _sections(paper: Paper, record: Record) -> Iterator[tuple[str, list[RenderableType]]]:
    types = {e.canonical: e.type for e in record.entities}
    yield "Proposes", [_fact(paper, [_name(p.entity, p.type)], p.evidence) for p in record.proposes]
    yield "Hardware", [
        _fact(paper, [Text(ROLE[r.role].label, style=ROLE[r.role].colour), _name(r.hardware, "Hardware")], r.evidence)
        for r in record.hardware_roles
    ]  # fmt: skip
    yield "Results", [_fact(paper, _result(r, types), r.evidence) for r in record.results]
    yield "Relationships", [
        _fact(paper, [_name(*r.subject[::-1]), Text(RELATION[r.relation].label), _name(*r.object[::-1])], r.evidence)
        for r in record.relationships
    ]  # fmt: skip


def _name(name: str, kind: str) -> Text:
    return Text(_safe(name), style=f"bold {TYPE[kind].colour}" if kind in TYPE else "bold")


def _result(result: Result, types: dict[str, str]) -> list[Text]:
    """Value and metric as written, then how they were understood."""
    parts = [Text(_safe(result.value), style="bold"), _name(result.metric, "Metric")]
    low, high = result.low, result.high
    if low is not None or high is not None:
        number = f"{low:g}" if low is not None else "…"
        if high != low:
            number += f" to {high:g}" if high is not None else " or more"
        parts.append(Text(f"= {number} {result.unit or ''}".rstrip(), style="dim"))
    if result.better:
        parts.append(Text(f"({result.better} is better)", style="dim"))
    if result.change:
        parts.append(Text(f"a {result.change}", style="dim"))
    for word, name in (("on", result.hardware), ("on", result.dataset), ("against", result.baseline)):
        if name:
            parts += [Text(word), _name(name, types.get(name, ""))]
    return parts


def _fact(paper: Paper, parts: list[Text], evidence: Evidence) -> RenderableType:
    """One fact: its parts on a line, the words that say so, and the cues that decided."""
    line = Text("  • ")
    line.append_text(Text(" ").join(parts))
    line.append(f"   {evidence.score:.2f}", style="dim")
    words = paper.text[evidence.start : evidence.end] or evidence.quote
    below = Text(f"“{_safe(' '.join(words.split()))}”", style="italic")
    if evidence.cues:
        below.append_text(Text(f"\nbecause: {_safe('; '.join(evidence.cues))}", style="dim not italic"))
    return Group(line, Padding(below, _INDENT))


def _safe(text: str) -> str:
    """The text with a mark for every control character, as long as before.

    >>> _safe("a\\x1b[31m [b]")
    'a�[31m [b]'
    """
    return text.translate(_CONTROLS)
