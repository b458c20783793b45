"""A record as its paper means its abbreviations: an entity that is only called by one is what the paper spells out.

In: a paper with its record. Out: the record, such an entity under the long form ("IR" of "infrared (IR)" is infrared,
also where other papers mean information retrieval), joined with the entity of that name if the record has one.
"""

from __future__ import annotations

import re
from collections import defaultdict

import msgspec

from kg.link.abbreviations import listed
from kg.link.names import fold, is_short, related, singular
from kg.link.obey import Name, Wishes, renamed
from kg.link.senses import spelled
from kg.records import Found, Paper, Record

_USUAL = 30  # an abbreviation that so many papers spell out is itself also in a compound
_BEFORE, _AFTER = re.compile(r"(?<![\w-])[A-Z]\w*-$"), re.compile(r"-[A-Z0-9]\w*")
_ALONE = frozenset({"Hardware", "Metric"})  # the linker never confuses these with other types


def with_long_forms(paper: Paper, record: Record, wishes: Wishes) -> Record:
    """The record with the paper's own sense of each abbreviation; the user's decisions stand above it."""
    if not any(is_short(name) for found in record.entities for name in found.names):
        return record
    text = paper.text
    parts = {
        (e.type, e.canonical): _parts(text, e, wishes) if any(map(is_short, e.names)) else [e] for e in record.entities
    }
    if all(len(found) == 1 and found[0] is e for found, e in zip(parts.values(), record.entities, strict=True)):
        return record
    kept = [found for e in record.entities for found in parts[e.type, e.canonical] if found is e]
    named = {(e.type, fold(name)): e for e in kept for name in e.names}
    of_any = {fold(name): e for e in kept for name in e.names}
    groups: dict[Name, list[Found]] = defaultdict(list)
    now: dict[Name, Name] = {}
    for e in record.entities:
        for i, found in enumerate(parts[e.type, e.canonical]):
            home = named.get((e.type, fold(found.canonical))) or of_any.get(fold(found.canonical))
            if found is e or home is None or (home.type != e.type and not _ALONE & {home.type, e.type}):
                name = (found.type, found.canonical)
            else:
                name = (home.type, home.canonical)
            groups[name].append(found)
            if i == 0:
                now[e.type, e.canonical] = name
    entities = tuple(_joined(name, found) for name, found in groups.items())
    return renamed(msgspec.structs.replace(record, entities=entities), now.get)


def _parts(text: str, found: Found, wishes: Wishes) -> list[Found]:
    """The entity, its abbreviations apart from it where the paper means something else by them."""
    shorts = {singular(name) for name in found.names if is_short(name)}
    longs = [name for name in found.names if not is_short(name)]
    if longs and all(f"{found.canonical} ({short}" in text for short in shorts):
        return [found]  # what most papers do
    apart: dict[str, str] = {}
    for short in sorted(shorts):
        long = spelled(text, short)
        if long is None or any(related(long, name) for name in longs) or _unwanted(found.type, short, long, wishes):
            continue
        apart[short] = long
    if not apart and not longs and len(shorts) == 1 and (whole := _glued(text, found)):
        return [Found(found.type, whole, (whole,), found.mentions)]  # Gaze-CIFAR-10 is no CIFAR-10
    if not apart or (not longs and len(shorts) > 1):
        return [found]
    if not longs:
        return [msgspec.structs.replace(found, canonical=next(iter(apart.values())))]
    out = [_part(found, [n for n in found.names if singular(n) not in apart], found.canonical)]
    for short, long in apart.items():
        out.append(_part(found, [n for n in found.names if singular(n) == short], long))
    return out


def _glued(text: str, found: Found) -> str | None:
    """The longer name of which an abbreviation that few papers use is a part wherever it stands: the MMR of MMR-AD."""
    if found.type == "Hardware" or sum(form.papers for form in listed(singular(found.canonical))) >= _USUAL:
        return None
    wholes = set()
    for m in found.mentions:
        before, after = _BEFORE.search(text, max(m.start - 20, 0), m.start), _AFTER.match(text, m.end)
        wholes.add((before[0] if before else "") + m.text + (after[0] if after else ""))
    whole = wholes.pop()
    return None if wholes or whole == found.canonical else whole


def _unwanted(kind: str, short: str, long: str, wishes: Wishes) -> bool:
    if wishes.banned(kind, long):
        return True
    return wishes.apart(wishes.keys(kind, short), wishes.keys(kind, long))


def _part(found: Found, names: list[str], canonical: str) -> Found:
    mentions = tuple(m for m in found.mentions if m.text in names)
    if canonical == found.canonical and canonical not in names:
        canonical = max(names, key=len)
    return Found(found.type, canonical, tuple(names), mentions, None if canonical != found.canonical else found.id)


def _joined(name: Name, parts: list[Found]) -> Found:
    """Parts of one name as one entity."""
    if len(parts) == 1 and (parts[0].type, parts[0].canonical) == name:
        return parts[0]
    names = tuple(dict.fromkeys(n for part in parts for n in part.names))
    mentions = tuple(sorted((m for part in parts for m in part.mentions), key=lambda m: (m.start, m.end)))
    return Found(*name, names, mentions, next((part.id for part in parts if part.id), None))
