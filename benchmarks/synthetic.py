"""A made-up knowledge base of any size, in the proportions of a real one: for benchmarks only.

A paper has about fifteen facts and two results; names follow a long tail. The same number of papers gives the same
tables. About 430 triples a paper: 5,000 papers make 2 million.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from kg import schema
from kg.store import SCHEMAS, Tables

Row = dict[str, Any]

WORDS = ("fast", "sparse", "kernel", "graph", "tensor", "memory", "cache", "shard", "tile", "fuse", "prune", "route")
SIZES = {"Model": 0.3, "Method": 1.2, "Software": 0.05, "Dataset": 0.2, "Metric": 0.05, "Task": 0.2}  # per paper


def tables(papers: int, seed: int = 7) -> Tables:
    """Tables of that many papers."""
    random = np.random.default_rng(seed)
    entities = _hardware()
    keys = {"Hardware": [e["key"] for e in entities if e["key"].startswith("hardware/")]}
    for kind, share in SIZES.items():
        slug = schema.TYPE[kind].slug
        keys[kind] = [f"{slug}/{slug}-{i}" for i in range(max(10, int(papers * share)))]
        entities += [_entity(key, f"{kind} {key.split('-')[1]}") for key in keys[kind]]
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    for number in range(papers):
        _paper(number, keys, rows, random)
    rows["entities"] = sorted(entities, key=lambda e: e["key"])
    rows["facts"].sort(key=lambda f: (f["subject"], f["relation"], f["object"], f["paper"]))
    return Tables(*(pa.Table.from_pylist(rows[name], schema=SCHEMAS[name]) for name in SCHEMAS))


def _entity(key: str, label: str, **more: Any) -> Row:
    kind = schema.NODE_KINDS[key.split("/", 1)[0]].name
    empty: Row = {"aliases": [], "broader": [], "part_of": [], "specs": [], "source": "text", "papers": 1}
    return {**empty, "key": key, "type": kind, "label": label, "inferred": False, **more}


def _hardware() -> list[Row]:
    out = [_entity("hardware/gpu", "GPU", aliases=["GPUs"]), _entity("hardware/fpga", "FPGA", aliases=["FPGAs"])]
    out += [_entity(f"vendor/v{i}", f"Vendor {i}") for i in range(20)]
    for family in range(40):
        above = "hardware/gpu" if family % 2 else "hardware/fpga"
        out.append(_entity(f"hardware/f{family}", f"Family {family}", broader=[above]))
        for i in range(12):
            memory = {"name": "memory", "value": 8.0 * (i + 1), "unit": "GigaBYTE", "source": "https://example.com/"}
            more = {"vendor": f"vendor/v{family % 20}", "year": 2010 + i, "specs": [memory]}
            chip = f"hardware/c{family}-{i}"
            out.append(_entity(chip, f"Chip {family}-{i}", broader=[f"hardware/f{family}"], **more))
    return out


def _paper(number: int, keys: dict[str, list[str]], rows: dict[str, list[Row]], random: np.random.Generator) -> None:
    arxiv = f"{2001 + number // 9999}.{number % 9999:05d}"
    key, words = f"paper/arxiv:{arxiv}", random.choice(WORDS, 90)
    title = f"Paper {number} on {' '.join(words[:6])}"
    fields = {"year": 2015 + number % 12, "arxiv": arxiv, "authors": ["A. Author"], "categories": ["cs.AR"]}
    rows["papers"].append({"key": key, "title": title, "abstract": " ".join(words), "sources": [], **fields})
    words_of = {"paper": key, "start": 0, "end": len(title), "quote": f"{title} says {number}."}
    said = {**words_of, "extractor": "rule:synthetic", "score": 0.8, "cues": ["names it"]}
    own = keys["Method"][number % len(keys["Method"])]
    found = {(key, "proposes", own)}
    for kind, relation in schema.USES.items():
        for _ in range(2):
            rank = min(int(random.zipf(1.3)), len(keys[kind])) - 1
            found.add((key, relation, keys[kind][rank]))
    hardware = own
    for relation in ("targets", "evaluated_on"):
        hardware = keys["Hardware"][int(random.zipf(1.4)) % len(keys["Hardware"])]
        found |= {(key, relation, hardware), (own, relation, hardware)}
    rows["facts"] += [{**said, "subject": s, "relation": r, "object": o} for s, r, o in sorted(found)]
    place = {"start": 0, "end": 5, "text": "Paper", "type": "", "sentence_start": 0, "sentence_end": 9}
    mention = {"paper": key, **place, "rule": "synthetic", "confidence": 0.9}
    rows["mentions"] += [{**mention, "entity": entity} for entity in sorted({o for *_, o in found})]
    for n in range(2):
        value = float(random.integers(10, 100)) / 10
        figure = {"metric": "speedup", "metric_entity": keys["Metric"][0], "value": f"{value}x", "low": value}
        about = {"high": value, "unit": "x", "better": "higher", "change": "gain", "hardware": hardware}
        dataset = keys["Dataset"][number % 5]
        rows["results"].append({**said, **figure, **about, "key": f"result/{key[6:]}/{n}", "dataset": dataset})
