"""What a question is asked of: a folder, tables, an Oxigraph store or an rdflib graph -> a Source.

Names of things are resolved here: "A100" is the hardware that has this label or alias. Exact words are looked up in the
store's index; only where they miss are all names of the type compared in their look-up form.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from kg import schema
from kg.errors import QueryError
from kg.query.engine import Bound, Solutions, solve
from kg.query.errors import nearest
from kg.rdf import store as stores
from kg.rdf.terms import DEFAULT_BASE, Terms
from kg.store import Tables
from kg.text import lookup_key

if TYPE_CHECKING:
    import rdflib

SLUGS = {kind.name: slug for slug, kind in schema.NODE_KINDS.items()}
_LABELS = ("rdfs:label", "skos:altLabel")
_PAPER_LABELS = ("fabio:hasArXivId", "dcterms:identifier", "rdfs:label")
_SCHEME = "SELECT ?scheme WHERE { ?scheme a <http://www.w3.org/2004/02/skos/core#ConceptScheme> }"


class _Named(NamedTuple):
    """A thing with a name; sorts by papers, most first."""

    minus_papers: int
    iri: str
    name: str


class Source:
    """A store, the base of its IRIs, and the names of what is in it."""

    def __init__(self, store: pyoxigraph.Store | rdflib.Graph, base: str | None = None) -> None:
        self.store = store
        self.terms = Terms(base or self._base())
        self._known: dict[str, dict[str, _Named]] = {}

    def _base(self) -> str:
        rows = solve(self.store, _SCHEME, {}, {}).rows
        iris = [row[0].value for row in rows if isinstance(row[0], NamedNode)]
        return next((iri.rsplit("scheme/", 1)[0] for iri in iris if "scheme/" in iri), DEFAULT_BASE)

    def solve(self, query: str, bound: Bound | None = None) -> Solutions:
        """The engine's solutions; parameters are bound as terms."""
        return solve(self.store, query, self.terms.prefixes(), bound or {})

    def everything(self, kind: str) -> NamedNode:
        """What stands for all things of a type: the scheme that holds them."""
        return self._iri(f"scheme/{SLUGS[kind]}")

    def resolve(self, kind: str, name: str, *others: str) -> NamedNode:
        """The IRI of a thing by its IRI, key, label or alias; among several, the one in most papers.

        Of several types the first that has one. Raises QueryError where nothing of those types has the name, with the
        nearest that exist.
        """
        kinds = (kind, *others)
        found = next(filter(None, (self.find(each, name) for each in kinds)), None)
        if found:
            return found
        known = {thing.name for each in kinds for thing in self._names(each).values()}
        near = nearest(name, known, 3)
        offer = f"the nearest are {', '.join(near)}" if near else f"{len(known)} names are known"
        raise QueryError(f"no {' or '.join(kinds)} is called {name!r}; {offer}")

    def find(self, kind: str, name: str) -> NamedNode | None:
        """The same, or None where nothing of that type has the name."""
        slug = SLUGS[kind]
        key = self.terms.key(name) or name.replace(f"{slug}:", f"{slug}/", 1)
        if key.startswith(f"{slug}/") and next(iter(self._exact(kind, f"<{self._iri(key).value}>")), None):
            return self._iri(key)
        for form in (name, name.lower(), name.upper(), name.capitalize(), name.title()):  # found without a look at all
            for label in _labels(kind):
                if found := sorted(self._exact(kind, "?e", f"; {label} {Literal(form)}")):
                    return NamedNode(found[0].iri)
        close = self._names(kind).get(lookup_key(name))
        return NamedNode(close.iri) if close else None

    def _iri(self, key: str) -> NamedNode:
        return NamedNode(self.terms.iri(key)[1:-1])

    def _exact(self, kind: str, subject: str, condition: str = "") -> Iterator[_Named]:
        return self._things(f"{subject} a kg:{kind} {condition} . BIND('' AS ?name) BIND({subject} AS ?thing)")

    def _names(self, kind: str) -> dict[str, _Named]:
        if kind not in self._known:
            known: dict[str, _Named] = {}
            for label in reversed(_labels(kind)):  # a label before an alias
                names: dict[str, _Named] = {}
                for found in self._things(f"?thing a kg:{kind} ; {label} ?name ."):
                    key = lookup_key(found.name)
                    names[key] = min(found, names.get(key, found))
                known |= names
            self._known[kind] = known
        return self._known[kind]

    def _things(self, pattern: str) -> Iterator[_Named]:
        query = f"SELECT ?thing ?name ?papers WHERE {{ {pattern} OPTIONAL {{ ?thing kg:paperCount ?papers }} }}"
        for thing, name, papers in self.solve(query).rows:
            if isinstance(thing, NamedNode) and isinstance(name, Literal):
                yield _Named(-int(papers.value) if isinstance(papers, Literal) else 0, thing.value, name.value)


def _labels(kind: str) -> tuple[str, ...]:
    return _PAPER_LABELS if kind == "Paper" else _LABELS


def connect(source: Any) -> Source:
    """A Source of what there is: a folder of RDF, tables, a store, an rdflib graph, or a Source itself.

    Raises QueryError for anything else, InputError for a folder without a graph.
    """
    if isinstance(source, Source):
        return source
    if isinstance(source, Tables):
        return Source(stores.load(source), DEFAULT_BASE)
    if isinstance(source, str | Path):
        inside = Path(source) / "rdf"
        return Source(stores.open_store(inside if inside.is_dir() else source))
    if isinstance(source, pyoxigraph.Store) or hasattr(source, "triples"):
        return Source(source)
    raise QueryError(f"cannot ask a {type(source).__name__}; expected a folder, tables, a store or an rdflib graph")
