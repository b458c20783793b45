"""Named questions over HTTP: a question and its parameters in, its answer or its SPARQL out; and the examples.

Values are bound as terms, by `kg.query.parameters`; in an example that a reader may edit they stand as VALUES.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query import words
from kg.query.parameters import bind
from kg.query.questions import Question
from kg.query.source import Source
from kg.rdf import ontology
from kg.serve.answer import Answer, say
from kg.serve.protocol import Asked
from kg.serve.worker import source, sparql

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?", re.ASCII)


class Example(NamedTuple):
    """A question as the query page offers it."""

    name: str
    title: str
    group: str
    query: str


class Offered(NamedTuple):
    """What the query page offers: examples, prefixes, and the terms that are completed while one types."""

    examples: tuple[Example, ...]
    prefixes: dict[str, str]
    classes: tuple[str, ...]
    properties: tuple[str, ...]


def ask(question: Question, given: Mapping[str, str], accept: str | None, max_rows: int) -> Answer:
    """The answer to a named question."""
    here = source()
    try:
        bound = bind(question, given, here)
    except QueryError as e:
        return say(400, str(e))
    return sparql(Asked(question.text), accept, max_rows, bound)


def offered(questions: list[Question]) -> Offered:
    """What there is to offer over the store of this process."""
    return offer(source(), questions)


def offer(here: Source, questions: list[Question]) -> Offered:
    """What there is to offer over a store."""
    terms: dict[bool, list[str]] = {True: [], False: []}
    for term in ontology.terms():
        terms[term.kind == "owl:Class"].append(here.terms.expand(term.name))
    examples = tuple(Example(q.name, q.title, q.group, written(q, here)) for q in questions)
    return Offered(examples, here.terms.prefixes(), tuple(sorted(terms[True])), tuple(sorted(terms[False])))


def written(question: Question, here: Source) -> str:
    """A question as SPARQL that any client can send: prefixes declared, its example's values in place."""
    prefixes = here.terms.prefixes()
    try:
        bound = bind(question, question.example, here)
    except QueryError:  # the example's thing is not in this knowledge base
        bound = {}
    values = "".join(f"\n  VALUES ?{name} {{ {_term(term, prefixes)} }}" for name, term in bound.items())
    text = re.sub(r"\bWHERE\s*\{", lambda where: where[0] + values, question.text, count=1)
    used = {name.prefix for name in words.names(text)} - set(words.prefixes(text))
    declared = "".join(f"PREFIX {p}: <{prefixes[p]}>\n" for p in sorted(used) if p in prefixes)
    return re.sub(r"^(?!#)", declared, text, count=1, flags=re.MULTILINE)  # below the question in English


def _term(term: NamedNode | Literal, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, NamedNode):
        for prefix, space in prefixes.items():
            if term.value.startswith(space) and _LOCAL.fullmatch(term.value[len(space) :]):
                return f"{prefix}:{term.value[len(space) :]}"
    return str(term)
