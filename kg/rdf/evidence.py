"""Facts and results in, the blocks of their statements and their evidence out.

A statement is an rdf:Statement with its support and confidence, derived from papers; evidence is a PROV quotation of a
paper and a Web Annotation specific resource with the offsets of its words. These are nine tenths of all triples, so
their lines are put together by hand, from predicates that stand ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa

from kg.rdf.blocks import Blocks
from kg.rdf.rows import Keys, hashes, tuples
from kg.rdf.terms import integer, score, text
from kg.store import Tables

Block = tuple[str, list[str]]  # subject in angle brackets, its lines
#: What is said of the words behind a fact or a result.
SAID = ("paper", "quote", "start", "end", "extractor", "score", "cues")


class Evidence:
    """Writes statements and evidence under one base."""

    def __init__(self, make: Blocks) -> None:
        self.make, self.base = make, make.terms.base
        p = self._predicate
        self._statement = f" {p('rdf:type')} {p('rdf:Statement')} .\n"
        self._triple = [f" {p(f'rdf:{name}')} " for name in ("subject", "predicate", "object")]
        self._support, self._confidence = (f" {p(f'kg:{name}')} " for name in ("support", "confidence"))
        self._derived, self._words = f" {p('prov:wasDerivedFrom')} ", f" {p('kg:evidence')} "
        self._evidence = f" {p('rdf:type')} {p('kg:Evidence')} .\n"
        self._value, self._quoted = f" {p('prov:value')} ", f" {p('prov:wasQuotedFrom')} "
        self._source, self._selector = f" {p('oa:hasSource')} ", f" {p('oa:hasSelector')} "
        self._by, self._cue = f" {p('prov:wasAttributedTo')} ", f" {p('kg:cue')} "
        self._position = f" {p('rdf:type')} {p('oa:TextPositionSelector')} .\n"
        self._start, self._end = f" {p('oa:start')} ", f" {p('oa:end')} "

    def _predicate(self, curie: str) -> str:
        return self.make.terms.term(curie)

    def iri(self, digest: str) -> str:
        """The IRI of an evidence."""
        return f"<{self.base}evidence/{digest}>"

    def statement(
        self, digest: str, triple: tuple[str, str, str], papers: Iterable[str], best: float, evidence: Iterable[str]
    ) -> Block:
        """What is stated, how many papers say so, how sure we are, and where the words are."""
        this, iri = f"<{self.base}statement/{digest}>", self.make.terms.iri
        subject, relation, object_ = triple
        sources = set(papers)
        lines = [
            f"{this}{self._statement}",
            f"{this}{self._triple[0]}{iri(subject)} .\n",
            f"{this}{self._triple[1]}{self.make.relation(relation)} .\n",
            f"{this}{self._triple[2]}{iri(object_)} .\n",
            f"{this}{self._support}{integer(len(sources))} .\n",
            f"{this}{self._confidence}{score(best)} .\n",
            *[f"{this}{self._derived}{iri(paper)} .\n" for paper in sources],
            *[f"{this}{self._words}{self.iri(digest)} .\n" for digest in set(evidence)],
        ]
        lines.sort()
        return this, lines

    def evidence(self, digest: str, said: tuple[Any, ...]) -> Iterator[Block]:
        """The words, and before them the selector of their place; `said` are the values of the columns of evidence."""
        paper, quote, start, end, extractor, confidence, cues = said
        this = self.iri(digest)
        place = f"{this[:-1]}/position>"
        yield (
            place,
            sorted(
                (
                    f"{place}{self._position}",
                    f"{place}{self._start}{integer(start)} .\n",
                    f"{place}{self._end}{integer(end)} .\n",
                )
            ),
        )
        source = f"{self.make.terms.iri(paper)} .\n"
        lines = [
            f"{this}{self._evidence}",
            f"{this}{self._value}{text(quote)} .\n",
            f"{this}{self._quoted}{source}",
            f"{this}{self._source}{source}",
            f"{this}{self._selector}{place} .\n",
            f"{this}{self._by}{self.make.terms.iri(f'extractor/{extractor}')} .\n",
            f"{this}{self._confidence}{score(confidence)} .\n",
            *[f"{this}{self._cue}{text(cue)} .\n" for cue in set(cues or ())],
        ]
        lines.sort()
        yield this, lines

    def all_statements(self, facts: pa.Table, keys: Keys) -> Iterator[Block]:
        """Every statement, sorted."""
        order = np.lexsort((keys.evidence, keys.statements))
        columns = tuples(facts, ("subject", "relation", "object", "paper", "score"), order)
        found = zip(hashes(keys.statements, order), hashes(keys.evidence, order), columns, strict=True)
        for digest, group in groupby(found, key=itemgetter(0)):
            same = list(group)
            papers = [row[3] for _, _, row in same]
            best = max(row[4] for _, _, row in same)
            yield self.statement(digest, same[0][2][:3], papers, best, [words for _, words, _ in same])

    def all_evidence(self, tables: Tables, facts: Keys, results: Keys) -> Iterator[Block]:
        """The words behind all facts and results, sorted; the same words of two equal rows once."""
        both = pa.concat_tables([tables.facts.select(SAID), tables.results.select(SAID)])
        keys = np.concatenate([facts.evidence, results.evidence])
        order = np.argsort(keys, kind="stable")
        last = ""
        for digest, said in zip(hashes(keys, order), tuples(both, SAID, order), strict=True):
            if digest != last:
                yield from self.evidence(digest, said)
            last = digest
