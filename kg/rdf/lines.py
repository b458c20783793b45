"""Tables in, sorted lines of N-Triples out, a block for each subject.

The lines come in the order that sorting the whole file would give, without a line twice, yet nothing is held but the
tables, their keys and one block: each part of the IRIs (`hardware/`, `paper/`, ...) is a stream of its own, sorted by a
permutation of row numbers, and the parts follow one another by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pyarrow as pa

from kg import schema
from kg.rdf import subjects
from kg.rdf.evidence import Block
from kg.rdf.work import Work, prepare
from kg.store import Tables


def lines(tables: Tables, base: str, work: Work | None = None) -> Iterator[str]:
    """The whole knowledge base as lines of N-Triples, sorted, each once; `work` is what `prepare` gave for it."""
    for _, block in blocks(tables, base, work):
        yield from block


def blocks(tables: Tables, base: str, work: Work | None = None) -> Iterator[Block]:
    """The same by subject."""
    make, words, facts, results = work or prepare(tables, base)
    parts: dict[str, Callable[[], Iterator[Block]]] = {
        "evidence": partial(words.all_evidence, tables, facts, results),
        "extractor": partial(subjects.extractors, tables, make),
        "paper": partial(subjects.papers, tables, make),
        "result": partial(subjects.results, tables.results, make, words, results),
        "scheme": partial(subjects.schemes, make),
        "spec": partial(subjects.specs, tables.entities, make),
        "statement": partial(words.all_statements, tables.facts, facts),
    }
    for slug in schema.NODE_KINDS.keys() - {schema.PAPER.slug}:
        parts[slug] = partial(subjects.entities, slug, tables, make)
    for name in sorted(parts):
        yield from parts[name]()
        pa.default_memory_pool().release_unused()  # sorted copies of columns, done with
