"""An Accept header and what we can write, in; the media type to answer with, out (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import QueryResultsFormat, RdfFormat

HTML = "text/html"
#: What solutions and truth values are written as; the first is the default. Aliases stand behind the registered names.
SOLUTIONS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
#: What graphs are written as.
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/turtle": RdfFormat.TURTLE,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
}


class Range(NamedTuple):
    """A media range of a header: `text/*;q=0.5`."""

    kind: str
    subtype: str
    quality: float

    def fits(self, media: str) -> int:
        """How exactly it says this media type: 0 not at all, 1 anything, 2 the kind, 3 the very type."""
        kind, _, subtype = media.partition("/")
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        return 3 if self.subtype == subtype else 2 * (self.subtype == "*")


def ranges(header: str) -> list[Range]:
    """The media ranges of an Accept header; a part that is none is passed over."""
    found = []
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        kind, slash, subtype = media.partition("/")
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        if slash and quality.replace(".", "", 1).isdecimal():
            found.append(Range(kind, subtype, min(float(quality), 1.0)))
    return found


def choose(header: str | None, offered: Iterable[str]) -> str | None:
    """The offered media type that the client likes best, the earlier one of two alike; None where it takes none.

    >>> choose("text/csv;q=0.4, application/*;q=0.5", ["text/csv", "application/json"])
    'application/json'
    >>> choose("image/png", ["text/csv"]) is None
    True
    """
    asked = ranges(header or "*/*") or [Range("*", "*", 1.0)]
    best, liked = None, 0.0
    for media in offered:
        exactness, quality = max((r.fits(media), r.quality) for r in asked)
        if exactness and quality > liked:
            best, liked = media, quality
    return best
