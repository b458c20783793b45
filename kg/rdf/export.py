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

from pyoxigraph import RdfFormat, parse, serialize

from kg.errors import ConfigurationError
from kg.rdf import crate, describe, ontology, shapes
from kg.rdf.lines import lines
from kg.rdf.ontology_page import page
from kg.rdf.quads import quads
from kg.rdf.stream import stream
from kg.rdf.terms import DEFAULT_BASE, NT, Terms
from kg.store import Tables

TRIG, ONTOLOGY, SHAPES, VOID = "kg.trig", "ontology.ttl", "shapes.ttl", "void.ttl"
ONTOLOGY_PAGE = "ontology.html"
#: The formats of the graph that one can ask for, by the ending of their file; N-Triples are always written.
FORMATS = {"nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
_LINES = 10_000


def write(
    tables: Tables,
    folder: Path | str,
    base: str = DEFAULT_BASE,
    formats: Sequence[str] = tuple(FORMATS),
    written: Callable[[Path], None] | None = None,
) -> tuple[Path, ...]:
    """Writes kg.nt and its sisters into the folder, which is made where it is missing; gives their paths.

    `written` is told of each file of the graph as soon as it stands there.
    Raises ConfigurationError for an unknown format, a base that is no IRI, or a folder that cannot be written.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ConfigurationError(f"no RDF format {unknown[0]!r}; there are {', '.join(FORMATS)}")
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / NT
        triples = write_lines(tables, source, base)
        files = [source]
        for name in formats:
            if name == "trig":
                files.append(write_trig(tables, folder / TRIG, base))
            elif name != "nt":
                files.append(convert(source, folder / f"kg.{name}", base))
            if written is not None:
                written(files[-1])
        (folder / ONTOLOGY_PAGE).write_text(page(base), encoding="utf-8", newline="\n")
        files += [
            _turtle(ontology.lines(base), folder / ONTOLOGY, base),
            folder / ONTOLOGY_PAGE,
            _turtle(shapes.lines(base), folder / SHAPES, base),
            _turtle(describe.lines(tables, base, triples, tuple(files)), folder / VOID, base),
        ]
        (folder / crate.CRATE).write_text(crate.text(tables, files), encoding="utf-8", newline="\n")
        return (*files, folder / crate.CRATE)
    except OSError as e:
        raise ConfigurationError(f"cannot write RDF to {folder}: {e.strerror or e}; choose a folder of yours") from e


def write_lines(tables: Tables, path: Path, base: str = DEFAULT_BASE) -> int:
    """The tables as sorted, canonical N-Triples; gives the number of triples."""
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        every = lines(tables, base)
        while part := list(islice(every, _LINES)):
            text = "".join(part)
            file.write(text)
            written += text.count("\n")
    return written


def convert(source: Path, target: Path, base: str = DEFAULT_BASE) -> Path:
    """An N-Triples file in the format of the target's ending, with our prefixes where the format has them."""
    triples = parse(path=source, format=RdfFormat.N_TRIPLES)
    serialize(triples, target, FORMATS[target.suffix[1:]], prefixes=Terms(base).prefixes())
    return target


def write_trig(tables: Tables, path: Path, base: str = DEFAULT_BASE) -> Path:
    """The tables as TriG, one graph a paper."""
    found = parse(stream(quads(tables, base)), format=RdfFormat.N_QUADS)
    serialize(found, path, RdfFormat.TRIG, prefixes=Terms(base).prefixes())
    return path


def _turtle(triples: Iterable[str], path: Path, base: str) -> Path:
    found = parse("".join(triples), format=RdfFormat.N_TRIPLES)
    used = {name: space for name, space in Terms(base).prefixes().items() if name in _SHORT}
    serialize(found, path, RdfFormat.TURTLE, prefixes=used)
    return path


_SHORT = frozenset(["kg", "dcat", "dcterms", "fabio", "mls", "oa", "owl", "prov", "qudt", "rdf", "rdfs", "schema", "sh",
                    "skos", "void", "xsd"])  # fmt: skip
