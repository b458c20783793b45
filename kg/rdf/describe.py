"""Tables and the files made of them in, a description of the data set out: VoID and DCAT, as N-Triples lines.

It names the files, the vocabularies, how much there is of what, and the program that made it, and no clock time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pyarrow.compute as pc

from kg import schema
from kg.rdf.terms import NAMESPACES, Terms, integer, text, typed
from kg.store import Tables

_MEDIA = {
    ".nt": "application/n-triples", ".ttl": "text/turtle", ".trig": "application/trig",
    ".jsonld": "application/ld+json",
}  # fmt: skip
_VOCABULARIES = ("dc", "dcterms", "fabio", "mls", "oa", "prov", "qudt", "rdf", "rdfs", "schema", "skos")
TITLE = "Knowledge graph of hardware in research papers"


def lines(tables: Tables, base: str, triples: int, files: Iterable[Path]) -> list[str]:
    """The description as sorted lines; `files` are beside it and hold `triples` triples each."""
    return sorted(set(_lines(tables, Terms(base), triples, files)))


def _lines(tables: Tables, t: Terms, triples: int, files: Iterable[Path]) -> Iterator[str]:
    this, run, program = (f"<{t.base}void#{name}>" for name in ("dataset", "run", "program"))

    def say(subject: str, *pairs: tuple[str, str]) -> Iterator[str]:
        return (f"{subject} {t.term(predicate)} {value} .\n" for predicate, value in pairs)

    yield from say(
        this,
        ("rdf:type", t.term("void:Dataset")),
        ("rdf:type", t.term("dcat:Dataset")),
        ("dcterms:title", text(TITLE)),
        ("dcterms:description", text("Papers, what they speak of, and the words that each statement was read from.")),
        ("void:triples", integer(triples)),
        ("void:entities", integer(tables.papers.num_rows + tables.entities.num_rows)),
        ("void:uriSpace", text(t.base)),
        ("void:feature", "<http://www.w3.org/ns/formats/N-Triples>"),
        ("prov:wasGeneratedBy", run),
    )
    own = (t.ontology, *(NAMESPACES[prefix] for prefix in _VOCABULARIES))
    yield from say(this, *(("void:vocabulary", f"<{space}>") for space in own))
    yield from say(run, ("rdf:type", t.term("prov:Activity")), ("prov:wasAssociatedWith", program))
    yield from say(
        program,
        ("rdf:type", t.term("prov:SoftwareAgent")),
        ("rdfs:label", text("hardware-kg")),
        ("schema:softwareVersion", text(program_version())),
    )
    for key in tables.papers["key"].slice(0, 1).to_pylist() + tables.entities["key"].slice(0, 1).to_pylist():
        yield from say(this, ("void:exampleResource", t.iri(key)))
    for name, count in _counts(tables):
        part = f"<{t.base}void#{name}>"
        yield from say(this, ("void:classPartition", part))
        yield from say(part, ("void:class", t.term(f"kg:{name}")), ("void:entities", integer(count)))
    for path in files:
        file, part = f"<{t.base}{path.name}>", f"<{t.base}void#{path.name}>"
        yield from say(this, ("void:dataDump", file), ("dcat:distribution", part))
        yield from say(
            part,
            ("rdf:type", t.term("dcat:Distribution")),
            ("dcat:downloadURL", file),
            ("dcat:mediaType", f"<https://www.iana.org/assignments/media-types/{_MEDIA[path.suffix]}>"),
            ("dcat:byteSize", typed(path.stat().st_size, "nonNegativeInteger")),
        )


def _counts(tables: Tables) -> Iterator[tuple[str, int]]:
    yield schema.PAPER.name, tables.papers.num_rows
    yield "Result", tables.results.num_rows
    for found in pc.value_counts(tables.entities["type"]):
        yield found["values"].as_py(), found["counts"].as_py()


def program_version() -> str:
    """The version of this package, as installed."""
    try:
        return version("hardware-kg")
    except PackageNotFoundError:  # run from a copy of the source
        return "source"
