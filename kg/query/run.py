"""A question and a source in, a table of answers out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query import errors
from kg.query.engine import Term
from kg.query.parameters import bind
from kg.query.questions import Question, parse, questions, read
from kg.query.source import connect
from kg.query.table import Iri, Table

_WHOLE = frozenset(
    ["integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger", "gYear"]
)
_REAL = frozenset(["decimal", "double", "float"])


def find(question: str | Path | Question, folder: Path | str | None = None) -> Question:
    """A question by its name, its file, or its SPARQL; `folder` holds the user's own questions.

    Raises QueryError where there is none of that name, with the nearest.
    """
    if isinstance(question, Question):
        return question
    text = str(question)
    if isinstance(question, str) and ("{" in text or "\n" in text):
        return parse("query", text)
    if text.endswith(".rq"):
        return read(Path(text), "own")
    known = {q.name: q for q in questions(folder)}
    if text not in known:
        raise QueryError(
            f"no question is called {text!r}{errors.hint(text, known) or ';'} kg query --list shows all {len(known)}; "
            "a file of your own ends in .rq"
        )
    return known[text]


def run(question: str | Path | Question, source: Any, *, folder: Path | str | None = None, **parameters: Any) -> Table:
    """The answers to a question.

    `question` is a name (`questions()`), a file, or SPARQL; `source` a folder of a build, tables, an Oxigraph store or
    an rdflib graph; parameters are values by name (`hardware="A100"`). A parameter's column is left out: it is the
    same in every row. Raises QueryError.
    """
    asked, source = find(question, folder), connect(source)
    errors.check_names(asked.text, source.terms)
    bound = bind(asked, parameters, source)
    try:
        columns, rows = source.solve(asked.text, bound)
        keep = [i for i, column in enumerate(columns) if column not in bound]
        answers = [tuple(_value(row[i]) for i in keep) for row in rows]
    except Exception as e:
        raise errors.explain(e, asked.text) from e
    return Table(tuple(columns[i] for i in keep), answers)


def _value(term: Term | None) -> Any:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Iri(term.value)
    if not isinstance(term, Literal):
        return str(term)
    datatype = term.datatype.value.rpartition("#")[2]
    try:
        if datatype in _WHOLE:
            return int(term.value)
        if datatype in _REAL:
            return float(term.value)
    except ValueError:  # an ill-typed literal is its text
        return term.value
    return term.value == "true" if datatype == "boolean" else term.value
