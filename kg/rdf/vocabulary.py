"""The terms that each vocabulary declares, so that a misspelt one is found: a prefix in, names out.

FaBiO, ML-Schema, Web Annotation and QUDT stand as lists in `vocabularies/` (made from the vocabularies' own files);
the rest are rdflib's closed namespaces.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kg.rdf.terms import NAMESPACES

_LISTED = ("fabio", "mls", "oa", "qudt", "unit")
_CLOSED = {
    "dc": "DC", "dcat": "DCAT", "dcterms": "DCTERMS", "foaf": "FOAF", "owl": "OWL", "prov": "PROV", "rdf": "RDF",
    "rdfs": "RDFS", "schema": "SDO", "sh": "SH", "skos": "SKOS", "void": "VOID", "xsd": "XSD",
}  # fmt: skip


@cache
def declared(prefix: str) -> frozenset[str]:
    """The local names that the vocabulary of a prefix declares.

    Raises KeyError for a prefix that has no list (`wd`: names of things, not terms).
    """
    if prefix in _LISTED:
        lines = files("kg.rdf").joinpath("vocabularies", f"{prefix}.txt").read_text(encoding="utf-8").splitlines()
        return frozenset(line for line in lines if line and not line.startswith("#"))
    import rdflib  # a second of loading that an export without check does not need

    space = getattr(rdflib, _CLOSED[prefix])
    return frozenset(str(term).removeprefix(NAMESPACES[prefix]) for term in dir(space))


def units() -> frozenset[str]:
    """The codes of QUDT's units."""
    return declared("unit")


def is_known(prefix: str) -> bool:
    """Whether the terms of this prefix are listed."""
    return prefix in _LISTED or prefix in _CLOSED
