"""What the store says, in; HTML pages out. Jinja2 escapes everything: text from papers is never markup.

Our IRIs become links on this server; foreign http(s) ones lead away without saying from where; any other is text.
"""

from __future__ import annotations

import json

from markupsafe import Markup

from kg.serve.asking import Offered
from kg.serve.things import MOST, Thing
from kg.view.page import render

_OWN = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
#: What the pages may do. YASGUI sets styles inline and draws its icons from data; everything else is ours alone.
POLICY = {
    "thing": f"{_OWN}; frame-ancestors 'none'",
    "query": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "ontology": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    "explorer": "frame-ancestors 'none'",  # the page brings the rest itself
}


def thing(found: Thing, base: str) -> str:
    """The page of one thing."""
    return render("thing.html.j2", "kg.serve", thing=found, link=lambda iri: link(iri, base), most=MOST)


def query(offered: Offered, base: str) -> str:
    """The query page."""
    given = {
        "base": base,
        "prefixes": offered.prefixes,
        "classes": offered.classes,
        "properties": offered.properties,
        "examples": [example._asdict() for example in offered.examples],
    }
    text = json.dumps(given, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return render("query.html.j2", "kg.serve", data=Markup(text))  # noqa: S704 - no `<` is left to end the script


def link(iri: str, base: str) -> str | None:
    """Where a link to an IRI leads; None for what is not to be followed.

    >>> link("https://kg.example.org/hardware/fpga", "https://kg.example.org/")
    '/hardware/fpga'
    >>> link("javascript:alert(1)", "https://kg.example.org/") is None
    True
    """
    if iri.startswith(base):
        return f"/{iri[len(base) :].lstrip('/')}"
    return iri if iri.startswith(("https://", "http://")) else None
