"""The metrics that a quantity may be of, and the cues that speak for each.

In: a text, a quantity in its sentence, the entities. Out: metrics that the sentence names, that stand right beside the
quantity, or that its unit implies, each with named cues; `kg.extract.results` ranks them by learned weights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.cues import WORD, stem
from kg.extract.quantities import Quantity
from kg.extract.result_cues import JOINT, Candidate
from kg.extract.tables import words
from kg.records import Found

#: Words that name a metric where no entity does. Longest first is not needed: the whole phrase is read around them.
METRIC_WORDS = re.compile(
    r"\b(?:(?:end-to-end|average|mean|peak|total|overall|decode|decoding|prefill|tail|training|inference|execution|memory"
    r"|energy|GPU|test|classification|kernel|computational|model|system|serving|generation|[Tt]op-1|zero-shot"
    r"|relative|absolute) )?"
    r"(?:accurac(?:y|ies)|latenc(?:y|ies)|throughput|speed-?ups?|(?:inference |training |running )?speed"
    r"|(?:execution|inference|training|running|processing|computation|compute|decoding|run|response|solve|wall-clock)"
    r"[ -]?times?"
    r"|runtime|error(?: rate)?|perplexity|energy(?: efficiency| consumption| savings?)?|power(?: consumption"
    r"| efficiency)?"
    r"|memory(?: usage| footprint| consumption| bandwidth)?|bandwidth|overheads?|utili[sz]ation|efficiency"
    r"|precision|recall"
    r"|F1(?:[ -]scores?)?|mAP|mIoU|IoU|AUC|AUROC|PSNR|SSIM|FID|BLEU|WER|RMSE|MAE|MAPE|NMSE|Dice|R2|AP|cost|area"
    r"|performance"
    r"|success rates?|(?:win |hit |error |success |frame |sampling |compression )?rates?|scores?|acceleration"
    r"|compression"
    r"|parameters|FLOPs|bit ?rate|loss|faithfulness|correlation|goodput|TTFT|TPOT|quality|frequency|variance|gain|ratio"
    r"|complexity|carbon|emissions|price|delay|density|sparsity|coverage|agreement|sensitivity|specificity|distance"
    r"|stiffness|force|voltage|weight|capacity|lifetime|gap|margin)\b",
)
#: What a unit or a word beside the value implies where the text names no metric: "2.3x faster" is a speedup.
IMPLIED = (
    ("speedup", re.compile(r"\b(?:faster|speed-?ups?|accelerat\w+|quicker|slower)\b", re.IGNORECASE)),
    ("memory", re.compile(r"\b(?:memory|smaller|footprint|VRAM)\b", re.IGNORECASE)),
    ("energy", re.compile(r"\b(?:energy|joules?)\b", re.IGNORECASE)),
    ("cost", re.compile(r"\b(?:cheaper|cost)\b", re.IGNORECASE)),
    ("improvement", re.compile(r"\b(?:improve\w*|outperform\w*|gains?|better|higher|increase\w*)\b", re.IGNORECASE)),
    ("reduction", re.compile(r"\b(?:reduc\w+|fewer|less|lower|decreas\w+|sav\w+)\b", re.IGNORECASE)),
)
_BY_KIND = {
    "ratio": "speedup", "percent": "accuracy", "time": "latency", "rate": "throughput", "memory": "memory",
    "energy": "energy", "power": "power consumption", "level": "PSNR", "money": "cost", "magnitude": "speedup",
    "twice": "speedup", "factor": "speedup", "spoken": "speedup", "bound": "complexity", "length": "distance",
}  # fmt: skip
_UNIT_NAMES = re.compile(r"fps|frames", re.IGNORECASE)


class Metric(NamedTuple):
    """A metric that a quantity may be of: where it stands (None where only implied), its words, where it came from."""

    start: int | None
    end: int | None
    name: str
    source: str


def stated_metrics(text: str, span: tuple[int, int], found: Sequence[Found]) -> dict[tuple[int, int], Metric]:
    """The metrics that a sentence names, by place: entities, and words of the table where no entity stands."""
    a, b = span
    options: dict[tuple[int, int], Metric] = {}
    for f in found:
        if f.type == "Metric":
            for m in f.mentions:
                if a <= m.start < b:
                    options[m.start, m.end] = Metric(m.start, m.end, m.text, "named metric")
    for match in METRIC_WORDS.finditer(text, a, b):
        if all(match.end() <= x or y <= match.start() for x, y in options):
            options[match.span()] = Metric(*match.span(), match.group(), "metric word")
    return options


def metrics(
    text: str, candidate: Candidate, found: Sequence[Found], known: dict[tuple[int, int], Metric] | None = None
) -> list[tuple[Metric, set[str]]]:
    """The metrics that a quantity may be of, each with its cues; `known` are those of `stated_metrics`, if at hand."""
    known = stated_metrics(text, candidate.sentence, found) if known is None else known
    chosen, stated = options(text, candidate, found, known)
    return [(m, cues(text, candidate, m, stated)) for m in chosen]


def options(
    text: str, candidate: Candidate, found: Sequence[Found], known: dict[tuple[int, int], Metric]
) -> tuple[list[Metric], list[Metric]]:
    """The metrics that a quantity may be of, and those among them that the sentence states, by place."""
    q, (a, b) = candidate.quantity, candidate.sentence
    places = dict(known)
    for m in _beside(text, q, (a, b)):
        if m.start is not None and m.end is not None and all(m.end <= x or y <= m.start for x, y in places):
            places[m.start, m.end] = m
    stated = sorted(places.values(), key=lambda m: m.start or 0)
    chosen = [*stated, *_implied(text, q, (a, b))]
    if not stated:
        earlier = [
            Metric(m.start, m.end, m.text, "metric of an earlier sentence")
            for f in found if f.type == "Metric" for m in f.mentions if m.end <= a
        ]  # fmt: skip
        chosen += sorted(earlier, key=lambda m: -(m.start or 0))[:2]
    return chosen, stated


_NAME_BEFORE = re.compile(
    r"(?:^|[\s(])((?:[A-Za-z][\w@/-]* ){0,2}[A-Za-z][\w@/-]*)\s*(?:\([^()]*\)\s*)?"
    r"(?:=|:|of|is|was|to|by|at|reaches|score of)\s*"
    r"(?:only|about|around|approximately|nearly|up to|over|just|an?)?\s*[$(~+]*$"
)
_NAME_AFTER = re.compile(
    r"[\s)]*(?:of (?:the |all )?|in |higher |lower |fewer |less |more |better |greater )?((?:[A-Za-z][\w-]* ?){1,3})"
)
_EMPTY = words("""
    per the a an of in on to by at and or for with than over is was are were from it its we our this that up about only
    as into which while when using compared relative respectively across without under between reduces improves achieves
    achieving higher lower faster better fewer less more
