"""What is wrong with a query, in words: the position, and the nearest prefix, term or name that exists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from kg.errors import QueryError
from kg.query import words
from kg.rdf import vocabulary
from kg.rdf.terms import NAMESPACES, Terms

_AT = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
#: What of the engine's list of expected tokens helps: it also names functions, and ranges of characters in brackets.
_EXPECTED = re.compile(r'"[.;,(){}]"|\b(?:AS|BY|FROM|GROUP|HAVING|LIMIT|OFFSET|ORDER|VALUES|WHERE)\b')


def nearest(name: str, known: Iterable[str], count: int = 1) -> list[str]:
    """The known names that look most like a name, capitals aside."""
    by_lower = {k.lower(): k for k in sorted(known, reverse=True)}
    return [by_lower[match] for match in get_close_matches(name.lower(), by_lower, count, 0.6)]


def hint(name: str, known: Iterable[str], shape: str = "{}") -> str:
    """A half-sentence that offers the nearest known name, or nothing.

    >>> hint("skoss", ["skos", "schema"], "`{}:`")
    '; did you mean `skos:`?'
    """
    found = nearest(name, known)
    return f"; did you mean {shape.format(found[0])}?" if found else ""


def check_names(query: str, terms: Terms) -> None:
    """Raises QueryError at the first prefix that nobody declared, or term that its vocabulary does not have."""
    prefixes = {**terms.prefixes(), **words.prefixes(query)}
    listed = {space: prefix for prefix, space in terms.prefixes().items() if prefix in vocabulary.LISTED}
    for name in words.names(query):
        where = f"line {name.line}, column {name.column}"
        if name.prefix not in prefixes:
            raise QueryError(
                f"{where}: no prefix {name.prefix}:{hint(name.prefix, prefixes, '{}:')} Declare it with "
                f"PREFIX {name.prefix}: <...>, or use one of {', '.join(terms.prefixes())}"
            )
        prefix = listed.get(prefixes[name.prefix])
        if prefix and name.local and not vocabulary.declares(prefix, name.local):
            nearby = hint(name.local, vocabulary.declared(prefix), f"{name.prefix}:{{}}")
            space = "our ontology" if prefix == "kg" else NAMESPACES[prefix]
            raise QueryError(f"{where}: no term {name.prefix}:{name.local} in {space}{nearby}")


def explain(error: Exception, query: str) -> QueryError:
    """An error of the engine as one of ours: position, what stands there, and what was expected."""
    message = str(error)
    if "SELECT projection" in message:
        variable = re.search(r"\?\w+", message)
        name = variable[0] if variable else "the parameter"
        return QueryError(f"parameter {name} does not stand in SELECT; add it there, and to a GROUP BY")
    for word, offset in words.keywords(query):
        if word in _UPDATES:
            return QueryError(f"{_place(query, offset)}: {word} changes data, which is only read here; use SELECT")
        if word not in _KEYWORDS:
            return QueryError(f"{_place(query, offset)}: no word {word} in SPARQL{hint(word, _KEYWORDS)}")
    match = _AT.search(message)
    if not match:
        return QueryError(f"the query cannot be answered: {message}")
    line, column, expected = int(match[1]), int(match[2]), match[3]
    lines = [*query.split("\n"), ""]
    found = re.match(r"\w+|\S", lines[line - 1][column - 1 :] if line <= len(lines) else "")
    there = repr(found[0]) if found else "the end of the line"
    if "unbound" in expected:
        return QueryError(
            f"line {line}, column {column}: SELECT names a variable that is not in GROUP BY or the pattern"
        )
    left = words.unclosed(query)
    if not found and left is not None:
        at = words.position(query, left)
        return QueryError(
            f"line {line}, column {column}: the query ends here, and nothing closes the {query[left]} of line {at[0]}, "
            f"column {at[1]}"
        )
    known = [] if "[" in expected else sorted(set(_EXPECTED.findall(expected)))
    say = f"; expected {' or '.join(known)}" if known else ""
    return QueryError(f"line {line}, column {column}: cannot go on at {there}{say}")


def _place(query: str, offset: int) -> str:
    line, column = words.position(query, offset)
    return f"line {line}, column {column}"


_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_KEYWORDS = frozenset(
    """A ABS ADJUST ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE
    DAY DESC DESCRIBE DISTINCT E ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS IF
    IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED
    NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR
    SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID
    SUBSTR SUM TIMEZONE TRUE TZ UCASE UNDEF UNION URI UUID VALUES WHERE YEAR""".split()  # noqa: SIM905 - a list of words
)
