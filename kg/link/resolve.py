"""Entity resolution over a corpus: records in; for each entity of each paper the key of its node, with the reasons.

Pass one counts names and the pairs of names that papers use for one thing (`kg.link.count`); then decisions are made
(`kg.link.score`) and nodes get their names (`kg.link.naming`); the second pass, `kg.link.tables`, only looks keys up.
Memory grows with the number of distinct names, not of papers. Order of records does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from networkx.utils import UnionFind

from kg.link.count import Counts, Node
from kg.link.known import Known
from kg.link.names import abbreviates, fold, inflects, is_short, may_abbreviate, words
from kg.link.naming import Named, Spare, named
from kg.link.obey import Wishes
from kg.link.score import Decision, decide
from kg.records import Entity, Record

__all__ = ["Decided", "Resolution", "decisions", "resolve"]


class Decided(NamedTuple):
    """A pair of names with what was decided on it; `done` says whether they are one node."""

    left: Node
    right: Node
    decision: Decision
    done: bool


class Resolution(NamedTuple):
    """`keys` maps (type, folded canonical name) to a node; `entities` describes the nodes; `decisions` say why.

    A name without a key is one that the user banned.
    """

    keys: dict[tuple[str, str], str]
    entities: dict[str, Entity]
    decisions: tuple[Decision, ...]


def resolve(records: Iterable[Record], known: Known) -> Resolution:
    """Decide, for every name in the records, which node it is."""
    found, decided = _resolve(records, known)
    return Resolution(found.keys, found.entities, tuple(d.decision for d in decided))


def decisions(records: Iterable[Record], known: Known) -> tuple[Decided, ...]:
    """Every pair of names that some paper uses for one thing, the surest merges first, with what was decided."""
    return _resolve(records, known)[1]


def _resolve(records: Iterable[Record], known: Known) -> tuple[Named, tuple[Decided, ...]]:
    wishes = Wishes(known)
    counts = Counts(known, wishes)
    for record in records:
        for found in wishes.apply(record).entities:
            counts.add(found)
    union: UnionFind[Node] = UnionFind(counts.types)
    owner = counts.pinned()
    decided, spare, narrower = [], [], []
    keys = {} if not known.decisions.distinct else {node: _keys(counts, wishes, node) for node in counts.surfaces}
    for left, right, decision in _decided(counts, known, owner):
        a, b = union[left], union[right]
        fits = not (owner.get(a) and owner.get(b) and owner[a] != owner[b]) and not wishes.apart(
            keys.get(a, ()), keys.get(b, ())
        )
        if a != b and owner.get(a) and owner.get(a) == owner.get(b) and fits:
            decision = decision._replace(verdict="merge", reason="one entry of the catalogue")
        done = a == b or (decision.verdict == "merge" and fits)
        if decision.verdict == "merge" and not done:
            decision = decision._replace(verdict="apart", reason="they are two things in the catalogue")
        decided.append(Decided(left, right, decision, done))
        if not done and decision.abbreviation:
            spare += [Spare(left, right), Spare(right, left)]
        if not done and decision.narrower:
            narrower += [(left, right) if len(words(decision.left)) > len(words(decision.right)) else (right, left)]
        if not done or a == b:
            continue
        key, both = owner.get(a) or owner.get(b), keys.get(a, frozenset()) | keys.get(b, frozenset())
        union.union(a, b)
        keys[union[a]] = both
        if key:
            owner[union[a]] = key
    roots = {node: union[node] for node in counts.surfaces}
    return named(counts, roots, owner, known, wishes, spare, narrower), tuple(decided)


def _keys(counts: Counts, wishes: Wishes, node: Node) -> frozenset[str]:
    """The keys of the user's pairs of distinct things that a node answers to."""
    kinds = counts.types.get(node) or [kind for kind, *nodes in counts.pairs if node in nodes][:1]
    return frozenset(key for kind in kinds for name in counts.surfaces[node] for key in wishes.keys(kind, name))


def _decided(counts: Counts, known: Known, owner: dict[Node, str]) -> list[tuple[Node, Node, Decision]]:
    """Every pair of names that some paper uses for one thing, decided; those of most papers first."""
    longs = {node: forms for node in counts.surfaces if (forms := _long_forms(counts, known, owner, node))}
    out = []
    for (kind, left, right), papers in sorted(counts.pairs.items(), key=lambda item: (-item[1], item[0])):
        names = counts.common(left), counts.common(right)
        forms = max((longs.get(node, []) for node in (left, right)), key=len)
        defining = max((f.papers for f in forms for name in names if f.is_written(name)), default=0)
        out.append((left, right, decide(kind, *names, papers, max(len(forms), 1), defining)))
    return out


class _Long(NamedTuple):
    """A long form of an abbreviation, and how many papers give it."""

    name: str
    papers: int

    def is_written(self, name: str) -> bool:
        return fold(name) == fold(self.name) or inflects(name, self.name)


def _long_forms(counts: Counts, known: Known, owner: dict[Node, str], short: Node) -> list[_Long]:
    """The distinct long forms of an abbreviation, as papers and the catalogue give them; empty for other names."""
    partners = counts.partners.get(short)
    name = counts.common(short)
    if not partners or not is_short(name):
        return []
    entry = known.entity(owner[short]) if short in owner else None
    listed = Counter((entry.label, *entry.aliases)) if entry else Counter[str]()
    said = Counter({counts.common(node): papers for node, papers in partners.items()})
    out: list[_Long] = []
    for long, papers in (*((n, 0) for n in listed), *sorted(said.items(), key=lambda item: (-item[1], item[0]))):
        if not abbreviates(name, long) and not may_abbreviate(name, long):
            continue
        same = next((i for i, other in enumerate(out) if other.is_written(long)), None)
        if same is None:
            out.append(_Long(long, papers))
        else:
            out[same] = _Long(out[same].name, out[same].papers + papers)
    return out
