"""Pass one over a corpus: how often each name is written how, in which type, beside which other name, in which sense.

In: records. Out: `Counts`, whose size grows with the number of distinct names. The order of records does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kg.link.classes import called
from kg.link.known import Known
from kg.link.names import abbreviates, fold, is_short, singular, words
from kg.link.obey import Wishes
from kg.link.senses import Senses, long_of
from kg.records import Entity, Found
from kg.schema import ENTITY_TYPES

# Types that annotators and taggers confuse for one name; the majority of papers decides for the whole corpus.
# Hardware and Metric stay by themselves: "Frontier" the machine is never "Frontier" the method.
_OPEN = "open"
GROUP = {t.name: t.name if t.name in {"Hardware", "Metric"} else _OPEN for t in ENTITY_TYPES}
#: Types whose names extraction groups by what the catalogue says in this place, so that its id is to be trusted. The
#: others it also groups by their last words: "Mask Fine-Tuning" is that paper's "fine-tuning", and no other's.
_BY_ID = frozenset({"Hardware", "Software", "Dataset"})

Node = tuple[str, str]  # (group, folded name)


class Counts:
    """What pass one learns."""

    def __init__(self, known: Known, wishes: Wishes) -> None:
        self._known, self._wishes = known, wishes
        self.surfaces: dict[Node, dict[str, int]] = {}
        self.types: dict[Node, dict[str, int]] = {}  # of the nodes that are entities of some paper
        self.pairs: Counter[tuple[str, Node, Node]] = Counter()
        self.anchors: dict[Node, dict[str, int]] = {}
        self.described: dict[Node, dict[str, int]] = {}  # the phrases that say what a thing is
        self.senses = Senses()

    def add(self, found: Found) -> None:
        """Count an entity of a paper."""
        head = self.node(found.type, found.canonical)
        _count(self.surfaces, head, found.canonical)
        _count(self.types, head, found.type)
        if key := anchor(found, self._known):
            _count(self.anchors, head, key)
        if found.names == (found.canonical,):
            return  # the most
        if not is_short(found.canonical):
            for short in {singular(name) for name in found.names if is_short(name)}:
                self.senses.add(short, found.canonical)
        for name in found.names:
            node = self.node(found.type, name)
            if node != head:
                _count(self.surfaces, node, name)
                self.pairs[(found.type, *sorted((head, node)))] += 1  # type: ignore[index]

    def describe(self, found: Found, text: str) -> None:
        """Count what a paper calls an entity, right behind its name."""
        head = self.node(found.type, found.canonical)
        for mention in found.mentions:
            if phrase := called(text, mention.end):
                _count(self.described, head, phrase)

    def node(self, kind: str, name: str) -> Node:
        """The node of a name of a type."""
        group = kind if self._wishes.any_separate and self._wishes.separate(kind, name) else GROUP[kind]
        return group, fold(name)

    def pinned(self) -> dict[Node, str]:
        """The catalogue entry of each node that has one: what most papers mean by the name."""
        most = ((node, min(keys, key=lambda k: (-keys[k], k))) for node, keys in sorted(self.anchors.items()))
        return {node: key for node, key in most if self._stands_for(node, key)}

    def _stands_for(self, node: Node, key: str) -> bool:
        """Whether a name of an entry is that entry where a paper does not say so; not where it abbreviates too much."""
        short, entry = self.common(node), self._known.entity(key)
        if entry is None or not is_short(short) or entry.source == "user":
            return True
        names = (entry.label, *entry.aliases)
        if not any(long_of(short, name) for name in names):
            return True  # a name, such as BERT or A10, or an abbreviation of which nothing is said
        return self.senses.verdict(short, names, is_listed=True, hardware=entry.type == "Hardware").clear

    def common(self, node: Node) -> str:
        """The spelling of a node that most papers use."""
        return common(self.surfaces[node])


def _count(table: dict[Node, dict[str, int]], node: Node, name: str) -> None:
    names = table.setdefault(node, {})  # most nodes have one name, and a Counter each takes long to make
    names[name] = names.get(name, 0) + 1


def common(counter: Mapping[str, int]) -> str:
    """The most frequent string; the longer, then the first by code point where counts tie.

    >>> common(Counter({"KV cache": 3, "kv cache": 2}))
    'KV cache'
    """
    if len(counter) == 1:
        return next(iter(counter))
    return min(counter, key=lambda s: (-counter[s], -len(s), s))


def anchor(found: Found, known: Known) -> str | None:
    """The key of the catalogue entry that an entity of a paper stands for, by its fullest name or by its id.

    Not by any of its names: who calls the Resource-Aware Greedy "RAG" speaks of no retrieval.
    """
    entry = known.resolve(found.canonical, found.type)
    if entry:
        return entry.key
    if found.type not in _BY_ID or not found.id or not known.entity(found.id):
        return None
    if not _shares_word(found.canonical, known.entity(found.id)):
        return None
    shorts = (part for name in found.names if is_short(name) for part in (name, *name.split("-")))
    return None if any(abbreviates(short, found.canonical) for short in shorts) else found.id


# Words that say only what kind of thing a name is.
_MORE = 3
# A part of the thing, what it is a part of, or a count of it: the "Raspberry Pi 5 CPU", an "A100 server".
_PARTS = frozenset(["gpu", "cpu", "npu", "server", "node", "core", "cluster", "per"])
_KINDS = frozenset(["dataset", "benchmark", "corpus", "data", "device", "system", "model", "platform", "memory", "the"])


def _shares_word(name: str, entity: Entity | None) -> bool:
    """Whether a name has a word of one of the entity's names that says more than the kind of thing, and few others."""
    if entity is None:
        return False
    theirs = [words(each) for each in (entity.label, *entity.aliases)]
    known, mine = {word for each in theirs for word in each}, set(words(name)) - _KINDS
    more = mine - known
    return not known.isdisjoint(mine) and len(more) <= _MORE and more.isdisjoint(_PARTS)
