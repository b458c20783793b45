"""The records of a report: what each of its lines says. Counts are distinct papers, never mentions."""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """The paper that says so; `url` is http or https, or None where the paper has no address."""

    title: str
    url: str | None
    year: int | None


class Hardware(NamedTuple):
    """A piece of hardware and the papers by their strongest role for it, in the order of `schema.ROLES`."""

    label: str
    roles: tuple[int, ...]


class Period(NamedTuple):
    """Which papers are held to be the new ones, in words, and how many new and other papers there are."""

    what: str
    recent: int
    before: int


class Rising(NamedTuple):
    """A method that the new papers name more often than the others; `years` counts papers a year, for a line."""

    label: str
    recent: int
    before: int
    years: tuple[int, ...]
    hardware: tuple[str, ...]  # what the papers that name it target most often


class Pair(NamedTuple):
    """A method, model or software that targets a piece of hardware, with the surest words that say so."""

    method: str
    hardware: str
    papers: int
    quote: str
    source: Source


class Gain(NamedTuple):
    """A reported gain; `value` stands in `quote` as written."""

    value: str
    metric: str
    hardware: str | None
    baseline: str | None
    quote: str
    source: Source


class Unlinked(NamedTuple):
    """Hardware that the text names and no catalogue lists."""

    label: str
    papers: int


class Quality(NamedTuple):
    """What a reader should know before believing the rest.

    `unsure` is, for mentions, statements and results, (name, below the threshold, all).
    """

    rejected: int
    duplicates: int
    silent: int  # papers in which nothing was found
    undated: int
    fast: bool
    unsure: tuple[tuple[str, int, int], ...]
    hardware: int
    unlinked: int
    unlinked_most: tuple[Unlinked, ...]


class Digest(NamedTuple):
    """The whole report."""

    name: str
    counts: tuple[tuple[str, int], ...]
    since: tuple[tuple[str, int], ...] | None  # what the older build lacks; None where there is none
    years: tuple[int, ...]  # from the first to the last
    hardware: tuple[Hardware, ...]
    hardware_all: int
    leaders: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]  # role -> its most frequent hardware
    period: Period
    rising: tuple[Rising, ...]
    pairs: tuple[Pair, ...]
    pairs_all: int
    gains: tuple[Gain, ...]
    gains_all: int
    quality: Quality
