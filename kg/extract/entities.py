"""Candidates of a Doc -> the entities of its paper.

In: a Doc that the components have read. Out: one `Found` per distinct thing: mentions that share a catalogue id, a
look-up key or an abbreviation pair, with every surface form as written. Every mention gives its text exactly.
"""

from __future__ import annotations

import bisect
import functools
from collections import defaultdict
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import abbreviations, candidates, same_hardware
from kg.extract.candidates import Candidate
from kg.extract.combine import FUSED, resolve
from kg.extract.fuse import fuse
from kg.extract.tokens import text_of
from kg.records import Found, Mention
from kg.text import lookup_key

#: Where candidates come from; `kg_patterns` has weighed the matches of the catalogue.
RULES, NETWORK = "kg_patterns", "kg_tagger"
_key = functools.lru_cache(maxsize=65536)(lookup_key)


def entities(doc: Doc) -> tuple[Found, ...]:
    """The entities of the paper, by first mention."""
    text, pairs = text_of(doc), abbreviations.of(doc)
    rules, network = candidates.get(doc, RULES), candidates.get(doc, NETWORK)
    kept = resolve(text, fuse(text, rules, network), FUSED) if network else resolve(text, rules)
    return _group(text, kept, pairs, _sentences(doc))


def _sentences(doc: Doc) -> list[int]:
    """Character offsets of the sentence starts, and the end of the text."""
    starts = doc.user_data.get("kg_sentences") or [sent.start_char for sent in doc.sents]
    return [*starts, len(text_of(doc))]


def _group(text: str, kept: list[Candidate], pairs: list[abbreviations.Pair], bounds: list[int]) -> tuple[Found, ...]:
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(node: tuple[str, str]) -> tuple[str, str]:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    keys = [(c.type, c.id or _key(text[c.start : c.end])) for c in kept]
    at = {(c.start, c.end): key for c, key in zip(kept, keys, strict=True)}
    for pair in pairs:
        long, short = at.get((pair.long_start, pair.long_end)), at.get((pair.short_start, pair.short_end))
        if long and short and long[0] == short[0]:
            parent[root(short)] = root(long)
    by_name: dict[tuple[str, str], tuple[str, str]] = {}
    for c, key in zip(kept, keys, strict=True):  # the same words are the same thing, catalogue id or not
        name = (c.type, _key(text[c.start : c.end]))
        if name in by_name:
            a, b = root(key), root(by_name[name])
            if a != b:
                parent[a] = b
        else:
            by_name[name] = key
    for short_name, long_name in [*_shortened(text, kept), *_shorter_hardware(text, kept)]:
        a, b = root(by_name[short_name]), root(by_name[long_name])
        if a != b:
            parent[a] = b
    groups: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for c, key in zip(kept, keys, strict=True):
        groups[root(key)].append(c)
    found, taken = [], set()
    for members in groups.values():
        names = tuple(dict.fromkeys(text[c.start : c.end] for c in members))
        canonical = next((n for n in _explicit(names) if (members[0].type, n) not in taken), None)
        if canonical is None:
            continue
        taken.add((members[0].type, canonical))
        mentions = tuple(_mention(text, c, bounds) for c in members)
        ids = [c.id for c in sorted(members, key=lambda c: text[c.start : c.end] != canonical) if c.id]
        found.append(Found(members[0].type, canonical, names, mentions, ids[0] if ids else None))
    return tuple(found)


#: Types whose bare head noun means the longer name beside it: "latency" is the paper's "inference latency".
SHORTENED = frozenset({"Metric", "Task", "Method", "Model"})


def _shortened(text: str, kept: list[Candidate]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs of a name and the one longer name of its type that ends in it, as (type, look-up key)."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for c in kept:
        if c.type in SHORTENED:
            name = text[c.start : c.end]
            names[c.type].setdefault(_key(name), " " + name.lower().replace("-", " "))
    out = []
    for kind, by_key in names.items():
        for short_key, short_name in by_key.items():
            longer = [k for k, name in by_key.items() if k != short_key and _ends(name, short_name)]
            if len(longer) == 1:
                out.append(((kind, short_key), (kind, longer[0])))
    return out


def _shorter_hardware(text: str, kept: list[Candidate]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """The same for hardware, by its own rules."""
    names: dict[str, str] = {}
    for c in kept:
        if c.type == "Hardware":
            name = text[c.start : c.end]
            names.setdefault(_key(name), name)
    return [(("Hardware", a), ("Hardware", b)) for a, b in same_hardware.shorter(names)] if len(names) > 1 else []


def _ends(name: str, tail: str) -> bool:
    return len(name) > len(tail) and name.endswith((tail, tail + "s"))


def _explicit(names: tuple[str, ...]) -> list[str]:
    """Names from the most to the least explicit: longest first, lower case before capitals of a title."""
    return sorted(names, key=lambda n: (-len(n), n.istitle(), names.index(n)))


def _mention(text: str, c: Candidate, bounds: list[int]) -> Mention:
    i = max(bisect.bisect_right(bounds, c.start) - 1, 0)
    end = bounds[i + 1] if i + 1 < len(bounds) else len(text)
    return Mention(c.start, c.end, text[c.start : c.end], c.type, c.rule, c.confidence, (bounds[i], end))


@Language.factory("kg_entities")
def make_entities(nlp: Language, name: str) -> Any:
    """Factory of the component that combines."""
    return set_entities


def set_entities(doc: Doc) -> Doc:
    """Keep the entities in `doc.user_data["kg_entities"]`, so that they are combined once."""
    doc.user_data["kg_entities"] = entities(doc)
    return doc
