"""Two knowledge bases in, what the newer added, changed and dropped out: papers, entities, statements, results.

A statement is a triple with its support, the number of distinct papers behind it; evidence that only moved within a
paper is no change.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import pyarrow as pa

from kg.store import Tables


class Change(NamedTuple):
    """One thing that differs. `kind` is added, changed or dropped; `table` is papers, entities, facts or results.

    `what` is readable; `keys` are those of the nodes concerned; `detail` says what changed.
    """

    kind: str
    table: str
    what: str
    keys: tuple[str, ...]
    detail: str = ""


def diff(old: Tables, new: Tables) -> list[Change]:
    """Every change from `old` to `new`, sorted by table, kind and name."""
    names = _names(old) | _names(new)
    changes = [
        *_compare("papers", _papers(old), _papers(new), names),
        *_compare("entities", _entities(old), _entities(new), names),
        *_compare("facts", _facts(old), _facts(new), names),
        *_compare("results", _results(old), _results(new), names),
    ]
    return sorted(changes)


def new_pairs(old: Tables, new: Tables) -> list[Change]:
    """The methods (models, software) and hardware of which only the newer base says that one targets the other."""
    return [
        c
        for c in diff(old, new)
        if c.table == "facts" and c.kind == "added" and c.keys[1] == "targets" and not c.keys[0].startswith("paper/")
    ]


State = dict[tuple[str, ...], dict[str, str]]


def _compare(table: str, old: State, new: State, names: dict[str, str]) -> list[Change]:
    out = []
    for key in old.keys() | new.keys():
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        what = " ".join(names.get(part, part) for part in key)
        if before is None:
            out.append(Change("added", table, what, key))
        elif after is None:
            out.append(Change("dropped", table, what, key))
        else:
            fields = sorted(f for f in before | after if before.get(f) != after.get(f))
            detail = "; ".join(f"{f}: {before.get(f, 'none')} -> {after.get(f, 'none')}" for f in fields)
            out.append(Change("changed", table, what, key, detail))
    return out


def _names(tables: Tables) -> dict[str, str]:
    out = dict(_columns(tables.entities, "key", "label"))
    out.update(_columns(tables.papers, "key", "title"))
    return out


def _columns(table: pa.Table, *names: str) -> list[Any]:
    return list(zip(*(table.column(name).to_pylist() for name in names), strict=True))


def _papers(tables: Tables) -> State:
    # An abstract is too long to show: that it differs is what the reader wants to know.
    return {
        (key,): {"title": title, "text": str(len(text))}
        for key, title, text in _columns(tables.papers, "key", "title", "abstract")
    }


def _entities(tables: Tables) -> State:
    return {
        (key,): {"label": label, "type": kind} for key, label, kind in _columns(tables.entities, "key", "label", "type")
    }


def _facts(tables: Tables) -> State:
    papers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for subject, relation, object_, paper in _columns(tables.facts, "subject", "relation", "object", "paper"):
        papers[(subject, relation, object_)].add(paper)
    return {key: {"papers": str(len(found))} for key, found in papers.items()}


def _results(tables: Tables) -> State:
    return {
        (paper, metric, value): {"quote": quote}
        for paper, metric, value, quote in _columns(tables.results, "paper", "metric", "value", "quote")
    }
