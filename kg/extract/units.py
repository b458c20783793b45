"""Units and directions of results: QUDT codes, whether more is better, whether the text says gain or loss.

In: a unit as written and its kind, a metric's name, a sentence. Out: codes of the QUDT vocabulary (`PERCENT`,
`MilliSEC`), "x" for ratios, "higher"/"lower", "gain"/"loss". Units are parsed and their dimension checked by pint,
loaded on first use and once a process; what it makes of its list of units is kept in the cache.
"""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.catalogue import cache
from kg.kept import Kept

if TYPE_CHECKING:
    import pint

    from kg.extract.quantities import Quantity

#: Codes of units that have no dimension or no name in pint: rates of tokens, operations, money.
_FIXED = (
    (re.compile(r"percentage[ -]points?|\bpp\b|%\s?p|points?\b|\bpts?\b", re.IGNORECASE), "PERCENT"),
    (re.compile(r"%|percent", re.IGNORECASE), "PERCENT"),
    (re.compile(r"times|fold|×|^\W*x\W*$", re.IGNORECASE), "x"),
    (re.compile(r"fps|frames?\s?(?:/|per)\s?s", re.IGNORECASE), "FRAME-PER-SEC"),
    (re.compile(r"dBm", re.IGNORECASE), "DeciB_M"),
    (re.compile(r"dB", re.IGNORECASE), "DeciB"),
)
_SCALES = {"": "", "k": "Kilo", "K": "Kilo", "M": "Mega", "G": "Giga", "T": "Tera", "P": "Peta", "E": "Exa"}
_OPS = re.compile(r"([KMGTPE]?)i?(FLOP|OP|MAC)s?(?:/s|S)?(/W)?", re.IGNORECASE)
#: pint's name of a base unit -> the word that QUDT makes codes of.
_QUDT = {
    "second": "SEC", "minute": "MIN", "hour": "HR", "day": "DAY", "week": "WK", "month": "MO", "year": "YR",
    "byte": "BYTE", "bit": "BIT", "joule": "J", "watt": "W", "hertz": "HZ", "meter": "M", "gram": "GM", "kelvin": "K",
    "newton": "N", "pascal": "PA", "volt": "V", "ampere": "A", "degree": "DEG", "watt_hour": "W-HR", "liter": "L",
    "farad": "FARAD",
}  # fmt: skip
_PREFIX = re.compile(r"(femto|pico|nano|micro|milli|centi|kilo|mega|giga|tera|peta|exa|kibi|mebi|gibi|tebi)?(.+)")
_ALIASES = {
    "sec": "s", "secs": "s", "seconds": "s", "second": "s", "mins": "min", "hrs": "hour", "hr": "hour", "h": "hour",
    "B": "byte", "KB": "kilobyte", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte",
    "PB": "petabyte", "KiB": "kibibyte", "MiB": "mebibyte", "GiB": "gibibyte", "TiB": "tebibyte", "b": "bit",
    "Kb": "kilobit", "Mb": "megabit", "Gb": "gigabit", "Tb": "terabit", "bps": "bit/s", "kbps": "kilobit/s",
    "Mbps": "megabit/s", "Gbps": "gigabit/s", "Tbps": "terabit/s", "us": "microsecond", "μs": "microsecond",
    "µs": "microsecond", "uJ": "microjoule", "uW": "microwatt", "Watts": "watt", "Watt": "watt", "watts": "watt",
    "K": "kelvin", "mm2": "mm**2", "deg": "degree",
}  # fmt: skip


@lru_cache
def _registry() -> pint.UnitRegistry[float]:
    import pint

    place = cache.folder()
    if place is not None:
        with contextlib.suppress(Exception):  # a damaged file, or a folder that cannot be written: read without
            return pint.UnitRegistry(cache_folder=place / "units")
    return pint.UnitRegistry()


@lru_cache(maxsize=1024)
def unit_code(unit: str, kind: str) -> str | None:
    """The QUDT code of a unit as written, "x" for ratios, None where there is none.

    >>> [unit_code(u, "") for u in (" ms", "GB/s", "\\\\%", " tokens/s", "mm^2")]
    ['MilliSEC', 'GigaBYTE-PER-SEC', 'PERCENT', 'TOKEN-PER-SEC', 'MilliM2']
    """
    if kind in ("ratio", "magnitude", "twice", "factor"):
        return "x"
    if kind == "money":
        return "CCY_USD"
    text = re.sub(r"\\mathrm|\\mu ?|\$|[{}~\\^]", lambda m: "μ" if "mu" in m.group() else "", unit).strip(" -,")
    if not text:
        return None
    for pattern, code in _FIXED:
        if pattern.search(text):
            return code
    ops = _OPS.fullmatch(text)
    if ops:
        code = _SCALES.get(ops[1], "") + {"FLOP": "FLOPS", "OP": "OPS", "MAC": "MACS"}[ops[2].upper()]
        return code + ("-PER-W" if ops[3] else "")
    return _parsed(text)


