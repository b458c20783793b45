"""Catalogue names -> candidates.

In: a Doc and an index made once from a catalogue. Out: a candidate for every place where a name stands, overlapping ones
too (`kg.extract.combine` decides). A name that the catalogue marks as ambiguous ("T4", "Frontier") counts only where a
word of its context stands in the same text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import candidates
from kg.extract.candidates import Candidate
from kg.extract.matcher import Matcher
from kg.extract.tables import words
from kg.extract.tokens import tokens

if TYPE_CHECKING:
    from kg.catalogue import Catalogue

#: Words near which an ambiguous product name is hardware: "on a T4 GPU", "NVIDIA's Ampere".
HARDWARE_CONTEXT = words("""
    gpu gpus cpu cpus tpu tpus npu npus fpga fpgas asic soc chip chips accelerator accelerators processor processors
    nvidia amd intel arm apple google xilinx qualcomm huawei supercomputer hardware hpc cuda cores memory
""")
#: Acronyms of hardware that lower-case words of English would hide.
_WORDS = words("ram cam die pim pe pes mac sm cu apu cs nic phi")
_NAME_CONFIDENCE, _CONTEXT_CONFIDENCE = 0.9, 0.8


class Known(NamedTuple):
    """What the index reports for a name."""

    type: str
    id: str
    context: frozenset[str] | None  # None: the name stands for itself


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
    """The rows of the matcher."""
    rows = []
    for surface, key, ambiguous in ((a.surface, a.key, a.ambiguous) for a in catalogue.aliases):
        entry = catalogue.entries[key]
        context = None
        if ambiguous:
            general = HARDWARE_CONTEXT if entry.type == "Hardware" else frozenset()
            context = general | {word.lower() for word in entry.context}
        exact = must_match_case(surface, entry.type) or (ambiguous and not surface.islower())
        rows.append((surface, exact, Known(entry.type, key, context)))
    return rows


def matches(doc: Doc, matcher: Matcher[Known]) -> list[Candidate]:
    """Every catalogue name in the text."""
    t = tokens(doc)
    present: frozenset[str] | None = None
    found = []
    for first, last, known in matcher.find(t):
        confidence = _NAME_CONFIDENCE
        if known.context is not None:
            present = present if present is not None else frozenset(t.lower)
            if not known.context & (present - set(t.lower[first:last])):
                continue
            confidence = _CONTEXT_CONFIDENCE
        found.append(Candidate(t.starts[first], t.ends[last - 1], known.type, "catalogue", confidence, known.id))
    return found


class CatalogueComponent:
    """`kg_catalogue`: matches of the catalogue's names; loads the packaged catalogue when first used."""

    def __init__(self) -> None:
        self._matcher: Matcher[Known] | None = None

    def use(self, catalogue: Catalogue) -> None:
        """Match the names of this catalogue."""
        self._matcher = Matcher(names(catalogue))

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["kg_catalogue"]`."""
        if self._matcher is None:
            from kg.catalogue import load

            self.use(load())
        assert self._matcher is not None  # noqa: S101 - `use` has just set it
        candidates.put(doc, "kg_catalogue", matches(doc, self._matcher))
        return doc


@Language.factory("kg_catalogue")
def make_catalogue(nlp: Language, name: str) -> Any:
    """Factory of the catalogue matcher."""
    return CatalogueComponent()
