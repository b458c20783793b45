"""Hardware that no list knows, below what its name or its paper calls it: a RISC-V GPU is a GPU, "SNAP-V, a RISC-V SoC
that ..." a RISC-V SoC.

In: the entities of a corpus, and the words that follow their names where papers say what they are. Out: the same
entities; hardware that only papers name has as its wider thing (`broader`) the class, family or product that the end of
its name stands for, or the end of those words where they say more, so that a question about GPUs finds it; and its
vendor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kg.link.known import Known
from kg.records import Entity
from kg.schema import HARDWARE
from kg.text import singular

# The start of each word but the first; the parts of "NPU-PIM" are words, those of "near-memory" are not.
_START = re.compile(
    r"(?<=[\s-])(?<!\b(?:in|on)-)(?<!\b(?:off|non|sub)-)(?<!\b(?:near|semi)-)(?<!\bmulti-)[^\s-]", re.IGNORECASE
)
_FIRST = re.compile(r"([^\s-]+)(?:(-(?:class|grade|level|scale|tier)\b)|(?=\s))")
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
# Words that end names of hardware and are too general to be one.
_GENERAL = {
    "chip": "integrated-circuit", "circuit": "integrated-circuit", "core": "compute-core", "register": "register-file",
    "processing unit": "processor", "node": "compute-node", "switch": "network-switch",
}  # fmt: skip
# Words that are hardware only by what stands before them: "edge AI device" is an edge device.
_SAYING_NOTHING = {"device", "hardware", "machine", "platform", "system"}
# "X (short), a ...", "X is an ...", and in a title "X: ..."; then a noun phrase, up to what may follow one.
_CALLED = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:(?:[,:—–]|\bis\b|(?<=\s)--?\s)\s*(?:an?|the first|our)\s+|:\s+)"
    r"((?:[^\s.,;:()]+\s+){0,9}[^\s.,;:()]+)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\s(?:that|which|whose|where|for|with|of|to|in|on|at|as|by|from|via|and|or|is|using|based|aimed|designed|built"
    r"|capable|able|featuring|supporting|enabling|integrating|combining|incorporating|exploiting|leveraging|targeting"
    r"|optimi[sz]ed|tailored|dedicated|implemented|composed|consisting|comprising|specifically)\b",
    re.IGNORECASE,
)
_OF_ITS_KIND = re.compile(r"\s+(?:architecture|design|prototype|implementation|generator|solution)$", re.IGNORECASE)


_DOING = re.compile(
    r"(?!(?:process|comput|learn|train|spik)ing)\w+ing\b", re.IGNORECASE
)  # a title: "X: Augmenting GPUs"


def called(text: str, end: int) -> str | None:
    """The noun phrase that says what a thing is, if one follows its name, which ends at `end`.

    >>> called("SNAP-V, a RISC-V SoC that spikes.", 6), called("On SNAP-V, a SoC, networks spike.", 9)
    ('RISC-V SoC', 'SoC')
    >>> called("SNAP-V, which is small, spikes.", 6)
    """
    found = _CALLED.match(text, end)
    if found is None:
        return None
    phrase = _FOLLOWING.split(" " + found[1], maxsplit=1)[0].strip()
    return None if _DOING.match(phrase) else _OF_ITS_KIND.sub("", phrase) or None


def with_classes(
    entities: dict[str, Entity], known: Known, described: Mapping[str, Mapping[str, int]]
) -> dict[str, Entity]:
    """The entities, hardware that nothing wider is known of below what its names and its papers call it.

    `described` counts for a key the noun phrases of `called`; the most frequent one that is a class of hardware counts.
    """
    out = dict(entities)
    for key, entity in entities.items():
        if entity.type != HARDWARE.name or entity.source != "text" or entity.broader:
            continue
        names = (_BRACKETS.sub("", name.strip()) for name in (entity.label, *entity.aliases))
        above = _first((_by_end(name, known) for name in names), key)
        phrases = described.get(key, {})
        often = sorted(phrases, key=lambda p: (-phrases[p], -len(p), p))
        said = _first((known.ending(p) or _by_end(p, known) for p in often), key)
        if said is not None and (above is None or above.key in _chain(said, known)):
            above = said
        if above is None or key in _chain(above, known):
            continue
        out.setdefault(above.key, above)
        out[key] = msgspec.structs.replace(entity, broader=(above.key,), vendor=entity.vendor or above.vendor)
    return out


def _first(found: Iterable[Entity | None], key: str) -> Entity | None:
    return next((entity for entity in found if entity is not None and entity.key != key), None)


def _by_end(name: str, known: Known) -> Entity | None:
    """What the longest end of a name stands for; a vendor's own, or that of a grade, where the name begins so."""
    for first, graded, end in _ends(name):
        own = known.ending(f"{first} {end}")
        if own is not None and (graded or own.vendor or singular(end).lower() in _SAYING_NOTHING):
            return own
        entity = known.ending(end) or known.entity(f"{HARDWARE.slug}/{_GENERAL.get(singular(end).lower(), '')}")
        if entity is not None:
            return entity
    return None


def _ends(name: str) -> Iterator[tuple[str, bool, str]]:
    """The first word, whether "-class" or the like follows it, and each end without them, longest first."""
    first = _FIRST.match(name)
    for start in _START.finditer(name):
        after = first is not None and start.start() > first.end()
        yield (first[1] if first and after else ""), bool(first and first[2]), name[start.start() :]


def _chain(entity: Entity, known: Known) -> set[str]:
    """The keys of an entity and of all that the catalogue puts above it."""
    seen: set[str] = set()
    todo = [entity.key]
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            at = entity if key == entity.key else known.entity(key)
            todo += at.broader if at is not None else ()
    return seen
