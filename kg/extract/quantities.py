"""Quantities of a text as written: single values, ranges, tolerances, words; with their kind of unit.

In: a string. Out: spans with a reading: numbers, unit as written, kind. Decides nothing about whether a quantity is a
result, see `kg.extract.results`. Each table line has an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Quantity(NamedTuple):
    """A quantity: half-open span, low and high as numbers (None for an open end), unit as written, kind of unit."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    kind: str


#: Kinds of unit, each a pattern of what follows the number. Longest first within a kind, for the first match wins.
UNITS = (
    ("ratio", (r"\s?\$?\s?\\times(?![a-z])\s?\$?|\s?\$?\s?×|-?\s?[xX](?![A-Za-z0-9])|\s?-?\s?times(?=[\s,.;)]|$)"
              r"|[\s-]?folds?\b")),
    ("percent", (r"\s?-?\s?(?:percentage[ -]points?|percent(?:age)?\b|\\?%\\?(?:p\b|\s?points?\b)?|pp\b|pts?\b)"
                r"|\s(?:absolute )?points?\b")),
    ("rate", (  # 139.5 FPS, 1,200 tokens/s, 32.6 TOPS/W, 9 GB/s
        r"[\s-]?(?:(?:[kMGTPE]|giga|tera|peta|exa|mega)?(?:i?ops|flops?|FLOPS?|Flops?|OPS|OPs|OP|MACs?|B|b|bit|bits|byte|bytes|bps|TEPS|LUPS?"
        r"|Hz|hertz|samples?|tokens?|tok|frames?|images?|imgs?|requests?|req|inferences?|queries|steps?|events?|positions?|updates?|lookups?"
        r"|packets?|points?|words?|edges?)(?:\s?/\s?(?:s(?:ec(?:ond)?)?|W(?:att)?|J|mm|h|min)\b(?:/[A-Za-z]+)?"
        r"|\s?s\^?\{?-1\}?| per (?:second|sec|watt|joule|hour|minute)\b))"
        r"|\s?(?:FPS(?:/W)?|fps|QPS|qps|(?:[kKMGTPE])?(?:FLOPS|OPS|TEPS|UPS)(?:/W|/mm\$?\^2\$?|/s)?|[kMGT]?bps|[kMG]?Hz|Tflop/s|Gflop/s|GOp/s|tok/s|IPS|img/s|MIOPS)\b"
    )),
    ("time", (r"[\s~-]?\\?,?(?:nanoseconds?|microseconds?|milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?"
             r"|days?|weeks?|months?|years?|cycles?"
             r"|ns|[uμµ]s|\$\\mu\$s|\\mu ?s|ms|ps|fs|s|h)(?:\s?/\s?(?:token|image|frame|sample|step|iteration|query"
             r"|inference))?(?![A-Za-z0-9/])")),
    ("memory", r"[\s-]?(?:[KMGTP]i?B|[kKMGT]b|bytes?|[KMGT]bits?|bits?)(?![A-Za-z0-9/])"),
    ("energy", r"[\s-]?(?:[fpnuμµmkM]?J|kWh|MWh|Wh|joules?|[mk]?cal)(?:\s?/\s?[A-Za-z]+)?(?![A-Za-z0-9])"),
    ("power", (r"[\s-]?(?:\$\\mu\$|\{\\mu\}|\\mu ?)?[nuμµmkM]?(?:W|Watts?|watts?)(?:/[A-Za-z]+"
              r"|/cm\^?2)?(?![A-Za-z0-9])")),
    ("level", r"[\s-]?dB[mc]?i?\b"),
    ("count", r"\s?(?:[MGTKP]?FLOPs|[MGT]?MACs|GFLOPS|parameters|params)\b"),
    ("length", (r"[\s~]?(?:\\mathrm\{)?(?:nm|[uμµ]m|mm|cm|km|m)\}?(?:\$?\^\{?[23]\}?\$?|²|³"
               r"|[23](?=[\s,.;)]))?(?:/s)?(?![A-Za-z0-9])")),
    ("other", r"\s?(?:kg|mg|g|N m|N/m|Nm|N|kPa|MPa|GPa|K|°C?|degrees?|deg|mV|V|mA|A|L|mL|pF)(?![A-Za-z0-9/])"),
)  # fmt: skip
_SCALE = r"(?:\s?(?:million|billion|trillion|thousand)\b|[kKMB](?![A-Za-z0-9]))"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+"
_WORDS = {
    "half": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100, "a": 1, "an": 1, "several": None,
}  # fmt: skip
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_UNIT = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in UNITS)
_ANY = re.sub(r"\?P<\w+>", "?:", _UNIT)
_EMPH = r"(?:\\(?:textbf|mathbf|textit|bf|emph|mathrm|text)\s?\{?\s?)"
_OPEN = rf"(?:\$?{_EMPH}?\$?)"
_SIGN = r"(?:[+\-−–]|\\sim\s?|\\approx\s?|[~∼≈<>≤≥]\s?|\\(?:leq?|geq?)\s?)?"
_CLOSE = r"\}?(?:\$(?![\\~A-Za-z{]))?"
_TOLERANCE = rf"\s?\$?(?:±|\+/-|\+-|\\pm|plus-minus|\{{\\pm\}})\$?\s?(?:{_NUMBER})"
_RANGE = r"(?:\s?(?:--?-?|–|—|−|~|∼|\$?\\sim\$?|\$-\$)\s?|\s(?:to|up to)\s)"
_VALUE = re.compile(
    rf"(?<![\w.\\/^_-])(?<!\d,)(?P<first>{_OPEN}(?P<money>(?:\\?\$|US\$|€|£)(?=\d[\d,.]*(?!\S*\$)))?"
    rf"(?P<low>{_SIGN}(?:{_NUMBER})){_SCALE}?(?:{_TOLERANCE})?{_CLOSE}(?P<unit1>{_ANY})?{_CLOSE})"
    rf"(?P<rest>(?P<join>{_RANGE}|(?<=[%x×$\}}])/(?=[\d$])){_OPEN}(?P<high>{_SIGN}(?:{_NUMBER})){_SCALE}?{_CLOSE}(?P<unit2>{_ANY})?{_CLOSE})?"
    r"(?P<ratio>\s?/\s?\d+(?:\.\d+)?%?)?(?P<plus>\+)?(?![\w])(?!-D\b)",
)
_SIGNED = re.compile(r"(?<![\w.])[xX×](?!86|64)(\d+(?:\.\d+)?)(?![\w.]*\d)")
_GLUED = re.compile(r"[xX×]\d")
_SPOKEN = re.compile(
    rf"\b(?:(?P<n>(?:{_WORD}|\d+(?:\.\d+)?)(?:[ -](?:to|or)[ -](?:{_WORD}"
    rf"|\d+))?)[ -])?(?P<om>orders?[ -]of[ -]magnitude)\b"
    rf"|\b(?!an?[ -](?!fold))(?P<fold>{_WORD})(?:[ -](?P<unit>times|fold|percent|percentage points?|seconds?"
    rf"|minutes?|hours?|milliseconds?|days?|points?)"
    r"|(?P<tf>fold))\b"
    r"|\b(?P<twice>twice|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|halv(?:e|es|ed|ing)|half|two-thirds|one-third|one-quarter)\b"
    r"|\b(?P<factor>factor (?:of )?(?:\$?\d+(?:\.\d+)?\$?|" + _WORD + r"))\b"
    r"|(?P<big>\bO\(\$?[^()$]{1,20}\$?\)|\$\\?(?:mathcal\{)?O\}?\s?\([^$]{1,30}\)\$|\\mathcal\{\\?t?i?l?d?e?\{?O\}*\([^)]{1,30}\))"
    r"|\b(?P<sub>sub-(?:milli|micro|nano)?(?:second|meter|millimeter))\b"
)
_KIND = re.compile(_UNIT)
_DIGITS = re.compile(r"[-−]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?")


