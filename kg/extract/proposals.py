"""What the paper itself introduces, with the words that say so.

In: a Doc and the entities found in it. Out: proposals, in the order of the entities. Every entity is a candidate; a
small linear model over named cues (how the text announces the name, where it stands, its form) decides, weighed with
what the network says. Metrics and
tasks count too where the text announces them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract import aspects
from kg.extract.announced import Announced, proposed_names
from kg.extract.cues import WORD, sections, sentence_spans, stem
from kg.extract.linear import odds
from kg.extract.tokens import text_of
from kg.kept import Kept
from kg.records import Evidence, Found, Mention, Proposal
from kg.schema import ROLES

__all__ = ["Announced", "features", "proposals", "proposed_names"]

EXTRACTOR = "proposals"
#: An entity is proposed from this probability on; chosen on held-out folds.
THRESHOLD = 0.3

_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]\d|\d[A-Za-z]")
_OPENER = re.compile(r"[\"'“‘({\\]")
_MOST = 3  # mentions looked at; the first ones announce


# Cues that words say alone, made once a word.
_BEFORE = Kept[str, str](lambda word: f"before: {word.lower()}")
_AFTER = Kept[str, str](lambda word: f"after: {word.lower()}")
_NEAR_BEFORE = Kept[str, str](lambda word: f"near before: {stem(word)}")
_NEAR_AFTER = Kept[str, str](lambda word: f"near after: {stem(word)}")
_ENDS = Kept[str, str](lambda word: f"ends in: {stem(word)}")
_capitals_inside = Kept[str, bool](lambda name: _CAMEL.search(name) is not None)


def _form(f: Found, names: set[str]) -> list[str]:
    """Cues of the name itself; `names` are its names in lower case."""
    name = f.canonical
    words = name.split()
    count = "one word" if len(words) == 1 else "several words"
    if any(_capitals_inside[n] for n in f.names):
        form = "capitals or digits inside"
    elif name[:1].isupper():
        form = "capitalised words" if all(w[:1].isupper() for w in words) else "capitalised"
    else:
        form = "lower case"
    out = [f"type {f.type}", _KNOWN if f.id else "unknown to the catalogue", count, form, _ENDS[words[-1]]]
    if len(names) > 1:
        out.append("has an abbreviation")
    out.append(f"type {f.type} & {count} & {form}")
    return out


_KNOWN = "known to the catalogue"


def _near(text: str, m: Mention) -> list[str]:
    """Cues of the words around one mention."""
    a, b = m.sentence
    left, right = text[max(a, m.start - 90) : m.start], text[m.end : min(max(b, m.end), m.end + 60)]
    before, after = WORD.findall(left)[-6:], WORD.findall(right)[:4]
    out = []
    if before:
        out = [_NEAR_BEFORE[w] for w in before]
        out += (_BEFORE[before[-1]], f"two before: {' '.join(before[-2:]).lower()}")
        if len(before) > 2:
            out.append(f"three before: {' '.join(before[-3:]).lower()}")
    else:
        out.append("opens the sentence")
    if after:
        out += [_NEAR_AFTER[w] for w in after]
        out += (_AFTER[after[0]], f"two after: {' '.join(after[:2]).lower()}")
    sign, follow = left.rstrip()[-1:], right.lstrip()[:1]
    if sign and not sign.isalnum():
        out.append(f"after sign {sign}")
    if follow and not follow.isalnum():
        out.append(f"before sign {follow}")
        if follow == "," and after:
            out.append(f"name, {after[0].lower()}")
    if follow == "(" or sign == "(":
        out.append("in or before brackets")
    return out


def _title_cues(title: str, f: Found, m: Mention) -> list[str]:
    """Cues of a mention in the title."""
    out = ["in title"]
    rest = title[m.end :].lstrip("\"'”’)}* ")
    if m.start <= 2:
        out.append("opens the title")
        if rest.startswith(":"):
            out.append(_OPENING)
    elif ":" in title[: m.start]:
        out.append("title after a colon")
    if not rest:
        out.append("ends the title")
    before = WORD.findall(title[: m.start])
    if before:
        out.append(f"title, before: {before[-1].lower()}")
    out.append(f"in title, type {f.type}")
    return out


def _possible(f: Found, names: set[str], title_end: int, said: Said) -> bool:
    """Whether an entity is worth a closer look: nearly all that are not, are never proposed, and most are not."""
    if not names.isdisjoint(said.by_name) or any(m.start in said.by_start for m in f.mentions):
        return True
    if f.type in _RARELY:
        return False
    form = f.canonical
    plain = " " not in form and len(f.names) == 1
    if plain and not form[:1].isupper() and not _capitals_inside[form]:
        return False
    return not (f.id and plain and all(m.start >= title_end for m in f.mentions))


_RARELY = frozenset(("Task", "Metric", "Software"))


class Said(NamedTuple):
    """What the text announces, by the place and by the name in lower case."""

    by_start: dict[int, Announced]
    by_name: dict[str, Announced]


def features(doc: Doc, found: Sequence[Found]) -> list[tuple[Found, set[str], int]]:
    """For each entity: its cues, and which of its mentions announces it."""
    text = text_of(doc)
    title_end = max(0, text.find("\n\n"))
    spans = sentence_spans(doc)
    index = {a: k for k, (a, _) in enumerate(spans)}
    spoken = proposed_names(doc)
    said = Said({a.start: a for a in spoken}, {text[a.start : a.end].lower(): a for a in reversed(spoken)})
    titled = "the title names another" if any(a.cue == _OPENING for a in spoken) else "the title names none"
    kinds: dict[int, list[str]] = {}
    rows = []
    for f in found:
        names = {n.lower() for n in f.names}
        if not _possible(f, names, title_end, said):
            continue
        cues = set(_form(f, names))
        cues.add(f"named {min(5, len(f.mentions))} times")
        announcing = _mentions(text, title_end, f, cues, said)
        hits = [a for n, a in said.by_name.items() if n in names]
        hits += [said.by_start[m.start] for m in f.mentions if m.start in said.by_start]
        for hit in hits:
            cues.update((f"announced by {hit.cue}", "announced", f"announced & type {f.type}"))
        if not hits:
            cues.add("nothing announces it")
        if not f.mentions:
            rows.append((f, cues, 0))
            continue
        first = next((k for k, m in enumerate(f.mentions) if m.end > title_end), 0)
        best = announcing if announcing >= 0 else first
        start, end = f.mentions[best].sentence
        k = index.get(start, 0)
        if k not in kinds:
            kinds[k] = [f"in a {kind} sentence" for kind in sections(text[start:end])]
            kinds[k].append(f"abstract {min(4, k * 5 // max(1, len(spans)))}/5")
        cues.update(kinds[k])
        if _OPENING not in cues or titled == "the title names none":
            cues.add(titled)
        for c in ("announced", "in title", "opens the title"):
            if c in cues:
                cues.update([f"{c} & {form}" for form in _FORMS if form in cues])
        rows.append((f, cues, best))
    return rows


_OPENING = "title before a colon"
_FORMS = ("lower case", "capitals or digits inside", "capitalised words", _KNOWN, "the title names another")


def _mentions(text: str, title_end: int, f: Found, cues: set[str], said: Said) -> int:
    """Add the cues around the mentions of an entity; which of the mentions announces it, -1 for none."""
    announcing = -1
    for k, m in enumerate(f.mentions):
        if m.end <= title_end:
            cues.update(_title_cues(text[:title_end], f, m))
            continue
        if announcing < 0 and (m.start in said.by_start or m.text.lower() in said.by_name):
            announcing = k
        if k >= _MOST and announcing >= 0:
            break
        cues.update(_near(text, m))
    return announcing


def proposals(doc: Doc, found: Sequence[Found]) -> tuple[Proposal, ...]:
    """The entities that the paper introduces, in the order of `found`."""
    if not found:
        return ()
    model = odds("proposals")
    text = text_of(doc)
    out = []
    for f, cues, best in features(doc, found):
        said = aspects.of(doc, f.mentions)
        probability = aspects.proposed(model.probability(cues), said)
        if probability < THRESHOLD or not f.mentions:
            continue
        a, b = f.mentions[best].sentence
        reasons = model.reasons(cues) + aspects.reason(said, len(ROLES))
        out.append(Proposal(f.canonical, f.type, Evidence(a, b, text[a:b], EXTRACTOR, round(probability, 4), reasons)))
    return tuple(out)