def _parsed(text: str) -> str | None:
    """The code of a unit that pint knows, part by part."""
    parts = re.split(r"\s?/\s?|\s+per\s+", text)
    codes = [_part(p) for p in parts]
    if codes[0] is None:
        counted = re.fullmatch(r"([a-z]+?)s?", parts[0])
        if counted is None or len(parts) == 1 or codes[1] is None:
            return None
        codes[0] = {"tok": "TOKEN", "img": "IMAGE", "req": "REQUEST"}.get(counted[1], counted[1].upper())
    return "-PER-".join(c or p.upper().rstrip("S") for c, p in zip(codes, parts, strict=True))


def _part(text: str) -> str | None:
    import pint

    power = re.search(r"(?<=[a-z])[23²³]$", text)
    bare = text[: power.start()] if power else text
    try:
        name = f"{_registry().parse_units(_ALIASES.get(bare, bare))}"
    except (pint.PintError, ValueError, AttributeError, TypeError, KeyError):
        return None
    names = [n.strip() for n in name.split("/")]
    codes = []
    for n in names:
        match = _PREFIX.fullmatch(n)
        base = _QUDT.get(match[2]) if match else None
        if match is None or base is None:
            return None
        codes.append((match[1] or "").capitalize() + base)
    suffix = {"2": "2", "²": "2", "3": "3", "³": "3"}.get(power.group(), "") if power else ""
    return "-PER-".join(codes) + suffix


_LOWER = re.compile(
    r"latenc|time|error|loss|perplexity|cost|energy(?! efficien)|power(?! efficien)|memory|footprint|overhead|FID"
    r"|WER|RMSE|MAE"
    r"|MAPE|delay|consumption|parameters|FLOPs|bit ?rate|carbon|emission|area|gap|variance|runtime|usage|size|distance",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"accurac|throughput|speed|efficien|F1|precision|recall|mAP|IoU|AUC|AUROC|PSNR|SSIM|BLEU|score|rate|bandwidth|utili[sz]"
    r"|FPS|quality|goodput|compression|acceleration|improvement|savings?|gain|performance|frequency|correlation|reduction",
    re.IGNORECASE,
)
_GAIN = re.compile(
    r"faster|speed-?ups?|higher|improv\w*|increas\w*|gains?|outperform\w*|better|boost\w*|exceed\w*|surpass\w*|rais\w*|more"
    r"|greater|accelerat\w*",
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"reduc\w*|less|lower\w*|decreas\w*|fewer|sav(?:e|es|ed|ing|ings)\b|drops?|degrad\w*|loss|slower|smaller|cuts?|shrink\w*"
    r"|declin\w*|cheaper",
    re.IGNORECASE,
)


_EITHER = re.compile(r"efficien|reduction|savings?|speed|rate", re.IGNORECASE)
_NEITHER = re.compile(r"error|bit ?rate", re.IGNORECASE)
_PAUSE, _STOP = re.compile(r"[,;.](?:\s|$)"), re.compile(r"[;.](?:\s|$)")


@Kept
def _better(metric: str) -> str | None:
    """Whether more or less of a metric is better; None where its name does not say."""
    higher = _HIGHER.search(metric) is not None
    if higher and _EITHER.search(metric):
        return "lower" if _NEITHER.search(metric) else "higher"
    return "lower" if _LOWER.search(metric) else "higher" if higher else None


def direction(metric: str, sentence: str, q: Quantity, offset: int) -> tuple[str | None, str | None]:
    """Whether more of the metric is better, and whether the words beside the value say "gain" or "loss" of quantity.

    The words nearest to the value, within its clause, decide; None where nothing is said.
    """
    a, b = q.start - offset, q.end - offset
    right = _PAUSE.split(sentence[b : b + 45], 1)[0]
    left = _STOP.split(sentence[max(0, a - 60) : a])[-1]
    rated = []
    for pattern, name in ((_GAIN, "gain"), (_LOSS, "loss")):
        after = pattern.search(right)
        if after:
            rated.append((after.start(), name))
        before = list(pattern.finditer(left))
        if before:
            rated.append((len(left) - before[-1].end() + 8, name))
    return _better[metric], min(rated)[1] if rated else None
