"""The tables as a report looks things up in them: by key, in plain Python."""

from __future__ import annotations

from typing import Any, NamedTuple

from kg.report.rows import Source
from kg.store import Tables
from kg.view.data import source


class Fact(NamedTuple):
    """A row of the facts, as far as a report needs it."""

    subject: str
    relation: str
    object: str
    paper: str
    quote: str
    score: float


_RESULT = ("paper", "metric_entity", "value", "low", "unit", "change", "hardware", "baseline", "quote", "score")


class Base:
    """A knowledge base by key. `named` are the methods that each paper names."""

    def __init__(self, tables: Tables) -> None:
        self.papers = {p["key"]: p for p in tables.papers.drop_columns(["abstract"]).to_pylist()}
        self.years: dict[str, int | None] = {key: p["year"] for key, p in self.papers.items()}
        self.entities: dict[str, dict[str, Any]] = {
            e["key"]: e for e in tables.entities.select(["key", "type", "label", "source", "papers"]).to_pylist()
        }
        columns = (tables.facts.column(name).to_pylist() for name in Fact._fields)
        self.facts = [Fact(*row) for row in zip(*columns, strict=True)]
        self.results: list[dict[str, Any]] = tables.results.select(_RESULT).to_pylist()
        self.confidences: list[float] = tables.mentions["confidence"].to_pylist()
        spoken = zip(tables.mentions["paper"].to_pylist(), tables.mentions["entity"].to_pylist(), strict=True)
        pairs = set(spoken)
        self.speaking = {paper for paper, _ in pairs}
        self.named: dict[str, set[str]] = {}
        for paper, entity in pairs:
            if entity.startswith("method/"):
                self.named.setdefault(entity, set()).add(paper)

    def names(self, key: str) -> bool:
        """Whether a paper names the entity; a mere ancestor is none."""
        return key in self.entities and self.entities[key]["papers"] > 0

    def label(self, key: str) -> str:
        """What an entity is called; its key where no row has it."""
        return str(self.entities[key]["label"]) if key in self.entities else key

    def source(self, key: str) -> Source:
        """Where to read a paper."""
        paper = self.papers[key]
        return Source(paper["title"], source(paper), paper["year"])