@lru_cache(maxsize=4096)
def kind_of(unit: str) -> str:
    """The kind of a unit as written, "" for none.

    >>> kind_of(" FPS"), kind_of("x"), kind_of(" ms"), kind_of("")
    ('rate', 'ratio', 'time', '')
    """
    match = _KIND.match(unit)
    return (match.lastgroup or "") if match and unit else ""


def number(text: str) -> float | None:
    """The number in a string, signs of approximation aside.

    >>> number("~1,234.5"), number("none")
    (1234.5, None)
    """
    match = _DIGITS.search(text)
    return float(match.group().replace(",", "").replace("−", "-")) if match else None


#: Every spoken quantity holds one of these; the slow pattern is tried only around them.
_SPOKEN_SIGNS = (
    "magnitude", "times", "fold", "twice", "doubl", "tripl", "halv", "half", "third", "quarter", "factor", "o(", "o}",
    "sub-", "percent", "minute", "hour", "second", "point", " day", "-day",
)  # fmt: skip


def _spoken_ones(text: str, start: int) -> Iterator[Quantity]:
    """The quantities that words write."""
    low, places = text.lower(), []
    for sign in _SPOKEN_SIGNS:  # a search per word is many times faster than one pattern of all
        at = low.find(sign, start)
        while at >= 0:
            places.append(at)
            at = low.find(sign, at + 1)
    past = start
    for at in sorted(places):
        if at < past:
            continue
        for match in _SPOKEN.finditer(text, max(past, at - 26), min(len(text), at + 44)):
            if match.end() > at:
                past = match.end()
                yield _spoken(match)
                break


