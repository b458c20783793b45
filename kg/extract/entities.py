"""Candidates of a Doc -> the entities of its paper.

In: a Doc that the components have read. Out: one `Found` per distinct thing: mentions that share a catalogue id, a
look-up key or an abbreviation pair, with every surface form as written. Every mention gives its text exactly.
"""

from __future__ import annotations

import bisect
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import abbreviations, candidates, same_hardware
from kg.extract.candidates import Candidate
from kg.extract.combine import FUSED, resolve
from kg.extract.fuse import fuse
from kg.extract.tokens import text_of
from kg.kept import Kept
from kg.records import Found, Mention
from kg.text import lookup_key

#: Where candidates come from; `kg_patterns` has weighed the matches of the catalogue.
RULES, NETWORK = "kg_patterns", "kg_tagger"
_key = Kept[str, str](lookup_key)


def entities(doc: Doc) -> tuple[Found, ...]:
    """The entities of the paper, by first mention."""
    text, pairs = text_of(doc), abbreviations.of(doc)
    rules, network = candidates.get(doc, RULES), candidates.get(doc, NETWORK)
    kept = resolve(text, fuse(text, rules, network), FUSED) if network else resolve(text, rules)
    kept = [c for c in kept if c.type != "Hardware" or not same_hardware.is_firm(text[c.start : c.end])]
    return _group(text, kept, pairs, _sentences(doc))


def _sentences(doc: Doc) -> list[int]:
    """Character offsets of the sentence starts, and the end of the text."""
    starts = doc.user_data.get("kg_sentences") or [sent.start_char for sent in doc.sents]
    return [*starts, len(text_of(doc))]


Node = tuple[str, str]


def _group(text: str, kept: list[Candidate], pairs: list[abbreviations.Pair], bounds: list[int]) -> tuple[Found, ...]:
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        while (above := parent.get(node, node)) != node:
            node = above
        return node

    def join(one: Node, other: Node) -> None:
        if (a := root(one)) != (b := root(other)):
            parent[a] = b

    written = [text[c.start : c.end] for c in kept]
    names = [(c.type, _key[name]) for c, name in zip(kept, written, strict=True)]
    keys = [(c.type, c.id) if c.id else name for c, name in zip(kept, names, strict=True)]
    if pairs:
        at = {(c.start, c.end): key for c, key in zip(kept, keys, strict=True)}
        by_end = {c.end: key for c, key in zip(kept, keys, strict=True)}
        for pair in pairs:
            long, short = at.get((pair.long_start, pair.long_end)), at.get((pair.short_start, pair.short_end))
            long = long or by_end.get(pair.long_end)  # "mobile neural processing units (NPUs)"
            if long and short and long[0] == short[0]:
                join(short, long)
    by_name: dict[Node, Node] = {}
    for name, key in zip(names, keys, strict=True):  # the same words are the same thing, catalogue id or not
        if (known := by_name.setdefault(name, key)) is not key:
            join(key, known)
    for short_name, long_name in [*_shortened(names, written), *_shorter_hardware(names, written)]:
        join(by_name[short_name], by_name[long_name])
    groups: dict[Node, list[int]] = {}
    for number, key in enumerate(keys):
        groups.setdefault(root(key) if parent else key, []).append(number)
    found, taken = [], set()
    for members in groups.values():
        kind = kept[members[0]].type
        forms = tuple(dict.fromkeys([written[k] for k in members]))
        canonical = next((n for n in _explicit(forms) if (kind, n) not in taken), None)
        if canonical is None:
            continue
        taken.add((kind, canonical))
        if kind == "Hardware":
            others = (same_hardware.also(text, kept[k].start, kept[k].end) for k in members)
            forms = tuple(dict.fromkeys([*forms, *(o for o in others if o and (kind, _key[o]) not in by_name)]))
        mentions = tuple([_mention(kept[k], written[k], bounds) for k in members])
        ids = [kept[k].id for k in sorted(members, key=lambda k: written[k] != canonical) if kept[k].id]
        found.append(Found(kind, canonical, forms, mentions, ids[0] if ids else None))
    return tuple(found)


#: Types whose bare head noun means the longer name beside it: "latency" is the paper's "inference latency".
SHORTENED = frozenset({"Metric", "Task", "Method", "Model"})


def _shortened(names: list[Node], written: list[str]) -> list[tuple[Node, Node]]:
    """Pairs of a name and the one longer name of its type that ends in it, as (type, look-up key)."""
    by_type: dict[str, dict[Node, str]] = {}
    for node, name in zip(names, written, strict=True):
        if node[0] in SHORTENED:
            by_type.setdefault(node[0], {}).setdefault(node, " " + name.lower().replace("-", " "))
    out = []
    for by_key in by_type.values():
        for short, tail in by_key.items() if len(by_key) > 1 else ():
            ends, size = (tail, tail + "s"), len(tail)
            longer = [k for k, name in by_key.items() if name.endswith(ends) and len(name) > size and k != short]
            if len(longer) == 1:
                out.append((short, longer[0]))
    return out


def _shorter_hardware(names: list[Node], written: list[str]) -> list[tuple[Node, Node]]:
    """The same for hardware, by its own rules."""
    by_key: dict[str, str] = {}
    for (kind, key), name in zip(names, written, strict=True):
        if kind == "Hardware":
            by_key.setdefault(key, name)
    return [(("Hardware", a), ("Hardware", b)) for a, b in same_hardware.shorter(by_key)] if len(by_key) > 1 else []


def _explicit(names: tuple[str, ...]) -> list[str]:
    """Names from the most to the least explicit: longest first, lower case before capitals of a title."""
    return sorted(names, key=lambda n: (-len(n), n.istitle(), names.index(n))) if len(names) > 1 else [*names]


def _mention(c: Candidate, name: str, bounds: list[int]) -> Mention:
    i = max(bisect.bisect_right(bounds, c.start) - 1, 0)
    end = bounds[min(i + 1, len(bounds) - 1)]
    return Mention(c.start, c.end, name, c.type, c.rule, c.confidence, (bounds[i], end))


@Language.factory("kg_entities")
def make_entities(nlp: Language, name: str) -> Any:
    """Factory of the component that combines."""
    return set_entities


def set_entities(doc: Doc) -> Doc:
    """Keep the entities in `doc.user_data["kg_entities"]`, so that they are combined once."""
    doc.user_data["kg_entities"] = entities(doc)
    return doc
