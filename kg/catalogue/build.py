"""Items -> entries, vendors, names and decisions; everything that is wrong is collected, nothing raised.

In: the items of the packaged files and, after them, of the user's files (see `kg.catalogue.user`).
Out: `Built`, and the problems. References (`broader`, `part_of`) are ids of the same type, or whole keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from kg.catalogue.entry import Alias, Decisions, Entry, Vendor
from kg.catalogue.read import Item, Problem
from kg.records import Spec
from kg.schema import TYPE
from kg.text import lookup_key, slug

# What may stand for a product without its vendor: several words, or letters with a number ("Tesla V100", "MI60").
_BARE = re.compile(r"(?=.*[A-Za-z]{2}|.*\d{3})(?=.*[A-Za-z])(?=.*\d)[\w./+-]{4,}|\S*[A-Z]\S* \S.*")


class Built(msgspec.Struct, frozen=True):
    """What a catalogue holds. `names` maps a look-up key to what it may stand for."""

    entries: dict[str, Entry]
    vendors: dict[str, Vendor]
    names: dict[str, tuple[Alias, ...]]
    decisions: Decisions


class Draft(msgspec.Struct):
    """An entry while the items are applied; `where` is the item that first made it."""

    type: str
    fields: dict[str, Any]
    where: Item
    by_user: bool = False


def key_of(item: Item) -> str:
    """The key of the entry that an item describes: type slug and id, or slug of the label.

    >>> key_of(Item("entries", "Hardware", {"label": "NVIDIA A100"}, "mine.yaml", 1))
    'hardware/nvidia-a100'
    """
    kind = "vendor" if item.type == "Vendor" else TYPE[item.type].slug
    name = str(item.fields.get("id") or slug(str(item.fields.get("label", ""))))
    return name if name.startswith(f"{kind}/") else f"{kind}/{name}"


def whole(reference: str, of_type: str) -> str:
    """A reference as a whole key: `gpu` in a file of hardware is `hardware/gpu`.

    >>> whole("gpu", "Hardware"), whole("method/moe", "Hardware")
    ('hardware/gpu', 'method/moe')
    """
    return reference if "/" in reference else f"{TYPE[of_type].slug}/{reference}"


def drafts(items: Iterable[Item]) -> tuple[dict[str, Draft], list[Problem]]:
    """The packaged entries by key; an id that comes twice or a label that is missing is a problem."""
    out: dict[str, Draft] = {}
    problems = []
    for item in items:
        if item.what == "figures":
            continue
        if item.what != "entries":
            problems.append(Problem(item.file, item.line, f"'{item.what}' belongs in a user's file only"))
        elif "label" not in item.fields:
            problems.append(Problem(item.file, item.line, "an entry lacks its 'label'"))
        elif (key := key_of(item)) in out:
            first = out[key].where
            problems.append(Problem(item.file, item.line, f"duplicate id '{key}', first at {first.file}:{first.line}"))
        else:
            out[key] = Draft(item.type, dict(item.fields), item)
    return out, problems


def names_of(fields: dict[str, Any]) -> dict[str, bool]:
    """Every name that an entry lists, and whether it counts only in context.

    >>> names_of({"label": "NVIDIA A10", "aliases": ("A10 GPU",), "ambiguous": ("A10",)})
    {'NVIDIA A10': False, 'A10 GPU': False, 'A10': True}
    """
    ambiguous = fields.get("ambiguous", ())
    return {name: name in ambiguous for name in (fields["label"], *fields.get("aliases", ()), *ambiguous)}


def without_vendor(name: str, vendor: Vendor) -> str | None:
    """The name after the vendor's, or None where it does not begin with it.

    >>> without_vendor("Xilinx Virtex-7", Vendor("vendor/amd", "AMD", aliases=("Xilinx",)))
    'Virtex-7'
    """
    for prefix in sorted((vendor.label, *vendor.aliases), key=len, reverse=True):
        if name.casefold().startswith(prefix.casefold() + " ") and len(name) > len(prefix) + 1:
            return name[len(prefix) + 1 :].strip()
    return None


def build(made: dict[str, Draft], decisions: Decisions) -> tuple[Built, list[Problem]]:
    """Entries and names from the drafts, with every broken reference, cycle and clash of names."""
    problems = [problem for key, draft in made.items() for problem in _references(key, draft, made)]
    problems += _cycles(made)
    vendors = {
        key: Vendor(key, d.fields["label"], d.fields.get("aliases", ()), d.fields.get("wikidata"))
        for key, d in made.items()
        if d.type == "Vendor"
    }
    entries: dict[str, Entry] = {}
    names: dict[str, list[Alias]] = {}
    for key, draft in sorted(made.items()):
        if draft.type == "Vendor":
            continue
        named = {n: a for n, a in names_of(draft.fields).items() if not _is_banned(n, draft.type, decisions)}
        for name, ambiguous in named.items():
            names.setdefault(lookup_key(name), []).append(Alias(name, key, ambiguous))
        entries[key] = _entry(key, draft, named)
    problems += _clashes(names, made)
    for name, alias in _bare_labels(entries, vendors, names):
        entry = entries[alias.key]
        if not _is_banned(alias.surface, entry.type, decisions):
            names.setdefault(name, []).append(alias)
            unsure = (*entry.ambiguous, alias.surface) if alias.ambiguous else entry.ambiguous
            aliases = (*entry.aliases, alias.surface)
            entries[alias.key] = msgspec.structs.replace(entry, aliases=aliases, ambiguous=unsure)
    kept = {name: tuple(_one_a_key(found)) for name, found in sorted(names.items())}
    return Built(entries, vendors, kept, decisions), problems


def _bare_labels(
    entries: dict[str, Entry], vendors: dict[str, Vendor], names: dict[str, list[Alias]]
) -> list[tuple[str, Alias]]:
    """Labels without their vendor ("Jetson TX1" of "NVIDIA Jetson TX1"), unless some entry lists the name itself.

    Never a bare word or a short code: an entry lists "Loihi" or "T4" if it wants it. Ambiguous where two labels give
    the same.
    """
    found: dict[str, list[Alias]] = {}
    for key, entry in entries.items():
        vendor = vendors.get(f"vendor/{entry.vendor}")
        bare = without_vendor(entry.label, vendor) if vendor else None
        if bare and _BARE.fullmatch(bare) and (name := lookup_key(bare)) not in names:
            found.setdefault(name, []).append(Alias(bare, key))
    return [
        (name, alias if len(aliases) == 1 else Alias(alias.surface, alias.key, ambiguous=True))
        for name, aliases in found.items()
        for alias in aliases
    ]


def _is_banned(name: str, kind: str, decisions: Decisions) -> bool:
    return bool(decisions.banned) and any((t, lookup_key(name)) in decisions.banned for t in (kind, ""))


def _entry(key: str, draft: Draft, named: dict[str, bool]) -> Entry:
    fields = draft.fields
    return Entry(
        key=key,
        type=draft.type,
        label=fields["label"],
        aliases=tuple(name for name in named if name != fields["label"]),
        kind=fields.get("kind"),
        vendor=fields.get("vendor"),
        family=fields.get("family"),
        broader=tuple(whole(reference, draft.type) for reference in fields.get("broader", ())),
        part_of=tuple(whole(reference, draft.type) for reference in fields.get("part_of", ())),
        year=fields.get("year"),
        wikidata=fields.get("wikidata"),
        specs=tuple(Spec(**spec) for spec in fields.get("specs", ())),
        source="user" if draft.by_user else "catalogue",
        ambiguous=tuple(name for name, ambiguous in named.items() if ambiguous),
        context=fields.get("context", ()),
    )


def _references(key: str, draft: Draft, made: dict[str, Draft]) -> Iterable[Problem]:
    if draft.type == "Vendor":
        return
    where = draft.where
    if (vendor := draft.fields.get("vendor")) and f"vendor/{vendor}" not in made:
        yield Problem(where.file, where.line, f"'{key}' has unknown vendor '{vendor}'; add it to vendors.yaml")
    for field in ("broader", "part_of"):
        for reference in draft.fields.get(field, ()):
            if whole(reference, draft.type) not in made:
                yield Problem(where.file, where.line, f"'{key}' has unknown {field} '{reference}'")


def _cycles(made: dict[str, Draft]) -> list[Problem]:
    """Each cycle once, at the line of the entry whose key comes first."""
    above = {
        key: [whole(ref, d.type) for ref in d.fields.get("broader", ())]
        for key, d in made.items()
        if d.type != "Vendor"
    }
    problems, done = [], set[str]()
    for start in sorted(above):
        if start in done:
            continue
        path = [start]
        ways = [iter(above[start])]
        while path:
            key = next(ways[-1], None)
            if key is None:
                done.add(path.pop())
                ways.pop()
            elif key in path:
                cycle = path[path.index(key) :]
                where = made[min(cycle)].where
                problems.append(Problem(where.file, where.line, f"cycle of broader: {' -> '.join((*cycle, key))}"))
            elif key in above and key not in done:
                path.append(key)
                ways.append(iter(above[key]))
    return problems


def _clashes(names: dict[str, list[Alias]], made: dict[str, Draft]) -> Iterable[Problem]:
    """A name that two entries of one type claim for themselves alone; sharing it as ambiguous is fine."""
    for found in names.values():
        sole = {alias.key: alias for alias in found if not alias.ambiguous}
        if len(sole) < 2:
            continue
        for kind in {made[key].type for key in sole}:
            keys = sorted((key for key in sole if made[key].type == kind), key=lambda k: made[k].where[-2:])
            for key in keys[1:]:
                first, where = made[keys[0]].where, made[key].where
                text = (
                    f"'{sole[key].surface}' of '{key}' clashes with '{sole[keys[0]].surface}' of '{keys[0]}' at "
                    f"{first.file}:{first.line}; drop one, or list it under 'ambiguous' in both"
                )
                yield Problem(where.file, where.line, text)


def _one_a_key(found: list[Alias]) -> list[Alias]:
    """One alias for each entry, the unambiguous one where there are two spellings."""
    best: dict[str, Alias] = {}
    for alias in found:
        if alias.key not in best or (best[alias.key].ambiguous and not alias.ambiguous):
            best[alias.key] = alias
    return list(best.values())
