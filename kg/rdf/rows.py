"""Arrow tables in, rows in a wanted order out, a few thousand at a time; and the hashes that name statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.rdf.terms import Terms

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
_ROWS = 4096


class Keys(NamedTuple):
    """The hash of each row: of its statement (facts only) and of its evidence. They stay when papers are added."""

    statements: Numbers
    evidence: Numbers


def tuples(table: pa.Table, columns: Sequence[str], order: Numbers | None = None) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns, in the given order of row numbers."""
    table = table.select(columns)
    if order is not None:
        table = table.combine_chunks()  # taking from many chunks would join them anew each time
    for start in range(0, table.num_rows, _ROWS):
        part = table.slice(start, _ROWS) if order is None else table.take(pa.array(order[start : start + _ROWS]))
        yield from zip(*(column.to_pylist() for column in part.columns), strict=True)


def rows(table: pa.Table, order: Numbers | None = None) -> Iterator[dict[str, Any]]:
    """The rows as dicts."""
    names = table.column_names
    return (dict(zip(names, values, strict=True)) for values in tuples(table, names, order))


def hashes(keys: Numbers, order: Numbers) -> Iterator[str]:
    """Hashes in the given order, as text."""
    for start in range(0, len(order), _ROWS):
        for key in keys[order[start : start + _ROWS]].tolist():
            yield key.decode()


def by_iri(keys: pa.ChunkedArray, terms: Terms) -> Numbers:
    """Row numbers in the order of the lines that begin with the IRIs of the keys."""
    coded = pc.dictionary_encode(keys.combine_chunks())
    iris = [terms.iri(key) for key in coded.dictionary.to_pylist()]
    rank = np.empty(len(iris), np.int64)
    rank[sorted(range(len(iris)), key=iris.__getitem__)] = np.arange(len(iris))
    return np.argsort(rank[coded.indices.to_numpy(zero_copy_only=False)], kind="stable")


def of(table: pa.Table, column: str, slug: str) -> pa.Table:
    """The rows whose key in that column is of one kind."""
    return table.filter(pc.starts_with(table[column], f"{slug}/"))


def fact_keys(facts: pa.Table) -> Keys:
    """The hashes of facts: a statement is its triple; an evidence is the statement, the paper, the place, the rule."""
    statements, evidence = np.empty(facts.num_rows, "S20"), np.empty(facts.num_rows, "S20")
    columns = ("subject", "relation", "object", "paper", "start", "end", "extractor")
    for i, (subject, relation, object_, *place) in enumerate(tuples(facts, columns)):
        statements[i] = statement = digest(f"{subject}\0{relation}\0{object_}")
        evidence[i] = digest("\0".join(map(str, (statement, *place))))
    return Keys(statements, evidence)


def result_keys(results: pa.Table) -> Keys:
    """The hashes of results' evidence."""
    evidence = np.array([digest(f"result\0{key}") for key in results["key"].to_pylist()], "S20")
    return Keys(evidence, evidence)


def digest(parts: str) -> str:
    """The hash of what something says, as 20 hexadecimal digits: the last part of its IRI."""
    return blake2b(parts.encode(), digest_size=10).hexdigest()
