"""Facts and results in, the blocks of their statements and their evidence out.

A statement is an rdf:Statement with its support and confidence, derived from papers; evidence is a PROV quotation of a
paper and a Web Annotation specific resource with the offsets of its words. These are nine tenths of all triples, so
their lines are put together by hand, in their order, from predicates that stand ready.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa

from kg.rdf.blocks import Blocks
from kg.rdf.rows import Keys, hashes, tuples
from kg.rdf.terms import integer, score, text
from kg.store import Tables

Block = tuple[str, list[str]]  # subject in angle brackets, its lines, of which one text may hold several
#: What is said of the words behind a fact or a result.
SAID = ("paper", "quote", "start", "end", "extractor", "score", "cues")


class Evidence:
    """Writes statements and evidence under one base."""

    def __init__(self, make: Blocks) -> None:
        self.make, self.base = make, make.terms.base
        p = make.terms.term
        self._iri, self._known = make.terms.iri, (p("rdf:type"), p("prov:wasQuotedFrom"))
        self._statement = f" {p('rdf:type')} {p('rdf:Statement')} .\n"
        triple = ("rdf:object", "rdf:predicate", "rdf:subject")
        self._object, self._predicate, self._subject = (f" {p(name)} " for name in triple)
        self._support, self._confidence = (f" {p(f'kg:{name}')} " for name in ("support", "confidence"))
        self._derived, self._words = f" {p('prov:wasDerivedFrom')} ", f" {p('kg:evidence')} "
        self._evidence = f" {p('rdf:type')} {p('kg:Evidence')} .\n"
        self._value, self._quoted = f" {p('prov:value')} ", f" {p('prov:wasQuotedFrom')} "
        self._source, self._selector = f" {p('oa:hasSource')} ", f" {p('oa:hasSelector')} "
        self._by, self._cue = f" {p('prov:wasAttributedTo')} ", f" {p('kg:cue')} "
        self._position = f" {p('rdf:type')} {p('oa:TextPositionSelector')} .\n"
        self._start, self._end = f" {p('oa:start')} ", f" {p('oa:end')} "
        ours = self._support.strip()  # where our predicates stand among those of others depends on the base
        self._ours_last, self._ours_first = ours > self._known[1], ours < self._known[0]

    def iri(self, digest: str) -> str:
        """The IRI of an evidence."""
        return f"<{self.base}evidence/{digest}>"

    def _lines(self, published: str, own: str) -> list[str]:
        """Lines with predicates of others and with ours, each sorted, as sorted lines: ours stand where the base puts
        them, which is not among the others unless it is on their host."""
        if self._ours_last:
            return [published, own]
        if self._ours_first:
            return [own, published]
        return sorted(f"{line}\n" for line in (published + own).split("\n")[:-1])

    def statement(
        self, digest: str, triple: tuple[str, str, str], papers: Sequence[str], best: float, evidence: Sequence[str]
    ) -> Block:
        """What is stated, how many papers say so, how sure we are, and where the words are."""
        this, iri = f"<{self.base}statement/{digest}>", self._iri
        subject, relation, object_ = triple
        if len(papers) == 1:  # nearly always
            sources, words = [iri(papers[0])], evidence
        else:
            sources, words = sorted({iri(paper) for paper in papers}), sorted(set(evidence))
        published = (
            f"{this}{self._object}{iri(object_)} .\n"
            f"{this}{self._predicate}{self.make.relation(relation)} .\n"
            f"{this}{self._subject}{iri(subject)} .\n"
            f"{this}{self._statement}"
        )
        derived = "".join([f"{this}{self._derived}{source} .\n" for source in sources])
        told = "".join([f"{this}{self._words}{self.iri(digest)} .\n" for digest in words])
        own = f"{this}{self._confidence}{score(best)} .\n{told}{this}{self._support}{integer(len(sources))} .\n"
        return this, self._lines(published + derived, own)

    def evidence(self, digest: str, said: tuple[Any, ...]) -> Block:
        """The words, and before them the selector of their place; `said` are the values of the columns of evidence."""
        paper, quote, start, end, extractor, confidence, cues = said
        this, source = self.iri(digest), self._iri(paper)
        place = f"{this[:-1]}/position>"
        selector = (
            f"{place}{self._position}{place}{self._end}{integer(end)} .\n{place}{self._start}{integer(start)} .\n"
        )
        published = (
            f"{this}{self._evidence}"
            f"{this}{self._selector}{place} .\n"
            f"{this}{self._source}{source} .\n"
            f"{this}{self._value}{text(quote)} .\n"
            f"{this}{self._by}{self._iri(f'extractor/{extractor}')} .\n"
            f"{this}{self._quoted}{source} .\n"
        )
        because = sorted({text(cue) for cue in cues}) if cues else ()
        reasons = "".join([f"{this}{self._cue}{cue} .\n" for cue in because])
        own = f"{this}{self._confidence}{score(confidence)} .\n{reasons}"
        return this, [selector, *self._lines(published, own)]

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
        streams = (
            zip(hashes(keys.evidence, order), tuples(table, SAID, order), strict=True)
            for table, keys in ((tables.facts, facts), (tables.results, results))
            for order in (np.argsort(keys.evidence, kind="stable"),)
        )  # merged, for a table of both would hold every quotation twice
        last = ""
        for digest, said in heapq.merge(*streams, key=itemgetter(0)):
            if digest != last:
                yield self.evidence(digest, said)
            last = digest
