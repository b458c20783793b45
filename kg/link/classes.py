"""What no list knows, below what its name or its papers call it: a RISC-V GPU is a GPU, block-wise quantization is
quantization, and "SNAP-V, a RISC-V SoC that ..." a RISC-V SoC.

In: the entities of a corpus, and the words that follow their names where papers say what they are. Out: the same
entities; each that nothing wider is known of stands below (`broader`) the entry of the catalogue, of its own type, that
the end of its name stands for, or the end of those words where it is not listed and they say more. So a question about
GPUs or about quantization finds what was named last week. Hardware takes its vendor from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kg.link.families import chain
from kg.link.known import Known
from kg.records import Entity
from kg.schema import HARDWARE, METHOD, METRIC, MODEL, TASK, TYPE
from kg.text import singular

#: Types whose names say what they are a kind of. A dataset's or a program's name ends in no class.
CLASSED = frozenset(t.name for t in (HARDWARE, METHOD, MODEL, METRIC, TASK))
#: Types of which papers say what they are, right behind the name.
DESCRIBED = frozenset(t.name for t in (HARDWARE, METHOD, MODEL))

# The start of each word but the first; the parts of "NPU-PIM" are words, those of "near-memory" are not.
_START = re.compile(
    r"(?<=[\s-])(?<!\b(?:in|on|un|re|de)-)(?<!\b(?:off|non|sub|pre)-)(?<!\b(?:near|semi|self)-)(?<!\bmulti-)[^\s-]",
    re.IGNORECASE,
)
_FIRST = re.compile(r"([^\s-]+)(?:(-(?:class|grade|level|scale|tier)\b)|(?=\s))")
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
# Names of metrics that other metrics end in: average precision is no precision, discriminative power takes no watts.
_OTHER_METRICS = {"power", "precision"}
# Words that names end in and that are too general to be one.
_GENERAL = {
    HARDWARE.name: {
        "chip": "integrated-circuit", "circuit": "integrated-circuit", "core": "compute-core", "node": "compute-node",
        "register": "register-file", "processing unit": "processor", "compute unit": "processor",
        "switch": "network-switch",
    },
    METHOD.name: {"attention": "attention-mechanism", "parallelism": "parallelization-strategy"},
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
# A title that says what is done and not what it is: "X: Augmenting GPUs".
_DOING = re.compile(r"(?!(?:process|comput|learn|train|spik)ing)\w+ing\b", re.IGNORECASE)
# Last words that say nothing: a sparse attention mechanism is sparse attention.
_OF_ITS_KIND = frozenset([
    "architecture", "design", "prototype", "implementation", "generator", "solution", "algorithm", "method",
    "technique", "framework", "approach", "scheme", "strategy", "mechanism", "paradigm", "procedure", "pipeline",
])  # fmt: skip


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
    return None if _DOING.match(phrase) else _without_kind(phrase) or None


def with_classes(
    entities: dict[str, Entity], known: Known, described: Mapping[str, Mapping[str, int]]
) -> dict[str, Entity]:
    """The entities, those that nothing wider is known of below what their names and their papers call them.

    `described` counts for a key the noun phrases of `called`; the most frequent one that the catalogue knows counts.
    """
    out = dict(entities)
    for key, entity in sorted(entities.items()):
        unsaid = entity.source == "text" or (entity.source == "catalogue" and entity.type != HARDWARE.name)
        if entity.broader or entity.type not in CLASSED or not unsaid:
            continue
        names = [_BRACKETS.sub("", name) if "(" in name else name for name in (entity.label, *entity.aliases)]
        ends = [_general(entity.label, entity.type, known)]
        ends += (_by_end(name, entity.type, known) for name in names if " " in name or "-" in name)
        above = _first(ends, entity)
        phrases = described.get(key, {}) if entity.source == "text" else {}
        often = sorted(phrases, key=lambda p: (-phrases[p], -len(p), p))
        said = _first((known.ending(p, entity.type) or _by_end(p, entity.type, known) for p in often), entity)
        if said is not None and (above is None or above.key in chain(said.key, out, known)):
            above = said
        if above is None or key in chain(above.key, out, known):
            continue
        out.setdefault(above.key, above)
        out[key] = msgspec.structs.replace(entity, broader=(above.key,), vendor=entity.vendor or above.vendor)
    return out


def _first(found: Iterable[Entity | None], of: Entity) -> Entity | None:
    return next((e for e in found if e is not None and e.key != of.key and e.type == of.type), None)


def _by_end(name: str, kind: str, known: Known) -> Entity | None:
    """What the longest end of a name stands for; a vendor's own, or that of a grade, where hardware's begins so."""
    if kind != HARDWARE.name:
        name, longer = _without_kind(name), name
        if name != longer and (whole := _listed(name, kind, known)):
            return whole
    for first, graded, end in _ends(name):
        own = known.ending(f"{first} {end}", kind) if first and kind == HARDWARE.name else None
        if own is not None and (graded or own.vendor or singular(end).lower() in _SAYING_NOTHING):
            return own
        if found := _listed(end, kind, known):
            return found
    return None


def _without_kind(name: str) -> str:
    before, _, last = name.rpartition(" ")
    return before if before and singular(last).lower() in _OF_ITS_KIND else name


def _listed(end: str, kind: str, known: Known) -> Entity | None:
    if kind == METRIC.name and end.lower() in _OTHER_METRICS:
        return None
    return _general(end, kind, known) or known.ending(end, kind)


def _general(end: str, kind: str, known: Known) -> Entity | None:
    name = _GENERAL.get(kind, {}).get(singular(end).lower())
    return known.entity(f"{TYPE[kind].slug}/{name}") if name else None


def _ends(name: str) -> Iterator[tuple[str, bool, str]]:
    """The first word, whether "-class" or the like follows it, and each end without them, longest first."""
    first = _FIRST.match(name)
    for start in _START.finditer(name):
        after = first is not None and start.start() > first.end()
        yield (first[1] if first and after else ""), bool(first and first[2]), name[start.start() :]
