"""The text of a query in, the reason why it is not run out: federation, and whatever would change data.

This is the polite half. The safe half is `kg.serve.worker`: a query runs in a process that can open no file and no
socket, so that one which slips past these words still reaches nothing.
"""

from __future__ import annotations

from kg.query import words

_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"])
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
SERVICE = (
    "SERVICE is refused: this endpoint reaches no other host. Ask each endpoint alone, or turn it round: "
    "from a store of your own that may reach this one"
)

FILES = "a file as a graph is refused: this endpoint reads no files; its graph is the default one, ask without FROM"


def refusal(query: str, sealed: bool = True) -> str | None:
    """Why this query is not run, or None.

    Where the process that runs it is not sealed, whatever contains the word SERVICE in any place is refused.

    >>> refusal("SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }").split(":")[0]
    'SERVICE is refused'
    >>> refusal("ASK FROM <file:///etc/passwd> { ?a ?b ?c }").split(":")[0]
    'a file as a graph is refused'
    >>> refusal("ASK { ?service a kg:Software # SERVICE\\n}") is None
    True
    """
    if not sealed and "SERVICE" in query.upper():
        return SERVICE
    found = [word for word, _ in words.keywords(query)]
    if "SERVICE" in found:
        return SERVICE
    if "FROM" in found and any(iri.lower().startswith("file:") for iri in words.iris(query)):
        return FILES
    first = next((word for word in found if word in _FORMS | _UPDATES), None)
    if first in _UPDATES:
        return f"{first} is refused: this endpoint only reads; build the knowledge base again to change it"
    return None
