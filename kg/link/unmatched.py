"""Decisions of the user that match nothing: a key that was mistyped, or a thing that these papers do not speak of.

In: papers with their records as extracted, and the catalogue with the user's decisions. Out: a notice for each thing
that a decision is about and that no paper names, with the file, the line and the decision.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.catalogue.entry import Said
from kg.catalogue.heads import without_head
from kg.catalogue.read import Problem
from kg.link.known import Known
from kg.link.obey import group
from kg.records import Paper, Record
from kg.schema import TYPE
from kg.text import lookup_key, slug


def unmatched(items: Iterable[tuple[Paper, Record]], known: Known) -> tuple[Problem, ...]:
    """What the decisions are about and no paper names, by file and line; papers are looked at only if there are any."""
    said = known.decisions.said
    if not said:
        return ()
    names = {(found.type, name) for _, record in items for found in record.entities for name in found.names}
    slugs, keys, entries = set(), set(), set()
    for kind, name in names:
        slugs.add((group(TYPE[kind].slug), slug(name)))
        keys |= {(which, lookup_key(each)) for which in (kind, "") for each in (name, without_head(name))}
        if entry := known.resolve(name, kind):
            entries.add(entry.key)
    return tuple(
        Problem(each.file, each.line, _text(each))
        for each in sorted(set(said), key=lambda s: (s.file, s.line, s.what, s.key, s.names))
        if not _matches(each, slugs, keys, entries)
    )


def _matches(said: Said, slugs: set[tuple[str, str]], keys: set[tuple[str, str]], entries: set[str]) -> bool:
    if any((said.type, lookup_key(name)) in keys for name in said.names):
        return True
    kind, _, name = said.key.partition("/")
    return bool(name) and (said.key in entries or (group(kind), name) in slugs)


def _text(said: Said) -> str:
    what = said.key or f"the name '{said.names[0]}'" + (f" of type {said.type}" if said.type else "")
    listed = " (the catalogue knows it)" if said.key and said.names else ""
    return f"'{said.what}' of {what} matches nothing in these papers{listed}"
