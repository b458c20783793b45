"""Tables in, the figures of a report out. Pure: no file, no clock, the same tables give the same report.

What is new is what `old` lacks; without an older build, it is what the newest papers say. Lists are cut to what a page
holds, and each says how much there is in all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from kg import schema
from kg.report.read import Base
from kg.report.rising import newest, rising
from kg.report.rows import Digest, Gain, Hardware, Pair, Quality, Unlinked
from kg.store import Tables

#: Below this confidence a mention, a statement or a result counts as unsure.
UNSURE = 0.5
#: A gain is shown from this confidence on: one wrong speed-up spoils a mail.
SURE = 0.65
_HARDWARE, _LEADERS, _RISING, _PAIRS, _A_PAPER, _GAINS, _UNLINKED = 12, 3, 8, 12, 2, 8, 6


def digest(
    new: Tables, old: Tables | None = None, about: Mapping[str, Any] | None = None, name: str = "Papers and hardware"
) -> Digest:
    """The report on `new`. `about` is the manifest of its build, `name` what the corpus is called."""
    base = Base(new)
    before = None if old is None else Base(old)
    recent, period = newest(base, before)
    fresh = recent if before is None else base.papers.keys() - before.papers.keys()
    roles = _roles(base)
    pairs = _pairs(base, before, fresh)
    gains = _gains(base, fresh if before else None)
    years = sorted(year for year in base.years.values() if year is not None)
    return Digest(
        name=name,
        counts=_counts(base),
        since=None if before is None else _added(base, before),
        years=tuple(range(years[0], years[-1] + 1)) if years else (),
        hardware=tuple(roles[:_HARDWARE]),
        hardware_all=len(roles),
        leaders=_leaders(roles),
        period=period,
        rising=tuple(rising(base, recent)[:_RISING]),
        pairs=tuple(_varied(pairs)),
        pairs_all=len(pairs),
        gains=tuple(gains[:_GAINS]),
        gains_all=len(gains),
        quality=_quality(base, about or {}),
    )


def _counts(base: Base) -> tuple[tuple[str, int], ...]:
    found = Counter(e["type"] for e in base.entities.values() if e["papers"])
    return (
        ("papers", len(base.papers)),
        ("pieces of hardware", found["Hardware"]),
        ("methods", found["Method"]),
        ("statements", len(base.facts)),
        ("results", len(base.results)),
    )


def _added(base: Base, old: Base) -> tuple[tuple[str, int], ...]:
    """What `base` has and `old` lacks: papers, hardware, methods, statements (triples)."""
    fresh = [e["type"] for key, e in base.entities.items() if e["papers"] and not old.names(key)]
    triples = {f[:3] for f in base.facts} - {f[:3] for f in old.facts}
    return (
        ("papers", len(base.papers.keys() - old.papers.keys())),
        ("pieces of hardware", fresh.count("Hardware")),
        ("methods", fresh.count("Method")),
        ("statements", len(triples)),
    )


def _roles(base: Base) -> list[Hardware]:
    """Every piece of hardware with its papers by role, the most targeted first."""
    rank = {role.relation: role.rank for role in schema.ROLES}
    strongest: dict[tuple[str, str], int] = {}
    for f in base.facts:
        if f.object.startswith("hardware/") and f.subject == f.paper and f.relation in rank:
            at = (f.object, f.paper)
            strongest[at] = min(rank[f.relation], strongest.get(at, rank[f.relation]))
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(schema.ROLES))
    for (thing, _), role in strongest.items():
        counts[thing][role] += 1
    order = sorted(counts, key=lambda key: ([-n for n in counts[key]], key))
    return [Hardware(base.label(key), tuple(counts[key])) for key in order]


def _leaders(roles: list[Hardware]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """For each role its most frequent hardware."""
    out = []
    for role in schema.ROLES[:-1]:
        order = sorted(roles, key=lambda h: (-h.roles[role.rank], h.label))[:_LEADERS]
        out.append((role.label, tuple((h.label, h.roles[role.rank]) for h in order if h.roles[role.rank])))
    return tuple(out)


def _pairs(base: Base, old: Base | None, recent: set[str]) -> list[tuple[str, Pair]]:
    """What targets which hardware and did not before: first where the words name both, then the surest."""
    said = defaultdict(list)
    for f in base.facts:
        if f.relation == "targets" and f.subject != f.paper:
            said[f.subject, f.object].append(f)
    known = set() if old is None else {(f.subject, f.object) for f in old.facts if f.relation == "targets"}
    out = []
    for (subject, thing), facts in said.items():
        papers = {f.paper for f in facts}
        if (subject, thing) in known if old is not None else not papers <= recent:
            continue
        best = min(facts, key=lambda f: (-f.score, f.paper, f.quote))
        labels = base.label(subject), base.label(thing)
        silent = sum(label.casefold() not in best.quote.casefold() for label in labels)
        pair = Pair(*labels, len(papers), best.quote, base.source(best.paper))
        out.append((silent, -best.score, labels, best.paper, pair))
    return [(paper, pair) for *_, paper, pair in sorted(out)]


def _varied(pairs: list[tuple[str, Pair]]) -> list[Pair]:
    """Those to show: a paper may speak only so often, however sure it is."""
    spoken: Counter[str] = Counter()
    out = []
    for paper, pair in pairs:
        spoken[paper] += 1
        if spoken[paper] <= _A_PAPER:
            out.append(pair)
    return out[:_PAIRS]


def _gains(base: Base, recent: set[str] | None) -> list[Gain]:
    """The largest factor that each paper reports as a gain against something named; of `recent` papers, if given."""
    best: dict[str, tuple[float, Gain]] = {}
    for r in base.results:
        fits = r["unit"] == "x" and r["change"] == "gain" and r["score"] >= SURE and r["low"] is not None
        if not fits or not r["metric_entity"] or not (r["baseline"] or r["hardware"]):
            continue
        if recent is not None and r["paper"] not in recent:
            continue
        hardware, baseline = (base.label(r[k]) if r[k] else None for k in ("hardware", "baseline"))
        gain = Gain(r["value"], base.label(r["metric_entity"]), hardware, baseline, r["quote"], base.source(r["paper"]))
        if r["paper"] not in best or best[r["paper"]][0] < r["low"]:
            best[r["paper"]] = (r["low"], gain)
    order = sorted(best, key=lambda paper: (-best[paper][0], paper))
    return [best[paper][1] for paper in order]


def _quality(base: Base, about: Mapping[str, Any]) -> Quality:
    read = about.get("input", {})
    unsure = (
        ("mentions", base.confidences),
        ("statements", [f.score for f in base.facts]),
        ("results", [r["score"] for r in base.results]),
    )
    hardware = [e for e in base.entities.values() if e["type"] == "Hardware" and e["papers"]]
    unlinked = sorted((-e["papers"], e["label"]) for e in hardware if e["source"] == "text")
    return Quality(
        rejected=read.get("rejected", 0),
        duplicates=read.get("duplicates", 0),
        silent=len(base.papers.keys() - base.speaking),
        undated=sum(year is None for year in base.years.values()),
        fast=bool(about.get("fast")),
        unsure=tuple((name, sum(x < UNSURE for x in scores), len(scores)) for name, scores in unsure),
        hardware=len(hardware),
        unlinked=len(unlinked),
        unlinked_most=tuple(Unlinked(label, -papers) for papers, label in unlinked[:_UNLINKED]),
    )
