"""Every quantity of a text as a candidate for a result, with the cues that speak for and against it.

In: a Doc and its entities. Out: candidates in their sentences with named cues: the words around, the unit, the kind of
sentence, neighbouring entities and quantities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.cues import WORD, sections, sentence_spans, stem, stems
from kg.extract.quantities import Quantity, quantities
from kg.extract.tokens import text_of
from kg.kept import Kept
from kg.records import Found

#: What stands between two items of a list: "3x, 4x and 5x".
JOINT = re.compile(r"[\s,;/&]*(?:\([^()]{0,30}\))?[\s,;/&]*(?:and|or)?[\s,]*(?:a |an |the )?(?:up to )?")


_SENTENCE = Kept[str, str](lambda stem: f"sentence: {stem}")
_NEAR_BEFORE = Kept[str, str](lambda word: f"near before: {stem(word)}")
_NEAR_AFTER = Kept[str, str](lambda word: f"near after: {stem(word)}")
_DECIMALS = re.compile(r"\d\.\d")
_THOUSANDS = re.compile(r"[KMB](?:illion)?$|million|billion|trillion")
_LINK = re.compile(r"[^\w]*(?:and|to|or)?[^\w]*")


class Candidate(NamedTuple):
    """A quantity in its sentence; its cues are those of the sentence, `shared`, and its `own` beyond these.

    `turn` is its place in a list of quantities and how many.
    """

    quantity: Quantity
    sentence: tuple[int, int]
    shared: frozenset[str]
    own: frozenset[str]
    turn: tuple[int, int] = (0, 1)

    @property
    def cues(self) -> frozenset[str]:
        """All cues about it."""
        return self.shared | self.own


def _shape(text: str, q: Quantity) -> list[str]:
    value = text[q.start : q.end]
    out = [f"unit kind: {q.kind or 'none'}", f"unit: {q.unit.strip(' -$').lower()[:14]}"]
    if q.low != q.high:
        out.append("a range")
    if "." in value and _DECIMALS.search(value):
        out.append("has decimals")
    elif q.low is not None and not q.unit:
        out.append("bare whole number")
        if 1950 <= q.low <= 2035:
            out.append("looks like a year")
        if q.low <= 12:
            out.append("small whole number")
        if q.low in (16, 32, 64, 128, 256, 512, 1024, 2048, 4096):
            out.append("a power of two")
    if _THOUSANDS.search(value):
        out.append("counts thousands or more")
    return out


def candidates(doc: Doc, found: Sequence[Found]) -> list[Candidate]:
    """Every quantity of the text with its cues."""
    text = text_of(doc)
    told = quantities(text)
    if not told:
        return []
    title_end = max(0, text.find("\n\n"))
    spans = sentence_spans(doc)
    places = sorted([(m.start, m.end, f.type) for f in found for m in f.mentions])
    by_sentence: dict[int, list[Quantity]] = {}
    k = 0
    for q in told:
        while k + 1 < len(spans) and spans[k + 1][0] <= q.start:
            k += 1
        by_sentence.setdefault(k, []).append(q)
    out = []
    for k, here in by_sentence.items():
        a, b = spans[k]
        b = max(b, here[-1].end)
        words = text[a:b]
        shared = [f"{s} sentence" for s in sections(words)]
        shared.append(
            "in title" if b <= title_end else f"abstract {min(3, (k - 1) * 4 // max(1, len(spans) - 1)) + 1}/4"
        )
        shared.append(f"{min(5, len(here))} quantities in sentence")
        inside = [p for p in places if a <= p[0] < b]
        if any(p[2] == "Metric" for p in inside):
            shared.append("metric in sentence")
        shared += [_SENTENCE[w] for w in stems(words)]
        whole = frozenset(shared)
        for n, q in enumerate(here):
            own = frozenset((*_shape(text, q), *_around(text, q, (a, b), inside), *_row(text, here, n)))
            out.append(Candidate(q, (a, b), whole, own - whole, _turn(text, here, n)))
    return out


def _turn(text: str, here: list[Quantity], n: int) -> tuple[int, int]:
    """The place of a quantity in its list ("3x, 4x and 5x") and the length of the list."""
    first = last = n
    while first and JOINT.fullmatch(text, here[first - 1].end, here[first].start):
        first -= 1
    while last + 1 < len(here) and JOINT.fullmatch(text, here[last].end, here[last + 1].start):
        last += 1
    return n - first, last - first + 1


def _row(text: str, here: list[Quantity], n: int) -> list[str]:
    """Cues of the other quantities of the sentence."""
    q = here[n]
    out = []
    if len(here) > 1 and any(o.kind == q.kind and o is not q for o in here):
        out.append("another of its unit in sentence")
    if n and _LINK.fullmatch(text, here[n - 1].end, q.start):
        out.append(f"follows a quantity of kind {here[n - 1].kind or 'none'}")
    if n + 1 < len(here) and _LINK.fullmatch(text, q.end, here[n + 1].start):
        out.append(f"before a quantity of kind {here[n + 1].kind or 'none'}")
    return out


def _around(text: str, q: Quantity, span: tuple[int, int], inside: list[tuple[int, int, str]]) -> list[str]:
    left, right = text[max(span[0], q.start - 80) : q.start], text[q.end : min(span[1], q.end + 60)]
    before, after = WORD.findall(left), WORD.findall(right)
    out = []
    if before:
        out += [f"before: {before[-1].lower()}", f"two before: {' '.join(before[-2:]).lower()}"]
        out += [_NEAR_BEFORE[w] for w in before[-6:] if not w.isdigit()]
    if after:
        out += [f"after: {after[0].lower()}", f"two after: {' '.join(after[:2]).lower()}"]
        out += [_NEAR_AFTER[w] for w in after[:5] if not w.isdigit()]
        out.append(f"{q.kind or 'none'} then: {stem(after[0])}")
    else:
        out.append("ends the sentence")
    sign, follow = left.rstrip()[-1:], right.lstrip()[:1]
    if sign and not sign.isalnum():
        out.append(f"after sign {sign}")
    if follow and not follow.isalnum():
        out.append(f"before sign {follow}")
    for a, b, kind in inside:
        if a <= q.start < b or a < q.end <= b:
            out.append(f"inside a {kind} name")
        elif 0 <= a - q.end <= 2:
            out.append(f"then {kind}")
        elif 0 <= a - q.end <= 25:
            out.append(f"soon {kind}")
        elif 0 <= q.start - b <= 2:
            out.append(f"just after {kind}")
        elif 0 <= q.start - b <= 25:
            out.append(f"short after {kind}")
    return out
