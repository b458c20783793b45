"""What the catalogue knows, as data for `kg catalogue show | search | check | stats`. Nothing here prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from kg.catalogue.catalogue import Catalogue
from kg.catalogue.entry import Entry
from kg.catalogue.forms import infer
from kg.catalogue.load import load
from kg.errors import CatalogueError
from kg.records import Entity
from kg.schema import VENDOR


class Shown(NamedTuple):
    """An entry with what stands around it; labels, nearest first. `how` is the rule by which the name found it."""

    entry: Entity
    how: str
    ambiguous: bool
    vendor: str | None
    broader: tuple[str, ...]
    narrower: tuple[str, ...]


class Hit(NamedTuple):
    """An entry whose name is like a text; `score` from 0 to 100."""

    key: str
    label: str
    name: str
    score: float


class Stats(NamedTuple):
    """Counts: entries by type, hardware by kind and by vendor, and over all of them."""

    types: dict[str, int]
    kinds: dict[str, int]
    vendors: dict[str, int]
    names: int
    ambiguous: int
    with_specs: int


def show(name: str, catalogue: Catalogue) -> tuple[Shown, ...]:
    """Every entry that a name or a key may stand for; one inferred by its form where none is listed; empty else.

    >>> from kg.catalogue import load
    >>> [(s.entry.label, s.vendor, s.broader[0]) for s in show("A100-80GB", load())]
    [('NVIDIA A100', 'NVIDIA', 'NVIDIA Ampere')]
    """
    if name in catalogue.entries:
        return (_shown(catalogue.entries[name], "key", False, catalogue),)
    matches = catalogue.lookup(name)
    if not matches and (entity := infer(name)):
        return (_shown(entity, "form", False, catalogue),)
    return tuple(_shown(catalogue.entries[m.key], m.how, m.ambiguous, catalogue) for m in matches)


def _shown(entry: Entity, how: str, ambiguous: bool, catalogue: Catalogue) -> Shown:
    above = list(entry.broader) if entry.inferred else list(catalogue.ancestors(entry.key))
    if entry.inferred:
        above += [up for key in entry.broader for up in catalogue.ancestors(key)]
    vendor = catalogue.vendors.get(f"{VENDOR.slug}/{entry.vendor}")
    below = (key for key in catalogue.descendants(entry.key) if entry.key in catalogue.entries[key].broader)
    return Shown(
        entry,
        how,
        ambiguous,
        vendor.label if vendor else None,
        tuple(catalogue.entries[key].label for key in dict.fromkeys(above)),
        tuple(catalogue.entries[key].label for key in below),
    )


def search(text: str, catalogue: Catalogue, kind: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
    """The entries with a name most like the text, best first, each once; `kind` restricts to one entity type.

    >>> from kg.catalogue import load
    >>> search("nvidia h100 sxm", load())[0].label
    'NVIDIA H100'
    """
    names = [
        (name, entry)
        for entry in catalogue.entries.values()
        if kind in (None, entry.type)
        for name in (entry.label, *entry.aliases)
    ]
    found = process.extract(
        text.casefold(), [name.casefold() for name, _ in names], scorer=fuzz.WRatio, limit=limit * 8, score_cutoff=60
    )
    # A whole word that is only part of a long text is as like as the text itself to WRatio: the plain ratio decides.
    scored = [(fuzz.ratio(text.casefold(), name) / 2 + score / 2, index) for name, score, index in found]
    best: dict[str, Hit] = {}
    for score, index in sorted(scored, key=lambda pair: (-pair[0], pair[1])):
        name, entry = names[index]
        best.setdefault(entry.key, Hit(entry.key, entry.label, name, round(score, 1)))
    return tuple(best.values())[:limit]


def check(extra: Sequence[Path | str] = ()) -> tuple[str, ...]:
    """Every problem of the packaged catalogue with the user's files, one a line with file and line; empty is good.

    >>> check()
    ()
    """
    try:
        load(extra)
    except CatalogueError as error:
        return tuple(str(error).splitlines()[1:])
    return ()


def stats(catalogue: Catalogue) -> Stats:
    """How much the catalogue knows; counts in falling order.

    >>> from kg.catalogue import load
    >>> next(iter(stats(load()).kinds))
    'cpu'
    """
    entries: list[Entry] = list(catalogue.entries.values())
    labels = {key.split("/", 1)[1]: vendor.label for key, vendor in catalogue.vendors.items()}
    hardware = [entry for entry in entries if entry.type == "Hardware"]
    return Stats(
        types=_counted(entry.type for entry in entries),
        kinds=_counted(entry.kind or "other" for entry in hardware),
        vendors=_counted(labels[entry.vendor] for entry in hardware if entry.vendor in labels),
        names=sum(1 + len(entry.aliases) for entry in entries),
        ambiguous=sum(len(entry.ambiguous) for entry in entries),
        with_specs=sum(bool(entry.specs) for entry in entries),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
