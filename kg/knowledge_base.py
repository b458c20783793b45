"""A built knowledge base as an object, for notebooks: its tables, its graph, its RDF, and answers to questions.

In: a folder that `kg.build` wrote. Everything is loaded at its first use.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import store
from kg.store import Tables

if TYPE_CHECKING:
    import networkx
    import pyarrow as pa
    import rdflib

    from kg.query.table import Table

GRAPH, RDF = "graph", "rdf"  # folders beneath a build's


class KnowledgeBase:
    """The tables of a build, and what is made from them."""

    def __init__(self, folder: Path | str, tables: Tables | None = None) -> None:
        self.folder = Path(folder)
        if tables is not None:
            self.__dict__["tables"] = tables

    def __repr__(self) -> str:
        """Where it is and how much it holds.

        >>> KnowledgeBase("output", store.empty())
        KnowledgeBase('output': 0 papers, 0 mentions, 0 entities, 0 facts, 0 results)
        """
        counts = ", ".join(f"{table.num_rows:,} {name}" for name, table in self.tables._asdict().items())
        return f"KnowledgeBase({str(self.folder)!r}: {counts})"

    @cached_property
    def tables(self) -> Tables:
        """The five tables; raises InputError where the folder holds none."""
        return store.read(self.folder)

    @property
    def papers(self) -> pa.Table:
        """One row a paper."""
        return self.tables.papers

    @property
    def mentions(self) -> pa.Table:
        """One row a span of a paper's text that names an entity."""
        return self.tables.mentions

    @property
    def entities(self) -> pa.Table:
        """One row a model, method, software, dataset, piece of hardware, metric, task or vendor."""
        return self.tables.entities

    @property
    def facts(self) -> pa.Table:
        """One row a statement of a paper with its evidence."""
        return self.tables.facts

    @property
    def results(self) -> pa.Table:
        """One row a quantity that a paper reports."""
        return self.tables.results

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the build read, set aside and wrote; raises InputError where the folder holds none."""
        return store.manifest(self.folder)

    def graph(self) -> networkx.MultiDiGraph[str]:
        """The graph, made anew: change it as you like."""
        from kg.graph.build import build

        return build(self.tables)

    @cached_property
    def _source(self) -> Any:
        from kg.query.source import connect

        return connect(self.folder if (self.folder / RDF).is_dir() else self.tables)

    def rdflib_graph(self) -> rdflib.Graph:
        """An rdflib Graph of the RDF."""
        from kg.rdf.store import rdflib_graph

        return rdflib_graph(self._source.store)

    def query(self, question: str | Path, **parameters: Any) -> Table:
        """The answers to a named question, a file of SPARQL, or SPARQL itself: `kb.query(NAME, hardware="A100")`.

        Raises QueryError.
        """
        from kg.query.run import run

        return run(question, self._source, **parameters)


def open(folder: Path | str) -> KnowledgeBase:  # noqa: A001 # kg.open, as one opens a file
    """The knowledge base in a folder; raises InputError where there is none that this version can read."""
    store.manifest(folder)
    return KnowledgeBase(folder)
