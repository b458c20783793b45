"""Statements between two things of one paper: what its proposal runs on, is tested on, addresses, builds on, beats.

In: a Doc, its entities, proposals and hardware roles. Out: relationships, each with the sentence and the cue it was
read from, in the order of the text. Precision first: the subject is the paper's main proposal, and the words between
the cue and the object must be few and hold no other clause. A paper that names no method, model or software of its own
has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.cues import sentence_spans
from kg.extract.tokens import text_of
from kg.records import Evidence, Found, HardwareRole, Proposal, Relationship

EXTRACTOR = "relationships"


class Rule(NamedTuple):
    """A cue and the objects that may follow it within `reach` characters; lists of objects are read to their end."""

    relation: str
    objects: tuple[str, ...]
    cue: re.Pattern[str]
    reach: int
    score: float
    example: str
    signs: tuple[str, ...] = ()

    def may_match(self, low: str) -> bool:
        """Whether a sentence in small letters holds a sign of the cue: most do not, and cues are slow to search."""
        return any(sign in low for sign in self.signs)


RULES = (
    Rule("evaluated_on", ("Dataset",), re.compile(
        r"\b(?:evaluat\w+|experiment\w*|test\w*|results?|benchmark\w*|perform\w*|assess\w*|validat\w*|accuracy|scores?|conducted"
        r"|achiev\w+|outperform\w*|improve\w*|attain\w*|reach\w*|demonstrat\w*|state-of-the-art|success rate)\b"
        r"[^.;]{0,90}?\b(?:on|across|over|using|in|including|e\.g\.,?|such as|with)\b", re.IGNORECASE), 45, 0.85,
        "We evaluate FlashX on ImageNet and COCO.",
        ("evaluat", "experiment", "test", "result", "benchmark", "perform", "assess", "validat", "accuracy", "score",
         "conducted", "achiev", "improve", "attain", "reach", "demonstrat", "state-of-the-art", "success rate")),
    Rule("evaluated_on", ("Dataset",), re.compile(r"\b(?:datasets?|benchmarks?)(?: such as| including|,? namely"
        r"|:)", re.IGNORECASE), 12, 0.85,
         "on four benchmarks including GSM8K and MATH", ("dataset", "benchmark")),
    Rule("addresses_task", ("Task",), re.compile(
        r"\b(?:framework|system|method|approach|model|algorithm|accelerator|architecture|pipeline|network|engine|library"
        r"|solution|technique|kernel|compiler|runtime|tool|strategy|scheme|paradigm)s? (?:\w+ ){0,3}?(?:for|of"
        r"|to (?:accelerate|improve"
        r"|support|enable|solve|perform|address|tackle|optimi[sz]e|speed up))\b", re.IGNORECASE), 30, 0.85,
        "We propose FlashX, a framework for object detection.", (" for", " of", " to ")),
    Rule("addresses_task", ("Task",), re.compile(
        r"\b(?:address(?:es)?|tackl(?:e|es)|solv(?:e|es)|accelerat(?:e|es)|speeds? up|improv(?:e|es)|enabl(?:e|es)"
        r"|support(?:s)?"
        r"|optimi[sz](?:e|es))\b", re.IGNORECASE), 22, 0.75, "FlashX accelerates LLM inference.",
        ("address", "tackle", "solve", "accelerate", "speed", "improve", "enable", "support", "optimi")),
    Rule("uses_model", ("Model",), re.compile(
        r"\b(?:based on|built (?:up)?on|builds (?:up)?on|on top of|fine-?tun(?:e|ed|ing)(?: from)?"
        r"|initiali[sz]ed (?:from|with)"
        r"|adapt(?:s|ed|ing)? (?:from)?|leverag(?:e|es|ing)|employ(?:s|ing)?|uses|using|utili[sz](?:es|ing)"
        r"|integrat(?:es|ing)"
        r"|powered by|backbones?(?: such as| like| including)|(?:applied|apply|applying) "
                r"(?:it )?to)\b", re.IGNORECASE), 30, 0.8,
        "FlashX builds on LLaMA-2.",
        ("based", "buil", "on top of", "tun", "initiali", "adapt", "leverag", "employ", "uses", "using", "utili",
         "integrat", "powered by", "backbone", "appl")),
    Rule("compared_with", ("Model", "Method", "Software"), re.compile(
        r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|compared? (?:to"
        r"|with|against)"
        r"|comparison (?:to|with)|(?:faster|better|higher|lower|smaller|slower|fewer|less"
        r"|more)(?: [\w-]+){0,4} than|relative to"
        r"|versus|vs\.?|baselines? (?:such as|like|including)|(?:speed-?ups?|improvements?|gains?"
        r"|reductions?)(?: [\w.%-]+){0,4} over"
        r"|superior to)\b", re.IGNORECASE), 40, 0.8, "FlashX is 2x faster than vLLM.",
        ("outperform", "surpass", "exceed", "beat", "compar", " than", "relative", "versus", "vs", "baseline",
         " over", "superior")),
)  # fmt: skip
#: Words that end the reach of a cue: another clause begins.
_CLAUSE = re.compile(
    r"[;:()]|\b(?:while|whereas|which|that|because|although|but|by|without|when|if|to|however|where|it|we|they)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"[\"'”’})]*\s*(?:\([^()]*\))?\s*(?:,|/|and|or|&|as well as|, and|, or)?\s*(?:the |both )?[\"'“‘({]*", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(?:we|our|ours|it|its|this (?:paper|work|approach|method|framework|system)|the proposed|experiments?"
    r"|results?)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:however|existing|traditional(?:ly)?|conventional|recently|prior|previous(?:ly)?|although|despite"
    r"|have been|has been|often|typically)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|without|instead of|rather than|unlike|never|no)\b[^,;.]{0,25}$", re.IGNORECASE)


class Place(NamedTuple):
    """Where an entity stands."""

    start: int
    end: int
    entity: Found


_START_END = itemgetter(0, 1)


def main_proposal(text: str, found: Sequence[Found], proposals: Sequence[Proposal]) -> Found | None:
    """The proposal that the paper is about: named first in the title, else first in the text; no dataset or chip."""
    own = {p.entity for p in proposals}
    made = [f for f in found if f.canonical in own and f.type in ("Method", "Model", "Software") and f.mentions]
    return min(made, key=lambda f: min(m.start for m in f.mentions), default=None)


def relationships(
    doc: Doc, found: Sequence[Found], proposals: Sequence[Proposal], roles: Sequence[HardwareRole]
) -> tuple[Relationship, ...]:
    """The relationships of the paper, no triple twice, by place."""
    text = text_of(doc)
    subject = main_proposal(text, found, proposals)
    if subject is None:
        return ()
    head = (subject.type, subject.canonical)
    own = {p.entity for p in proposals}
    made: dict[tuple[str, str, str], Relationship] = {}
    for role in roles:
        if role.role != "mentioned" and role.hardware not in own:
            key = (role.role, "Hardware", role.hardware)
            made[key] = Relationship(head, role.role, ("Hardware", role.hardware), role.evidence)
    for key, evidence in _read(text, sentence_spans(doc), subject, found, own):
        kept = made.get(key)
        if kept is None or kept.evidence.score < evidence.score:
            made[key] = Relationship(head, key[0], (key[1], key[2]), evidence)
    return tuple(sorted(made.values(), key=lambda r: (r.evidence.start, r.relation, r.object)))


def _read(
    text: str, spans: list[tuple[int, int]], subject: Found, found: Sequence[Found], own: set[str]
) -> Iterator[tuple[tuple[str, str, str], Evidence]]:
    """What the rules read, sentence by sentence."""
    places = sorted([Place(m.start, m.end, f) for f in found for m in f.mentions], key=_START_END)
    names = sorted(m.start for m in subject.mentions)
    title_end = text.find("\n\n")
    for a, b in spans:
        inside = [p for p in places if a <= p.start < b]
        if not inside:
            continue
        words = text[a:b]
        low = words.lower()
        kinds = {p.entity.type for p in inside}
        named = any(a <= n < b for n in names)
        titled = b <= title_end
        if not named and (titled or not _OWN.search(words) or _BACKGROUND.search(words)):
            continue
        if titled:
            yield from _title(text, (a, b), inside)
        for rule in RULES:
            if kinds.isdisjoint(rule.objects) or not rule.may_match(low):
                continue
            for cue in rule.cue.finditer(words):
                for place in _objects(text, a + cue.end(), b, inside, rule):
                    if place.entity.canonical in own or place.entity.type not in rule.objects:
                        continue
                    if _NEGATED.search(text[max(a, place.start - 40) : place.start]):
                        continue
                    cues = (
                        f"“{cue.group()[-40:].strip().lower()}” before it",
                        "proposal in sentence" if named else "the paper's own sentence",
                    )
                    score = rule.score + (0.1 if named else 0.0)
                    yield (
                        (rule.relation, place.entity.type, place.entity.canonical),
                        Evidence(a, b, words, EXTRACTOR, round(score, 4), cues),
                    )


_FOR = re.compile(r"(?:\bfor|:)\s+(?:[\w-]+\s+){0,4}$")


def _title(text: str, span: tuple[int, int], inside: list[Place]) -> Iterator[tuple[tuple[str, str, str], Evidence]]:
    """A task after "for" in the title: "FlashX: fast attention for LLM serving"."""
    for place in inside:
        before = text[span[0] : place.start]
        if place.entity.type == "Task" and _FOR.search(before):
            evidence = Evidence(*span, text[span[0] : span[1]], EXTRACTOR, 0.9, ("“for” before it in the title",))
            yield ("addresses_task", "Task", place.entity.canonical), evidence


def _objects(text: str, at: int, end: int, inside: list[Place], rule: Rule) -> list[Place]:
    """The objects that follow a cue: the first within reach, then the rest of its list."""
    out: list[Place] = []
    for place in inside:
        if place.start < at:
            continue
        gap = text[at : place.start]
        if not out:
            if len(gap) > rule.reach or _CLAUSE.search(gap):
                break
        elif not _LIST.fullmatch(gap) or not gap.strip():
            break
        out.append(place)
        at = place.end
    return out
