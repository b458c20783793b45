"""Tables in, sorted lines of N-Triples out, a block for each subject.

The lines come in the order that sorting the whole file would give, without a line twice, yet nothing is held but the
tables, their keys and one block: each part of the IRIs (`hardware/`, `paper/`, ...) is a stream of its own, sorted by a
permutation of row numbers, and the parts follow one another by name. A statement's and an evidence's IRI is a hash of
what it says, so that it stays the same when papers are added.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg import schema
from kg.rdf.blocks import Blocks, Pair
from kg.rdf.terms import Terms
from kg.store import Tables

Block = tuple[str, list[str]]  # subject in angle brackets, its lines
_ROWS = 4096
_EVIDENCE = ["subject", "relation", "object", "paper", "quote", "start", "end", "extractor", "score", "cues"]


class Keys(NamedTuple):
    """The hash of each row: of its statement (facts only) and of its evidence."""

    statements: np.ndarray[Any, Any]
    evidence: np.ndarray[Any, Any]


def lines(tables: Tables, base: str) -> Iterator[str]:
    """The whole knowledge base as lines of N-Triples, sorted, each once."""
    for _, block in blocks(tables, base):
        yield from block


def blocks(tables: Tables, base: str) -> Iterator[Block]:
    """The same by subject."""
    make = Blocks(Terms(base))
    facts, results = _fact_keys(tables.facts), _result_keys(tables.results)
    sections: dict[str, Callable[[], Iterator[Block]]] = {
        "evidence": lambda: _evidence(tables, make, facts, results),
        "extractor": lambda: _extractors(tables, make),
        "result": lambda: _results(tables.results, make, results),
        "scheme": lambda: _schemes(make),
        "spec": lambda: _specs(tables.entities, make),
        "statement": lambda: _statements(tables.facts, make, facts),
    }
    for slug in schema.NODE_KINDS:
        sections[slug] = _subjects(slug, tables, make)
    for name in sorted(sections):
        yield from sections[name]()


def block(subject: str, pairs: Iterable[Pair]) -> Block:
    """The lines of one subject, sorted, each once."""
    return subject, sorted({f"{subject} {predicate} {value} .\n" for predicate, value in pairs})


def rows(table: pa.Table, order: np.ndarray[Any, Any] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a table as dicts, in the given order, a few thousand in memory at a time."""
    for start in range(0, table.num_rows, _ROWS):
        part = table.slice(start, _ROWS) if order is None else table.take(pa.array(order[start : start + _ROWS]))
        names = part.column_names
        for values in zip(*(column.to_pylist() for column in part.columns), strict=True):
            yield dict(zip(names, values, strict=True))


