"""The records of the catalogue: what is known of a thing, who makes it, and what a name may mean.

`Entry` is a `records.Entity` with what only the catalogue needs: which of its names are ambiguous, and words that must
stand near them. In memory every id is a whole key (`hardware/nvidia-a100`); `vendor` is the id of a `Vendor`.
"""

from __future__ import annotations

import msgspec

from kg.records import Entity


class Entry(Entity, frozen=True, omit_defaults=True):
    """A thing that the catalogue knows.

    `ambiguous` holds the names (a subset of label and aliases) that also mean something else and count only in
    context; `context` holds words, beyond the general ones, whose presence near such a name speaks for this entry.
    """

    ambiguous: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


class Vendor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who makes hardware. `aliases` are names that stand before a product ("Xilinx Virtex-7" is by AMD)."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None


class Alias(msgspec.Struct, frozen=True, gc=False):
    """A name, the key of the entry that it stands for, and whether it counts only in context."""

    surface: str
    key: str
    ambiguous: bool = False


class Match(msgspec.Struct, frozen=True):
    """What a name may stand for. `how` is the rule that found it: name, vendor, head, or form.

    `ambiguous` says that the name alone is not enough, either because it has other senses (`T4`) or because several
    entries share it (`RTX 6000`).
    """

    key: str
    label: str
    type: str
    how: str
    ambiguous: bool = False
    inferred: bool = False


class Said(msgspec.Struct, frozen=True):
    """What a decision of the user's is about, and where it stands: `what` is the list, such as "merge".

    `key` is the key that it names, or nothing where it names `names` alone, of that `type` or of all without one; with
    a key, `names` are those that the entry with that key had.
    """

    what: str
    file: str
    line: int
    key: str = ""
    names: tuple[str, ...] = ()
    type: str = ""


class Decisions(msgspec.Struct, frozen=True):
    """What the user decided beyond the entries, for the linker.

    `merged` old key -> new key; `banned` names that are never an entity, as (type or "", look-up key); `distinct` pairs
    of keys that are never merged; `gone` keys that are no entity; `labels` of keys that no entry has; `said` each thing
    that a decision is about, as written.
    """

    merged: dict[str, str] = {}
    banned: frozenset[tuple[str, str]] = frozenset()
    distinct: frozenset[tuple[str, str]] = frozenset()
    gone: frozenset[str] = frozenset()
    labels: dict[str, str] = {}
    said: tuple[Said, ...] = ()
