"""A query and a store in, the bytes of the answer out, in the format that the client asks for.

Solutions are cut after a number of rows: they are written as TSV, one line each, until there are enough, and from
there into the format that was asked for; both by Oxigraph, so that no term is written by us.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import IO, NamedTuple, cast

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from kg.errors import QueryError
from kg.query import errors
from kg.query.engine import Bound
from kg.query.source import Source
from kg.rdf.jsonld import Compact
from kg.rdf.terms import Terms
from kg.serve.accept import GRAPHS, SOLUTIONS, choose
from kg.serve.protocol import Asked
from kg.serve.refuse import FILES, SERVICE, refusal

PLAIN = "text/plain; charset=utf-8"
_WITH_PREFIXES = (RdfFormat.TURTLE, RdfFormat.RDF_XML)


class Answer(NamedTuple):
    """What goes back: an HTTP status, a media type, the bytes, and what else there is to say."""

    status: int
    media: str
    body: bytes
    headers: dict[str, str]


def solve(
    source: Source, asked: Asked, accept: str | None, max_rows: int, bound: Bound | None = None, sealed: bool = False
) -> Answer:
    """The answer of a source, in the format that an Accept header asks for, with at most so many rows."""
    reason = refusal(asked.query, sealed)
    if any(iri.lower().startswith("file:") for iri in (*asked.default_graphs, *asked.named_graphs)):
        reason = FILES
    if reason:
        return say(403, reason)
    try:
        found = _found(source, asked, bound or {})
        if isinstance(found, pyoxigraph.QueryTriples):
            return graph(found, accept, max_rows, source, _hint(source, asked.query))
        return _solutions(found, accept, max_rows, _hint(source, asked.query))
    except (SyntaxError, ValueError) as e:
        return say(400, _explained(source, asked.query, e))
    except RuntimeError as e:  # what only shows while the query runs
        return say(400, str(errors.explain(e, asked.query)))
    except OSError as e:  # a sealed process that was asked to reach out
        return say(403, SERVICE) if "SERVICE" in asked.query.upper() else say(500, f"the store cannot be read: {e}")


def _found(
    source: Source, asked: Asked, bound: Bound
) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    default, named = ([NamedNode(iri) for iri in iris] for iris in asked[1:])
    whole = not default and not named
    assert isinstance(source.store, pyoxigraph.Store)  # noqa: S101 - `connect` of a folder gives no other
    return source.store.query(
        asked.query,
        prefixes=source.terms.prefixes(),
        default_graph=None if whole else list(default),
        named_graphs=None if whole else list(named),
        substitutions={pyoxigraph.Variable(name): term for name, term in bound.items()} or None,
    )


def _explained(source: Source, query: str, error: Exception) -> str:
    try:
        if isinstance(error, SyntaxError):
            errors.check_names(query, source.terms)
    except QueryError as better:
        return str(better)
    return str(errors.explain(error, query))


def _hint(source: Source, query: str) -> dict[str, str]:
    """A term that its vocabulary does not have is no error in SPARQL, and hardly ever meant."""
    try:
        errors.check_names(query, source.terms)
    except QueryError as e:
        return {"Kg-Hint": header(str(e))}
    return {}


def _solutions(
    found: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean, accept: str | None, max_rows: int, more: dict[str, str]
) -> Answer:
    media = choose(accept, SOLUTIONS)
    if media is None:
        return not_acceptable(SOLUTIONS)
    form = SOLUTIONS[media]
    media = next(name for name, known in SOLUTIONS.items() if known == form)  # the registered name of an alias
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Answer(200, media, found.serialize(format=form) or b"", more)
    rows = _Rows(max_rows)
    try:
        found.serialize(cast("IO[bytes]", rows), QueryResultsFormat.TSV)
    except OSError:
        if not rows.full:
            raise
    body = rows.text()
    if form != QueryResultsFormat.TSV:
        parsed = pyoxigraph.parse_query_results(body, QueryResultsFormat.TSV)
        body = parsed.serialize(format=form) or b""
    return Answer(200, media, body, more | (_cut(max_rows) if rows.full else {}))


def graph(
    triples: Iterable[pyoxigraph.Triple], accept: str | None, max_rows: int, source: Source, more: dict[str, str]
) -> Answer:
    """Triples in the format that an Accept header asks for."""
    media = choose(accept, GRAPHS)
    if media is None:
        return not_acceptable(GRAPHS)
    form = GRAPHS[media]
    media = next(name for name, known in GRAPHS.items() if known == form)
    some = list(islice(triples, max_rows + 1))
    prefixes = _used(some, source.terms) if form in _WITH_PREFIXES else None
    body = pyoxigraph.serialize(some[:max_rows], format=form, prefixes=prefixes) or b""
    if form == RdfFormat.JSON_LD:
        body = Compact.text(body, source.terms)
    return Answer(200, media, body, more | (_cut(max_rows) if len(some) > max_rows else {}))


def _used(triples: Iterable[pyoxigraph.Triple], terms: Terms) -> dict[str, str]:
    """The prefixes of what stands in the triples, so that a short answer has a short head."""
    text = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return {name: space for name, space in terms.prefixes().items() if f"<{space}".encode() in text}


class _Rows:
    """A file that takes so many lines of TSV and a head, and then is full."""

    def __init__(self, rows: int) -> None:
        self._lines = rows + 1
        self._parts: list[bytes] = []
        self._seen = 0
        self.full = False

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        self._seen += part.count(b"\n")
        if self._seen > self._lines:
            self.full = True
            raise OSError("enough rows")
        return len(part)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def text(self) -> bytes:
        """The head and the rows that fit."""
        whole = b"".join(self._parts)
        return b"".join(line + b"\n" for line in whole.split(b"\n", self._lines)[: self._lines]) if self.full else whole


def _cut(max_rows: int) -> dict[str, str]:
    return {"Kg-Truncated": f"only the first {max_rows} rows; ask for the others with ORDER BY, LIMIT and OFFSET"}


def not_acceptable(offered: Iterable[str]) -> Answer:
    """The refusal of an Accept header, with what there is."""
    return say(406, f"no format that you accept; there are {', '.join(offered)}")


def say(status: int, text: str, headers: dict[str, str] | None = None) -> Answer:
    """A sentence as an answer."""
    return Answer(status, PLAIN, f"{text}\n".encode("utf-8", "replace"), headers or {})


def header(text: str) -> str:
    """Text as the value of an HTTP header: one line of ASCII, whatever stood in the query."""
    return " ".join(text.split()).encode("ascii", "backslashreplace").decode()[:500]
