"""Records against gold: precision, recall and F1 by figure, with intervals, and what two sets of records differ in.

Both are records in the form of the annotation guideline, one a paper. A paper of the gold that the records lack counts
as an empty record; a paper that the gold lacks is ignored. Entities match one to one within a paper and a type:
*strict* where they share a normalised name, *relaxed* also where two names overlap in at least half of the words of the
longer. Figures are micro-averaged over papers; the interval is a 95% bootstrap over papers. The figures are those of
the scorer that defines the task, and a test holds them to it.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx

from kg.errors import InputError
from kg.schema import ENTITY_TYPES

Item = dict[str, Any]
Same = Callable[[Item, Item], bool]

TYPES = tuple(t.name for t in ENTITY_TYPES)
FIGURES = (
    "all types", "all types relaxed", *TYPES, *(f"{t} relaxed" for t in TYPES), "proposes", "hardware role",
    "hardware targets", "result value", "result value+metric",
)  # fmt: skip
_SAMPLES = 200

_DASHES = re.compile(r"[‐-―−_-]+")
_SIGNS = re.compile(r"[^\w.+*#/ ]+")
_SUFFIX = re.compile(r"(ations?|ing|ion|ies|ed|er|es|s|y|e)$")
_FILLER = frozenset(
    ["the", "a", "an", "of", "in", "on", "per", "up", "to", "and", "for", "average", "reduction", "improvement"]
)


class Figure(NamedTuple):
    """One line of the report; `low` and `high` bound F1 in 95% of the bootstrap samples."""

    name: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int
    predicted: int


class Miss(NamedTuple):
    """An item that one side has and the other lacks; `kind` is "missed" or "spurious"."""

    figure: str
    paper: str
    kind: str
    item: str


class Comparison(NamedTuple):
    """What a second set of records gained, lost and still misses of the gold, item by item."""

    gained: list[Miss]
    lost: list[Miss]
    still_missed: list[Miss]


def read(path: str | Path) -> dict[str, Item]:
    """Records of a JSON lines file by paper id. Raises InputError with the line that is not a record."""
    out = {}
    try:
        lines = Path(path).read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise InputError(f"{path}: cannot be read ({reason}); expected records as JSON lines") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            entities = [(e["type"], e["names"], e["canonical"]) for e in record["entities"]]
            out[str(record["id"])] = record
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}:{number}: no record ({type(error).__name__}: {error}); expected an object with id and "
                f"entities (type, names, canonical), as `kg extract` writes it"
            ) from error
        del entities
    return out


def normal(name: str) -> str:
    """A name without case, kind of dash, LaTeX escape, spacing, article and plural ending."""
    text = unicodedata.normalize("NFKC", name).replace("\\", "").lower()
    words = _SIGNS.sub(" ", _DASHES.sub(" ", text)).split()
    if words and words[0] in {"the", "a", "an"}:
        del words[0]
    if words:
        last = words[-1]
        if len(last) > 3 and last.endswith("ies"):
            words[-1] = last[:-3] + "y"
        elif len(last) > 2 and last.endswith("s") and not last.endswith(("ss", "us", "is")):
            words[-1] = last[:-1]
    return " ".join(words)


def _names(entity: Item) -> set[str]:
    return {normal(n) for n in [*entity["names"], entity.get("canonical") or ""]} - {""}


def _strict(gold: Item, said: Item) -> bool:
    return bool(gold["_names"] & said["_names"])


def _relaxed(gold: Item, said: Item) -> bool:
    def half(a: str, b: str) -> bool:
        x, y = set(a.split()), set(b.split())
        return bool(x and y) and 2 * len(x & y) >= max(len(x), len(y))

    return _strict(gold, said) or any(half(a, b) for a in gold["_names"] for b in said["_names"])


def _value(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    for old, new in (("×", "x"), ("\\", ""), ("$", ""), ("times", "x"), ("percent", "%"), ("–", "-"), ("−", "-")):
        text = text.replace(old, new)
    return re.sub(r"[\s,~]+", "", text).strip(".+-")


def _same_value(gold: Item, said: Item) -> bool:
    return _value(gold["value"]) == _value(said["value"])


def _same_metric(gold: Item, said: Item) -> bool:
    stems = [{_SUFFIX.sub("", w)[:6] for w in normal(r["metric"]).split()} - _FILLER for r in (gold, said)]
    return _same_value(gold, said) and bool(stems[0] & stems[1])


def _match(gold: list[Item], said: list[Item], same: Same) -> list[tuple[int, int]]:
    """A largest one-to-one matching."""
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    top = [("gold", i) for i in range(len(gold))]
    graph.add_nodes_from(top)
    graph.add_edges_from(
        (("gold", i), ("said", j)) for i, g in enumerate(gold) for j, s in enumerate(said) if same(g, s)
    )
    pairs = nx.bipartite.hopcroft_karp_matching(graph, top)
    return sorted((i, pairs[("gold", i)][1]) for _, i in top if ("gold", i) in pairs)


def _items(record: Item) -> dict[str, list[Item]]:
    """What is compared, by group: entities of each type, proposals, roles, results."""
    entities = [{**e, "_names": _names(e), "_show": " | ".join(e["names"])} for e in record["entities"]]
    by_name = {e["canonical"]: e for e in entities}

    def named(name: str) -> Item:
        return by_name.get(name) or {"names": [name], "_names": _names({"names": [name]}), "_show": name}

    roles = [
        {**named(h["hardware"]), "role": h["role"], "_show": f"{h['role']}: {named(h['hardware'])['_show']}"}
        for h in record.get("hardware_roles", [])
    ]
    return {
        **{t: [e for e in entities if e["type"] == t] for t in TYPES},
        "proposes": [named(n) for n in record.get("proposes", [])],
        "hardware role": roles,
        "hardware targets": [r for r in roles if r["role"] == "targets"],
        "result value": [{**r, "_show": f"{r['value']} ({r['metric']})"} for r in record.get("results", [])],
    }


def _compare(gold: Item, said: Item) -> Iterator[tuple[str, list[Item], list[Item], list[tuple[int, int]]]]:
    g, s = _items(gold), _items(said)
    for kind in TYPES:
        yield kind, g[kind], s[kind], _match(g[kind], s[kind], _strict)
        yield f"{kind} relaxed", g[kind], s[kind], _match(g[kind], s[kind], _relaxed)
    for name, group, same in (
        ("proposes", "proposes", _strict),
        ("hardware role", "hardware role", lambda a, b: a["role"] == b["role"] and _strict(a, b)),
        ("hardware targets", "hardware targets", _strict),
        ("result value", "result value", _same_value),
        ("result value+metric", "result value", _same_metric),
    ):
        yield name, g[group], s[group], _match(g[group], s[group], same)


def _scores(counts: Counter[str]) -> tuple[float, float, float]:
    p = counts["hit"] / counts["said"] if counts["said"] else 0.0
    r = counts["hit"] / counts["gold"] if counts["gold"] else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _total(tallies: list[dict[str, Counter[str]]]) -> dict[str, Counter[str]]:
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for tally in tallies:
        for name, counts in tally.items():
            total[name].update(counts)
    for kind in ("", " relaxed"):
        for t in TYPES:
            total[f"all types{kind}"].update(total[t + kind])
    return total


def evaluate(gold: dict[str, Item], records: dict[str, Item]) -> tuple[list[Figure], list[Miss]]:
    """Figures in the order of `FIGURES`, and every item missed or spurious."""
    tallies, misses = [], []
    for paper, answer in gold.items():
        tally: dict[str, Counter[str]] = {}
        for name, g, s, hits in _compare(answer, records.get(paper, {"entities": []})):
            tally[name] = Counter(hit=len(hits), gold=len(g), said=len(s))
            found, right = {i for i, _ in hits}, {j for _, j in hits}
            misses += [Miss(name, paper, "missed", x["_show"]) for i, x in enumerate(g) if i not in found]
            misses += [Miss(name, paper, "spurious", x["_show"]) for j, x in enumerate(s) if j not in right]
        tallies.append(tally)
    total = _total(tallies)
    rng = random.Random(0)  # noqa: S311 - a repeatable bootstrap, no secret
    samples: dict[str, list[float]] = defaultdict(list)
    for _ in range(_SAMPLES if tallies else 0):
        for name, counts in _total(rng.choices(tallies, k=len(tallies))).items():
            samples[name].append(_scores(counts)[2])
    figures = []
    for name in FIGURES:
        spread = sorted(samples[name]) or [0.0] * _SAMPLES
        scores = _scores(total[name])
        figures.append(Figure(name, *scores, spread[5], spread[-6], total[name]["gold"], total[name]["said"]))
    return figures, misses


def compare(gold: dict[str, Item], old: dict[str, Item], new: dict[str, Item]) -> Comparison:
    """Of the items of the gold: which `new` found that `old` missed, the reverse, and which both miss."""
    missed = [
        {m for m in evaluate(gold, r)[1] if m.kind == "missed" and not m.figure.endswith("relaxed")} for r in (old, new)
    ]
    before, after = missed
    return Comparison(sorted(before - after), sorted(after - before), sorted(before & after))
