"""The quantities that a paper reports as results, each with its metric.

In: a Doc and its entities. Out: results in the order of the text. Every quantity of the text is a candidate; a small
linear model over named cues (words around it, unit, kind of sentence, neighbouring entities) keeps it or drops it, and
a second one chooses among the metrics that the text names near it or that its unit implies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.cues import WORD, sections, sentence_spans, stem
from kg.extract.linear import load
from kg.extract.quantities import Quantity, quantities
from kg.extract.tokens import text_of
from kg.extract.units import direction, unit_code
from kg.records import Evidence, Found, Result

EXTRACTOR = "results"

#: Words that name a metric where no entity does. Longest first is not needed: the whole phrase is read around them.
METRIC_WORDS = re.compile(
    r"\b(?:(?:end-to-end|average|mean|peak|total|overall|decode|decoding|prefill|tail|training|inference|execution|memory|energy"
    r"|GPU|test|classification|kernel|computational|model|system|serving|generation|[Tt]op-1|zero-shot|relative|absolute) )?"
    r"(?:accurac(?:y|ies)|latenc(?:y|ies)|throughput|speed-?ups?|(?:inference |training |running )?speed"
    r"|(?:execution|inference|training|running|processing|computation|compute|decoding|run|response|solve|wall-clock)[ -]?times?"
    r"|runtime|error(?: rate)?|perplexity|energy(?: efficiency| consumption| savings?)?|power(?: consumption| efficiency)?"
    r"|memory(?: usage| footprint| consumption| bandwidth)?|bandwidth|overheads?|utili[sz]ation|efficiency|precision|recall"
    r"|F1(?:[ -]scores?)?|mAP|mIoU|IoU|AUC|AUROC|PSNR|SSIM|FID|BLEU|WER|RMSE|MAE|MAPE|NMSE|Dice|R2|AP|cost|area|performance"
    r"|success rates?|(?:win |hit |error |success |frame |sampling |compression )?rates?|scores?|acceleration|compression"
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


class Candidate(NamedTuple):
    """A quantity in its sentence with the cues about it; `turn` is its place in a list of quantities and how many."""

    quantity: Quantity
    sentence: tuple[int, int]
    cues: set[str]
    turn: tuple[int, int] = (0, 1)


def _shape(text: str, q: Quantity) -> list[str]:
    value = text[q.start : q.end]
    out = [f"unit kind: {q.kind or 'none'}", f"unit: {q.unit.strip(' -$').lower()[:14]}"]
    if q.low != q.high:
        out.append("a range")
    if "." in value and re.search(r"\d\.\d", value):
        out.append("has decimals")
    elif q.low is not None and not q.unit:
        out.append("bare whole number")
        if 1950 <= q.low <= 2035:
            out.append("looks like a year")
        if q.low <= 12:
            out.append("small whole number")
        if q.low in (16, 32, 64, 128, 256, 512, 1024, 2048, 4096):
            out.append("a power of two")
    if re.search(r"[KMB](?:illion)?$|million|billion|trillion", value):
        out.append("counts thousands or more")
    return out


def candidates(doc: Doc, found: Sequence[Found]) -> list[Candidate]:
    """Every quantity of the text with its cues."""
    text = text_of(doc)
    title_end = max(0, text.find("\n\n"))
    spans = sentence_spans(doc)
    places = sorted((m.start, m.end, f.type) for f in found for m in f.mentions)
    by_sentence: dict[int, list[Quantity]] = {}
    k = 0
    for q in quantities(text):
        while k + 1 < len(spans) and spans[k + 1][0] <= q.start:
            k += 1
        by_sentence.setdefault(k, []).append(q)
    out = []
    for k, here in by_sentence.items():
        a, b = spans[k]
        b = max(b, here[-1].end)
        words = text[a:b]
        shared = [f"{s} sentence" for s in sections(words)]
        shared.append(
            "in title" if b <= title_end else f"abstract {min(3, (k - 1) * 4 // max(1, len(spans) - 1)) + 1}/4"
        )
        shared.append(f"{min(5, len(here))} quantities in sentence")
        inside = [p for p in places if a <= p[0] < b]
        if any(p[2] == "Metric" for p in inside):
            shared.append("metric in sentence")
        shared += sorted({f"sentence: {stem(w)}" for w in WORD.findall(words) if not w.isdigit()})
        for n, q in enumerate(here):
            out.append(
                Candidate(
                    q,
                    (a, b),
                    {*shared, *_shape(text, q), *_around(text, q, (a, b), inside), *_row(text, here, n)},
                    _turn(text, here, n),
                )
            )
    return out


_JOINT = re.compile(r"[\s,;/&]*(?:\([^()]{0,30}\))?[\s,;/&]*(?:and|or)?[\s,]*(?:a |an |the )?(?:up to )?")


def _turn(text: str, here: list[Quantity], n: int) -> tuple[int, int]:
    """The place of a quantity in its list ("3x, 4x and 5x") and the length of the list."""
    first = last = n
    while first and _JOINT.fullmatch(text, here[first - 1].end, here[first].start):
        first -= 1
    while last + 1 < len(here) and _JOINT.fullmatch(text, here[last].end, here[last + 1].start):
        last += 1
    return n - first, last - first + 1


def _aligned(text: str, candidate: Candidate, m: Metric, stated: list[Metric]) -> bool:
    """Whether a metric has the same place in a list of metrics as the quantity in a list of as many."""
    place, length = candidate.turn
    if length < 2 or m not in stated:
        return False
    first = last = stated.index(m)
    while first and _JOINT.fullmatch(text, stated[first - 1].end or 0, stated[first].start or 0):
        first -= 1
    while last + 1 < len(stated) and _JOINT.fullmatch(text, stated[last].end or 0, stated[last + 1].start or 0):
        last += 1
    return last - first + 1 == length and stated.index(m) - first == place


def _row(text: str, here: list[Quantity], n: int) -> list[str]:
    """Cues of the other quantities of the sentence."""
    q = here[n]
    out = []
    if any(o.kind == q.kind and o is not q for o in here):
        out.append("another of its unit in sentence")
    if n and re.fullmatch(r"[^\w]*(?:and|to|or)?[^\w]*", text[here[n - 1].end : q.start]):
        out.append(f"follows a quantity of kind {here[n - 1].kind or 'none'}")
    if n + 1 < len(here) and re.fullmatch(r"[^\w]*(?:and|to|or)?[^\w]*", text[q.end : here[n + 1].start]):
        out.append(f"before a quantity of kind {here[n + 1].kind or 'none'}")
    return out


def _around(text: str, q: Quantity, span: tuple[int, int], inside: list[tuple[int, int, str]]) -> list[str]:
    left, right = text[max(span[0], q.start - 80) : q.start], text[q.end : min(span[1], q.end + 60)]
    before, after = WORD.findall(left), WORD.findall(right)
    out = []
    if before:
        out += [f"before: {before[-1].lower()}", f"two before: {' '.join(before[-2:]).lower()}"]
        out += [f"near before: {stem(w)}" for w in before[-6:] if not w.isdigit()]
    if after:
        out += [f"after: {after[0].lower()}", f"two after: {' '.join(after[:2]).lower()}"]
        out += [f"near after: {stem(w)}" for w in after[:5] if not w.isdigit()]
        out.append(f"{q.kind or 'none'} then: {stem(after[0])}")
    else:
        out.append("ends the sentence")
    sign, follow = left.rstrip()[-1:], right.lstrip()[:1]
    if sign and not sign.isalnum():
        out.append(f"after sign {sign}")
    if follow and not follow.isalnum():
        out.append(f"before sign {follow}")
    for a, b, kind in inside:
        if a <= q.start < b or a < q.end <= b:
            out.append(f"inside a {kind} name")
        elif 0 <= a - q.end <= 2:
            out.append(f"then {kind}")
        elif 0 <= a - q.end <= 25:
            out.append(f"soon {kind}")
        elif 0 <= q.start - b <= 2:
            out.append(f"just after {kind}")
        elif 0 <= q.start - b <= 25:
            out.append(f"short after {kind}")
    return out


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
    q, (a, b) = candidate.quantity, candidate.sentence
    options = dict(stated_metrics(text, (a, b), found) if known is None else known)
    for m in _beside(text, q, (a, b)):
        if m.start is not None and m.end is not None and all(m.end <= x or y <= m.start for x, y in options):
            options[m.start, m.end] = m
    stated = sorted(options.values(), key=lambda m: m.start or 0)
    chosen = [*stated, *_implied(text, q, (a, b))]
    if not stated:
        earlier = [
            Metric(m.start, m.end, m.text, "metric of an earlier sentence")
            for f in found if f.type == "Metric" for m in f.mentions if m.end <= a
        ]  # fmt: skip
        chosen += sorted(earlier, key=lambda m: -(m.start or 0))[:2]
    return [(m, _pair(text, candidate, m, stated)) for m in chosen]


_NAME_BEFORE = re.compile(
    r"(?:^|[\s(])((?:[A-Za-z][\w@/-]* ){0,2}[A-Za-z][\w@/-]*)\s*(?:\([^()]*\)\s*)?(?:=|:|of|is|was|to|by|at|reaches|score of)\s*"
    r"(?:only|about|around|approximately|nearly|up to|over|just|an?)?\s*[$(~+]*$"
)
_NAME_AFTER = re.compile(
    r"[\s)]*(?:of (?:the |all )?|in |higher |lower |fewer |less |more |better |greater )?((?:[A-Za-z][\w-]* ?){1,3})"
)
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "to",
        "by",
        "at",
        "and",
        "or",
        "for",
        "with",
        "than",
        "over",
        "is",
        "was",
        "are",
        "were",
        "from",
        "it",
        "its",
        "we",
        "our",
        "this",
        "that",
        "up",
        "about",
        "only",
        "as",
        "into",
        "which",
        "while",
        "when",
        "using",
        "compared",
        "relative",
        "respectively",
        "across",
        "without",
        "under",
        "between",
        "reduces",
        "improves",
        "achieves",
        "achieving",
        "higher",
        "lower",
        "faster",
        "better",
        "fewer",
        "less",
        "more",
    ]
)


def _beside(text: str, q: Quantity, span: tuple[int, int]) -> list[Metric]:
    """The words right before ("EVM of -47 dB") and right after ("2.5x resource savings") a quantity."""
    out = []
    first = max(span[0], q.start - 50)
    before = _NAME_BEFORE.search(text[first : q.start])
    if before:
        words = before[1].split()
        for k in range(len(words) - 1, -1, -1):
            if words[k].lower() in _EMPTY:
                words = words[k + 1 :]
                break
        out.append((first + before.end(1) - len(" ".join(words)), " ".join(words), "words before"))
    after = _NAME_AFTER.match(text, q.end, min(span[1], q.end + 45))
    if after:
        words = after[1].split()
        cut = next((k for k, word in enumerate(words) if word.lower() in _EMPTY), len(words))
        out.append((after.start(1), " ".join(words[:cut]), "words after"))
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


def _pair(text: str, candidate: Candidate, m: Metric, stated: list[Metric]) -> set[str]:
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


def results(doc: Doc, found: Sequence[Found]) -> tuple[Result, ...]:
    """The results that the text reports, in its order."""
    kept = candidates(doc, found)
    if not kept:
        return ()
    text = text_of(doc)
    keep, rank = load("results"), load("metrics")
    yes = keep.classes.index("yes")
    out = []
    seen: dict[tuple[int, int], dict[tuple[int, int], Metric]] = {}
    for c in kept:
        probability = keep.probability(c.cues)[yes]
        if probability < THRESHOLD:
            continue
        if c.sentence not in seen:
            seen[c.sentence] = stated_metrics(text, c.sentence, found)
        options = metrics(text, c, found, seen[c.sentence])
        scored = [(rank.scores(cues)[1], -k) for k, (_, cues) in enumerate(options)]
        best = options[-max(scored)[1]] if options else None
        out.append(_result(text, c, best, probability, keep.reasons(c.cues, yes), found))
    return tuple(out)


#: A quantity is kept from this probability on; chosen on held-out folds.
THRESHOLD = 0.45


def _result(
    text: str, c: Candidate, best: tuple[Metric, set[str]] | None, score: float, reasons: tuple[str, ...],
    found: Sequence[Found],
) -> Result:  # fmt: skip
    q, (a, b) = c.quantity, c.sentence
    name = best[0].name if best else "value"
    low, high = q.low, q.high
    before = text[max(a, q.start - 24) : q.start].lower()
    if re.search(r"\b(?:up to|at most|less than|under|below|within|fewer than)\s*[$~(]*$|[<≤]\s*$", before):
        low = None if low == high else low
    elif re.search(
        r"\b(?:over|more than|at least|above|exceed(?:s|ing)?|beyond|greater than)\s*[$~(]*$|[>≥]\s*$", before
    ):
        high = None if low == high else high
    better, change = direction(name, text[a:b], q, a)
    evidence = Evidence(a, b, text[a:b], EXTRACTOR, round(score, 4), reasons)
    inside = _context(text, q, (a, b), found)
    return Result(
        text[q.start : q.end], name, evidence, low, high, unit_code(q.unit, q.kind), better, change,
        inside.get("Hardware"), inside.get("Dataset"), inside.get("baseline"),
    )  # fmt: skip


_ON = re.compile(r"\b(?:on|for|with|using|in|across)\s+(?:\w+[\s-]){0,4}$", re.IGNORECASE)
_THAN = re.compile(
    r"\b(?:than|over|compared (?:to|with)|versus|vs\.?|against|relative to|outperform(?:s|ing)?)\s+(?:\w+[\s-]){0,3}$",
    re.IGNORECASE,
)


def _context(text: str, q: Quantity, span: tuple[int, int], found: Sequence[Found]) -> dict[str, str]:
    """Hardware and dataset that the quantity was measured on, and the baseline, where the sentence says so."""
    best: dict[str, tuple[int, str]] = {}
    for f in found:
        for m in f.mentions:
            if not span[0] <= m.start < span[1]:
                continue
            before = text[max(span[0], m.start - 40) : m.start]
            slot = "baseline" if _THAN.search(before) else f.type if _ON.search(before) else None
            if slot not in ("baseline", "Hardware", "Dataset") or f.type in ("Metric", "Task"):
                continue
            distance = m.start - q.end if m.start >= q.end else q.start - m.end + 40
            if slot not in best or distance < best[slot][0]:
                best[slot] = (distance, f.canonical)
    return {slot: name for slot, (_, name) in best.items()}
