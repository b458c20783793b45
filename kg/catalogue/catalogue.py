"""The catalogue as the other stages use it: entries by key, names, what is broader than what. Only looks things up."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from kg.catalogue.build import Built
from kg.catalogue.entry import Alias, Decisions, Entry, Match, Vendor
from kg.catalogue.heads import fits, tells, without_head, without_size
from kg.text import lookup_key


class Catalogue:
    """All that is known, and the index from name to entry. Make one with `kg.catalogue.load`.

    `mark` is a hash of all that it was made from, where that is known: what is made from it can be kept under it.
    """

    def __init__(self, built: Built, mark: str = "") -> None:
        self._built, self.mark = built, mark

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Key -> entry, in the order of the keys."""
        return self._built.entries

    @property
    def vendors(self) -> Mapping[str, Vendor]:
        """Key (`vendor/amd`) -> vendor."""
        return self._built.vendors

    @property
    def names(self) -> Mapping[str, tuple[Alias, ...]]:
        """Look-up key -> what it may stand for."""
        return self._built.names

    @property
    def decisions(self) -> Decisions:
        """What the user merged, banned and kept apart; the linker applies it to names that no entry has."""
        return self._built.decisions

    @property
    def aliases(self) -> Iterator[Alias]:
        """Every name as written, and hardware also with its vendor's names before it; sorted by key.

        Plural, case and dashes are the matcher's business. With the vendor before it a name is not ambiguous.
        """
        for found in self._built.names.values():
            yield from found
            for alias in found:
                yield from self._with_vendor(alias)

    def _with_vendor(self, alias: Alias) -> Iterator[Alias]:
        entry = self.entries[alias.key]
        vendor = self.vendors.get(f"vendor/{entry.vendor}")
        if vendor and not alias.surface.casefold().startswith(self._prefixes[vendor.key]):
            for name in (vendor.label, *vendor.aliases):
                yield Alias(f"{name} {alias.surface}", alias.key)

    @functools.cached_property
    def _prefixes(self) -> dict[str, tuple[str, ...]]:
        return {v.key: tuple(f"{name.casefold()} " for name in (v.label, *v.aliases)) for v in self.vendors.values()}

    @functools.cached_property
    def _vendor_at_start(self) -> re.Pattern[str]:
        names = {name.casefold() for v in self.vendors.values() for name in (v.label, *v.aliases)}
        pattern = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
        return re.compile(rf"({pattern})(?:['’]s)?[\s-]+(?=\w)", re.IGNORECASE)

    @functools.cached_property
    def _vendor_by_name(self) -> dict[str, str]:
        return {n.casefold(): v.key for v in self.vendors.values() for n in (v.label, *v.aliases)}

    def lookup(self, name: str, kind: str | None = None) -> tuple[Match, ...]:
        """What the name may stand for; `kind` restricts to one entity type. Empty where nothing is known.

        In turn: the name as it is, without a last word such as "GPUs", without its vendor, without its memory size.
        Best first.

        >>> from kg.catalogue import load
        >>> [(m.label, m.how, m.ambiguous) for m in load().lookup("Nvidia's A100")]
        [('NVIDIA A100', 'vendor', False)]
        """
        for how, key, vendor, head in self._readings(name, kind is None or kind in self._types_with_vendor):
            found = [a for a in self._built.names.get(key, ()) if self._fits(a, kind, vendor)]
            if name.isupper():  # UML is no UMLS, whose last letter is a word's
                found = [a for a in found if a.surface != f"{name}S"]
            if head:
                found = [a for a in found if self.fits(name, a.key)]
            certain = vendor is not None or (how == "head" and tells(name))
            best = found if certain else [a for a in found if not a.ambiguous] or found
            if best:
                return tuple(self._match(a, how, len(best) > 1 or (a.ambiguous and not certain)) for a in best)
        return ()

    def _match(self, alias: Alias, how: str, ambiguous: bool) -> Match:
        entry = self.entries[alias.key]
        return Match(entry.key, entry.label, entry.type, how, ambiguous)

    def _fits(self, alias: Alias, kind: str | None, vendor: str | None) -> bool:
        entry = self.entries[alias.key]
        return (kind is None or entry.type == kind) and (vendor is None or f"vendor/{entry.vendor}" == vendor)

    def fits(self, name: str, key: str) -> bool:
        """Whether the last word of a name, such as GPU or node, adds nothing to what the entry is."""
        return fits(name, {self.entries[key].kind or "", key, *self.ancestors(key)})

    @functools.cached_property
    def _types_with_vendor(self) -> frozenset[str]:
        return frozenset(entry.type for entry in self.entries.values() if entry.vendor)

    def _readings(self, name: str, of_vendors: bool) -> Iterator[tuple[str, str, str | None, bool]]:
        whole = name
        yield "name", lookup_key(name), None, False
        short = without_head(name)
        if short != name.strip():
            yield "head", lookup_key(short), None, True
        start = self._vendor_at_start.match(name.strip()) if of_vendors else None
        while start:
            vendor, rest = self._vendor_by_name[start[1].casefold()], name.strip()[start.end() :]
            yield "vendor", lookup_key(rest), vendor, False
            if (short := without_head(rest)) != rest:
                yield "vendor", lookup_key(short), vendor, True
            name = rest
            start = self._vendor_at_start.match(name)
        if (short := without_size(whole)) != whole:
            yield from self._readings(short, of_vendors)

    def ancestors(self, key: str) -> tuple[str, ...]:
        """The keys of everything broader, nearest first; empty for an unknown key.

        >>> from kg.catalogue import load
        >>> load().ancestors("hardware/gpu")
        ('hardware/accelerator',)
        """
        out: dict[str, None] = {}
        level = [key]
        while level:
            level = [up for k in level if k in self.entries for up in self.entries[k].broader]
            level = [up for up in dict.fromkeys(level) if up not in out and up != key]
            out.update(dict.fromkeys(level))
        return tuple(out)

    @functools.cached_property
    def _narrower(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for key, entry in self.entries.items():
            for up in entry.broader:
                out.setdefault(up, []).append(key)
        return out

    def descendants(self, key: str) -> tuple[str, ...]:
        """The keys of everything narrower, nearest first.

        >>> from kg.catalogue import load
        >>> load().descendants("hardware/nvidia-hopper")[0]
        'hardware/nvidia-grace-hopper'
        """
        out: dict[str, None] = {}
        level = [key]
        while level:
            level = [k for up in level for k in self._narrower.get(up, ()) if k not in out]
            out.update(dict.fromkeys(level))
        return tuple(out)
