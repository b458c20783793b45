"""Catalogue names -> candidates.

In: a Doc and an index made once from a catalogue. Out: a candidate for every place where a name stands, also
overlapping ones, for `kg.extract.combine` decides. A name that the catalogue marks as ambiguous ("T4", "Frontier")
counts only where the text around it says so. A product with its generic noun is one name with it ("A100 GPUs").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from kg.catalogue import cache
from kg.catalogue.context import judge
from kg.extract import candidates
from kg.extract.candidates import Candidate
from kg.extract.matcher import Matcher
from kg.extract.tables import words
from kg.extract.tokens import Tokens, text_of, tokens

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


class Known(NamedTuple):
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


def names(catalogue: Catalogue) -> list[tuple[str, bool, Known]]:
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
        rows.append((name, exact, Known(entry, ambiguous, entry.vendor is not None)))
    return rows


def matches(text: str, t: Tokens, matcher: Matcher[Known]) -> list[Candidate]:
    """Every catalogue name in the text."""
    lower, starts, ends = t.lower, t.starts, t.ends
    found = []
    for first, last, (entry, ambiguous, product) in matcher.find(t):
        start, end = starts[first], ends[last - 1]
        confidence = _CONFIDENCE[3]
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


_CODE = ("extract/catalogue_matches.py", "extract/matcher.py", "extract/tables.py")  # what a kept matcher depends on
_LATEST: list[tuple[Catalogue, Matcher[Known]]] = []


def matcher(catalogue: Catalogue) -> Matcher[Known]:
    """The matcher of the catalogue's names; the pipelines of a process share the latest, and processes a file of it."""
    for made_of, made in _LATEST:
        if made_of is catalogue:
            return made
    kept = _kept(catalogue)
    made = Matcher.of(kept.root, [Known(catalogue.entries[key], *marks) for key, *marks in kept.rows])
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


class CatalogueComponent:
    """`kg_catalogue`: matches of the catalogue's names; loads the packaged catalogue when first used."""

    def __init__(self) -> None:
        self._matcher: Matcher[Known] | None = None

    def use(self, catalogue: Catalogue) -> None:
        """Match the names of this catalogue."""
        self._matcher = matcher(catalogue)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["kg_catalogue"]`."""
        if self._matcher is None:
            from kg.catalogue import load

            self.use(load())
        assert self._matcher is not None  # noqa: S101 - `use` has just set it
        candidates.put(doc, "kg_catalogue", matches(text_of(doc), tokens(doc), self._matcher))
        return doc


@Language.factory("kg_catalogue")
def make_catalogue(nlp: Language, name: str) -> Any:
    """Factory of the catalogue matcher."""
    return CatalogueComponent()
