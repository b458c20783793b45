"""RDF files or tables in, an Oxigraph store out: in memory, or on disk where the file is large.

The store on disk is a cache beside the file (`.oxigraph/`), made at the first use and again when the file changes; its
bytes are Oxigraph's own and no part of the output.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from kg.errors import ConfigurationError, InputError
from kg.rdf import bulk
from kg.rdf.terms import DEFAULT_BASE, NAMESPACES, NT

if TYPE_CHECKING:
    import rdflib

    from kg.store import Tables

CACHE = ".oxigraph"
IN_MEMORY = 64 * 2**20  # bytes of a file that is loaded in a second or so


def load(tables: Tables, base: str = DEFAULT_BASE) -> pyoxigraph.Store:
    """The tables as a store in memory."""
    from kg.rdf.lines import lines
    from kg.rdf.stream import stream

    store = pyoxigraph.Store()
    store.bulk_load(stream(lines(tables, base)), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def open_store(folder: Path | str) -> pyoxigraph.Store:
    """The store of a folder that `kg.rdf.export.write` wrote.

    Raises InputError where there is no kg.nt, or it is no N-Triples.
    """
    source = Path(folder) / NT
    if not source.is_file():
        raise InputError(f"no {NT} in {folder}: expected a folder that kg build wrote, or its rdf folder")
    try:
        return _in_memory(source) if source.stat().st_size < IN_MEMORY else _cached(source)
    except (SyntaxError, OSError, RuntimeError) as e:
        raise InputError(f"cannot load {source}: {e}; build the graph again") from e


def _cached(source: Path) -> pyoxigraph.Store:
    cache, stat = source.parent / CACHE, source.stat()
    stamp, stamped = f"{stat.st_size} {stat.st_mtime_ns}", cache / "source"
    if not (stamped.is_file() and stamped.read_text(encoding="utf-8") == stamp):
        partial = source.parent / f"{CACHE}.{os.getpid()}"  # whole or not at all, also when two build it at once
        shutil.rmtree(partial, ignore_errors=True)
        try:
            partial.mkdir()
        except OSError:  # a folder that is only to be read
            return _in_memory(source)
        bulk.load(source, partial / "store")
        bulk.compact(partial / "store")
        (partial / "source").write_text(stamp, encoding="utf-8")
        shutil.rmtree(cache, ignore_errors=True)
        partial.rename(cache)
        return pyoxigraph.Store.read_only(str(cache / "store"))
    try:
        return pyoxigraph.Store.read_only(str(cache / "store"))
    except (OSError, RuntimeError):  # damaged: half copied, or a disk that was full
        shutil.rmtree(cache)
        return _cached(source)


def _in_memory(source: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.bulk_load(path=source, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)  # strict when it was written
    return store


def base_of(store: pyoxigraph.Store) -> str:
    """The base of the IRIs in a store, read from the schemes of its concepts; the default where there are none."""
    kind = pyoxigraph.NamedNode(f"{NAMESPACES['rdf']}type")
    scheme = pyoxigraph.NamedNode(f"{NAMESPACES['skos']}ConceptScheme")
    for quad in store.quads_for_pattern(None, kind, scheme):
        if isinstance(quad.subject, pyoxigraph.NamedNode) and "scheme/" in quad.subject.value:
            return quad.subject.value.rsplit("scheme/", 1)[0]
    return DEFAULT_BASE


def rdflib_graph(store: pyoxigraph.Store) -> rdflib.Graph:
    """An rdflib Graph over the store, for users' Python: the same triples, nothing copied.

    Raises ConfigurationError where oxrdflib, which joins the two, is not installed.
    """
    try:
        import oxrdflib
    except ImportError as e:
        raise ConfigurationError(
            "oxrdflib is not installed, which lets rdflib read the store; pip install oxrdflib"
        ) from e
    import rdflib
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    return rdflib.Graph(oxrdflib.OxigraphStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
