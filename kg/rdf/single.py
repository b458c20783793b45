"""Tables and the name of a format in, that one file out: to a path, to a stream, or beside the graph of a build.

What is written beside a graph is described there: void.ttl and the RO-Crate name it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph
from pyoxigraph import RdfFormat, parse

from kg.errors import ConfigurationError, InputError
from kg.rdf import crate, export
from kg.rdf.annotations import MENTIONS, blocks
from kg.rdf.describe import Mentions
from kg.rdf.lines import lines
from kg.rdf.quads import quads
from kg.rdf.stream import stream
from kg.rdf.terms import DEFAULT_BASE, NAMESPACES, NT, Terms
from kg.store import Tables

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions

ANNOTATIONS = "annotations"
#: What can be written alone: the formats of the graph, and its mentions.
FORMATS = (*export.FORMATS, ANNOTATIONS)


def write(tables: Tables, name: str, target: Path | IO[bytes], base: str = DEFAULT_BASE) -> None:
    """Writes one format into a file or a stream of bytes.

    Raises ConfigurationError for an unknown format or base, or a file that cannot be written.
    """
    known(name)
    try:
        if not isinstance(target, Path):
            _write(tables, name, target, base)
            return
        with target.open("wb") as file:
            _write(tables, name, file, base)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise ConfigurationError(f"cannot write {target}: {e.strerror or e}; name a file of yours with --out") from e


def known(name: str) -> None:
    """Raises ConfigurationError for an unknown format."""
    if name not in FORMATS:
        raise ConfigurationError(f"no RDF format {name!r}; there are {', '.join(FORMATS)}")


def _write(tables: Tables, name: str, file: IO[bytes], base: str) -> None:
    if name in ("nt", ANNOTATIONS):
        for text in lines(tables, base) if name == "nt" else blocks(tables, base):
            file.write(text.encode())
        return
    form = export.FORMATS[name]
    read = RdfFormat.N_QUADS if form == RdfFormat.TRIG else RdfFormat.N_TRIPLES
    text_: Iterator[str] = quads(tables, base) if form == RdfFormat.TRIG else lines(tables, base)
    export.serialize_to(parse(stream(text_), format=read), file, form, Terms(base))


def add(tables: Tables, name: str, folder: Path) -> Path:
    """Writes one format beside the graph in a folder of RDF, and describes all that is there anew; gives its path.

    Raises InputError where the folder has no graph that is described, and as `write`.
    """
    known(name)
    base, triples = _described(folder)
    path = folder / (MENTIONS if name == ANNOTATIONS else f"kg.{name}")
    partial = path.with_suffix(f"{path.suffix}.partial")  # whole or not at all
    try:
        write(tables, name, partial, base)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    beside = folder / MENTIONS
    mentions = Mentions(beside, _lines(beside)) if beside.is_file() else None
    files = tuple(folder / f"kg.{form}" for form in export.FORMATS if (folder / f"kg.{form}").is_file())
    export.describe_graph(tables, export.Graph(files, triples), base, mentions)
    crate.again(tables, folder.parent, path)
    return path


def base_of(folder: Path) -> str:
    """The base of the graph in a folder of RDF; the default where there is none that is described."""
    try:
        return _described(folder)[0]
    except InputError:
        return DEFAULT_BASE


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _described(folder: Path) -> tuple[str, int]:
    """The base of the IRIs and the number of triples, as the description of the graph says them."""
    void = NAMESPACES["void"]
    query = f"""SELECT ?base ?n {{ ?d <{void}uriSpace> ?base ; <{void}triples> ?n ; <{void}dataDump> ?file
      FILTER(STRENDS(STR(?file), "/{NT}") || STRENDS(STR(?file), "#{NT}")) }}"""
    store = pyoxigraph.Store()
    try:
        store.bulk_load(path=folder / export.VOID)
        rows = cast("QuerySolutions", store.query(query))
        base, triples = next(iter(rows))
        return base.value, int(triples.value)
    except (OSError, SyntaxError, StopIteration) as e:
        raise InputError(
            f"no described graph in {folder}: expected {NT} and {export.VOID} of kg build; name a file with --out"
        ) from e
