"""What the user decided, applied to records: names that are no entity leave, names that are kept apart are parted.

In: a record, and the decisions of the user's catalogue files. Out: the record as the user sees the world. A key of a
decision (`method/flash-decode`) answers to every name of its type with that slug, and to the names of the catalogue's
entry with that key; the types that papers confuse for one name (all but Hardware and Metric) count as one.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

from kg.link.known import Known
from kg.records import Found, Mention, Record
from kg.schema import TYPE
from kg.text import lookup_key, slug

_ALONE = frozenset({"hardware", "metric"})
Name = tuple[str, str]  # (type, canonical name)


def group(kind: str) -> str:
    """The slug of a type that names of other types are never confused with, or nothing."""
    return kind if kind in _ALONE else ""


class Wishes:
    """The decisions of the user as questions about names. Without any, nothing costs anything."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.decisions = known.decisions
        self._foes: dict[str, set[str]] = defaultdict(set)
        for left, right in self.decisions.distinct:
            self._foes[left].add(right)
            self._foes[right].add(left)
        # A name with two kinds, which are two things: the majority of papers does not decide.
        self._kinds = {
            tuple(key.split("/", 1))
            for left, right in self.decisions.distinct
            if left.split("/", 1)[1] == right.split("/", 1)[1]
            for key in (left, right)
        }
        self.any_separate = bool(self._kinds)
        self.keys = functools.lru_cache(maxsize=200_000)(self._keys)

    def separate(self, kind: str, name: str) -> bool:
        """Whether the user keeps the name of that type apart from the same name of another."""
        return bool(self._kinds) and (TYPE[kind].slug, slug(name)) in self._kinds

    def _keys(self, kind: str, name: str) -> frozenset[str]:
        """The keys of the user's pairs of distinct things that the name answers to."""
        if not self._foes:
            return frozenset()
        entry, name_slug, mine = self._known.resolve(name, kind), slug(name), group(TYPE[kind].slug)
        return frozenset(
            key
            for key in self._foes
            if (entry and entry.key == key) or (key.split("/", 1)[1] == name_slug and group(key.split("/")[0]) == mine)
        )

    def apart(self, left: Iterable[str], right: Iterable[str]) -> bool:
        """Whether any of these keys is distinct from any of those."""
        theirs = set(right)
        return any(not self._foes[key].isdisjoint(theirs) for key in left if key in self._foes)

    def banned(self, kind: str, name: str) -> bool:
        """Whether the user says that the name of that type is no entity."""
        banned = self.decisions.banned
        return bool(banned) and any((t, lookup_key(name)) in banned for t in (kind, ""))

    def apply(self, record: Record) -> Record:
        """The record without banned names, its entities parted where one holds names that are kept apart."""
        if not self._foes and not self.decisions.banned:
            return record
        parts = {(e.type, e.canonical): self._parts(e) for e in record.entities}
        if all(found == [e] for found, e in zip(parts.values(), record.entities, strict=True)):
            return record
        now = {name: (name[0], found[0].canonical) for name, found in parts.items() if found}
        changed = msgspec.structs.replace(record, entities=tuple(e for found in parts.values() for e in found))
        return renamed(changed, now.get)

    def _parts(self, found: Found) -> list[Found]:
        """What remains of an entity: itself, and after it each of its names that is another thing."""
        names = [name for name in found.names if not self.banned(found.type, name)]
        if not names:
            return []
        head = found.canonical if found.canonical in names else max(names, key=len)
        heads = [head]  # the first name of each part
        place: dict[str, int] = {}
        for name in sorted(names, key=lambda n: (n != head, -len(n), n)):
            mine = self.keys(found.type, name)
            fits = (i for i, h in enumerate(heads) if not self.apart(mine, self.keys(found.type, h)))
            place[name] = next(fits, len(heads))
            heads += [name] if place[name] == len(heads) else []
        if len(heads) == 1 and len(names) == len(found.names):
            return [found]
        mentions: dict[int, list[Mention]] = defaultdict(list)
        for mention in found.mentions:
            if mention.text in place:
                mentions[place[mention.text]].append(mention)
        return [
            Found(
                found.type, heads[i], tuple(n for n in names if place[n] == i), tuple(mentions[i]),
                found.id if i == 0 and not self.apart([found.id or ""], self.keys(found.type, heads[i])) else None,
            )
            for i in range(len(heads))
        ]  # fmt: skip


def without(record: Record, gone: Callable[[Found], bool]) -> Record:
    """The record without some of its entities and without what it says of them."""
    kept = tuple(e for e in record.entities if not gone(e))
    if len(kept) == len(record.entities):
        return record
    names = {(e.type, e.canonical): (e.type, e.canonical) for e in kept}
    return renamed(msgspec.structs.replace(record, entities=kept), names.get)


def renamed(record: Record, now: Callable[[Name], Name | None]) -> Record:
    """The record's statements with each entity as it is now called; those of one that is gone go."""

    def of(kind: str, name: str | None) -> str | None:
        found = None if name is None else now((kind, name))
        return found[1] if found and found[0] == kind else None

    def any_of(name: str | None) -> str | None:
        called = (now((kind, name)) for kind in TYPE if name is not None)
        return next((found[1] for found in called if found), None)

    new = msgspec.structs.replace
    return new(
        record,
        proposes=tuple(
            new(p, type=name[0], entity=name[1]) for p in record.proposes if (name := now((p.type, p.entity)))
        ),
        hardware_roles=tuple(
            new(r, hardware=hardware) for r in record.hardware_roles if (hardware := of("Hardware", r.hardware))
        ),
        results=tuple(
            new(r, hardware=of("Hardware", r.hardware), dataset=of("Dataset", r.dataset), baseline=any_of(r.baseline))
            for r in record.results
        ),
        relationships=tuple(
            new(r, subject=subject, object=object_)
            for r in record.relationships
            if (subject := now(r.subject)) and (object_ := now(r.object)) and subject != object_
        ),
    )
