"""Records and their resolution in, the five tables of the knowledge base out. Nothing is decided here."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec
import pyarrow as pa

from kg.link.known import Known
from kg.link.names import fold
from kg.link.obey import Wishes, without
from kg.link.resolve import Resolution, resolve
from kg.link.spelled import with_long_forms
from kg.records import Entity, Evidence, Fact, Found, Mention, Paper, Record
from kg.schema import NODE_KINDS, RELATION, ROLE, USES, VENDOR
from kg.store import SCHEMAS, Tables, ordered

Row = dict[str, Any]
_OF_PAPER = tuple(name for name in SCHEMAS["papers"].names if name != "key")
_OF_ENTITY = tuple(name for name in SCHEMAS["entities"].names if name not in {"papers", "specs"})
_BATCH = 20_000  # rows that are held as Python objects before they become a record batch
_SUBJECTS = {"Method", "Model", "Software"}  # what a paper can propose that then targets hardware


class _Rows:
    """Rows of one table, turned into Arrow batch by batch."""

    def __init__(self, name: str) -> None:
        self.name, self.schema = name, SCHEMAS[name]
        self.batches: list[pa.RecordBatch] = []
        self.rows: list[Row] = []
        self._values = operator.itemgetter(*self.schema.names)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if len(self.rows) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        columns = zip(*map(self._values, self.rows), strict=True) if self.rows else ((),) * len(self.schema)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self.schema, strict=True)]
        self.batches.append(pa.RecordBatch.from_arrays(arrays, schema=self.schema))
        self.rows = []

    def table(self) -> pa.Table:
        """All rows, in the order of their table."""
        self.flush()
        return ordered(self.name, pa.Table.from_batches(self.batches, self.schema))


def tabulate(items: Iterable[tuple[Paper, Record]], known: Known) -> Tables:
    """Link the records of a corpus and lay everything out as tables.

    `items` is gone through twice, so it must be a sequence or re-iterable. Its order does not matter: tables are
    sorted.
    """
    resolution = resolve(items, known)
    wishes = Wishes(known)
    gone = known.decisions.gone or known.decisions.banned
    rows = {name: _Rows(name) for name in SCHEMAS}
    seen: dict[str, int] = defaultdict(int)
    for paper, as_read in items:
        wanted = wishes.apply(as_read)
        said = with_long_forms(paper, wanted, wishes) if paper.id in resolution.spelled else wanted
        record = (
            without(said, lambda found: (found.type, fold(found.canonical)) not in resolution.keys) if gone else said
        )
        rows["papers"].add({"key": f"paper/{paper.id}", **{name: getattr(paper, name) for name in _OF_PAPER}})
        node = {(e.type, e.canonical): resolution.keys[(e.type, fold(e.canonical))] for e in record.entities}
        for key in set(node.values()):
            seen[key] += 1
        for row in _mentions(record, node):
            rows["mentions"].add(row)
        for fact in facts(paper, record, node, resolution.entities):
            rows["facts"].add(_fact_row(fact))
        for row in _results(record, node):
            rows["results"].add(row)
    for entity in _with_ancestors(resolution, seen, known):
        rows["entities"].add(_entity_row(entity, seen.get(entity.key, 0)))
    return Tables(**{name: each.table() for name, each in rows.items()})


def _mentions(record: Record, node: dict[tuple[str, str], str]) -> Iterable[Row]:
    for entity in record.entities:
        for m in entity.mentions:
            yield {
                "paper": f"paper/{record.id}", "start": m.start, "end": m.end, "text": m.text, "type": entity.type,
                "entity": node[(entity.type, entity.canonical)], "sentence_start": m.sentence[0],
                "sentence_end": m.sentence[1], "rule": m.rule, "confidence": m.confidence,
            }  # fmt: skip


def facts(paper: Paper, record: Record, node: dict[tuple[str, str], str], entities: dict[str, Entity]) -> list[Fact]:
    """Every statement that one record makes, each with its evidence, one for each (subject, relation, object).

    A proposed method takes over the paper's hardware roles: "which methods target which hardware" is the papers that
    propose M and have role *targets* for H.
    """
    this = f"paper/{record.id}"
    out: dict[tuple[str, str, str], Fact] = {}

    def say(subject: str, relation: str, object_: str, evidence: Evidence) -> None:
        if subject != object_ and _allowed(subject, relation, object_):
            out.setdefault((subject, relation, object_), Fact(subject, relation, object_, this, evidence))

    proposed = {}
    for proposal in record.proposes:
        key = node[(proposal.type, proposal.entity)]
        proposed[key] = proposal.type
        say(this, "proposes", key, proposal.evidence)
    for relationship in record.relationships:
        object_ = node[relationship.object]
        relation = relationship.relation
        if relation in USES.values():  # the corpus may know the thing by another type than this paper's words suggest
            relation = USES.get(entities[object_].type, relation)
        say(node[relationship.subject], relation, object_, relationship.evidence)
    for role in record.hardware_roles:
        hardware = node[("Hardware", role.hardware)]
        relation = ROLE[role.role].relation
        say(this, relation, hardware, role.evidence)
        if relation != "mentions":
            for key, kind in proposed.items():
                if kind in _SUBJECTS and entities[key].type in _SUBJECTS:
                    say(key, relation, hardware, role.evidence)
    for entity in record.entities:
        key = node[(entity.type, entity.canonical)]
        uses = USES.get(entities[key].type)
        if uses and key not in proposed and entity.mentions:
            say(this, uses, key, _evidence(entity, paper.text))
    return list(out.values())


def _allowed(subject: str, relation: str, object_: str) -> bool:
    """Whether the schema lets the relation join these kinds of node."""
    known = RELATION[relation]
    return subject.split("/", 1)[0] in known.subjects and object_.split("/", 1)[0] in known.objects


def _evidence(entity: Found, text: str) -> Evidence:
    """The sentence of the mention that says most: the surest of the abstract if there is one, else of the title."""
    mention: Mention = max(entity.mentions, key=lambda m: (m.sentence[0] > 0, m.confidence, -m.start))
    start, end = mention.sentence
    return Evidence(start, end, text[start:end], mention.rule, mention.confidence, (f"names {mention.text}",))


def _fact_row(fact: Fact) -> Row:
    e = fact.evidence
    return {
        "subject": fact.subject, "relation": fact.relation, "object": fact.object, "paper": fact.paper,
        "quote": e.quote, "start": e.start, "end": e.end, "extractor": e.extractor, "score": e.score,
        "cues": list(e.cues),
    }  # fmt: skip


def _results(record: Record, node: dict[tuple[str, str], str]) -> Iterable[Row]:
    metrics: dict[str, str] = {}
    for e in record.entities:
        if e.type == "Metric":
            metrics.update({fold(n): node[(e.type, e.canonical)] for n in e.names})
    by_name = {canonical: key for (_, canonical), key in node.items()}
    for i, r in enumerate(record.results):
        why = r.evidence
        yield {
            "key": f"result/{record.id}/{i}", "paper": f"paper/{record.id}", "metric": r.metric,
            "metric_entity": metrics.get(fold(r.metric)), "value": r.value, "low": r.low, "high": r.high,
            "unit": r.unit, "better": r.better, "change": r.change,
            "hardware": node.get(("Hardware", r.hardware or "")), "dataset": node.get(("Dataset", r.dataset or "")),
            "baseline": by_name.get(r.baseline or ""), "quote": why.quote, "start": why.start, "end": why.end,
            "extractor": why.extractor, "score": why.score, "cues": list(why.cues),
        }  # fmt: skip


def _with_ancestors(resolution: Resolution, seen: dict[str, int], known: Known) -> list[Entity]:
    """The entities of the corpus, and every wider thing, whole and vendor that the catalogue puts above them."""
    out = {key: entity for key, entity in resolution.entities.items() if seen.get(key)}
    todo = list(out.values())
    while todo:
        entity = todo.pop()
        for key in (*entity.broader, *entity.part_of, *((entity.vendor,) if entity.vendor else ())):
            if key not in out and (above := resolution.entities.get(key) or known.entity(key)):
                out[key] = above
                todo.append(above)
    return [out[key] for key in sorted(out)]


def _entity_row(entity: Entity, papers: int) -> Row:
    row = {name: getattr(entity, name) for name in _OF_ENTITY}
    if entity.key.startswith(f"{VENDOR.slug}/"):
        row["type"] = VENDOR.name
    specs = [msgspec.structs.asdict(s) for s in entity.specs]
    if entity.key.split("/", 1)[0] not in NODE_KINDS:
        raise AssertionError(f"entity key {entity.key!r} begins with no node kind of the schema")
    return {**row, "specs": specs, "papers": papers}
