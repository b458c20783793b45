"""Tables in, RDF files out, all through Oxigraph's strict parser.

N-Triples are written line by line, in canonical form and sorted. Turtle and JSON-LD are that file parsed and serialised
again, TriG the same triples with one graph a paper, so that all are one graph, and nothing leaves that a strict parser
would refuse. Beside them stand the ontology, the shapes, and the description of the data set. Memory holds the tables
and their keys, never the triples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.errors import ConfigurationError
from kg.garbage_collection import rare
from kg.rdf import crate, describe, ontology, shapes
from kg.rdf.jsonld import Compact
from kg.rdf.lines import lines
from kg.rdf.nested import nest
from kg.rdf.ontology_page import page
from kg.rdf.quads import quads
from kg.rdf.stream import stream
from kg.rdf.terms import DEFAULT_BASE, NT, Terms
from kg.rdf.work import Work, prepare
from kg.store import Tables

TRIG, ONTOLOGY, SHAPES, VOID = "kg.trig", "ontology.ttl", "shapes.ttl", "void.ttl"
ONTOLOGY_PAGE = "ontology.html"
#: The formats of the graph that one can ask for, by the ending of their file; N-Triples are always written.
FORMATS = {"nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
_LINES = 10_000


class Graph(NamedTuple):
    """The files of one graph, of so many triples each."""

    files: tuple[Path, ...]
    triples: int


def write(
    tables: Tables, folder: Path | str, base: str = DEFAULT_BASE, formats: Sequence[str] = tuple(FORMATS)
) -> tuple[Path, ...]:
    """Writes kg.nt and its sisters into the folder, which is made where it is missing; gives their paths.

    Raises ConfigurationError for an unknown format, a base that is no IRI, or a folder that cannot be written.
    """
    graph = write_graph(tables, folder, base, formats)
    return (*graph.files, *describe_graph(tables, graph, base))


def write_graph(
    tables: Tables,
    folder: Path | str,
    base: str = DEFAULT_BASE,
    formats: Sequence[str] = tuple(FORMATS),
    written: Callable[[Path], None] | None = None,
) -> Graph:
    """Writes the graph alone, in N-Triples and these formats; `written` is told of each file as soon as it stands.

    Raises as `write`.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ConfigurationError(f"no RDF format {unknown[0]!r}; there are {', '.join(FORMATS)}")
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = prepare(tables, base)
        triples = write_lines(tables, folder / NT, base, work)
        files = [folder / NT]
        for name in formats:
            if name == "trig":
                files.append(write_trig(tables, folder / TRIG, base, work))
            elif name != "nt":
                files.append(convert(folder / NT, folder / f"kg.{name}", base))
            if written is not None:
                written(files[-1])
        return Graph(tuple(files), triples)
    except OSError as e:
        raise _unwritable(folder, e) from e


def describe_graph(
    tables: Tables, graph: Graph, base: str = DEFAULT_BASE, mentions: describe.Mentions | None = None
) -> tuple[Path, ...]:
    """Writes beside the graph what says what it is: ontology, shapes, the data set's description. Raises as `write`."""
    folder = graph.files[0].parent
    try:
        (folder / ONTOLOGY_PAGE).write_text(page(base), encoding="utf-8", newline="\n")
        files = (
            _turtle(ontology.lines(base), folder / ONTOLOGY, base),
            folder / ONTOLOGY_PAGE,
            _turtle(shapes.lines(base), folder / SHAPES, base),
            _turtle(describe.lines(tables, base, graph.triples, graph.files, mentions), folder / VOID, base),
        )
        beside = [mentions.file] if mentions is not None else []
        return (*files, crate.write(tables, folder, [*graph.files, *beside, *files]))
    except OSError as e:
        raise _unwritable(folder, e) from e


def _unwritable(folder: Path, e: OSError) -> ConfigurationError:
    return ConfigurationError(f"cannot write RDF to {folder}: {e.strerror or e}; choose a folder of yours")


def write_lines(tables: Tables, path: Path, base: str = DEFAULT_BASE, work: Work | None = None) -> int:
    """The tables as sorted, canonical N-Triples, by what `prepare` gave for them; gives the number of triples."""
    written = 0
    with rare(), path.open("w", encoding="utf-8", newline="\n") as file:
        every = lines(tables, base, work)
        while part := list(islice(every, _LINES)):
            text = "".join(part)
            file.write(text)
            written += text.count("\n")
    return written


def convert(source: Path, target: Path, base: str = DEFAULT_BASE) -> Path:
    """An N-Triples file in the format of the target's ending, with our prefixes where the format has them."""
    triples = parse(path=source, format=RdfFormat.N_TRIPLES)
    with target.open("wb") as file:
        serialize_to(triples, file, FORMATS[target.suffix[1:]], Terms(base))
    return target


def serialize_to(triples: Iterable[Triple] | Iterable[Quad], file: IO[bytes], form: RdfFormat, terms: Terms) -> None:
    """Triples in a format, with our prefixes where the format has them."""
    if form == RdfFormat.JSON_LD:
        compact = Compact(file, terms)
        serialize(triples, cast("IO[bytes]", compact), form)
        compact.close()
    else:
        serialize(triples, file, form, prefixes=_prefixes(terms))


def write_trig(tables: Tables, path: Path, base: str = DEFAULT_BASE, work: Work | None = None) -> Path:
    """The tables as TriG, one graph a paper."""
    with rare():
        found = parse(stream(quads(tables, base, work)), format=RdfFormat.N_QUADS)
        serialize(found, path, RdfFormat.TRIG, prefixes=_prefixes(Terms(base)))
    return path


def _prefixes(terms: Terms) -> dict[str, str]:
    """Ours without those of the files beside the graph."""
    return {name: space for name, space in terms.prefixes().items() if name not in _BESIDE}


def _turtle(triples: Iterable[str], path: Path, base: str) -> Path:
    found = parse("".join(triples), format=RdfFormat.N_TRIPLES)
    used = {name: space for name, space in Terms(base).prefixes().items() if name in _SHORT}
    text = serialize(found, format=RdfFormat.TURTLE, prefixes=used) or b""
    path.write_text(nest(text.decode()), encoding="utf-8", newline="\n")
    return path


_BESIDE = frozenset(["dcat", "foaf", "mention", "sh", "void"])
_SHORT = frozenset(["kg", "dc", "dcat", "dcterms", "fabio", "foaf", "mls", "oa", "owl", "prov", "qudt", "rdf", "rdfs",
                    "schema", "sh", "skos", "void", "xsd"])  # fmt: skip
