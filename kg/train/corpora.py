"""Public corpora as examples for a first stage of training.

In: a folder of corpora (`train/<name>/*.jsonl[.gz]`, records with text and spans) and `label_map.json`, which says for
each corpus what its labels are here and which types it annotates throughout. Out: examples in which every type that a
corpus does not annotate throughout is masked, neither positive nor negative. Spans there are wider than in our
guideline, so generic ends ("task", "dataset") are trimmed; what the map leaves to be decided by name is decided by the
head of the name, and masked for the other type.
"""

from __future__ import annotations

import bisect
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from kg.extract.known import known
from kg.model.spans import LABELS, cut
from kg.train.gold import Example, Span

_MODEL = re.compile(
    r"(?i)\b(?:net(?:work)?s?|models?|transformers?|cnns?|rnns?|lstms?|grus?|gans?|auto-?encoders?|vaes?|mlps?|llms?)$"
    r"|\w(?:net|bert|former|gan)s?\b|\b(?:gpt|bert|elmo|vgg|alexnet|yolo)"
)
_HARDWARE = re.compile(r"(?i)\b(?:gpu|cpu|tpu|fpga)s?\b")
_GENERIC = {
    "Task": re.compile(r"(?i)\s+(?:tasks?|problems?)$"),
    "Dataset": re.compile(r"(?i)\s+(?:datasets?|data\s?sets?|corpus|corpora|databases?)$"),
    "Method": re.compile(r"(?i)\s+(?:methods?|approach(?:es)?|techniques?|strateg(?:y|ies))$"),
    "Metric": re.compile(r"(?i)\s+(?:metrics?|measures?|scores?)$"),
    "Model": re.compile(r"(?i)(?<=[A-Z0-9])\s+models?$"),
}
#: Files that stay out: reported as external figures.
_HELD_OUT = frozenset({"tdmsci/test"})


def read_corpora(folder: Path, limits: dict[str, int], tokenizer: Tokenizer, seed: int = 0) -> list[Example]:
    """Up to `limits[corpus]` examples of each corpus named there, drawn with the seed."""
    rules = json.loads((folder / "label_map.json").read_text(encoding="utf8"))
    out: list[Example] = []
    for corpus, limit in sorted(limits.items()):
        units = list(_units(folder / "train" / corpus))
        random.Random(seed).shuffle(units)  # noqa: S311 - a repeatable draw, no secret
        out += [to_example(f"{corpus}/{k}", u, rules[corpus], tokenizer) for k, u in enumerate(units[:limit])]
    return out


def to_example(identifier: str, unit: dict[str, Any], rule: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """One text with its spans, mapped by the rule of its corpus (`map`: label -> types, `covers`: types)."""
    text = unit["text"]
    pieces = cut(text, tokenizer, known(text))
    positive: set[Span] = set()
    unknown: set[Span] = set()
    for start, end, label in unit["spans"]:
        types = rule["map"].get(label)
        name = text[start:end]
        if types is None:
            continue
        if types == "Model|Method":
            types = "Model" if _MODEL.search(name) else "Method"
            other = "Method" if types == "Model" else "Model"
            unknown |= _words(pieces.starts, pieces.ends, start, end, other)
        weak = "?" in types or "|" in types or bool(_HARDWARE.search(name))
        for type_ in types.rstrip("?").split("|"):
            trimmed = _GENERIC[type_].sub("", name) if type_ in _GENERIC else name
            span = _words(pieces.starts, pieces.ends, start, start + len(trimmed), type_)
            (unknown if weak else positive).update(span)
            if trimmed != name:
                unknown |= _words(pieces.starts, pieces.ends, start, end, type_)
    covered = tuple(LABELS.index(t) for t in rule["covers"])
    return Example(identifier, text, pieces, frozenset(positive), frozenset(unknown - positive), covered)


def _words(starts: Any, ends: Any, start: int, end: int, type_: str) -> set[Span]:
    i, j = bisect.bisect_left(starts, start), bisect.bisect_left(ends, end)
    whole = i <= j < len(ends) and starts[i] == start and ends[j] == end
    return {(i, j, LABELS.index(type_))} if whole else set()


def _units(folder: Path) -> Iterator[dict[str, Any]]:
    """Texts of a corpus: as they are, or sentences of one section of a paper put together up to 1,500 characters."""
    held: dict[str, Any] = {}
    for path in sorted(folder.glob("*.jsonl*")):
        if f"{folder.name}/{path.name.split('.')[0]}" in _HELD_OUT:
            continue
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf8") as file:
            for record in map(json.loads, file):
                if len(record["text"]) > 1800 or record["text"].startswith("section:"):
                    continue
                key = (record.get("doc"), record.get("section"))
                if "section" not in record:
                    if record["spans"] or len(record["text"]) > 200:
                        yield record
                elif held and held["key"] == key and len(held["text"]) < 1500:
                    shift = len(held["text"]) + 1
                    held["text"] += " " + record["text"]
                    held["spans"] += [[a + shift, b + shift, label] for a, b, label in record["spans"]]
                else:
                    if held:
                        yield held
                    held = {"key": key, "text": record["text"], "spans": list(record["spans"])}
        if held:
            yield held
            held = {}
