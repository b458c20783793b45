"""Papers, entities, results and what they lean on in; their blocks out, a sorted stream for each kind of key."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg import schema
from kg.rdf.blocks import Blocks, Pair
from kg.rdf.evidence import Block, Evidence
from kg.rdf.rows import Keys, by_iri, hashes, of, rows, tuples
from kg.rdf.terms import integer
from kg.store import Tables

_Pairs = Iterator[tuple[str, Iterable[Pair]]]
_FIRST = itemgetter(0)
_TRIPLE = ["subject", "relation", "object"]


def block(subject: str, pairs: Iterable[Pair]) -> Block:
    """The lines of one subject, sorted, each once."""
    return subject, sorted({f"{subject} {predicate} {value} .\n" for predicate, value in pairs})


def papers(tables: Tables, make: Blocks) -> Iterator[Block]:
    """Papers with the plain triples of their facts, what they mention and what they report."""
    keys = by_iri(tables.papers["key"], make.terms)
    yield from _merged(
        ((make.terms.iri(row["key"]), make.paper(row)) for row in rows(tables.papers, keys)),
        plain(of(tables.facts.select(_TRIPLE), "subject", schema.PAPER.slug), make),
        mentioned(tables, make),
        _linked(tables.results.select(["paper", "key"]), make.terms.term("kg:reports"), make),
    )


def entities(slug: str, tables: Tables, make: Blocks) -> Iterator[Block]:
    """Entities of one type with the plain triples of the facts about them."""
    own = of(tables.entities, "key", slug)
    yield from _merged(
        ((make.terms.iri(row["key"]), make.entity(row)) for row in rows(own, by_iri(own["key"], make.terms))),
        plain(of(tables.facts.select(_TRIPLE), "subject", slug), make),
        _within(own, slug, make) if slug in (schema.HARDWARE.slug, schema.VENDOR.slug) else iter(()),
    )


def _within(own: pa.Table, slug: str, make: Blocks) -> _Pairs:
    """Each thing with itself, all that stands above it, and its scheme: one triple where a query would need a path."""
    above = {key: broader or () for key, broader in tuples(own, ("key", "broader"))}
    predicate, scheme = make.terms.term("kg:within"), make.terms.iri(f"scheme/{slug}")
    for key in sorted(above, key=make.terms.iri):
        seen, ahead = {key}, [key]
        while ahead:
            new = [parent for parent in above.get(ahead.pop(), ()) if parent not in seen]
            seen.update(new)
            ahead += new
        yield make.terms.iri(key), [(predicate, scheme), *((predicate, make.terms.iri(wider)) for wider in seen)]


def _merged(*streams: _Pairs) -> Iterator[Block]:
    for subject, found in groupby(heapq.merge(*streams, key=_FIRST), key=_FIRST):
        yield block(subject, [pair for _, pairs in found for pair in pairs])


def plain(facts: pa.Table, make: Blocks) -> _Pairs:
    """The triples that facts state, by subject."""
    found = tuples(facts, _TRIPLE, by_iri(facts["subject"], make.terms))
    for subject, same in groupby(found, key=_FIRST):
        yield (
            make.terms.iri(subject),
            [(make.relation(relation), make.terms.iri(object_)) for _, relation, object_ in same],
        )


def mentioned(tables: Tables, make: Blocks) -> _Pairs:
    """What each paper's text names, whatever else is known, and how many things that is: 0 where nothing was found."""
    papers, things = (pc.dictionary_encode(tables.mentions[name].combine_chunks()) for name in ("paper", "entity"))
    width = max(1, len(things.dictionary))
    pairs = np.unique(papers.indices.to_numpy().astype(np.int64) * width + things.indices.to_numpy())
    paper, thing = np.divmod(pairs, width)
    place = {key: number for number, key in enumerate(papers.dictionary.to_pylist())}
    begin = np.searchsorted(paper, np.arange(len(place) + 1)).tolist()
    iris = [make.terms.iri(key) for key in things.dictionary.to_pylist()]
    mentions, count = make.relation("mentions"), make.terms.term("kg:entityCount")
    for key in sorted({*tables.papers["key"].to_pylist(), *place}, key=make.terms.iri):
        at = place.get(key)
        named = [] if at is None else thing[begin[at] : begin[at + 1]].tolist()
        yield make.terms.iri(key), [(count, integer(len(named))), *((mentions, iris[each]) for each in named)]


def _linked(pairs: pa.Table, predicate: str, make: Blocks) -> _Pairs:
    names = pairs.column_names
    for subject, same in groupby(tuples(pairs, names, by_iri(pairs[names[0]], make.terms)), key=_FIRST):
        yield make.terms.iri(subject), [(predicate, make.terms.iri(object_)) for _, object_ in same]


def results(table: pa.Table, make: Blocks, evidence: Evidence, keys: Keys) -> Iterator[Block]:
    """What papers report."""
    order = by_iri(table["key"], make.terms)
    for digest, row in zip(hashes(keys.evidence, order), rows(table, order), strict=True):
        yield block(make.terms.iri(row["key"]), make.result(row, evidence.iri(digest)))


def extractors(tables: Tables, make: Blocks) -> Iterator[Block]:
    """Every rule and network that said something."""
    both = pa.chunked_array([*tables.facts["extractor"].chunks, *tables.results["extractor"].chunks], pa.string())
    counts = [(found["values"].as_py(), found["counts"].as_py()) for found in pc.value_counts(both)]
    yield from sorted(block(make.terms.iri(f"extractor/{name}"), make.extractor(name, count)) for name, count in counts)


def schemes(make: Blocks) -> Iterator[Block]:
    """A scheme for each type of entity, and one for vendors."""
    kinds = (*schema.ENTITY_TYPES, schema.VENDOR)
    yield from sorted(block(make.terms.iri(f"scheme/{kind.slug}"), make.scheme(kind)) for kind in kinds)


def specs(table: pa.Table, make: Blocks) -> Iterator[Block]:
    """The figures of hardware."""
    found = {make.spec_iri(key, spec): spec for key, all_ in tuples(table, ("key", "specs")) for spec in all_ or ()}
    yield from (block(iri, make.spec(found[iri])) for iri in sorted(found))
