"""Tables and the files made of them in, a description of the data set out: VoID and DCAT, as N-Triples lines.

It names the files, the vocabularies, how much there is of what, what leads to other data sets, and the program that
made it, and no clock time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.compute as pc

from kg import schema
from kg.rdf import links
from kg.rdf.blocks import WIKIDATA, same_as
from kg.rdf.rows import tuples
from kg.rdf.terms import NAMESPACES, Terms, integer, text, typed
from kg.store import Tables

#: The media type of a file by its ending, and what W3C calls the format.
MEDIA = {
    ".nt": ("application/n-triples", "N-Triples"),
    ".ttl": ("text/turtle", "Turtle"),
    ".trig": ("application/trig", "TriG"),
    ".jsonld": ("application/ld+json", "JSON-LD"),
}
_VOCABULARIES = ("dc", "dcterms", "fabio", "mls", "oa", "owl", "prov", "qudt", "rdf", "rdfs", "schema", "skos")
TITLE = "Knowledge graph of hardware in research papers"
#: What may be done with it, as far as the program knows; whoever publishes a graph adds their own terms.
RIGHTS = (
    "Titles, abstracts and quoted words belong to their authors. Figures of hardware belong to the sources that they "
    "name. Topics are those of the Computer Science Ontology of the Open University, CC BY 4.0. Whoever publishes this "
    "says what may be done with the rest."
)
_MENTIONS = "Every mention as a Web Annotation: its place in a paper, and what it means."
_TRIPLE = ("subject", "relation", "object")
#: Relations that are read from facts alone, so that their triples can be counted there.
_STATED = tuple(r for r in schema.RELATIONS if r.name not in ("mentions", "broader", "made_by", "part_of"))


class Mentions(NamedTuple):
    """The file of mentions, of so many triples."""

    file: Path
    triples: int


def lines(
    tables: Tables, base: str, triples: int, files: Iterable[Path], mentions: Mentions | None = None
) -> list[str]:
    """The description as sorted lines; `files` are beside it and hold `triples` triples each."""
    return sorted(set(_lines(tables, Terms(base), triples, list(files), mentions)))


def _say(t: Terms, subject: str, *pairs: tuple[str, str]) -> Iterator[str]:
    return (f"{subject} {t.term(predicate)} {value} .\n" for predicate, value in pairs)


def _lines(tables: Tables, t: Terms, triples: int, files: list[Path], mentions: Mentions | None) -> Iterator[str]:
    this, run, program = (f"<{t.base}void#{name}>" for name in ("dataset", "run", "program"))
    yield from _say(
        t,
        f"<{t.base}void>",
        ("rdf:type", t.term("void:DatasetDescription")),
        ("dcterms:title", text(f"Description of: {TITLE}")),
        ("foaf:primaryTopic", this),
    )
    yield from _say(
        t,
        this,
        ("rdf:type", t.term("void:Dataset")),
        ("rdf:type", t.term("dcat:Dataset")),
        ("dcterms:title", text(TITLE)),
        ("dcterms:description", text("Papers, what they speak of, and the words that each statement was read from.")),
        ("dcterms:rights", text(RIGHTS)),
        ("dcterms:conformsTo", f"<{t.ontology[:-1]}>"),
        ("dcterms:conformsTo", f"<{t.base}shapes>"),
        ("void:triples", integer(triples)),
        ("void:entities", integer(tables.papers.num_rows + tables.entities.num_rows)),
        ("void:uriSpace", text(t.base)),
        ("void:vocabulary", f"<{t.ontology[:-1]}>"),
        *(("void:vocabulary", f"<{NAMESPACES[prefix]}>") for prefix in _VOCABULARIES),
        *(("void:feature", _format(path)) for path in files),
        ("prov:wasGeneratedBy", run),
    )
    yield from _say(t, run, ("rdf:type", t.term("prov:Activity")), ("prov:wasAssociatedWith", program))
    yield from _say(
        t,
        program,
        ("rdf:type", t.term("prov:SoftwareAgent")),
        ("rdfs:label", text("hardware-kg")),
        ("schema:softwareVersion", text(program_version())),
    )
    for key in tables.papers["key"].slice(0, 1).to_pylist() + tables.entities["key"].slice(0, 1).to_pylist():
        yield from _say(t, this, ("void:exampleResource", t.iri(key)))
    for name, entities in sorted(_classes(tables).items()):
        part = f"<{t.base}void#class-{name.partition(':')[2]}>"
        yield from _say(t, this, ("void:classPartition", part))
        yield from _say(t, part, ("void:class", t.term(name)), ("void:entities", integer(entities)))
    for name, stated in sorted(_relations(tables).items()):
        part = f"<{t.base}void#property-{name.partition(':')[2]}>"
        yield from _say(t, this, ("void:propertyPartition", part))
        yield from _say(t, part, ("void:property", t.term(name)), ("void:triples", integer(stated)))
    yield from _linksets(tables, t, this)
    for path in files:
        yield from _file(t, this, path, f"The graph as {MEDIA[path.suffix][1]}")
    if mentions is not None:
        part = f"<{t.base}void#mentions>"
        yield from _say(
            t,
            part,
            ("rdf:type", t.term("void:Dataset")),
            ("rdf:type", t.term("dcat:Dataset")),
            ("dcterms:title", text(_MENTIONS)),
            ("dcterms:rights", text(RIGHTS)),
            ("void:triples", integer(mentions.triples)),
            ("void:feature", _format(mentions.file)),
            ("void:uriSpace", text(f"{t.base}mention/")),
            ("void:vocabulary", f"<{NAMESPACES['oa']}>"),
            ("prov:wasGeneratedBy", run),
        )
        yield from _say(t, this, ("dcterms:relation", part))
        yield from _file(t, part, mentions.file, _MENTIONS)


def _format(path: Path) -> str:
    return f"<http://www.w3.org/ns/formats/{MEDIA[path.suffix][1]}>"


def _file(t: Terms, of: str, path: Path, title: str) -> Iterator[str]:
    """A file to download, as VoID and as DCAT have it."""
    file, part = f"<{t.base}{path.name}>", f"<{t.base}void#file-{path.name}>"
    yield from _say(t, of, ("void:dataDump", file), ("dcat:distribution", part))
    yield from _say(
        t,
        part,
        ("rdf:type", t.term("dcat:Distribution")),
        ("dcterms:title", text(title)),
        ("dcat:downloadURL", file),
        ("dcat:mediaType", f"<https://www.iana.org/assignments/media-types/{MEDIA[path.suffix][0]}>"),
        ("dcat:byteSize", typed(path.stat().st_size, "nonNegativeInteger")),
    )


def _linksets(tables: Tables, t: Terms, this: str) -> Iterator[str]:
    """How many links there are to which other data sets."""
    papers = sum(len(set(same_as(*ids))) for ids in tuples(tables.papers, ("arxiv", "doi")))
    known = list(tuples(tables.entities, ("key", "source", "wikidata")))
    topics = sum(source != "text" and links.topic(key) is not None for key, source, _ in known)
    items = sum(bool(WIKIDATA.fullmatch(id_ or "")) for *_, id_ in known)
    for name, predicate, target, count in (
        ("doi", "owl:sameAs", "https://doi.org/", papers),
        ("cso", "skos:exactMatch", links.CSO, topics),
        ("wikidata", "skos:exactMatch", NAMESPACES["wd"], items),
    ):
        if count:
            part, there = f"<{t.base}void#links-{name}>", f"<{t.base}void#{name}>"
            yield from _say(t, this, ("void:subset", part))
            yield from _say(
                t,
                part,
                ("rdf:type", t.term("void:Linkset")),
                ("void:linkPredicate", t.term(predicate)),
                ("void:subjectsTarget", this),
                ("void:objectsTarget", there),
                ("void:triples", integer(count)),
            )
            yield from _say(t, there, ("rdf:type", t.term("void:Dataset")), ("void:uriSpace", text(target)))


def _classes(tables: Tables) -> Counter[str]:
    """How many there are of each class."""
    counts = Counter({"kg:Paper": tables.papers.num_rows, "kg:Result": tables.results.num_rows})
    for found in pc.value_counts(tables.entities["type"]):
        counts[f"kg:{found['values'].as_py()}"] = found["counts"].as_py()
    counts["rdf:Statement"] = len(_distinct(tables, _TRIPLE))
    said = len(_distinct(tables, (*_TRIPLE, "paper", "start", "end", "extractor")))
    counts["kg:Evidence"] = said + tables.results.num_rows
    return counts


def _distinct(tables: Tables, columns: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """The distinct rows of some columns of the facts, as numbers that stand for values: text would be held again."""
    coded = [pc.dictionary_encode(tables.facts[name].combine_chunks()).indices.to_numpy() for name in columns]
    return np.unique(np.stack(coded, axis=1), axis=0)


def _relations(tables: Tables) -> Counter[str]:
    """How many triples there are of each relation that facts alone state."""
    names = pc.unique(tables.facts["relation"]).to_pylist()  # in the order of their numbers
    counts = dict(zip(names, np.bincount(_distinct(tables, _TRIPLE)[:, 1]).tolist(), strict=True))
    return Counter({f"kg:{r.term}": counts[r.name] for r in _STATED if r.name in counts})


@cache
def program_version() -> str:
    """The version of this package, as installed."""
    try:
        return version("hardware-kg")
    except PackageNotFoundError:  # run from a copy of the source
        return "source"
