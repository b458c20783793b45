"""The tables as the data of the explorer page: `Tables` in, plain lists for JSON out.

A node is a number: the entities in their order, then the papers. Everything that the matrix needs at once is the core;
abstracts and mentions stand in chunks of papers that the page opens when a reader asks for words. Quotes are offsets
into the text and are not written twice. Offsets come in code points and go out in UTF-16 units, as JavaScript
counts.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

import numpy as np

from kg import schema
from kg.store import Tables

#: Papers in a chunk of text.
CHUNK = 100


def core(tables: Tables, name: str) -> dict[str, Any]:
    """What the page needs to draw its first view; `name` is what the corpus is called."""
    entities, papers = tables.entities.to_pylist(), tables.papers.to_pylist()
    ids = {row["key"]: i for i, row in enumerate([*entities, *papers])}
    at = {row["key"]: i for i, row in enumerate(papers)}
    units = _units(papers)
    extractors, cues = _Numbered(), _Numbered()
    return {
        "name": name,
        "chunk": CHUNK,
        "types": [t._asdict() for t in schema.NODE_KINDS.values()],
        "roles": [
            {"name": r.name, "label": r.label, "colour": r.colour, "definition": r.definition} for r in schema.ROLES
        ],
        "relations": [{"name": r.name, "label": r.label, "term": r.term} for r in schema.RELATIONS],
        "entities": [_entity(row, ids) for row in entities],
        "papers": _papers(papers, tables, ids),
        "facts": (facts := _facts(tables, ids, at, units, extractors, cues)),
        "places": places(len(ids), facts),
        "results": _results(tables, ids, at, units, extractors, cues),
        "extractors": extractors.values,
        "cues": [list(c) for c in cues.values],
    }


def texts(tables: Tables) -> list[list[Any]]:
    """The chunks: for each paper its abstract and mentions [start, end, entity, sentence from, to, sure, rule]."""
    papers = tables.papers.to_pylist()
    ids = {key: i for i, key in enumerate(tables.entities["key"].to_pylist())}
    units, rules = _units(papers), {name: i for i, name in enumerate(_extractors(tables))}
    mentions: dict[str, list[list[int]]] = {row["key"]: [] for row in papers}
    for m in tables.mentions.to_pylist():
        u = units[m["paper"]]
        spans = [u(m[k]) for k in ("start", "end", "sentence_start", "sentence_end")]
        row = [*spans[:2], ids[m["entity"]], *spans[2:], round(m["confidence"] * 100), rules[m["rule"]]]
        mentions[m["paper"]].append(row)
    rows = [[p["abstract"], sorted(mentions[p["key"]])] for p in papers]
    return [rows[i : i + CHUNK] for i in range(0, len(rows), CHUNK)]


def places(nodes: int, facts: dict[str, list[int]]) -> list[list[int]]:
    """x, y and cluster of each node, by what the facts join."""
    from kg.view.layout import layout

    found = layout(nodes, np.array(facts["s"], np.int64), np.array(facts["o"], np.int64))
    return [column.tolist() for column in found]


def rdf(base: str | None, embedded: bool) -> dict[str, Any]:
    """What the page needs to write SPARQL: the base of our IRIs, prefixes and the named questions.

    `embedded` says whether the page holds the RDF and can answer.
    """
    from kg.query.questions import questions
    from kg.rdf.terms import DEFAULT_BASE, Terms

    terms = Terms(base or DEFAULT_BASE)
    asked = [
        {
            "name": q.name,
            "title": q.title,
            "parameters": [list(p[:3]) for p in q.parameters],
            "example": q.example,
            "text": q.text,
        }
        for q in questions()
    ]
    return {"base": terms.base, "embedded": embedded, "prefixes": terms.prefixes(), "questions": asked}


def source(paper: dict[str, Any]) -> str | None:
    """Where to read a paper: its own address where that is http or https, else arXiv's or the DOI's.

    >>> source({"url": "javascript:alert(1)", "arxiv": "2405.04434", "doi": None})
    'https://arxiv.org/abs/2405.04434'
    """
    url = paper["url"]
    if url and urlsplit(url).scheme in ("http", "https"):
        return str(url)
    if paper["arxiv"]:
        return "https://arxiv.org/abs/" + quote(paper["arxiv"])
    return "https://doi.org/" + quote(paper["doi"]) if paper["doi"] else None


class _Numbered:
    """Values and the number of each, in order of arrival: a column of few values as small numbers."""

    def __init__(self, values: list[Any] | None = None) -> None:
        self.values: list[Any] = values or []
        self._at = {v: i for i, v in enumerate(self.values)}

    def __call__(self, value: Any) -> int:
        if value not in self._at:
            self._at[value] = len(self.values)
            self.values.append(value)
        return self._at[value]


def _extractors(tables: Tables) -> list[str]:
    names = [*tables.facts["extractor"].unique().to_pylist(), *tables.results["extractor"].unique().to_pylist()]
    return sorted({*names, *tables.mentions["rule"].unique().to_pylist()})


class _Units:
    """Code points to UTF-16 units of one text; nothing to do where no character stands beyond the first plane."""

    def __init__(self, text: str) -> None:
        self._beyond = [i for i, c in enumerate(text) if ord(c) > 0xFFFF] if text and max(text) > "\uffff" else []

    def __call__(self, offset: int) -> int:
        return offset + sum(i < offset for i in self._beyond)


def _units(papers: list[dict[str, Any]]) -> dict[str, _Units]:
    return {p["key"]: _Units(f"{p['title']}\n\n{p['abstract']}") for p in papers}


def _entity(row: dict[str, Any], ids: dict[str, int]) -> list[Any]:
    above = [[ids[k] for k in row[name] or () if k in ids] for name in ("broader", "part_of")]
    specs = [[s["name"], s["value"], s["unit"], s["source"], s["format"]] for s in row["specs"] or ()]
    head = [row[k] for k in ("key", "type", "label")] + [row["aliases"] or [], row["kind"], ids.get(row["vendor"])]
    return [
        *head,
        row["family"],
        *above,
        row["year"],
        row["wikidata"],
        specs,
        row["inferred"],
        row["source"],
        row["papers"],
    ]


def _papers(papers: list[dict[str, Any]], tables: Tables, ids: dict[str, int]) -> list[list[Any]]:
    spoken: dict[str, set[int]] = {p["key"]: set() for p in papers}
    for paper, entity in zip(tables.mentions["paper"].to_pylist(), tables.mentions["entity"].to_pylist(), strict=True):
        spoken[paper].add(ids[entity])
    first = len(tables.entities)
    for paper, thing in zip(tables.facts["paper"].to_pylist(), tables.facts["object"].to_pylist(), strict=True):
        if ids[thing] < first:
            spoken[paper].add(ids[thing])
    kept = ("key", "title", "year", "date")
    return [
        [*(p[k] for k in kept), source(p), p["authors"] or [], p["categories"] or [], sorted(spoken[p["key"]])]
        for p in papers
    ]


def _facts(
    tables: Tables,
    ids: dict[str, int],
    at: dict[str, int],
    units: dict[str, _Units],
    extractors: _Numbered,
    cues: _Numbered,
) -> dict[str, list[int]]:
    """Columns: subject, relation, object, paper, start, end, score in percent, extractor, cues."""
    for name in _extractors(tables):
        extractors(name)
    relations = {r.name: i for i, r in enumerate(schema.RELATIONS)}
    columns: dict[str, list[int]] = {k: [] for k in "sropabqxc"}
    for f in tables.facts.to_pylist():
        if f["paper"] not in at:
            continue
        u = units[f["paper"]]
        row = (
            ids[f["subject"]],
            relations[f["relation"]],
            ids[f["object"]],
            at[f["paper"]],
            u(f["start"]),
            u(f["end"]),
        )
        tail = (round(f["score"] * 100), extractors(f["extractor"]), cues(tuple(f["cues"] or ())))
        for column, value in zip(columns.values(), (*row, *tail), strict=True):
            column.append(value)
    return columns


def _results(
    tables: Tables,
    ids: dict[str, int],
    at: dict[str, int],
    units: dict[str, _Units],
    extractors: _Numbered,
    cues: _Numbered,
) -> list[list[Any]]:
    rows = []
    for r in tables.results.to_pylist():
        u = units[r["paper"]]
        what = [at[r["paper"]], r["metric"], ids.get(r["metric_entity"]), r["value"], r["low"], r["high"]]
        against = [r["unit"], r["better"], r["change"], *(ids.get(r[k]) for k in ("hardware", "dataset", "baseline"))]
        said = [
            u(r["start"]),
            u(r["end"]),
            extractors(r["extractor"]),
            round(r["score"], 2),
            cues(tuple(r["cues"] or ())),
        ]
        rows.append(what + against + said)
    return rows
