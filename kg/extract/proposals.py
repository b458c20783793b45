"""What the paper itself introduces, with the words that say so.

In: a Doc and the entities found in it. Out: proposals, in the order of the entities. Every entity is a candidate; a
small linear model over named cues (how the text announces the name, where it stands, its form) decides, weighed with
what the network says. Metrics and
tasks count too where the text announces them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract import aspects
from kg.extract.announced import Announced, proposed_names
from kg.extract.cues import WORD, sections, sentence_spans, stem
from kg.extract.linear import load
from kg.extract.tokens import text_of
from kg.records import Evidence, Found, Mention, Proposal
from kg.schema import ROLES

__all__ = ["Announced", "features", "proposals", "proposed_names"]

EXTRACTOR = "proposals"
#: An entity is proposed from this probability on; chosen on held-out folds.
THRESHOLD = 0.3

_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]\d|\d[A-Za-z]")
_OPENER = re.compile(r"[\"'“‘({\\]")
_MOST = 3  # mentions looked at; the first ones announce


def _form(f: Found) -> list[str]:
    """Cues of the name itself."""
    name = f.canonical
    words = name.split()
    out = [f"type {f.type}", "known to the catalogue" if f.id else "unknown to the catalogue"]
    out.append("one word" if len(words) == 1 else "several words")
    if any(_CAMEL.search(n) for n in f.names):
        out.append("capitals or digits inside")
    elif name[:1].isupper():
        out.append("capitalised words" if all(w[:1].isupper() for w in words) else "capitalised")
    else:
        out.append("lower case")
    if len({n.lower() for n in f.names}) > 1:
        out.append("has an abbreviation")
    out += [f"ends in: {stem(words[-1])}", f"type {f.type} & {out[2]} & {out[3]}"]
    return out


def _near(text: str, m: Mention, title_end: int) -> list[str]:
    """Cues of the words around one mention."""
    a, b = m.sentence
    left, right = text[max(a, m.start - 90) : m.start], text[m.end : min(max(b, m.end), m.end + 60)]
    before, after = WORD.findall(left), WORD.findall(right)
    out = []
    if before:
        out += [f"before: {before[-1].lower()}", f"two before: {' '.join(before[-2:]).lower()}"]
        out += [f"near before: {stem(w)}" for w in before[-6:]]
        if len(before) > 2:
            out.append(f"three before: {' '.join(before[-3:]).lower()}")
    else:
        out.append("opens the sentence")
    if after:
        out += [f"after: {after[0].lower()}", f"two after: {' '.join(after[:2]).lower()}"]
        out += [f"near after: {stem(w)}" for w in after[:4]]
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
            out.append("title before a colon")
    elif ":" in title[: m.start]:
        out.append("title after a colon")
    if not rest:
        out.append("ends the title")
    before = WORD.findall(title[: m.start])
    if before:
        out.append(f"title, before: {before[-1].lower()}")
    out.append(f"in title, type {f.type}")
    return out


def _possible(f: Found, title_end: int, by_start: dict[int, Announced], by_name: dict[str, Announced]) -> bool:
    """Whether an entity is worth a closer look: nearly all that are not, are never proposed, and most are not."""
    if any(m.start in by_start for m in f.mentions) or any(n.lower() in by_name for n in f.names):
        return True
    if f.type in _RARELY:
        return False
    form = f.canonical
    plain = " " not in form and len(f.names) == 1
    if plain and not _CAMEL.search(form) and not form[:1].isupper():
        return False
    return not (f.id and plain and all(m.start >= title_end for m in f.mentions))


_RARELY = frozenset(("Task", "Metric", "Software"))


def features(doc: Doc, found: Sequence[Found]) -> list[tuple[Found, set[str], int]]:
    """For each entity: its cues, and which of its mentions announces it."""
    text = text_of(doc)
    title_end = max(0, text.find("\n\n"))
    title = text[:title_end]
    spans = sentence_spans(doc)
    index = {a: k for k, (a, _) in enumerate(spans)}
    spoken = proposed_names(doc)
    by_start = {a.start: a for a in spoken}
    by_name: dict[str, Announced] = {}
    for a in spoken:
        by_name.setdefault(text[a.start : a.end].lower(), a)
    kinds: dict[int, tuple[str, ...]] = {}
    titled = any(a.cue == "title before a colon" for a in spoken)
    rows = []
    for f in found:
        if not _possible(f, title_end, by_start, by_name):
            continue
        cues = set(_form(f))
        cues.add(f"named {min(5, len(f.mentions))} times")
        announcing, best = -1, 0
        for k, m in enumerate(f.mentions):
            if m.end <= title_end:
                cues.update(_title_cues(title, f, m))
                continue
            hit = by_start.get(m.start) or by_name.get(m.text.lower())
            if hit and announcing < 0:
                announcing, best = k, k
            if k >= _MOST and announcing >= 0:
                break
            cues.update(_near(text, m, title_end))
        names = {n.lower() for n in f.names}
        hits = [a for n, a in by_name.items() if n in names] + [
            by_start[m.start] for m in f.mentions if m.start in by_start
        ]
        for hit in hits:
            cues.update((f"announced by {hit.cue}", "announced", f"announced & type {f.type}"))
        if not hits:
            cues.add("nothing announces it")
        if not f.mentions:
            rows.append((f, cues, 0))
            continue
        first = next((k for k, m in enumerate(f.mentions) if m.end > title_end), 0)
        m = f.mentions[announcing if announcing >= 0 else first]
        k = index.get(m.sentence[0], 0)
        if k not in kinds:
            kinds[k] = sections(text[m.sentence[0] : m.sentence[1]])
        cues.update(f"in a {kind} sentence" for kind in kinds[k])
        cues.add(f"abstract {min(4, k * 5 // max(1, len(spans)))}/5")
        if titled and "title before a colon" not in cues:
            cues.add("the title names another")
        if not titled:
            cues.add("the title names none")
        here = [
            f"{c} & {form}"
            for c in ("announced", "in title", "opens the title")
            if c in cues
            for form in (
                "lower case",
                "capitals or digits inside",
                "capitalised words",
                "known to the catalogue",
                "the title names another",
            )
            if form in cues
        ]
        cues.update(here)
        rows.append((f, cues, announcing if announcing >= 0 else first if best == 0 else best))
    return rows


def proposals(doc: Doc, found: Sequence[Found]) -> tuple[Proposal, ...]:
    """The entities that the paper introduces, in the order of `found`."""
    if not found:
        return ()
    model = load("proposals")
    yes = model.classes.index("yes")
    text = text_of(doc)
    out = []
    for f, cues, best in features(doc, found):
        said = aspects.of(doc, f.mentions)
        probability = aspects.proposed(model.probability(cues)[yes], said)
        if probability < THRESHOLD or not f.mentions:
            continue
        a, b = f.mentions[best].sentence
        reasons = model.reasons(cues, yes) + aspects.reason(said, len(ROLES))
        out.append(Proposal(f.canonical, f.type, Evidence(a, b, text[a:b], EXTRACTOR, round(probability, 4), reasons)))
    return tuple(out)
