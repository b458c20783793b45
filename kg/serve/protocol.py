"""A request to the endpoint in, the query that it asks out, as the SPARQL 1.1 Protocol says (section 2.1).

GET with `query` in the URL, POST with a form, POST with the query as the body. Anything else is refused, with the
status that the protocol or HTTP has for it, and in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
LONGEST = 1_000_000  # bytes of a body: a hundred times the longest query that people write
_UPDATES = "this endpoint only reads: it takes no update; build the knowledge base again to change it"


class Asked(NamedTuple):
    """A query and the dataset that it is to be asked of (IRIs; none means the whole store)."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class RefusedError(Exception):
    """A request that gets no answer: the HTTP status and the reason in words."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def by_get(search: bytes) -> Asked:
    """The query of a GET, from the part of the URL behind `?`. Raises RefusedError."""
    return _from(_pairs(search), ())


def by_post(content_type: str | None, search: bytes, body: bytes) -> Asked:
    """The query of a POST, from its media type, the part of the URL behind `?`, and its body. Raises RefusedError."""
    media, *parameters = (piece.strip().lower() for piece in (content_type or "").split(";"))
    charset = next((p[8:].strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
    if media == UPDATE:
        raise RefusedError(403, _UPDATES)
    if media not in (FORM, QUERY):
        raise RefusedError(415, f"cannot read a body of {media or 'no media type'}; send {FORM} or {QUERY}")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RefusedError(415, f"cannot read a query in {charset}; send UTF-8")
    if len(body) > LONGEST:
        raise RefusedError(413, f"the query is longer than {LONGEST} bytes")
    if media == FORM:
        return _from(_pairs(body), ())
    return _from(_pairs(search), (_utf8(body),))


def _pairs(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as e:
        raise RefusedError(400, f"the parameters are no percent-encoded UTF-8: {e}") from e


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise RefusedError(400, f"the query is no UTF-8: byte {e.start} cannot be read") from e


def _from(pairs: list[tuple[str, str]], direct: Iterable[str]) -> Asked:
    given = {name: tuple(v for n, v in pairs if n == name) for name, _ in pairs}
    if "update" in given:
        raise RefusedError(403, _UPDATES)
    queries = (*direct, *given.get("query", ()))
    if len(queries) > 1:
        raise RefusedError(400, f"{len(queries)} queries in one request; send one")
    if not queries or not queries[0].strip():
        raise RefusedError(400, "no query: expected the parameter `query` with a SPARQL 1.1 query")
    return Asked(queries[0], given.get("default-graph-uri", ()), given.get("named-graph-uri", ()))
