"""The catalogue as the other stages use it: entries by key, names, what is broader than what. Only looks things up."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from kg.catalogue.build import Built
from kg.catalogue.entry import Alias, Decisions, Entry, Match, Vendor
from kg.text import lookup_key

# Words that may follow a product's name without changing what it is ("A100 GPUs", "the Loihi neuromorphic chip").
HEADS = (
    "gpu", "npu", "tpu", "cpu", "fpga", "asic", "soc", "mcu",
    "chip", "processor", "accelerator", "card", "board", "module", "device", "platform", "node", "server", "machine",
    "system", "supercomputer", "superchip", "microcontroller", "coprocessor", "core", "kit", "series", "family",
    "architecture", "graphics card", "neuromorphic chip", "neuromorphic processor", "ai accelerator", "ai chip",
    "evaluation kit", "developer kit", "development board", "evaluation board", "embedded gpu", "laptop gpu",
    "mobile gpu", "graphics processing unit", "neural processing unit", "tensor core gpu", "accelerator card",
)  # fmt: skip
# Of these the ones that say what kind of thing it is, so that "T4 GPU" is no longer ambiguous while "T4 node" is.
TELLING = (
    "gpu", "npu", "tpu", "cpu", "fpga", "soc", "mcu", "chip", "processor", "accelerator", "card", "supercomputer",
    "superchip", "microcontroller", "coprocessor", "unit",
)  # fmt: skip
_TELLING = re.compile(rf"(?i)(?:{'|'.join(TELLING)})s?(?:\s*\([^()]*\))?$")
_HEAD = re.compile(rf"(?i)\s+(?:{'|'.join(sorted(HEADS, key=len, reverse=True))})s?(?:\s*\([^()]*\))?$")


def without_head(name: str) -> str:
    """The name without a last word that only says what kind of thing it is.

    >>> without_head("NVIDIA A100 GPUs"), without_head("GPU")
    ('NVIDIA A100', 'GPU')
    """
    return _HEAD.sub("", name.strip())


# A product's memory and socket, which make no other product of it ("A100-SXM4-80GB").
_SIZE = re.compile(r"(?i)(?:[\s/-]+\(?(?:\d{1,3}\s?GB|SXM\d?|PCIe))+\)?$")


def without_size(name: str) -> str:
    """A product's name, which has a number, without its memory and socket at the end.

    >>> without_size("Tesla V100-32GB"), without_size("H100 SXM5 80 GB"), without_size("CPU PCIe")
    ('Tesla V100', 'H100', 'CPU PCIe')
    """
    short = _SIZE.sub("", name.strip())
    return short if any(letter.isdigit() for letter in short) else name


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
        for how, key, vendor in self._readings(name):
            found = [a for a in self._built.names.get(key, ()) if self._fits(a, kind, vendor)]
            certain = vendor is not None or (how == "head" and bool(_TELLING.search(name.strip())))
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

    def _readings(self, name: str) -> Iterator[tuple[str, str, str | None]]:
        whole = name
        yield "name", lookup_key(name), None
        short = without_head(name)
        if short != name.strip():
            yield "head", lookup_key(short), None
        start = self._vendor_at_start.match(name.strip())
        while start:
            vendor, rest = self._vendor_by_name[start[1].casefold()], name.strip()[start.end() :]
            yield "vendor", lookup_key(rest), vendor
            if (short := without_head(rest)) != rest:
                yield "vendor", lookup_key(short), vendor
            name = rest
            start = self._vendor_at_start.match(name)
        if (short := without_size(whole)) != whole:
            yield from self._readings(short)

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
