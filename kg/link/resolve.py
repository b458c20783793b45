"""Entity resolution over a corpus: records in; for each entity of each paper the key of its node, with the reasons.

Pass one counts names and the pairs of names that papers use for one thing (`kg.link.count`); then decisions are made
(`kg.link.score`) and nodes get their names (`kg.link.naming`); the second pass, `kg.link.tables`, only looks keys up.
Memory grows with the number of distinct names, not of papers. Order of records does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.link.classes import DESCRIBED
from kg.link.count import Counts, Node
from kg.link.known import Known
from kg.link.names import abbreviates, fold, is_short, words
from kg.link.naming import Named, Spare, named
from kg.link.obey import Wishes
from kg.link.score import Decision, decide
from kg.link.senses import Verdict
from kg.link.spelled import with_long_forms
from kg.records import Entity, Paper, Record

_USED = 5  # papers that call something so and do not say why: what the one paper that does means is another thing

__all__ = ["Decided", "Resolution", "decisions", "resolve"]


class Decided(NamedTuple):
    """A pair of names with what was decided on it; `done` says whether they are one node."""

    left: Node
    right: Node
    decision: Decision
    done: bool


class Resolution(NamedTuple):
    """`keys` maps (type, folded canonical name) to a node; `entities` describes the nodes; `decisions` say why.

    A name without a key is one that the user banned. `spelled` are the papers that spell an abbreviation out by which
    alone they call some entity, so that it goes by its long form (`kg.link.spelled`).
    """

    keys: dict[tuple[str, str], str]
    entities: dict[str, Entity]
    decisions: tuple[Decision, ...]
    spelled: frozenset[str] = frozenset()


def resolve(items: Iterable[tuple[Paper, Record]], known: Known) -> Resolution:
    """Decide, for every name in the records, which node it is."""
    found, decided, spelled = _resolve(items, known)
    return Resolution(found.keys, found.entities, tuple(d.decision for d in decided), spelled)


def decisions(items: Iterable[tuple[Paper, Record]], known: Known) -> tuple[Decided, ...]:
    """Every pair of names that some paper uses for one thing, the surest merges first, with what was decided."""
    return _resolve(items, known)[1]


class _Sets:
    """Disjoint sets of nodes, each known by its first; networkx picks one of two equals by hash, so not always one."""

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}

    def __getitem__(self, node: Node) -> Node:
        while (above := self._above.get(node, node)) != node:
            self._above[node] = self._above.get(above, above)  # halve the path
            node = above
        return node

    def union(self, left: Node, right: Node) -> None:
        """Make one set of the sets of two nodes."""
        first, second = sorted((self[left], self[right]))
        if first != second:
            self._above[second] = first


def _resolve(items: Iterable[tuple[Paper, Record]], known: Known) -> tuple[Named, tuple[Decided, ...], frozenset[str]]:
    wishes, spelled = Wishes(known), set()
    counts = Counts(known, wishes)
    for paper, as_read in items:
        wanted = wishes.apply(as_read)
        record = with_long_forms(paper, wanted, wishes)
        if record is not wanted:
            spelled.add(paper.id)
        for found in record.entities:
            counts.add(found)
            if found.type in DESCRIBED:
                counts.describe(found, paper.text)
    union = _Sets()
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
    return named(counts, roots, owner, known, wishes, spare, narrower), tuple(decided), frozenset(spelled)


def _keys(counts: Counts, wishes: Wishes, node: Node) -> frozenset[str]:
    """The keys of the user's pairs of distinct things that a node answers to."""
    kinds = counts.types.get(node) or [kind for kind, *nodes in counts.pairs if node in nodes][:1]
    return frozenset(key for kind in kinds for name in counts.surfaces[node] for key in wishes.keys(kind, name))


def _decided(counts: Counts, known: Known, owner: dict[Node, str]) -> list[tuple[Node, Node, Decision]]:
    """Every pair of names that some paper uses for one thing, decided; those of most papers first."""
    out = []
    for (kind, left, right), papers in sorted(counts.pairs.items(), key=lambda item: (-item[1], item[0])):
        names = counts.common(left), counts.common(right)
        out.append((left, right, decide(kind, *names, papers, _verdict(counts, known, owner, (left, right), names))))
    return out


def _verdict(
    counts: Counts, known: Known, owner: dict[Node, str], nodes: tuple[Node, Node], names: tuple[str, str]
) -> Verdict | None:
    """Whether the shorter of two names, an abbreviation of the other, means it where nobody says so; else None."""
    (short, short_node), (long, node) = sorted(zip(names, nodes, strict=True), key=lambda pair: len(pair[0]))
    if not is_short(short) or not abbreviates(short, long):
        return None
    entry = known.entity(owner[node]) if node in owner else None
    listed = entry is not None and any(fold(name) == fold(short) for name in (entry.label, *entry.aliases))
    names_of = (long, entry.label, *entry.aliases) if entry else (long,)
    verdict = counts.senses.verdict(short, names_of, listed, entry is not None and entry.type == "Hardware")
    if entry:
        return verdict
    if fuller := counts.senses.fuller(short, long):
        return verdict._replace(clear=False, fuller=fuller)
    used = sum(counts.types.get(short_node, {}).values())
    return verdict._replace(clear=False) if verdict.papers == 1 and used >= _USED else verdict
