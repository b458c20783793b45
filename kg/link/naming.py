"""Clusters of names in, nodes out: the key, label, type and aliases of each, as the user wants them.

A cluster with a catalogue entry is that entry; another takes its most frequent name that is no abbreviation, and the
type that most papers give it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from kg.link.classes import with_classes
from kg.link.count import Counts, Node, common
from kg.link.families import with_families, with_wider
from kg.link.known import Known
from kg.link.names import is_short
from kg.link.obey import Wishes
from kg.records import Entity
from kg.schema import ENTITY_TYPES, TYPE
from kg.text import slug

_ORDER = {t.name: i for i, t in enumerate(ENTITY_TYPES)}


class Spare(NamedTuple):
    """A name that was left apart from the node of another that some paper uses for the same thing."""

    name: Node
    of: Node


class Named(NamedTuple):
    """`keys` maps (type, folded canonical name) to a node; `entities` describes the nodes."""

    keys: dict[tuple[str, str], str]
    entities: dict[str, Entity]


class _Cluster(NamedTuple):
    """Nodes that are one thing; `heads` are those that are an entity of some paper."""

    key: str
    entity: Entity
    heads: list[Node]
    surfaces: set[str]


def named(
    counts: Counts,
    roots: dict[Node, Node],
    owner: dict[Node, str],
    known: Known,
    wishes: Wishes,
    spare: Iterable[Spare] = (),
    narrower: Iterable[tuple[Node, Node]] = (),
) -> Named:
    """Name the clusters; `roots` gives each node its cluster, `owner` each cluster its catalogue entry.

    A name of `spare` that is no entity of any paper becomes a further name of the one that it was left apart from. The
    pairs of `narrower` are a longer name and the one that some paper shortens it to.
    """
    extra: dict[Node, set[str]] = defaultdict(set)
    for name, of in spare:
        if of in counts.types and not any(n in counts.types for n in (name, roots[name])):
            extra[of].add(counts.common(name))
    clusters = _clusters(counts, roots, owner, known, extra)
    into = _targets(clusters, wishes)
    entities: dict[str, Entity] = {}
    keys: dict[tuple[str, str], str] = {}
    for cluster in sorted(clusters, key=lambda c: (c.key != into.get(c.key, c.key), c.key)):  # the chosen name first
        key = into.get(cluster.key, cluster.key)
        if key in wishes.decisions.gone:
            continue
        base = entities.get(key) or known.entity(key) or msgspec.structs.replace(cluster.entity, key=key)
        entities[key] = _with_aliases(base, {*base.aliases, *cluster.surfaces, cluster.entity.label})
        for node in cluster.heads:
            for kind in counts.types[node]:
                keys[kind, node[1]] = key
    for key, label in wishes.decisions.labels.items():
        if key in entities:
            entity = entities[key]
            names = {*entity.aliases, entity.label}
            entities[key] = _with_aliases(msgspec.structs.replace(entity, label=label, source="user"), names)
    at = {node: into.get(c.key, c.key) for c in clusters for node in c.heads}
    below = ((at[long], at[short]) for long, short in narrower if long in at and short in at)
    described: dict[str, Counter[str]] = defaultdict(Counter)
    for node, phrases in counts.described.items():
        if node in at:
            described[at[node]].update(phrases)
    return Named(keys, with_classes(with_families(with_wider(entities, below), known), known, described))


def _clusters(
    counts: Counts, roots: dict[Node, Node], owner: dict[Node, str], known: Known, extra: dict[Node, set[str]]
) -> list[_Cluster]:
    members: dict[tuple[Node, str], list[Node]] = defaultdict(list)
    for node in sorted(roots):
        members[roots[node], owner.get(roots[node], "")].append(node)
    out = []
    taken: dict[str, str] = {}
    for (_, pinned), nodes in sorted(members.items(), key=lambda item: (item[0][0], item[0][1])):
        heads = [n for n in nodes if n in counts.types]
        if not heads:
            continue  # an alias that was left apart: it is no entity of any paper
        surfaces, types = _sum(counts.surfaces, nodes), _sum(counts.types, heads)
        entity = known.entity(pinned) if pinned else None
        if entity is None:
            kind = min(types, key=lambda t: (-types[t], _ORDER[t]))
            label = common({s: n for s, n in surfaces.items() if not is_short(s)} or surfaces)
            key = f"{TYPE[kind].slug}/{slug(label)}"
            if is_short(label) and known.entity(key):
                key = f"{key}-abbreviation"  # it stands for more than the entry of that name
            if taken.setdefault(key, heads[0][1]) != heads[0][1]:
                key = f"{key}-{slug(heads[0][1])}"  # two folded names with one slug
            entity = Entity(key=key, type=kind, label=label)
        further = {name for node in heads for name in extra.get(node, ())}
        out.append(_Cluster(entity.key, entity, heads, {*surfaces, *further}))
    return out


def _sum(counters: Mapping[Node, Mapping[str, int]], nodes: list[Node]) -> Mapping[str, int]:
    """The counters of all nodes as one; most clusters have one node."""
    if len(nodes) == 1:
        return counters[nodes[0]]
    out = Counter[str]()
    for node in nodes:
        out.update(counters[node])
    return out


def _targets(clusters: list[_Cluster], wishes: Wishes) -> dict[str, str]:
    """The key of each cluster that the user merged into another."""
    merged = wishes.decisions.merged
    if not merged:
        return {}
    wanted = {*merged, *merged.values()}
    by_slug: dict[str, list[str]] = defaultdict(list)
    for key in sorted(wanted):
        by_slug[key.split("/", 1)[1]].append(key)
    out: dict[str, str] = {}
    for cluster in clusters:
        exact = [cluster.key] if cluster.key in wanted else []
        loose = cluster.surfaces if cluster.entity.source == "text" else ()
        near = (key for name in sorted(loose) for key in by_slug.get(slug(name), ()))
        answers = [*exact, *(key for key in near if _same_group(key, cluster.key))]
        if answers:
            target = merged.get(answers[0], answers[0])
            if target != cluster.key:
                out[cluster.key] = target
    return out


def _same_group(left: str, right: str) -> bool:
    alone = {"hardware", "metric"}
    kinds = {left.split("/", 1)[0], right.split("/", 1)[0]}
    return len(kinds) == 1 or not kinds & alone


def _with_aliases(entity: Entity, aliases: set[str]) -> Entity:
    return msgspec.structs.replace(entity, aliases=tuple(sorted(aliases - {entity.label})))
