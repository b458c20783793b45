"""Rows of the tables in, the predicates and objects of their subjects out, as N-Triples text.

One function a kind of row. The patterns: a paper is described by FaBiO, Dublin Core and schema.org; an entity is a SKOS
concept; a result is an ML-Schema evaluation with a QUDT quantity. A pair is (predicate, object); order does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kg import schema
from kg.kept import ALL, Kept
from kg.rdf import vocabulary
from kg.rdf.links import topic
from kg.rdf.terms import Terms, date, decimal, integer, score, text, typed, web

Pair = tuple[str, str]
Row = Mapping[str, Any]

#: Relations that a published term says exactly; all others are ours.
REUSED = {"broader": "skos:broader"}
WIKIDATA = re.compile(r"Q[1-9]\d*")
_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


class Blocks:
    """The pairs of each kind of row, under one base."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._t: Callable[[str], str] = Kept(terms.term, ALL).__getitem__
        self._relations = Kept[str, str](
            lambda name: self._t(REUSED.get(name) or f"kg:{schema.RELATION[name].term}"), ALL
        )

    def relation(self, name: str) -> str:
        """The property of a relation of the schema."""
        return self._relations[name]

    def _pairs(self, *pairs: tuple[str, str | None]) -> list[Pair]:
        return [(self._t(curie), value) for curie, value in pairs if value is not None]

    def paper(self, row: Row) -> Iterable[Pair]:
        """A paper: bibliographic data by FaBiO, Dublin Core, schema.org; the same work by its DOIs."""
        title = text(row["title"])
        yield from self._pairs(
            ("rdf:type", self._t("kg:Paper")),
            ("rdf:type", self._t("schema:ScholarlyArticle")),
            ("rdfs:label", title),
            ("dcterms:title", title),
            ("dcterms:abstract", text(row["abstract"]) if row["abstract"] else None),
            ("fabio:hasPublicationYear", _year(row["year"])),
            ("dcterms:date", date(row["date"]) if row["date"] else None),
            ("schema:url", web(row["url"]) if row["url"] else None),
        )
        yield from self._pairs(*(("dc:creator", text(name)) for name in row["authors"] or ()))
        yield from self._pairs(*(("dc:subject", text(name)) for name in row["categories"] or ()))
        yield from self._pairs(*(("kg:readFrom", text(where)) for where in row["sources"] or ()))
        arxiv = _ARXIV.fullmatch(row["arxiv"] or "")
        if arxiv:
            yield from self._pairs(
                ("rdf:type", self._t("fabio:Preprint")),
                ("fabio:hasArXivId", text(row["arxiv"])),
                ("dcterms:identifier", text(f"arXiv:{row['arxiv']}")),
                ("rdfs:seeAlso", web(f"https://arxiv.org/abs/{row['arxiv']}")),
            )
        if _DOI.fullmatch(row["doi"] or ""):
            yield from self._pairs(("dcterms:identifier", text(f"doi:{row['doi']}")))
        yield from self._pairs(*(("owl:sameAs", iri) for iri in same_as(row["arxiv"], row["doi"])))

    def entity(self, row: Row) -> Iterable[Pair]:
        """An entity: a concept in the scheme of its type, under its broader ones, with labels and links."""
        slug = row["key"].split("/", 1)[0]
        label = text(row["label"])
        yield from self._pairs(
            ("rdf:type", self._t(f"kg:{row['type']}")), ("rdfs:label", label), ("skos:prefLabel", label)
        )
        yield from self._pairs(*(("skos:altLabel", text(a)) for a in row["aliases"] or () if a != row["label"]))
        scheme = self.terms.iri(f"scheme/{slug}")
        yield from self._pairs(
            ("rdf:type", self._t("skos:Concept")),  # also a vendor: only a concept is at the top of a scheme
            ("rdf:type", self._t("schema:Organization") if slug == schema.VENDOR.slug else None),
            ("skos:inScheme", scheme),
            ("skos:topConceptOf", None if row["broader"] else scheme),
        )
        yield from self._pairs(*(("skos:broader", self.terms.iri(key)) for key in row["broader"] or ()))
        yield from self._pairs(*(("kg:partOf", self.terms.iri(key)) for key in row["part_of"] or ()))
        yield from self._pairs(*(("kg:specification", self.spec_iri(row["key"], s)) for s in row["specs"] or ()))
        yield from self._pairs(
            ("kg:madeBy", self.terms.iri(row["vendor"]) if row["vendor"] else None),
            ("kg:kind", text(row["kind"]) if row["kind"] else None),
            ("kg:family", text(row["family"]) if row["family"] else None),
            ("kg:year", _year(row["year"])),
            ("kg:paperCount", integer(row["papers"])),
            ("kg:inferred", typed("true", "boolean") if row["inferred"] else None),
            ("kg:knownFrom", text(row["source"])),
        )
        if WIKIDATA.fullmatch(row["wikidata"] or ""):
            yield from self._pairs(("skos:exactMatch", self._t(f"wd:{row['wikidata']}")))
        if row["source"] != "text":  # what only papers know is no entry, whatever its name
            yield from self._pairs(("skos:exactMatch", topic(row["key"])))

    def spec_iri(self, key: str, spec: Row) -> str:
        """The IRI of a figure of a piece of hardware: what it is a figure of, and which."""
        figure = f"{spec['value']:g}-{spec['unit']}"
        return self.terms.iri(
            "/".join(filter(None, ("spec", key.split("/", 1)[1], spec["name"], spec["format"], figure)))
        )

    def spec(self, row: Row) -> Iterable[Pair]:
        """A figure of a piece of hardware: a QUDT quantity with its source."""
        source = row["source"]
        return self._pairs(
            ("rdf:type", self._t("kg:Specification")),
            ("rdf:type", self._t("qudt:QuantityValue")),
            ("kg:figure", text(row["name"])),
            ("kg:numberFormat", text(row["format"]) if row["format"] else None),
            ("dcterms:source", (web(source) or text(source)) if source else None),
            ("qudt:numericValue", decimal(row["value"])),
            *self._unit(row["unit"]),
        )

    def _unit(self, code: str | None) -> Iterator[tuple[str, str]]:
        if code == "x":
            yield "qudt:hasUnit", self._t("unit:UNITLESS")
        elif code and code in vocabulary.units():
            yield "qudt:hasUnit", self._t(f"unit:{code}")
        if code:
            yield "kg:unitText", text(code)

    def result(self, row: Row, evidence: str) -> Iterable[Pair]:
        """A reported figure: metric, number or range with its unit, and what it was measured on and against."""
        low, high = row["low"], row["high"]
        single = decimal(low) if low is not None and low == high else None
        yield from self._pairs(
            ("rdf:type", self._t("kg:Result")),
            ("rdf:type", self._t("mls:ModelEvaluation")),
            ("kg:metricText", text(row["metric"])),
            ("kg:valueText", text(row["value"])),
            ("kg:low", decimal(low) if low is not None else None),
            ("kg:high", decimal(high) if high is not None else None),
            ("mls:hasValue", single),
            ("qudt:numericValue", single),
            ("kg:better", text(row["better"]) if row["better"] else None),
            ("kg:change", text(row["change"]) if row["change"] else None),
            ("prov:wasDerivedFrom", self.terms.iri(row["paper"])),
            ("kg:confidence", score(row["score"])),
            ("kg:evidence", evidence),
            *self._unit(row["unit"]),
        )
        links = (("mls:specifiedBy", "metric_entity"), ("kg:onHardware", "hardware"), ("kg:onDataset", "dataset"))
        for curie, column in (*links, ("kg:against", "baseline")):
            if row[column]:
                yield self._t(curie), self.terms.iri(row[column])

    def extractor(self, name: str, evidences: int) -> Iterable[Pair]:
        """A rule or a network that read statements from text, and how many of its readings there are."""
        kind, count = self._t("prov:SoftwareAgent"), integer(evidences)
        return self._pairs(("rdf:type", kind), ("rdfs:label", text(name)), ("kg:evidenceCount", count))

    def scheme(self, kind: schema.EntityType) -> Iterable[Pair]:
        """The scheme that holds all entities of one type."""
        return self._pairs(
            ("rdf:type", self._t("skos:ConceptScheme")),
            ("rdfs:label", text(kind.plural)),
            ("skos:prefLabel", text(kind.plural)),
            ("dcterms:description", text(kind.definition)),
        )

    def label(self, key: str) -> Pair:
        """The label of a key that has nothing else."""
        return self._t("rdfs:label"), text(key)


def same_as(arxiv: str | None, doi: str | None) -> Iterator[str]:
    """The DOIs of a paper, as IRIs in angle brackets: arXiv gives one to each of its papers."""
    known = _ARXIV.fullmatch(arxiv or "")
    if known and (iri := web(f"https://doi.org/10.48550/arXiv.{known[1]}")):
        yield iri
    if doi and _DOI.fullmatch(doi) and (iri := web(f"https://doi.org/{doi}")):
        yield iri


def _year(year: int | None) -> str | None:
    return typed(f"{year:04d}", "gYear") if year and 0 < year < 10_000 else None
