"""The doubtful merges and the doubtful non-merges of a build, the most valuable first.

In: the tables of a build and the catalogue, with what the user decided already. Out: cases. A case's value is its
support, the papers that a change of mind would concern, times its doubt, the chance that what was done is wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from kg.link.count import GROUP, Node
from kg.link.known import Known
from kg.link.names import fold, is_short, words
from kg.link.resolve import decisions
from kg.records import Found, Mention, Paper, Record
from kg.review.doubt import alike, same
from kg.schema import TYPE
from kg.store import Tables
from kg.text import short_hash, slug

_COMPARED = 3_000  # labels of each kind, of most papers, that are compared with one another
_LEAST = 0.05  # doubt below which nobody is asked
_TYPES_DIFFER = 0.3  # so much less likely are a model and a task one thing than two models
_SENTENCES = 2


class Side(NamedTuple):
    """One of the two names: its node, the papers that use it, and sentences of some of them as (paper, sentence)."""

    name: str
    key: str
    papers: int
    sentences: tuple[tuple[str, str], ...]


class Case(NamedTuple):
    """Two names that were merged or left apart; `papers` use both for one thing, `value` is support times doubt."""

    id: str
    done: str  # "merged" or "apart"
    type: str
    left: Side
    right: Side
    reason: str
    papers: int
    support: int
    doubt: float
    value: float


class _Draft(NamedTuple):
    done: bool
    kind: str
    names: tuple[str, str]
    keys: tuple[str, str]
    reason: str
    papers: int
    chance: float


def cases(tables: Tables, known: Known, limit: int | None = None, kind: str | None = None) -> tuple[Case, ...]:
    """The cases of a build that the user has not decided, by falling value; `kind` restricts to one type."""
    index = _Index(tables)
    merged, distinct = known.decisions.merged, known.decisions.distinct
    out = []
    seen: set[tuple[str, ...]] = set()
    for draft in (*_decided(index, known), *_alike(tables)):
        keys = draft.keys
        ends = {merged.get(key, key) for key in keys}
        name = tuple(sorted(fold(n) for n in draft.names))
        if name in seen or kind not in (None, draft.kind):
            continue
        seen.add(name)
        decided = len(ends) == 1 and any(key in merged or key in merged.values() for key in keys)
        if decided or tuple(sorted(keys)) in distinct or keys[0] == keys[1]:
            continue
        doubt = 1 - draft.chance if draft.done else draft.chance
        support = min(len(index.papers[_node(draft.kind, n)]) for n in draft.names)
        if doubt >= _LEAST and support:
            out.append((round(support * doubt, 2), support, round(doubt, 2), draft))
    out.sort(key=lambda item: (-item[0], item[3].names))
    return tuple(_case(index, *item) for item in out[:limit])


def _case(index: _Index, value: float, support: int, doubt: float, draft: _Draft) -> Case:
    nodes = [_node(draft.kind, name) for name in draft.names]
    sides = [
        Side(name, key, len(index.papers[node]), index.sentences(node, other))
        for name, key, node, other in zip(draft.names, draft.keys, nodes, reversed(nodes), strict=True)
    ]
    name = short_hash("\n".join((nodes[0][0], *sorted(node[1] for node in nodes))), 8)
    done = "merged" if draft.done else "apart"
    return Case(name, done, draft.kind, sides[0], sides[1], draft.reason, draft.papers, support, doubt, value)


def _node(kind: str, name: str) -> Node:
    return GROUP[kind], fold(name)


class _Index:
    """Where each name stands: papers and sentences by (group, folded name), and the records behind the mentions."""

    def __init__(self, tables: Tables) -> None:
        self.papers: dict[Node, set[str]] = defaultdict(set)
        self.keys: dict[Node, Counter[str]] = defaultdict(Counter)
        self._places: dict[Node, dict[str, tuple[int, int]]] = defaultdict(dict)
        self._found: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
        self._papers = tables.papers
        self._by_key = {key: i for i, key in enumerate(tables.papers["key"].to_pylist())}
        sources = zip(tables.entities["key"].to_pylist(), tables.entities["source"].to_pylist(), strict=True)
        self.listed = {key for key, source in sources if source != "text"}
        for row in tables.mentions.to_pylist():
            node, paper = _node(row["type"], row["text"]), row["paper"]
            self.papers[node].add(paper)
            self.keys[node][row["entity"]] += 1
            self._places[node].setdefault(paper, (row["sentence_start"], row["sentence_end"]))
            self._found[paper][row["type"], row["entity"]].append(row)

    def records(self) -> Iterator[tuple[Paper, Record]]:
        """The papers with their records as far as linking reads them: what each calls by which names."""
        columns = (self._papers[name].to_pylist() for name in ("key", "title", "abstract"))
        for key, title, abstract in zip(*columns, strict=True):
            found = self._found.get(key, {})
            yield (
                Paper(key, title, abstract),
                Record(key, tuple(_found(kind, rows) for (kind, _), rows in found.items())),
            )

    def sentences(self, node: Node, other: Node) -> tuple[tuple[str, str], ...]:
        """Sentences that use the name, of papers without the other name first."""
        papers = sorted(self.papers[node], key=lambda p: (p in self.papers[other], p))[:_SENTENCES]
        return tuple((paper, self._sentence(node, paper)) for paper in papers)

    def _sentence(self, node: Node, paper: str) -> str:
        start, end = self._places[node][paper]
        row = self._papers.slice(self._by_key[paper], 1).to_pylist()[0]
        return " ".join(f"{row['title']}\n\n{row['abstract']}"[start:end].split())


def _found(kind: str, rows: list[dict[str, Any]]) -> Found:
    names = tuple(dict.fromkeys(row["text"] for row in rows))
    canonical = min(names, key=lambda n: (-len(n), n.istitle(), names.index(n)))
    mentions = tuple(Mention(r["start"], r["end"], r["text"], kind, r["rule"], 1.0, (0, 0)) for r in rows)
    return Found(kind, canonical, names, mentions, rows[0]["entity"])


def _decided(index: _Index, known: Known) -> Iterator[_Draft]:
    """The pairs that some paper uses for one thing."""
    for pair in decisions(tuple(index.records()), known):
        said = pair.decision
        names = said.left, said.right
        here = [_most(index.keys[node]) for node in (pair.left, pair.right)]
        if not all(here):
            continue
        own = [f"{TYPE[said.type].slug}/{slug(name)}" for name in names]
        if not pair.done and here[0] == here[1]:
            continue  # the abbreviation is that paper's only
        keys = (here[0], here[1]) if not pair.done else _apart(here[0], own, names)
        listed = index.listed.issuperset(here)
        yield _Draft(pair.done, said.type, names, keys, said.reason, said.papers, same(said, listed))


def _most(keys: Counter[str]) -> str:
    return min(keys, key=lambda k: (-keys[k], k), default="")


def _apart(node: str, own: list[str], names: tuple[str, str]) -> tuple[str, str]:
    """Keys under which two names of one node can be told apart: one of them is the node's."""
    if node in own:
        return own[0], own[1]
    return (own[0], node) if is_short(names[0]) or len(names[0]) < len(names[1]) else (node, own[1])


