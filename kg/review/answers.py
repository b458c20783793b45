"""Answers to cases -> decisions in the user's catalogue file.

In: cases, a verdict for some of them, and the text of the file. Out: the text with the decisions added to its lists;
comments and everything else stay as they are. The next build with this file (`--catalogue`) obeys them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import yaml

from kg.errors import CatalogueError, InputError
from kg.link.names import is_short
from kg.review.cases import Case

#: What can be said of a case; `skip` says nothing.
VERDICTS = {
    "merge": "the two are one thing",
    "distinct": "the two are never one thing",
    "ban-left": "the first name is no entity of its type",
    "ban-right": "the second name is no entity of its type",
    "skip": "ask again",
}
_HEADER = "# Decisions on what is one thing, for `kg build --catalogue`; see docs/catalogue.md.\n"


class Decision(NamedTuple):
    """An item of a list of the user's file; `note` is what a reader of the file wants to know."""

    list: str
    item: Mapping[str, Any]
    note: str


def to_items(
    cases: Iterable[Case], verdicts: Mapping[str, str], listed: frozenset[str] = frozenset()
) -> list[Decision]:
    """The decisions that verdicts (by a case's id) make; `listed` are the keys of the catalogue's entries.

    Raises InputError for an id that is no case's and for an unknown verdict, naming what exists.
    """
    known = {case.id: case for case in cases}
    out = []
    for name, verdict in verdicts.items():
        if verdict not in VERDICTS:
            raise InputError(f"{name}: no verdict {verdict!r}; there are {', '.join(VERDICTS)}")
        if name not in known:
            raise InputError(f"no open case {name!r}; `kg review` lists those that are open, each with its id")
        case = known[name]
        note = " ".join(f"{case.left.name} / {case.right.name}".split())
        if verdict == "merge":
            into, source = _direction(case, listed)
            out.append(Decision("merge", {"into": into, "from": [source]}, note))
        elif verdict == "distinct":
            out.append(Decision("distinct", {"keys": [case.left.key, case.right.key]}, note))
        elif verdict != "skip":
            side = case.left if verdict == "ban-left" else case.right
            out.append(Decision("ban", {"name": side.name, "type": case.type}, note))
    return out


def _direction(case: Case, listed: frozenset[str]) -> tuple[str, str]:
    """The key to keep and the key to give up: an entry before papers' names, a full name before an abbreviation."""
    order = sorted(
        (case.left, case.right), key=lambda s: (s.key not in listed, is_short(s.name), -s.papers, len(s.key), s.key)
    )
    return order[0].key, order[1].key


def read_answers(text: str) -> dict[str, str]:
    """Verdicts by case: what `kg review --output json` printed with its verdicts filled in, or lines "id verdict".

    >>> read_answers("1a2b3c4d merge  # surely\\n\\n99aa88bb\\tdistinct\\n")
    {'1a2b3c4d': 'merge', '99aa88bb': 'distinct'}
    >>> read_answers('[{"id": "1a2b3c4d", "verdict": "merge"}, {"id": "99aa88bb", "verdict": null}]')
    {'1a2b3c4d': 'merge'}
    """
    if text.lstrip().startswith("["):
        try:
            return {str(case["id"]): str(case["verdict"]) for case in json.loads(text) if case.get("verdict")}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"no list of cases with id and verdict ({error}); fill in what --output json gave"
            ) from None
    lines = (line.split("#")[0].replace(",", " ").replace("=", " ").split() for line in text.splitlines())
    found = [line for line in lines if line and line[0] != "id"]
    if wrong := next((line for line in found if len(line) != 2), None):
        raise InputError(
            f"{' '.join(wrong)[:60]!r} is no answer; expected an id and a verdict, such as: 1a2b3c4d merge"
        )
    return dict(found)


def append(text: str, decisions: Iterable[Decision]) -> str:
    r"""The text of a catalogue file with the decisions at the end of its lists. Raises CatalogueError where it is none.

    >>> print(append("merge:\n- {into: a, from: [b]}  # mine\n", [Decision("merge", {"into": "c", "from": ["d"]}, "")]))
    merge:
    - {into: a, from: [b]}  # mine
    - {"into": "c", "from": ["d"]}
    <BLANKLINE>
    """
    items: dict[str, list[Decision]] = {}
    for decision in decisions:
        items.setdefault(decision.list, []).append(decision)
    if text and not text.endswith("\n"):
        text += "\n"
    if items and not text.strip():
        text = _HEADER
    for name, new in items.items():
        text = _insert(text, name, new)
    return text


def _insert(text: str, name: str, new: list[Decision]) -> str:
    key, found = _list(text, name)
    if key is None or found is None:
        return f"{text}{name}:\n" + _lines(new, "")
    if isinstance(found, yaml.SequenceNode) and found.flow_style:
        at = found.end_mark.index - 1
        return text[:at] + (", " if found.value else "") + ", ".join(_flow(d) for d in new) + text[at:]
    if isinstance(found, yaml.SequenceNode) and found.value:
        end = found.value[-1].end_mark
        line, indent = end.line + (end.column > 0), " " * found.start_mark.column
    else:
        line, indent = key.end_mark.line + 1, ""
    lines = text.splitlines(keepends=True)
    return "".join(lines[:line]) + _lines(new, indent) + "".join(lines[line:])


def _list(text: str, name: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The key of a list of the file and what stands there."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise CatalogueError(f"the file is not YAML: {' '.join(str(error).split())}") from None
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise CatalogueError("the file is no catalogue: expected lists such as entries, merge, distinct")
    return (
        next(((key, value) for key, value in root.value if key.value == name), (None, None)) if root else (None, None)
    )


def _flow(decision: Decision) -> str:
    return json.dumps(decision.item, ensure_ascii=False)


def _lines(decisions: list[Decision], indent: str) -> str:
    notes = ((d, f"  # {d.note}" if d.note else "") for d in decisions)
    return "".join(f"{indent}- {_flow(decision)}{note}\n" for decision, note in notes)
