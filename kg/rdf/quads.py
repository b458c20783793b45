"""Tables in, lines of N-Quads out: one named graph a paper, with all that was read from it.

The graph `<paper>#graph` holds the paper, the plain triples that it states, its evidence and its results: citing or
dropping a paper is citing or dropping a graph. What is of no single paper (entities, statements with their support,
schemes, figures, extractors) stands in the default graph. Together they are the triples of kg.nt.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import pyarrow as pa

from kg import schema
from kg.rdf import subjects
from kg.rdf.blocks import Blocks
from kg.rdf.evidence import SAID, Evidence
from kg.rdf.rows import Keys, by_iri, hashes, rows, tuples
from kg.rdf.work import Work, prepare
from kg.store import Tables

_Lines = Iterator[tuple[str, list[str]]]
_FIRST = itemgetter(0)


def quads(tables: Tables, base: str, work: Work | None = None) -> Iterator[str]:
    """The whole knowledge base as lines of N-Quads: the default graph, then the papers' by IRI.

    `work` is what `prepare` gave for the tables.
    """
    make, words, facts, results = work or prepare(tables, base)
    yield from _shared(tables, make, words, facts)
    streams = (
        ((make.terms.iri(row["key"]), subjects.block(make.terms.iri(row["key"]), make.paper(row))[1])
         for row in rows(tables.papers, by_iri(tables.papers["key"], make.terms))),
        _stated(tables.facts, make, words, facts),
        _reported(tables.results, make, words, results),
        ((paper, subjects.block(paper, pairs)[1]) for paper, pairs in subjects.mentioned(tables, make)),
    )  # fmt: skip
    for paper, found in groupby(heapq.merge(*streams, key=_FIRST), key=_FIRST):
        end = f"{paper[:-1]}#graph> .\n"
        yield from (line[:-2] + end for line in sorted({line for _, lines in found for line in lines}))


def _shared(tables: Tables, make: Blocks, words: Evidence, facts: Keys) -> Iterator[str]:
    """The default graph."""
    slugs = sorted(schema.NODE_KINDS.keys() - {schema.PAPER.slug})
    unsaid = tables._replace(facts=tables.facts.slice(0, 0))
    for part in (
        subjects.extractors(tables, make),
        subjects.schemes(make),
        subjects.specs(tables.entities, make),
        *(subjects.entities(slug, unsaid, make) for slug in slugs),
        words.all_statements(tables.facts, facts),
    ):
        for _, lines in part:
            yield from lines


def _stated(facts: pa.Table, make: Blocks, words: Evidence, keys: Keys) -> _Lines:
    """By paper: the triples that it states, and the words behind them."""
    order = by_iri(facts["paper"], make.terms)
    triples = tuples(facts, ("subject", "relation", "object"), order)
    said = zip(hashes(keys.evidence, order), tuples(facts, SAID, order), strict=True)
    for (subject, relation, object_), (digest, evidence) in zip(triples, said, strict=True):
        line = f"{make.terms.iri(subject)} {make.relation(relation)} {make.terms.iri(object_)} .\n"
        yield make.terms.iri(evidence[0]), [line, *_flat(words.evidence(digest, evidence)[1])]


def _reported(results: pa.Table, make: Blocks, words: Evidence, keys: Keys) -> _Lines:
    """By paper: its results, and the words behind them."""
    order = by_iri(results["paper"], make.terms)
    said = zip(hashes(keys.evidence, order), tuples(results, SAID, order), strict=True)
    for row, (digest, evidence) in zip(rows(results, order), said, strict=True):
        paper, this = make.terms.iri(row["paper"]), make.terms.iri(row["key"])
        own = subjects.block(this, make.result(row, words.iri(digest)))[1]
        reports = f"{paper} {make.terms.term('kg:reports')} {this} .\n"
        yield paper, [reports, *own, *_flat(words.evidence(digest, evidence)[1])]


def _flat(texts: list[str]) -> list[str]:
    """The lines one by one."""
    return [f"{line}\n" for line in "".join(texts).split("\n")[:-1]]
