"""The catalogue as the linker asks it: one entity for a name, or none where the name alone does not decide."""

from __future__ import annotations

import functools

import msgspec

from kg.catalogue.catalogue import Catalogue
from kg.catalogue.entry import Entry
from kg.records import Entity
from kg.schema import VENDOR


class CatalogueKnown:
    """A `kg.catalogue.Catalogue` behind `kg.link.resolve.Known`. Look-ups are remembered."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.resolve = functools.lru_cache(maxsize=200_000)(self._resolve)
        self.entity = functools.lru_cache(maxsize=None)(self._entity)

    def _resolve(self, name: str, kind: str) -> Entity | None:
        """The only entry that the name of that type can stand for without its context."""
        found = [m for m in self.catalogue.lookup(name, kind) if not m.ambiguous]
        return self.entity(found[0].key) if len(found) == 1 else None

    def _entity(self, key: str) -> Entity | None:
        key = self.catalogue.decisions.merged.get(key, key)
        entry = self.catalogue.entries.get(key)
        if entry is not None:
            return _plain(entry)
        vendor = self.catalogue.vendors.get(key)
        if vendor is None:
            return None
        return Entity(
            key=vendor.key, type=VENDOR.name, label=vendor.label, aliases=vendor.aliases, wikidata=vendor.wikidata,
            source="catalogue",
        )  # fmt: skip


def _plain(entry: Entry) -> Entity:
    """The entry without what only the catalogue needs, its vendor as a key."""
    fields = {name: getattr(entry, name) for name in Entity.__struct_fields__}
    vendor = entry.vendor
    if vendor and not vendor.startswith(f"{VENDOR.slug}/"):
        fields["vendor"] = f"{VENDOR.slug}/{vendor}"
    return msgspec.convert(fields, Entity)
