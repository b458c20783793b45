"""Which papers are the new ones, and which methods they name more often than the others.

A share of few papers jumps: methods are ordered by the difference of the two shares in units of its standard error, not
by the difference itself, and one paper is no trend.
"""

from __future__ import annotations

from collections import Counter
from math import sqrt

from kg.report.read import Base
from kg.report.rows import Period, Rising
from kg.text import counted

#: An older build must lack so many papers before they are compared with the others; a week of fewer is no trend.
FEW = 10
_LEAST = 2  # papers that must name a method
_PART = 4  # without an older build the newest years are taken until they hold this part of the dated papers
_HARDWARE = 2


def newest(base: Base, old: Base | None) -> tuple[set[str], Period]:
    """The new papers: those that `old` lacks, where they are enough for a trend, else those of the last years."""
    added = set() if old is None else base.papers.keys() - old.papers.keys()
    if old is not None and len(added) >= FEW:
        return added, Period(
            f"the {counted(len(added), 'papers')} since the last build", len(added), len(base.papers) - len(added)
        )
    return _last_years(base)


def _last_years(base: Base) -> tuple[set[str], Period]:
    dated = Counter(year for year in base.years.values() if year is not None)
    taken: set[int] = set()
    for year in sorted(dated, reverse=True):
        taken.add(year)
        if sum(dated[y] for y in taken) * _PART >= sum(dated.values()):
            break
    recent = {paper for paper, year in base.years.items() if year in taken}
    if not taken:
        return recent, Period("no papers, since none has a year", 0, 0)
    what = str(min(taken)) if len(taken) == 1 else f"{min(taken)} to {max(taken)}"
    return recent, Period(
        f"the {counted(len(recent), 'papers')} of {what}", len(recent), len(base.papers) - len(recent)
    )


def rising(base: Base, recent: set[str]) -> list[Rising]:
    """The methods that the recent papers name more often than the others, the clearest first."""
    years = [year for year in base.years.values() if year is not None]
    span = range(min(years), max(years) + 1) if years else range(0)
    others = base.papers.keys() - recent
    targets: dict[str, list[str]] = {}
    for f in base.facts:
        if f.relation == "targets" and f.subject == f.paper:
            targets.setdefault(f.paper, []).append(f.object)
    found = []
    for key, papers in base.named.items():
        now, then = len(papers & recent), len(papers & others)
        score = _difference(now, len(recent), then, len(others))
        if now >= _LEAST and score > 0:
            by_year = Counter(base.years[paper] for paper in papers)
            hardware = Counter(thing for paper in papers for thing in targets.get(paper, ()))
            most = sorted(hardware, key=lambda h: (-hardware[h], h))[:_HARDWARE]
            labels = tuple(base.label(h) for h in most)
            found.append((-score, key, Rising(base.label(key), now, then, tuple(by_year[y] for y in span), labels)))
    return [line for _, _, line in sorted(found)]


def _difference(now: int, all_now: int, then: int, all_then: int) -> float:
    """The difference of two shares over its standard error; 0 where there is nothing to compare with.

    >>> round(_difference(5, 20, 5, 80), 2), _difference(5, 20, 0, 0)
    (2.5, 0.0)
    """
    if not all_now or not all_then:
        return 0.0
    share = (now + then) / (all_now + all_then)
    error = sqrt(share * (1 - share) * (1 / all_now + 1 / all_then))
    return (now / all_now - then / all_then) / error if error else 0.0
