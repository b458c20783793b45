"""Is this name, here, the hardware that the catalogue knows? Pure functions of text, span and entry.

In: a text, the half-open span of a name in it, and the entry that the name may stand for. Out: a `Verdict` with its
reason. A name that the entry does not list as ambiguous is accepted at once. Otherwise, in turn: a name that is written
small, as the entry's is not, is a word; what the text itself spells out decides; then what stands directly around the
name, the words of the table in `senses`, and, last, the entry's own context words and those of its group. Where none
does, another place of the same name in the text decides for all of them, and else it is no hardware: a wrong node costs
more than a missed one.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from kg.catalogue.catalogue import Catalogue
from kg.catalogue.entry import Entry, Match
from kg.catalogue.senses import GROUPS, against, of_group, usual
from kg.text import lookup_key

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\[])|\n{2,}")
# Directly before a name: who makes it, or what it is.
_BEFORE = re.compile(
    r"(?:NVIDIA|Nvidia|AMD|Intel|Apple|Google|IBM|Huawei|Xilinx|Altera|Qualcomm|Samsung|Habana|Cray|HPE|Fujitsu|Tesla"
    r"|GPUs?|accelerators?|chips?|processors?|supercomputers?|(?<!on )boards?|Jetson|Quadro|GeForce|SoCs?|CPUs?|OLCF"
    r"|ALCF|NERSC|CSCS|TACC|BSC|(?:A|H|V|B|P|L|T|MI|G[BH])\d{2,4}\w?|\d+-(?:node|GPU|core))(?:['’]s)?"
    r"(?:\s+(?:new|latest|own|recent|next-generation))?[\s:(,]*(?:called |named |such as |like |including |e\.g\.,? )?$"
)
# Directly before a machine: what it has, or what is asked of it ("40 nodes of Frontier", "an allocation on Summit").
_PART_OF = re.compile(
    r"(?:nodes|racks|cabinets|partition|allocation|(?:node|core|GPU)-?\s?hours)\s+(?:of|on)\s+(?:the\s+)?$"
)
# The comma after what a sentence opens with ("On one GPU, Hopper learns") is no list.
_OPENING = re.compile(r"(?:On|With|Using|In|At|For|By|[A-Z][\w-]*(?:ed|ing) (?:on|with|by|in))\s[^,]*,\s*")
_NOTHING = "nothing around it speaks of hardware"
_WORDS_BEFORE = re.compile(r"(?<![\w'’/.&-])(?:[\w'’/.&-]+\s+){1,8}\Z")
_PRODUCT = re.compile(r"[A-Z][A-Za-z]+[ -]?\d{3,}\w*")  # "RTX 6000" is hardware, whichever


class Verdict(NamedTuple):
    """Whether the name is the entry, why, and how strongly that is said (0 nothing, 3 the words beside it)."""

    accepted: bool
    reason: str
    strength: int = 0


def judge(text: str, start: int, end: int, entry: Entry) -> Verdict:
    """Whether `text[start:end]` is the entry.

    >>> frontier = Entry("hardware/frontier", "Hardware", "Frontier", kind="supercomputer", ambiguous=("Frontier",))
    >>> judge("It scales to 9,000 nodes of Frontier.", 28, 36, frontier)
    Verdict(accepted=True, reason="'nodes of' stands before", strength=3)
    >>> judge("Frontier models are costly.", 0, 8, frontier)
    Verdict(accepted=False, reason="'Frontier' before 'models' has another sense", strength=0)
    """
    verdict = _here(text, start, end, entry)
    if verdict.accepted or verdict.reason != _NOTHING:
        return verdict
    name = text[start:end]
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        if found.start() != start and (other := _here(text, *found.span(), entry)).accepted:
            return Verdict(True, f"elsewhere in the text, {other.reason}", 1)
    return verdict


def _here(text: str, start: int, end: int, entry: Entry) -> Verdict:
    name = text[start:end]
    if lookup_key(name) not in _ambiguous_keys(entry):
        return Verdict(True, "the name is not ambiguous", 3)
    group = GROUPS.get(entry.kind or "class", "part")
    left, right, sentence = _around(text, start, end)
    # In a sentence without capitals, or in nothing else, letters do not tell a name: only what follows it does.
    plain = (sentence + name).islower() or (sentence + name).isupper()
    if not _written_as(name, entry) and not plain:
        return Verdict(False, "written so, it is another word")
    if other := _other_sense(name, {"before": left, "after": right}):
        return other
    if (spelled := spelled_out(text, name)) is not None:
        known = _means(entry, lookup_key(spelled))
        return Verdict(known, f"the text spells it out as '{spelled}'", 3 if known else 0)
    if head := of_group("head", group).pattern.match(right):
        return Verdict(True, f"'{head[0].strip()}' follows", 3)
    if plain and (head := re.match(of_group("head", group).pattern.pattern, right, re.IGNORECASE)):
        return Verdict(True, f"'{head[0].strip()}' follows", 3)
    if not _written_as(name, entry):
        return Verdict(False, "written so, it is another word")
    if (before := _BEFORE.search(left)) and not _OPENING.fullmatch(left):
        return Verdict(True, f"'{before[0].strip()}' stands before", 3)
    if group == "machine" and (before := _PART_OF.search(left)):
        return Verdict(True, f"'{before[0].strip()}' stands before", 3)
    if group == "machine" and _context(sentence, entry):  # sites and parts, which tell more than a word of the field
        return Verdict(True, "the sentence has its context words", 2)
    if other := _other_sense(name, {"sentence": _without_other_places(sentence, name)}):
        return other
    if _context(text, entry):
        return Verdict(True, "the text has its context words", 2)
    if found := of_group("for", group).pattern.search(sentence):
        return Verdict(True, f"the sentence has '{found[0].strip()}'", 1)
    if usual(name.casefold()):
        return Verdict(True, "the name is hardware nearly always", 1)
    if _PRODUCT.fullmatch(name):
        return Verdict(True, "it has the form of a product's name", 1)
    return Verdict(False, _NOTHING)


def choose(
    text: str, start: int, end: int, catalogue: Catalogue, kind: str | None = "Hardware"
) -> tuple[Match | None, Verdict]:
    """The entry that the name at the span stands for, or None, and why.

    Of several that fit, the one that the context says most strongly; where it says no more for one than for the other,
    none: a guess would merge two things.

    >>> from kg.catalogue import load
    >>> choose("Trained on one T4 GPU.", 15, 17, load())[0].label
    'NVIDIA T4'
    """
    matches = catalogue.lookup(text[start:end], kind)
    if not matches:
        return None, Verdict(False, "no such name in the catalogue")
    judged = [(match, judge(text, start, end, catalogue.entries[match.key])) for match in matches]
    fit = [
        (verdict.strength, _context(text, catalogue.entries[m.key]), m, verdict) for m, verdict in judged if verdict[0]
    ]
    if not fit:
        return None, judged[0][1]
    fit.sort(key=lambda found: (-found[0], -found[1], found[2].key))
    if len(fit) > 1 and fit[0][:2] == fit[1][:2]:
        labels = ", ".join(sorted(match.label for _, _, match, _ in fit))
        return None, Verdict(False, f"several fit: {labels}")
    return fit[0][2:]


def _context(text: str, entry: Entry) -> int:
    """How many of the entry's own context words the text has."""
    return sum(bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)) for word in entry.context)


