"""What a user gives for the parameters of a question, in; RDF terms, out.

A value never becomes part of the query's text: it is a name that resolves to an IRI, or a literal of the parameter's
type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query.errors import hint
from kg.query.questions import ENTITY_PARAMETERS, Parameter, Question
from kg.query.source import SLUGS, Source
from kg.rdf.terms import NAMESPACES

ANY = "any"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMS = {
    "number": (_NUMBER, "decimal", "a number such as 80 or 1.5"),
    "integer": (re.compile(r"[+-]?\d+"), "integer", "a whole number"),
    "year": (re.compile(r"\d{4}"), "gYear", "a year such as 2024"),
    "text": (re.compile(".*", re.DOTALL), "string", "text"),
}


def bind(question: Question, given: Mapping[str, Any], source: Source) -> dict[str, NamedNode | Literal]:
    """Each parameter of a question as a term; what is not given takes its default.

    Raises QueryError where one is missing, is unknown, has no such form or names nothing.
    """
    known = {p.name: p for p in question.parameters}
    bound = {name: _bare(name, value, source) for name, value in given.items() if not known and value is not None}
    for name in given:
        if known and name not in known:
            raise QueryError(
                f"question {question.name} has no parameter {name!r}{hint(name, known) or ';'} "
                f"it has {', '.join(known)}"
            )
    for parameter in question.parameters:
        value = given.get(parameter.name)
        if value is None:
            value = parameter.default
        if value is None:
            example = "".join(f" {k}={v}" for k, v in question.example.items())
            raise QueryError(f"question {question.name} needs {parameter.name}, {parameter.type}; for example{example}")
        bound[parameter.name] = term(parameter, value, source)
    return bound


def term(parameter: Parameter, value: Any, source: Source) -> NamedNode | Literal:
    """One value as the term that its parameter's type asks for."""
    text = str(value).strip()
    kinds = parameter.type.split("|")
    if kinds[0] in SLUGS:
        if text.lower() == ANY and kinds[0] in ENTITY_PARAMETERS:
            return source.everything(kinds[0])
        return source.resolve(kinds[0], text, *kinds[1:])
    form, datatype, wanted = _FORMS[parameter.type]
    if not form.fullmatch(text):
        raise QueryError(f"parameter {parameter.name}: expected {wanted}, got {text!r}")
    return Literal(text, datatype=NamedNode(NAMESPACES["xsd"] + datatype))


def _bare(name: str, value: Any, source: Source) -> NamedNode | Literal:
    """A parameter that no comment declares: a number, a thing of the type that its name says, or text."""
    if not isinstance(value, str):
        return Literal(value)
    kind = next((kind for kind, slug in SLUGS.items() if slug == name.lower()), None)
    if kind:
        return source.resolve(kind, value)
    return Literal(int(value)) if value.isascii() and value.isdigit() else Literal(value)