_DIGIT = re.compile(r"\d")
_LEAD = re.compile(
    r"(?:(?:\\?\$|US\$|€|£)|\\(?:textbf|mathbf|textit|bf|emph|mathrm|text)\s?\{?\s?|\\(?:sim|approx|leq?|geq?)\s?|[+\-−–~∼≈<>≤≥$.]\s?)+$"
)


def _written(text: str, start: int) -> Iterator[Quantity]:
    """The quantities that digits write, found from their first digit."""
    at = start
    while True:
        digit = _DIGIT.search(text, at)
        if digit is None:
            return
        first = digit.start()
        floor = max(at, first - 16)
        lead = _LEAD.search(text[floor:first])
        match = None
        for begin in (floor + lead.start(), first) if lead else (first,):
            match = _VALUE.match(text, begin)
            if match:
                break
        if match:
            yield from _numeric(text, match)
            at = match.end()
        else:
            after = _AFTER.match(text, first)
            at = after.end() if after else first + 1


_AFTER = re.compile(r"[\d.,]*\d|\d")


def _spoken(match: re.Match[str]) -> Quantity:
    """A quantity in words: "two orders of magnitude", "twice", "a factor of 3"."""
    word = (match["n"] or match["fold"] or match["factor"] or "one").split()[-1].split("-")[0].lower()
    value = _WORDS.get(word, number(word))
    if match["twice"]:
        value = {"h": 0.5, "d": 2.0}.get(
            match["twice"][0].lower(), 3.0 if match["twice"].lower().startswith("tri") else 2.0
        )
    if match["om"]:
        value = 10.0**value if value is not None else None
    kinds = {"om": "magnitude", "twice": "twice", "factor": "factor", "big": "bound"}
    return Quantity(*match.span(), value, value, match["unit"] or "x", kinds.get(match.lastgroup or "", "spoken"))


def _numeric(text: str, match: re.Match[str]) -> list[Quantity]:
    """One quantity, or two where "from 3 to 5 ms" or "1.1x/4.8x" name two."""
    unit = match["unit2"] or match["unit1"] or ""
    kind = "money" if match["money"] else kind_of(unit)
    low = number(match["low"])
    start = match.start("money") if match["money"] else _bare(text, match.start(), match.start("low"), match.end())
    if not match["high"]:
        if match["ratio"] and not match["unit1"]:
            kind = "fraction"
        return [Quantity(start, match.end(), low, low, unit, kind)]
    high = number(match["high"])
    joined = match["rest"].lstrip()
    fall = low is not None and high is not None and low > high
    if joined.startswith("/") or (joined.startswith("to ") and (fall or _FROM.search(text[: match.start()][-24:]))):
        second = _bare(text, match.end("join"), match.start("high"), match.end())
        first_unit = match["unit1"] or ""
        end = match.end("first")
        return [
            Quantity(start, end, low, low, first_unit or unit, kind_of(first_unit or unit)),
            Quantity(second, match.end(), high, high, unit, kind),
        ]
    return [Quantity(start, match.end(), low, high, unit, kind)]


_FROM = re.compile(
    r"(?<!ranging )(?<!ranges )(?<!range )(?<!spanning )(?<!vary )(?<!varying )\bfrom(?: about| around| nearly"
    r"| over| only)?\s*$"
)
_MARKS = re.compile(r"(?:\\(?:sim|approx|leq?|geq?)|[~∼≈<>≤≥\s$])+")


def _bare(text: str, start: int, number_at: int, end: int) -> int:
    """Where the value begins once signs of approximation, and emphasis that closes at its end, are left out."""
    opening = text[start:number_at]
    if "{" in opening and text[start:end].count("{") > text[start:end].count("}"):
        start = number_at
    elif "{" not in opening:
        start = start if opening == "$" and text[start:end].count("$") % 2 == 0 else number_at
    mark = _MARKS.match(text, start, end)
    if mark and (mark.group() != "$"):
        start = mark.end()
    return start


def quantities(text: str, start: int = 0) -> list[Quantity]:
    """Every quantity from `start` on, in order; no two overlap.

    >>> text = "a gain of 3.1x to 4x, in 12 ms"
    >>> [(text[q.start : q.end], q.low, q.kind) for q in quantities(text)]
    [('3.1x to 4x', 3.1, 'ratio'), ('12 ms', 12.0, 'time')]
    """
    found = list(_written(text, start))
    if _GLUED.search(text, start):  # a search that knows its first letter, many times faster than the pattern
        found += [Quantity(*m.span(), float(m[1]), float(m[1]), "x", "ratio") for m in _SIGNED.finditer(text, start)]
    found += _spoken_ones(text, start)
    found.sort(key=lambda q: (q.start, -q.end))
    kept: list[Quantity] = []
    for q in found:
        if not kept or q.start >= kept[-1].end:
            kept.append(q)
    return kept