def _alike(tables: Tables) -> Iterator[_Draft]:
    """Pairs of nodes with like labels that no paper uses for one thing."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tables.entities.select(["key", "type", "label", "papers"]).to_pylist():
        if row["papers"] and row["type"] in GROUP:
            groups[GROUP[row["type"]]].append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: (-row["papers"], row["key"]))
        for left, right in _candidates(rows[:_COMPARED]):
            if found := alike(left["label"], right["label"]):
                names, keys = (left["label"], right["label"]), (left["key"], right["key"])
                chance = found[0] * (1 if left["type"] == right["type"] else _TYPES_DIFFER)
                yield _Draft(False, left["type"], names, keys, found[1], 0, chance)


def _candidates(rows: list[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs that are like enough in letters, or one of which has the initials of the other."""
    folded = [fold(row["label"]) for row in rows]
    pairs: set[tuple[int, int]] = set()
    for i, name in enumerate(folded):
        found = process.extract(name, folded[i + 1 :], scorer=ratio, score_cutoff=80, limit=None)
        pairs.update((i, i + 1 + j) for _, _, j in found)
    initials: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        if len(parts := words(row["label"])) > 2:
            initials["".join(part[0] for part in parts)].append(i)
    for i, row in enumerate(rows):
        if is_short(row["label"]):
            pairs.update((i, j) for j in initials.get(row["label"].rstrip("s").casefold(), ()))
    return [(rows[i], rows[j]) for i, j in sorted(pairs)]