def spelled_out(text: str, abbreviation: str) -> str | None:
    """The long form that the text gives for an abbreviation in brackets after it, or None.

    >>> spelled_out("We use permutation-invariant modules (PIM) to sort.", "PIM")
    'permutation-invariant modules'
    """
    short = abbreviation.rstrip("s")
    if not (2 <= len(short) <= 6 and short[:1].isupper() and sum(c.isupper() for c in short) >= 2):
        return None
    for bracket in re.finditer(rf"\(\s*{re.escape(short)}s?\s*[),;]", text):  # first, because texts have few
        found = _WORDS_BEFORE.search(text, max(0, bracket.start() - 300), bracket.start())
        words = found[0].split() if found else []
        for count in range(1, len(words) + 1):
            long = " ".join(words[-count:])
            if long[0].lower() == short[0].lower() and _has_in_order(long.lower(), short.lower()):
                return long
    return None


def _has_in_order(long: str, short: str) -> bool:
    """Whether the letters of `short` stand in `long` in order, every one at or after the start of a word."""
    rest = iter(long)
    return all(letter in rest for letter in short) and len(long) > len(short) + 2


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence left of the span, right of it, and whole without the span itself."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    begin = max((e for e in ends if e <= start), default=0)
    stop = min((e for e in ends if e >= end), default=len(text))
    left, right = text[begin:start], text[end:stop]
    return left, right, f"{left} … {right}"


def _without_other_places(sentence: str, name: str) -> str:
    """The sentence without the name's other places and the words beside them, which speak of those places."""
    return re.sub(rf"(?i)(?:[\w'’]+ )?(?<!\w){re.escape(name)}(?!\w)(?: \w+)?", "", sentence)


def _other_sense(name: str, sides: dict[str, str]) -> Verdict | None:
    for cue in against(name.casefold()) or against(name.casefold().rstrip("s")):
        if cue.where in sides and (found := cue.pattern.search(sides[cue.where])):
            words = found[0].strip()
            if not words:
                return Verdict(False, f"nothing around '{name}' says that it is hardware")
            place = {"before": "after", "after": "before", "sentence": "near"}[cue.where]
            return Verdict(False, f"'{name}' {place} '{words}' has another sense")
    return None


def _written_as(name: str, entry: Entry) -> bool:
    """Whether the name is written small or in capitals only where one of the entry's own names is, too."""
    same = [own for own in entry.ambiguous if lookup_key(own) == lookup_key(name)]
    if name.islower():
        return any(own.islower() for own in same)
    return not name.isupper() or any(own.isupper() or own.upper() == name for own in same)


def _means(entry: Entry, spelled: str) -> bool:
    """Whether a long form is a name of the entry, or one begins the other ("in-memory computing" its accelerators)."""
    own = [key for name in (entry.label, *entry.aliases) if len(key := lookup_key(name)) > 6]
    return any(key in spelled or key.startswith(spelled) for key in own)


@functools.lru_cache(maxsize=4096)
def _ambiguous_keys(entry: Entry) -> frozenset[str]:
    return frozenset(lookup_key(name) for name in entry.ambiguous)
