"""The catalogue as the linker asks it: one entity for a name, or none where the name alone does not decide."""

from __future__ import annotations

import functools
from typing import Protocol

from kg.catalogue.catalogue import Catalogue
from kg.catalogue.entry import Decisions
from kg.catalogue.forms import infer
from kg.records import Entity
from kg.schema import VENDOR

_FIELDS, _OF_VENDOR = Entity.__struct_fields__, f"{VENDOR.slug}/"


class Known(Protocol):
    """What the linker asks of a catalogue."""

    decisions: Decisions

    def resolve(self, name: str, kind: str) -> Entity | None:
        """The entry, or the entity inferred from the name's form, that this name of that type stands for."""

    def ending(self, name: str, kind: str) -> Entity | None:
        """The entry of that type that these words stand for at the end of a longer name of the type."""

    def entity(self, key: str) -> Entity | None:
        """The entry with that key, vendors included."""


class CatalogueKnown:
    """A `kg.catalogue.Catalogue` behind `Known`. Look-ups are remembered."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.decisions = catalogue.decisions
        self._inferred: dict[str, Entity] = {}
        self._entities: dict[str, Entity] = {}
        self.resolve = functools.lru_cache(maxsize=200_000)(self._resolve)
        self.ending = functools.lru_cache(maxsize=200_000)(self._ending)

    def _resolve(self, name: str, kind: str) -> Entity | None:
        """The only entry that the name of that type can stand for without its context, or what its form says."""
        matches = self.catalogue.lookup(name, kind)
        found = [m for m in matches if not m.ambiguous]
        if len(found) == 1:
            return self.entity(found[0].key)
        if kind == "Hardware" and not matches and (device := self._device(name)):
            return device
        inferred = infer(name) if kind == "Hardware" and not matches else None
        return self._inferred.setdefault(inferred.key, _plain(inferred)) if inferred else None

    def _device(self, name: str) -> Entity | None:
        """The class of devices that a name leaves the noun out of: IoT and mobile of "IoT, mobile and edge devices"."""
        found = [m for m in self.catalogue.lookup(f"{name} device", "Hardware") if m.how == "name" and not m.ambiguous]
        entry = self.catalogue.entries[found[0].key] if len(found) == 1 else None
        return self.entity(entry.key) if entry and entry.kind == "class" else None

    def _ending(self, name: str, kind: str) -> Entity | None:
        """The one entry of that name; of hardware also where the name alone has other senses, for it ends one."""
        found = {m.key for m in self.catalogue.lookup(name, kind) if kind == "Hardware" or not m.ambiguous}
        return self.entity(found.pop()) if len(found) == 1 else None

    def entity(self, key: str) -> Entity | None:
        """The entry, the inferred entity or the vendor of that key, after the user's merges."""
        key = self.catalogue.decisions.merged.get(key, key)
        if key in self._entities:
            return self._entities[key]
        entry = self.catalogue.entries.get(key)
        if entry is not None:
            return self._entities.setdefault(key, _plain(entry))
        vendor = self.catalogue.vendors.get(key)
        if vendor is None:
            return self._inferred.get(key)
        return Entity(
            key=vendor.key, type=VENDOR.name, label=vendor.label, aliases=vendor.aliases, wikidata=vendor.wikidata,
            source="catalogue",
        )  # fmt: skip


def _plain(entry: Entity) -> Entity:
    """The entry without what only the catalogue needs, its vendor as a key."""
    fields = {name: getattr(entry, name) for name in _FIELDS}
    vendor = entry.vendor
    if vendor and not vendor.startswith(_OF_VENDOR):
        fields["vendor"] = _OF_VENDOR + vendor
    return Entity(**fields)
