"""Entity resolution over a corpus: records in; for each entity of each paper the key of its node, with the reasons.

Pass one counts names and the pairs of names that papers use for one thing; then decisions are made (`kg.link.score`);
the second pass, `kg.link.tables`, only looks keys up. Memory grows with the number of distinct names, not of papers.
Order of records does not matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple, Protocol

import msgspec
from networkx.utils import UnionFind

from kg.link.names import fold, is_short
from kg.link.score import Decision, decide
from kg.records import Entity, Found, Record
from kg.schema import ENTITY_TYPES, TYPE
from kg.text import slug

# Types that annotators and taggers confuse for one name; the majority of papers decides for the whole corpus.
# Hardware and Metric stay by themselves: "Frontier" the machine is never "Frontier" the method.
_OPEN = "open"
_GROUP = {t.name: t.name if t.name in {"Hardware", "Metric"} else _OPEN for t in ENTITY_TYPES}
_ORDER = {t.name: i for i, t in enumerate(ENTITY_TYPES)}

Node = tuple[str, str]  # (group, folded name)


class Known(Protocol):
    """What the linker asks of a catalogue."""

    def resolve(self, name: str, kind: str) -> Entity | None:
        """The entry, or the entity inferred from the name's form, that this name of that type stands for."""

    def entity(self, key: str) -> Entity | None:
        """The entry with that key, vendors included."""


class Resolution(NamedTuple):
    """`keys` maps (type, folded canonical name) to a node; `entities` describes the nodes; `decisions` say why."""

    keys: dict[tuple[str, str], str]
    entities: dict[str, Entity]
    decisions: tuple[Decision, ...]


class _Counts:
    """What pass one learns: how often each name is written how, in which type, beside which other name."""

    def __init__(self) -> None:
        self.surfaces: dict[Node, Counter[str]] = defaultdict(Counter)
        self.types: dict[Node, Counter[str]] = defaultdict(Counter)
        self.pairs: Counter[tuple[str, Node, Node]] = Counter()
        self.anchors: dict[tuple[str, str], str] = {}

    def add(self, found: Found, known: Known) -> None:
        group = _GROUP[found.type]
        head = (group, fold(found.canonical))
        self.surfaces[head][found.canonical] += 1
        self.types[head][found.type] += 1
        for name in found.names:
            node = (group, fold(name))
            if node != head:
                self.surfaces[node][name] += 1
                self.pairs[(found.type, *sorted((head, node)))] += 1  # type: ignore[index]
        place = (found.type, head[1])
        if place not in self.anchors and (key := anchor(found, known)):
            self.anchors[place] = key


def anchor(found: Found, known: Known) -> str | None:
    """The key of the catalogue entry that an entity of a paper stands for, from its id or any of its names."""
    if found.id and known.entity(found.id):
        return found.id
    for name in (found.canonical, *sorted(found.names, key=lambda n: (-len(n), n))):
        entry = known.resolve(name, found.type)
        if entry:
            return entry.key
    return None


def _common(counter: Counter[str]) -> str:
    """The most frequent string; the longer, then the first by code point where counts tie."""
    return min(counter, key=lambda s: (-counter[s], -len(s), s))


def _decisions(counts: _Counts) -> list[tuple[Node, Node, Decision]]:
    """Every pair of names that some paper uses for one thing, decided."""
    longs: dict[Node, set[Node]] = defaultdict(set)
    for _, left, right in counts.pairs:
        for short, long in ((left, right), (right, left)):
            if is_short(_common(counts.surfaces[short])):
                longs[short].add(long)
    out = []
    for (kind, left, right), papers in sorted(counts.pairs.items()):
        names = [_common(counts.surfaces[n]) for n in (left, right)]
        forms = max(len(longs[left]), len(longs[right]), 1)
        out.append((left, right, decide(kind, names[0], names[1], papers, forms)))
    return out


def resolve(records: Iterable[Record], known: Known) -> Resolution:
    """Decide, for every name in the records, which node it is."""
    counts = _Counts()
    for record in records:
        for found in record.entities:
            counts.add(found, known)
    union: UnionFind[Node] = UnionFind()
    pinned = {(_GROUP[kind], name): key for (kind, name), key in sorted(counts.anchors.items())}
    heads = sorted(counts.types)
    for node in heads:
        union[node]
    owner = dict(pinned)
    decided = []
    for left, right, decision in _decisions(counts):
        decided.append(decision)
        a, b = union[left], union[right]
        if decision.verdict != "merge" or a == b or (owner.get(a) and owner.get(b) and owner[a] != owner[b]):
            continue
        key = owner.get(a) or owner.get(b)
        union.union(a, b)
        if key:
            owner[union[a]] = key
    return _name(counts, union, owner, known, tuple(decided))


def _name(
    counts: _Counts, union: UnionFind[Node], owner: dict[Node, str], known: Known, decisions: tuple[Decision, ...]
) -> Resolution:
    """Give each cluster its key, label, type and aliases."""
    clusters: dict[tuple[Node, str | None], list[Node]] = defaultdict(list)
    for node in sorted(counts.surfaces):
        root = union[node]
        clusters[(root, owner.get(root))].append(node)
    keys: dict[tuple[str, str], str] = {}
    entities: dict[str, Entity] = {}
    taken: dict[str, str] = {}
    for (_, pinned), nodes in sorted(clusters.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        heads = [n for n in nodes if n in counts.types]
        if not heads:
            continue  # an alias that was left apart: it is no entity of any paper
        surfaces: Counter[str] = sum((counts.surfaces[n] for n in nodes), Counter())
        types: Counter[str] = sum((counts.types[n] for n in heads), Counter())
        entry = known.entity(pinned) if pinned else None
        kind = entry.type if entry else min(types, key=lambda t: (-types[t], _ORDER[t]))
        if entry:
            key = entry.key
            before = entities.get(key, entry)
            entities[key] = _with_aliases(entry, {*before.aliases, *surfaces})
        else:
            label = _common(Counter({s: n for s, n in surfaces.items() if not is_short(s)}) or surfaces)
            key = f"{TYPE[kind].slug}/{slug(label)}"
            if taken.setdefault(key, heads[0][1]) != heads[0][1]:
                key = f"{key}-{slug(heads[0][1])}"  # two folded names with one slug
            entities[key] = _with_aliases(Entity(key=key, type=kind, label=label), set(surfaces))
        for node in heads:
            for name in counts.types[node]:
                keys[(name, node[1])] = key
    return Resolution(keys, entities, decisions)


def _with_aliases(entity: Entity, aliases: set[str]) -> Entity:
    return msgspec.structs.replace(entity, aliases=tuple(sorted(aliases - {entity.label})))