def _digest(*parts: object) -> bytes:
    return blake2b("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest().encode()


def _fact_keys(facts: pa.Table) -> Keys:
    statements, evidence = np.empty(facts.num_rows, "S20"), np.empty(facts.num_rows, "S20")
    columns = ["subject", "relation", "object", "paper", "start", "end", "extractor"]
    for i, row in enumerate(rows(facts.select(columns))):
        statements[i] = _digest(row["subject"], row["relation"], row["object"])
        evidence[i] = _digest(statements[i], row["paper"], row["start"], row["end"], row["extractor"])
    return Keys(statements, evidence)


def _result_keys(results: pa.Table) -> Keys:
    evidence = np.array([_digest("result", key) for key in results["key"].to_pylist()], "S20")
    return Keys(evidence, evidence)


def _by_iri(keys: pa.ChunkedArray, terms: Terms) -> np.ndarray[Any, Any]:
    """Row numbers in the order of the lines that begin with the IRIs of the keys."""
    coded = pc.dictionary_encode(keys.combine_chunks())
    iris = [terms.iri(key) for key in coded.dictionary.to_pylist()]
    rank = np.empty(len(iris), np.int64)
    rank[sorted(range(len(iris)), key=iris.__getitem__)] = np.arange(len(iris))
    return np.argsort(rank[coded.indices.to_numpy(zero_copy_only=False)], kind="stable")


def _subjects(slug: str, tables: Tables, make: Blocks) -> Callable[[], Iterator[Block]]:
    """The blocks of papers or of entities of one type: what they are, and the plain triples of their facts."""

    def merged() -> Iterator[Block]:
        own = tables.papers if slug == schema.PAPER.slug else _of(tables.entities, "key", slug)
        describe = make.paper if slug == schema.PAPER.slug else make.entity
        streams = [
            ((make.terms.iri(row["key"]), describe(row)) for row in rows(own, _by_iri(own["key"], make.terms))),
            _plain(_of(tables.facts, "subject", slug), make),
        ]
        if slug == schema.PAPER.slug:
            streams += [_mentioned(tables.mentions, make), _reported(tables.results, make)]
        for subject, found in groupby(heapq.merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
            yield block(subject, (pair for _, pairs in found for pair in pairs))

    return merged


def _of(table: pa.Table, column: str, slug: str) -> pa.Table:
    return table.filter(pc.starts_with(table[column], f"{slug}/"))


def _plain(facts: pa.Table, make: Blocks) -> Iterator[tuple[str, list[Pair]]]:
    facts = facts.select(["subject", "relation", "object"])
    for row in rows(facts, _by_iri(facts["subject"], make.terms)):
        yield make.terms.iri(row["subject"]), [(make.relation(row["relation"]), make.terms.iri(row["object"]))]


def _mentioned(mentions: pa.Table, make: Blocks) -> Iterator[tuple[str, list[Pair]]]:
    pairs = mentions.select(["paper", "entity"]).group_by(["paper", "entity"]).aggregate([])
    for row in rows(pairs, _by_iri(pairs["paper"], make.terms)):
        yield make.terms.iri(row["paper"]), [(make.relation("mentions"), make.terms.iri(row["entity"]))]


def _reported(results: pa.Table, make: Blocks) -> Iterator[tuple[str, list[Pair]]]:
    results = results.select(["key", "paper"])
    for row in rows(results, _by_iri(results["paper"], make.terms)):
        yield make.terms.iri(row["paper"]), [(make.terms.term("kg:reports"), make.terms.iri(row["key"]))]


def _iri(make: Blocks, part: str, digest: bytes) -> str:
    return f"<{make.terms.base}{part}/{digest.decode()}>"


def _evidence(tables: Tables, make: Blocks, facts: Keys, results: Keys) -> Iterator[Block]:
    """The words behind facts and results, each with the selector of its place."""
    both = pa.concat_tables([tables.facts, tables.results], promote_options="default").select(_EVIDENCE[3:])
    keys = np.concatenate([facts.evidence, results.evidence])
    order = np.argsort(keys, kind="stable")
    last = b""
    for number, row in zip(order, rows(both, order), strict=True):
        if keys[number] == last:
            continue
        last = bytes(keys[number])
        subject = _iri(make, "evidence", last)
        position = f"{subject[:-1]}/position>"
        yield block(position, make.position(row))
        yield block(subject, make.evidence(row, position))


def _statements(facts: pa.Table, make: Blocks, keys: Keys) -> Iterator[Block]:
    order = np.lexsort((keys.evidence, keys.statements))
    columns = facts.select(["subject", "relation", "object", "paper", "score"])
    numbered = zip(order, rows(columns, order), strict=True)
    for digest, group in groupby(numbered, key=lambda pair: keys.statements[pair[0]]):
        found = list(group)
        words = dict.fromkeys(_iri(make, "evidence", keys.evidence[number]) for number, _ in found)
        best = max(row["score"] for _, row in found)
        pairs = make.statement(found[0][1], (row["paper"] for _, row in found), best, words)
        yield block(_iri(make, "statement", bytes(digest)), pairs)


def _results(results: pa.Table, make: Blocks, keys: Keys) -> Iterator[Block]:
    order = _by_iri(results["key"], make.terms)
    for number, row in zip(order, rows(results, order), strict=True):
        evidence = _iri(make, "evidence", keys.evidence[number])
        yield block(make.terms.iri(row["key"]), make.result(row, evidence))


def _extractors(tables: Tables, make: Blocks) -> Iterator[Block]:
    names = {name for t in (tables.facts, tables.results) for name in pc.unique(t["extractor"]).to_pylist()}
    yield from sorted(block(make.terms.iri(f"extractor/{name}"), make.extractor(name)) for name in names)


def _schemes(make: Blocks) -> Iterator[Block]:
    kinds = (*schema.ENTITY_TYPES, schema.VENDOR)
    yield from sorted(block(make.terms.iri(f"scheme/{kind.slug}"), make.scheme(kind)) for kind in kinds)


def _specs(entities: pa.Table, make: Blocks) -> Iterator[Block]:
    figures = {
        make.spec_iri(row["key"], spec): spec
        for row in rows(entities.select(["key", "specs"]))
        for spec in row["specs"] or ()
    }
    yield from (block(iri, make.spec(figures[iri])) for iri in sorted(figures))
