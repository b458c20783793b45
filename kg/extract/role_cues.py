"""The cues that speak for the role of a piece of hardware.

In: a Doc, its entities and proposals. Out: for each Hardware entity the names of its cues: the words around its
mentions, the kind of sentence, the title, the hardware itself, the other hardware of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.cues import WORD, sections, sentence_spans, stem, stems
from kg.extract.tokens import text_of
from kg.records import Found, Mention, Proposal
from kg.text import counted

_VENDOR = re.compile(
    r"\b(nvidia|amd|intel|arm|xilinx|google|apple|qualcomm|huawei|ibm|tesla|geforce|jetson|rtx|gtx)\b", re.IGNORECASE
)
_COMPARE = re.compile(
    r"\b(compared (?:to|with|against)|comparison (?:to|with)|than|versus|vs\.?|over|outperform(?:s|ing|ed)?"
    r"|relative to|against"
    r"|baselines?|unlike|traditional|conventional|existing|state-of-the-art|surpass(?:es|ing)?|exceed(?:s|ing)?)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(without|no need|instead of|rather than|not requir\w+|avoid\w*|eliminat\w+|independent of|beyond|replac\w+"
    r"|no)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(on|for|with|using|of|than|to|in|from|by|over|across|between|via|into|onto|at|like|as|under|against|toward|towards"
    r"|through|within|including|and|or|e\.g|per|without|a|an|the|our|this|these|both|single|modern|existing)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(run|runs|running|ran|deploy\w*|implement\w*|evaluat\w*|experiment\w*|test\w*|train\w*|benchmark\w*|measur\w*"
    r"|accelerat\w*|optimi[sz]\w*|target\w*|design\w*|propos\w*|present\w*|introduc\w*|develop\w*|exploit\w*|leverag\w*"
    r"|utili[sz]\w*|us(?:e|es|ed|ing)|achiev\w*|outperform\w*|compar\w*|requir\w*|execut\w*|port\w*|map\w*|profil\w*"
    r"|demonstrat\w*|show\w*|support\w*|enabl\w*|offload\w*|synthesi[sz]\w*|integrat\w*|simulat\w*|scal\w*|speedup\w*"
    r"|faster|slower|inference|parallel\w*|based|process\w*|reduc\w*|fit\w*|operat\w*|perform\w*|analy\w*|stud\w*"
    r"|characteri[sz]\w*|explor\w*|investigat\w*|conduct\w*|validat\w*|verif\w*|built|build\w*|fabricat\w*)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:()]|\b(?:and|or)\b")
_TITLE_FOR = re.compile(r"\b(on|for|with|using|in|via|of|across|over)\b", re.IGNORECASE)
_CLASS_WORDS = re.compile(
    r"\b(devices?|platforms?|systems?|clusters?|servers?|supercomputers?|accelerators?|processors?|phones?|smartphones?"
    r"|computers?|cores?|memory|memories|units?|chips?|architectures?|hardware|nodes?|centers?|workstations?|laptops?)\b",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """A sentence once analysed, shared by its mentions."""

    cues: tuple[str, ...]
    stems: tuple[str, ...]


def _sentence(text: str, span: tuple[int, int], index: int, count: int, title_end: int) -> Sentence:
    words = text[span[0] : span[1]]
    place = "title" if span[1] <= title_end else f"abstract {min(3, (index - 1) * 4 // max(1, count - 1)) + 1}/4"
    kinds = sections(words)
    cues = [f"stands in {place}"]
    if place == "title":
        return Sentence(tuple(cues), ())
    cues += [f"{k} sentence" for k in kinds] or ["plain sentence"]
    if index == count - 1:
        cues.append("last sentence")
    if index == 1:
        cues.append("first sentence")
    return Sentence(tuple(cues), stems(words))


@lru_cache(maxsize=8192)
def _verbs(word: str) -> tuple[str, ...]:
    """The verbs of the table in a word: one, or several where hyphens join them."""
    return tuple(_VERB.findall(word))


@lru_cache(maxsize=8192)
def _prepositions(word: str) -> tuple[str, ...]:
    """The prepositions in a word, in lower case."""
    return tuple(p.lower() for p in _PREPOSITION.findall(word) if p.lower() not in _NOT_PREPOSITION)


def _around(text: str, mention: Mention, title_end: int) -> list[str]:
    """Cues of the words before and after a mention, within its sentence."""
    a, b = mention.sentence
    left, right = text[max(a, mention.start - 110) : mention.start], text[mention.end : min(b, mention.end + 70)]
    before, after = WORD.findall(left), WORD.findall(right)
    out = []
    if before:
        out.append(f"before: {before[-1].lower()}")
        out.append(f"two before: {' '.join(before[-2:]).lower()}")
        out += [f"near before: {stem(w)}" for w in before[-6:] if not w.isdigit()]
    else:
        out.append("opens the sentence")
    if after:
        out.append(f"after: {after[0].lower()}")
        out += [f"near after: {stem(w)}" for w in after[:5] if not w.isdigit()]
    else:
        out.append("ends the sentence")
    real = [p for word in before for p in _prepositions(word)]
    if real:
        out.append(f"preposition: {real[-1]}")
    verbs = [v for word in before for v in _verbs(word)]
    if verbs:
        verb = stem(verbs[-1])
        out.append(f"verb before: {verb}")
        if real:
            out.append(f"{verb} … {real[-1]}")
    verbs = [v for word in after for v in _verbs(word)]
    if verbs:
        out.append(f"verb after: {stem(verbs[0])}")
    compare = _COMPARE.findall(left[-70:])
    if compare:
        out.append(f"comparison before: {compare[-1].lower()}")
    if _COMPARE.search(right[:40]):
        out.append("comparison after")
    negation = _NEGATION.findall(left[-40:])
    if negation:
        out.append(f"negation before: {stem(negation[-1])}")
    if right[:1] == "-":
        out.append("hyphenated: -" + stem(after[0]) if after else "hyphenated")
    if left.rstrip()[-1:] in "(,/":
        out.append(f"after sign {left.rstrip()[-1:]}")
    if re.match(r"\s*(?:and|or|,|/)", right):
        out.append("in a list")
    return out


_NOT_PREPOSITION = frozenset(
    ["and", "or", "a", "an", "the", "our", "this", "these", "both", "single", "modern", "existing", "e.g"]
)


def _entity(hardware: Found) -> list[str]:
    """Cues of the hardware itself: class or product, vendor, how often it is named."""
    name = hardware.canonical
    low = name.lower()
    out = [f"name: {low}", f"last word: {stem(low.split()[-1]) if low.split() else low}"]
    product = bool(re.search(r"\d", name)) or bool(_VENDOR.search(name))
    out.append("a product" if product else "a class of hardware")
    if _CLASS_WORDS.search(name):
        out.append("name with a class word")
    out += [f"name word: {stem(w)}" for w in WORD.findall(low) if not w.isdigit()]
    out.append(f"named {min(4, len(hardware.mentions))} times")
    return out


def _paper(text: str, title_end: int, found: Sequence[Found], proposals: Sequence[Proposal]) -> list[str]:
    """Cues of the whole paper: what it proposes, words of the title, how much hardware."""
    hardware = [f for f in found if f.type == "Hardware"]
    title = text[:title_end]
    out = [counted(min(6, len(hardware)), "pieces of hardware")]
    out += [f"title: {stem(w)}" for w in set(WORD.findall(title)) if len(w) > 2]
    kinds = {p.type for p in proposals}
    out += [f"paper proposes {k}" for k in sorted(kinds)] or ["paper proposes nothing by name"]
    if any(m.end <= title_end for h in hardware for m in h.mentions):
        out.append("hardware in title")
    return out


_MODIFIED = re.compile(
    r"after: (?:memory|utili[sz]ation|resources?|hours?|compute|time|costs?|burden|usage|capacity|cycles?|power"
    r"|bandwidth|ram)$"
)


def _overall(h: Found, each: list[set[str]], in_title: bool, title: set[str]) -> list[str]:
    """Cues of all mentions in the abstract together."""
    out = []
    kinds = [{k for k in ("background", "proposal", "result") if f"{k} sentence" in cues} for cues in each]
    if each and not in_title:
        if all("background" in k and "proposal" not in k for k in kinds):
            out.append("only in background")
        if all(k == {"result"} for k in kinds):
            out.append("only in results")
        if any(_MODIFIED.search(c) for cues in each for c in cues):
            out.append("modifies a resource")
            if len(each) == 1:
                out.append("only modifies a resource")
    if any("proposal" in k for k in kinds):
        out.append("in a sentence of the proposal")
    if not in_title and title & {stem(w) for w in WORD.findall(h.canonical)}:
        out.append("shares a word with the title")
    product = bool(re.search(r"\d", h.canonical)) or bool(_VENDOR.search(h.canonical))
    many = "once" if len(each) + in_title == 1 else "often"
    out.append(f"{'product' if product else 'class'} named {many}, {'' if in_title else 'not '}in title")
    return out


def features(
    doc: Doc, found: Sequence[Found], proposals: Sequence[Proposal]
) -> list[tuple[Found, set[str], list[set[str]]]]:
    """For each Hardware entity: all its cues, and the cues of each of its mentions."""
    hardware = [f for f in found if f.type == "Hardware" and f.mentions]
    if not hardware:
        return []
    text = text_of(doc)
    title_end = max(0, text.find("\n\n"))
    spans = sentence_spans(doc)
    index = {a: k for k, (a, _) in enumerate(spans)}
    seen: dict[tuple[int, int], Sentence] = {}
    shared = _paper(text, title_end, found, proposals)
    proposed = {p.entity for p in proposals}
    titled = any(m.end <= title_end for h in hardware for m in h.mentions)
    title = {stem(w) for w in WORD.findall(text[:title_end])}
    rows = []
    for h in hardware:
        each = []
        for m in h.mentions:
            if m.sentence not in seen:
                seen[m.sentence] = _sentence(text, m.sentence, index.get(m.sentence[0], 1), len(spans), title_end)
            sentence = seen[m.sentence]
            if m.end <= title_end:
                cues = {f"title, {c}" for c in _around(text, m, title_end)} | {"stands in title"}
            else:
                cues = {*sentence.cues, *_around(text, m, title_end), *(f"sentence: {w}" for w in sentence.stems)}
            each.append(cues)
        whole = set().union(*each)
        in_title = any(m.end <= title_end for m in h.mentions)
        whole.update(shared, _entity(h))
        below = [c for c, m in zip(each, h.mentions, strict=True) if m.end > title_end]
        whole.update(_overall(h, below, in_title, title))
        if h.canonical in proposed:
            whole.add("is proposed")
        if titled and not in_title:
            whole.add("other hardware in title")
        kind = "product" if "a product" in whole else "class"
        whole.update(
            {
                f"{kind} & {c}"
                for c in whole
                if c.startswith(("preposition", "stands in", "result sent", "background", "comparison"))
            }
        )
        rows.append((h, whole, each))
    return rows
