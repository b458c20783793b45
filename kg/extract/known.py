"""Catalogue names in a text: candidates for the rules, and places that the network reads with the words.

In: a text and an index made once from a catalogue. Out: a candidate for every place where a name stands, also
overlapping ones, for `kg.extract.combine` decides. A name that the catalogue marks as ambiguous ("T4", "Frontier")
counts only where the text around it says so. A product with its generic noun is one name with it ("A100 GPUs").
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kg.catalogue import cache
from kg.catalogue.context import judge
from kg.extract.candidates import Candidate
from kg.extract.matcher import Matcher
from kg.extract.tables import words
from kg.extract.tokens import Tokens, read
from kg.model.spans import Known

if TYPE_CHECKING:
    from kg.catalogue import Catalogue
    from kg.catalogue.entry import Entry

#: Acronyms of hardware that lower-case words of English would hide.
_WORDS = words("ram cam die pim pe pes mac sm cu apu cs nic phi")
#: Nouns that belong to the name when they follow a product: "A100 GPUs", "the Loihi processor".
_HEADS = words("""
    gpu gpus npu npus tpu tpus cpu cpus fpga fpgas asic soc socs mcu mcus chip chips processor processors accelerator
    accelerators card cards board boards superchip microcontroller microcontrollers supercomputer
""")
_CONFIDENCE = (0.3, 0.6, 0.7, 0.9)  # by the strength of the verdict; 3 is a name that stands for itself


class Meaning(NamedTuple):
    """What the index reports for a name; `product` where a vendor makes it."""

    entry: Entry
    ambiguous: bool
    product: bool


def must_match_case(name: str, type_: str) -> bool:
    """Whether a name counts only as written: a single word in capitals or with one capital ("CLIP", "Mamba").

    >>> [must_match_case(n, "Model") for n in ("CLIP", "Mamba", "ImageNet", "ResNet50", "transformer", "Random Forest")]
    [True, True, False, False, False, False]
    """
    if not name.isalpha() or name.islower():
        return False
    if type_ == "Hardware" and name.isupper():
        return len(name) < 3 or name.lower() in _WORDS
    return name.isupper() or name[1:].islower() or bool(re.fullmatch("[A-Z]+s", name)) or len(name) < 5


def names(catalogue: Catalogue) -> list[tuple[str, bool, Meaning]]:
    """The rows of the matcher: every name, also two spellings with one look-up key ("co-processor", "coprocessor")."""
    known: dict[tuple[str, str], bool] = {}
    for alias in catalogue.aliases:
        known[alias.surface, alias.key] = alias.ambiguous
    for entry in catalogue.entries.values():
        for name in (entry.label, *entry.aliases):
            known.setdefault((name, entry.key), name in entry.ambiguous)
    rows = []
    for (name, key), ambiguous in known.items():
        entry = catalogue.entries[key]
        exact = must_match_case(name, entry.type) or (ambiguous and not name.islower())
        rows.append((name, exact, Meaning(entry, ambiguous, entry.vendor is not None)))
    return rows


def matches(text: str, t: Tokens, matcher: Matcher[Meaning]) -> list[Candidate]:
    """Every catalogue name in the text."""
    lower, starts, ends = t.lower, t.starts, t.ends
    found = []
    for first, last, (entry, ambiguous, product) in matcher.find(t):
        start, end = starts[first], ends[last - 1]
        confidence = _CONFIDENCE[1 if ambiguous else 3]
        if ambiguous and product:  # a bare class ("memory") is weighed with all other candidates
            verdict = judge(text, start, end, entry)
            if not verdict.accepted:
                continue
            confidence = _CONFIDENCE[verdict.strength]
        rule = "product" if product else "catalogue"
        found.append(Candidate(start, end, entry.type, rule, confidence, entry.key))
        if product and last < len(lower) and lower[last] in _HEADS and starts[last] == end + 1:
            found.append(Candidate(start, ends[last], entry.type, rule, confidence, entry.key))
    return found


def known(text: str, of: Matcher[Meaning] | None = None) -> list[Known]:
    """Where names of the packaged catalogue, or of another one's matcher, stand in a text: input of the network."""
    return places(matches(text, read(text), of or packaged()))


@functools.cache
def packaged() -> Matcher[Meaning]:
    """The matcher of the packaged catalogue."""
    from kg.catalogue import load

    return matcher(load())


def places(found: Iterable[Candidate]) -> list[Known]:
    """Matches as the network reads them: a name is ambiguous there if it does not stand for itself."""
    return [Known(c.start, c.end, c.type, c.confidence < _CONFIDENCE[3]) for c in found]


_CODE = ("extract/known.py", "extract/matcher.py", "extract/tables.py")  # what a kept matcher depends on
_TURN = threading.Lock()
_LATEST: list[tuple[Catalogue, Matcher[Meaning]]] = []


def matcher(catalogue: Catalogue) -> Matcher[Meaning]:
    """The matcher of the catalogue's names; the pipelines of a process share the latest, and processes a file of it."""
    with _TURN:  # for a second thread that wants the same
        return _matcher(catalogue)


def _matcher(catalogue: Catalogue) -> Matcher[Meaning]:
    for made_of, made in _LATEST:
        if made_of is catalogue:
            return made
    kept = _kept(catalogue)
    made = Matcher.of(kept.root, [Meaning(catalogue.entries[key], *marks) for key, *marks in kept.rows])
    _LATEST[:] = [(catalogue, made)]
    return made


class _Kept(msgspec.Struct):
    """A matcher without the catalogue's entries, which their keys stand for."""

    root: dict[str, Any]
    rows: list[tuple[str, bool, bool]]


def _kept(catalogue: Catalogue) -> _Kept:
    def make() -> _Kept:
        rows = names(catalogue)
        return _Kept(Matcher(rows).root, [(k.entry.key, k.ambiguous, k.product) for _, _, k in rows])

    return (
        cache.kept("names", cache.fingerprint([("", catalogue.mark)], _CODE), _Kept, make) if catalogue.mark else make()
    )