""")


def _beside(text: str, q: Quantity, span: tuple[int, int]) -> list[Metric]:
    """The words right before ("EVM of -47 dB") and right after ("2.5x resource savings") a quantity."""
    out = []
    first = max(span[0], q.start - 50)
    before = _NAME_BEFORE.search(text[first : q.start])
    if before:
        left = before[1].split()
        for k in range(len(left) - 1, -1, -1):
            if left[k].lower() in _EMPTY:
                left = left[k + 1 :]
                break
        out.append((first + before.end(1) - len(" ".join(left)), " ".join(left), "words before"))
    after = _NAME_AFTER.match(text, q.end, min(span[1], q.end + 45))
    if after:
        right = after[1].split()
        cut = next((k for k, word in enumerate(right) if word.lower() in _EMPTY), len(right))
        out.append((after.start(1), " ".join(right[:cut]), "words after"))
    return [Metric(at, at + len(n), n, source) for at, n, source in out if n and text[at : at + len(n)] == n]


def _implied(text: str, q: Quantity, span: tuple[int, int]) -> list[Metric]:
    near = text[max(span[0], q.start - 40) : min(span[1], q.end + 40)]
    names = dict.fromkeys(name for name, pattern in IMPLIED if pattern.search(near))
    if _UNIT_NAMES.search(q.unit):
        names["FPS"] = None
        names["inference speed"] = None
    if q.kind in _BY_KIND:
        names[_BY_KIND[q.kind]] = None
    return [Metric(None, None, name, "implied") for name in names]


def cues(text: str, candidate: Candidate, m: Metric, stated: list[Metric]) -> set[str]:
    """Cues of a quantity and a metric together."""
    q = candidate.quantity
    kind = q.kind or "none"
    stems = [stem(w) for w in WORD.findall(m.name)][-2:]
    out = {f"from {m.source}", *(f"{kind} of {s}" for s in stems), *(f"metric {s}" for s in stems)}
    if m.start is None or m.end is None:
        out |= {f"implied {m.name}", f"implied {m.name} by {kind}", f"implied, {min(3, len(stated))} stated"}
        if q.unit:
            out.add(f"implied {m.name} by {q.unit.strip().lower()[:10]}")
        near = text[max(candidate.sentence[0], q.start - 30) : q.start], text[q.end : q.end + 30]
        out |= {f"implied {m.name}, after: {stem(w)}" for w in WORD.findall(near[1])[:2]}
        return out
    if m.source.startswith("metric of"):
        return out
    if _aligned(text, candidate, m, stated):
        out.add("same place in a list of metrics")
    side = "before" if m.end <= q.start else "after" if m.start >= q.end else "over"
    gap = text[m.end : q.start] if side == "before" else text[q.end : m.start]
    between = WORD.findall(gap)
    out.add(f"metric {side}, {_bucket(len(between))} words between")
    rank = (
        [o for o in stated if (o.start or 0) >= q.end]
        if side == "after"
        else [o for o in stated if (o.end or 0) <= q.start][::-1]
    )
    if m in rank:
        out.add(f"metric {side}, {min(4, rank.index(m) + 1)}. nearest")
        distances = [min(abs((o.start or 0) - q.end), abs(q.start - (o.end or 0))) for o in stated]
        if min(abs(m.start - q.end), abs(q.start - m.end)) == min(distances):
            out.add(f"nearest metric, {side}")
        if len(rank) == len(stated) == 1:
            out.add("only metric of sentence")
    if len(between) <= 4:
        out.add(f"metric {side}: {' '.join(w.lower() if not w.isdigit() else '#' for w in between)[:40]}")
    out |= {f"metric {side}, between: {stem(w)}" for w in between[:8] if not w.isdigit()}
    for mark in (",", ";", "(", ")"):
        if mark in gap:
            out.add(f"metric {side}, {mark} between")
    if re.search(r"\d", gap):
        out.add(f"metric {side}, number between")
    return out


def _bucket(n: int) -> str:
    return str(n) if n <= 3 else "4-6" if n <= 6 else "7-12" if n <= 12 else "13+"


def _aligned(text: str, candidate: Candidate, m: Metric, stated: list[Metric]) -> bool:
    """Whether a metric has the same place in a list of metrics as the quantity in a list of as many."""
    place, length = candidate.turn
    if length < 2 or m not in stated:
        return False
    first = last = stated.index(m)
    while first and JOINT.fullmatch(text, stated[first - 1].end or 0, stated[first].start or 0):
        first -= 1
    while last + 1 < len(stated) and JOINT.fullmatch(text, stated[last].end or 0, stated[last + 1].start or 0):
        last += 1
    return last - first + 1 == length and stated.index(m) - first == place
