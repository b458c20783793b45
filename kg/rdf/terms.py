r"""The terms of our RDF: namespaces, IRIs of keys, and literals, as N-Triples text.

Terms are text and not objects because text is what a stream of millions of triples is made of: five times faster than
building a term object for each. Everything that is written passes Oxigraph's strict parser afterwards.

>>> terms = Terms("https://kg.example.org/")
>>> terms.iri("paper/arxiv:2405.04434")
'<https://kg.example.org/paper/arxiv:2405.04434>'
>>> text('say "hi"\n')
'"say \\"hi\\"\\n"'
"""

from __future__ import annotations

import datetime as calendar
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.errors import ConfigurationError
from kg.kept import ALL, Kept

#: A reserved domain: whoever publishes a graph sets their own.
DEFAULT_BASE = "https://kg.example.org/"
#: The file of the graph as N-Triples, which every folder of RDF has.
NT = "kg.nt"

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "mls": "http://www.w3.org/ns/mls#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unit": "http://qudt.org/vocab/unit/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: The parts of our own IRIs, each a prefix in Turtle and in questions: `hardware:nvidia-a100`.
PARTS = (
    "dataset", "evidence", "extractor", "hardware", "mention", "method", "metric", "model", "paper", "result", "scheme",
    "software", "spec", "statement", "task", "vendor",
)  # fmt: skip

_PATH = "/:@!$&'()*+,;="  # what RFC 3986 lets stand in a path, next to letters, digits and -._~
_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*[/#]", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|[T ])")
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f]')
_ESCAPES = {i: f"\\u{i:04X}" for i in (*range(0x20), 0x7F)} | {
    ord(char): escape
    for char, escape in zip('\b\t\n\f\r"\\', ["\\b", "\\t", "\\n", "\\f", "\\r", '\\"', "\\\\"], strict=True)
}


class Terms:
    """The IRIs under one base, which ends in `/` or `#`.

    `iri(key)` is the IRI of a key of the tables, percent-encoded, in angle brackets. Raises ConfigurationError where
    the base is no absolute IRI.
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        if not _BASE.fullmatch(base):
            raise ConfigurationError(
                f"the base IRI {base!r} cannot be used: expected an absolute IRI that ends in / or #, "
                f"for instance {DEFAULT_BASE}"
            )
        self.base = base
        self.ontology = f"{base}ontology#"
        self.iri: Callable[[str], str] = Kept[str, str](
            lambda key: f"<{base}{quote(key, safe=_PATH)}>", ALL
        ).__getitem__

    def key(self, iri: str) -> str | None:
        """The key of one of our IRIs (without brackets); None for a foreign one.

        >>> Terms().key("https://kg.example.org/method/a%20b")
        'method/a b'
        """
        inside = iri.startswith(self.base) and not iri.startswith(self.ontology)
        return unquote(iri[len(self.base) :]) if inside else None

    def term(self, curie: str) -> str:
        """A term of ours (`kg:Hardware`) or of a known vocabulary (`skos:broader`), in angle brackets."""
        return f"<{self.expand(curie)}>"

    def expand(self, curie: str) -> str:
        """The IRI of a prefixed name, without brackets."""
        prefix, _, name = curie.partition(":")
        return (self.ontology if prefix == "kg" else NAMESPACES[prefix]) + name

    def prefixes(self) -> dict[str, str]:
        """Every prefix that our Turtle and our questions know."""
        own = {part: f"{self.base}{part}/" for part in PARTS}
        return dict(sorted({"kg": self.ontology, **own, **NAMESPACES}.items()))


def text(value: str) -> str:
    """A plain literal, escaped as canonical N-Triples escapes."""
    return f'"{value.translate(_ESCAPES)}"' if _ESCAPED.search(value) else f'"{value}"'


def typed(value: object, datatype: str) -> str:
    """A literal of a datatype of XML Schema (`integer`, `decimal`, `gYear`, `boolean`)."""
    return f'"{value}"^^<{NAMESPACES["xsd"]}{datatype}>'


@lru_cache(4096)
def integer(value: int) -> str:
    """A whole number."""
    return typed(value, "integer")


def decimal(value: float) -> str:
    """A number as xsd:decimal, without an exponent; four digits behind the point for scores that were 32 bits wide.

    >>> decimal(1e-7)
    '"0.0000001"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return typed(format(Decimal(repr(float(value))), "f"), "decimal")


@lru_cache(4096)
def score(value: float) -> str:
    """A score of the tables, where it is 32 bits wide: rounded to what was meant."""
    return decimal(round(value, 4))


def web(url: str) -> str | None:
    """A URL as an IRI in angle brackets, percent-encoded where it must be; None for what is no http(s) URL.

    >>> web('https://example.org/a b?q="1"')
    '<https://example.org/a%20b?q=%221%22>'
    >>> web("javascript:alert(1)")
    """
    if not _WEB.match(url):
        return None
    encoded = _LONE_PERCENT.sub("%25", quote(url, safe=_PATH + "?#%"))
    try:
        NamedNode(encoded)
    except ValueError:  # a port that is no number, two fragments, ...
        return None
    return f"<{encoded}>"


def date(value: str) -> str | None:
    """An ISO 8601 date of any precision with its datatype; None for what is no date.

    >>> date("2024-02")
    '"2024-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    match = _DATE.match(value)
    if not match:
        return None
    year, month, day = match.groups()
    try:
        calendar.date(int(year), int(month or 1), int(day or 1))
    except ValueError:  # the 30th of February
        return None
    if day:
        return typed(f"{year}-{month}-{day}", "date")
    return typed(f"{year}-{month}", "gYearMonth") if month else typed(year, "gYear")
