"""The questions and a built sample corpus in, the page that documents them out, as Markdown.

`python -m kg.query.document FOLDER > docs/questions.md`, where FOLDER is a build of the sample corpus.
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from typing import Any

from kg.query.questions import Question, questions
from kg.query.run import run
from kg.query.source import connect

_SHOWN, _WIDTH = 5, 60
_HEAD = """# Questions

Each question is a file of SPARQL in `kg/query/questions/`, asked by its name: on the command line
(`kg query methods-by-hardware --hardware A100`), in Python (`kb.query("methods-by-hardware", hardware="A100")`), or at
the endpoint of `kg serve`. A name of a thing may be its label, an alias, its key or its IRI, and a class of hardware
takes in all that stands under it. The answers below are the first rows on the sample corpus; longer text is cut.

Your own questions are files `NAME.rq` in a folder: `kg query --questions FOLDER NAME`. The first line is the question
as a comment; further comments name its parameters, which stand in SELECT:

```sparql
# Which papers propose something in a year?
# parameter year: year = 2024; the year of the papers
# example: year=2022
SELECT ?year ?paper ?proposal
WHERE { ?p fabio:hasPublicationYear ?year ; rdfs:label ?paper ; kg:proposes/rdfs:label ?proposal }
ORDER BY ?paper ?proposal
```

A parameter's type is a type of entity (`Hardware`, `Method`, ..., `Vendor`), `Paper`, `number`, `integer`, `year` or
`text`. It is bound to a term of RDF and never becomes part of the query's text. Prefixes need no declaration; the terms
are explained in `ontology.html` of every build and in [RDF](rdf.md).
"""


def page(source: Any) -> str:
    """The page, with the answers that the source gives."""
    source = connect(source)
    parts = [_HEAD]
    for group, members in groupby(questions(), key=lambda q: q.group):
        parts.append(f"\n## {group.capitalize()}\n")
        parts += [_question(question, source) for question in members]
    return "".join(parts)


def _question(question: Question, source: Any) -> str:
    options = "".join(f" --{name} {_quoted(value)}" for name, value in question.example.items())
    table = run(question, source, **question.example)
    lines = [f"\n### {question.name}\n\n{question.title}\n\n```console\n$ kg query {question.name}{options}\n```\n"]
    lines += [
        f"\n- `{p.name}`, {p.type}{f' ({p.default})' if p.default else ''}: {p.definition}."
        for p in question.parameters
    ]
    if not table.rows:
        return "".join([*lines, "\n\nNothing in the sample corpus.\n"])
    lines += ["\n\n| ", " | ".join(table.columns), " |\n", "| --- " * len(table.columns), "|\n"]
    lines += [f"| {' | '.join(map(_cell, row))} |\n" for row in table.rows[:_SHOWN]]
    rest = len(table.rows) - _SHOWN
    return "".join([*lines, f"\nand {rest} more rows.\n" if rest > 0 else ""])


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _cell(value: Any) -> str:
    text = re.sub(r"\s+", " ", "" if value is None else f"{value:g}" if isinstance(value, float) else str(value))
    text = text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1].rstrip()}…"
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", text)


if __name__ == "__main__":
    sys.stdout.write(page(sys.argv[1]))
