"""The tables on disk: the knowledge base. Graph, RDF and pages are functions of them.

A key is `<slug>/<id>` (`paper/arxiv:2405.04434`, `hardware/nvidia-a100`, `vendor/amd`), the same in every table and in
every IRI. Rows are sorted, so that the same input gives the same bytes.

In a folder, a knowledge base is `manifest.json` and `tables/<name>.parquet`; a folder without a manifest is none. What
else a build writes beside them is listed in the manifest, so that the next build knows which files it may replace.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import InputError
from kg.folder import MANIFEST, whole

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_STRINGS = pa.list_(pa.string())

PAPERS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),  # paper/<id>
        pa.field("title", pa.string(), nullable=False),
        pa.field("abstract", pa.string(), nullable=False),
        pa.field("year", pa.int32()),
        pa.field("date", pa.string()),
        pa.field("url", pa.string()),
        pa.field("doi", pa.string()),
        pa.field("arxiv", pa.string()),
        pa.field("authors", _STRINGS),
        pa.field("categories", _STRINGS),
        pa.field("sources", _STRINGS),
    ]
)
MENTIONS = pa.schema(
    [
        pa.field("paper", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),  # code points into title + "\n\n" + abstract
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("entity", pa.string(), nullable=False),
        pa.field("sentence_start", pa.int32(), nullable=False),
        pa.field("sentence_end", pa.int32(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("confidence", pa.float32(), nullable=False),
    ]
)
SPEC = pa.struct(
    [
        ("name", pa.string()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("source", pa.string()),
        ("format", pa.string()),
    ]
)
ENTITIES = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),  # a name of schema.ENTITY_TYPES, or Vendor
        pa.field("label", pa.string(), nullable=False),
        pa.field("aliases", _STRINGS),
        pa.field("kind", pa.string()),
        pa.field("vendor", pa.string()),  # key of the vendor
        pa.field("family", pa.string()),
        pa.field("broader", _STRINGS),  # keys, direct parents only
        pa.field("part_of", _STRINGS),
        pa.field("year", pa.int32()),
        pa.field("wikidata", pa.string()),
        pa.field("specs", pa.list_(SPEC)),
        pa.field("inferred", pa.bool_(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("papers", pa.int32(), nullable=False),  # distinct papers that mention it; 0 for a mere ancestor
    ]
)
FACTS = pa.schema(
    [
        pa.field("subject", pa.string(), nullable=False),
        pa.field("relation", pa.string(), nullable=False),  # a name of schema.RELATIONS
        pa.field("object", pa.string(), nullable=False),
        pa.field("paper", pa.string(), nullable=False),
        pa.field("quote", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("extractor", pa.string(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),
        pa.field("cues", _STRINGS),
    ]
)
RESULTS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),  # result/<paper id>/<n>
        pa.field("paper", pa.string(), nullable=False),
        pa.field("metric", pa.string(), nullable=False),  # in the text's words
        pa.field("metric_entity", pa.string()),
        pa.field("value", pa.string(), nullable=False),  # as written
        pa.field("low", pa.float64()),
        pa.field("high", pa.float64()),
        pa.field("unit", pa.string()),  # QUDT code, or "x" for a ratio
        pa.field("better", pa.string()),
        pa.field("change", pa.string()),
        pa.field("hardware", pa.string()),  # keys
        pa.field("dataset", pa.string()),
        pa.field("baseline", pa.string()),
        pa.field("quote", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("extractor", pa.string(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),
        pa.field("cues", _STRINGS),
    ]
)
SCHEMAS = {"papers": PAPERS, "mentions": MENTIONS, "entities": ENTITIES, "facts": FACTS, "results": RESULTS}
ORDER = {
    "papers": ("key",),
    "mentions": ("paper", "start", "end", "entity"),
    "entities": ("key",),
    "facts": ("subject", "relation", "object", "paper", "start", "end"),
    "results": ("key",),
}

SCHEMA_VERSION = 1  # of the tables and of their place in the folder; a reader refuses others
TABLES = "tables"
_ROWS = 65_536  # rows of a row group


class Tables(NamedTuple):
    """The knowledge base: five tables with the schemas above."""

    papers: pa.Table
    mentions: pa.Table
    entities: pa.Table
    facts: pa.Table
    results: pa.Table


def empty() -> Tables:
    """A knowledge base of nothing."""
    return from_rows()


def from_rows(**rows: Iterable[Mapping[str, Any]]) -> Tables:
    """Tables of rows given by table name; columns that a row leaves out are null, rows are sorted.

    >>> from_rows(papers=[{"key": "paper/b", "title": "B", "abstract": "."}, {"key": "paper/a", "title": "A",
    ...     "abstract": "."}]).papers["title"].to_pylist()
    ['A', 'B']
    """
    if unknown := sorted(set(rows) - set(SCHEMAS)):
        raise KeyError(f"no table {unknown[0]!r}; the tables are {', '.join(SCHEMAS)}")
    made = {name: pa.Table.from_pylist([*rows.get(name, ())], schema=schema) for name, schema in SCHEMAS.items()}
    return Tables(**{name: ordered(name, table) for name, table in made.items()})


def ordered(name: str, table: pa.Table) -> pa.Table:
    """The table of that name with its rows in their order and its columns in their types.

    Strings take 64-bit offsets on the way: `Table.sort_by` fails where a column has more than 2 GB of text.
    """
    schema = SCHEMAS[name]
    wide = pa.schema([field.with_type(pa.large_string()) if field.type == pa.string() else field for field in schema])
    table = table.cast(wide).combine_chunks()
    rows = pc.sort_indices(table, sort_keys=[(key, "ascending") for key in ORDER[name]])
    parts = [table.take(rows.slice(start, _ROWS)).cast(schema) for start in range(0, table.num_rows, _ROWS)]
    return pa.concat_tables(parts) if parts else schema.empty_table()


def write(tables: Tables, folder: Path | str, about: Mapping[str, Any] | None = None) -> Path:
    """Write the tables and the manifest as the whole of a folder; an earlier knowledge base there is replaced.

    `about` is added to the manifest. Raises ConfigurationError where the folder cannot be written or holds other files.
    """
    with whole(folder, [TABLES]) as new:
        write_tables(tables, new)
        write_manifest(tables, new, about)
    return Path(folder)


def write_tables(tables: Tables, folder: Path) -> None:
    """Write `tables/*.parquet` beneath the folder: the same bytes for the same rows, however they are chunked."""
    import pyarrow.parquet as pq

    (folder / TABLES).mkdir()
    for name, table in tables._asdict().items():
        with pq.ParquetWriter(folder / TABLES / f"{name}.parquet", SCHEMAS[name], compression="zstd") as file:
            for start in range(0, table.num_rows, _ROWS):
                file.write_table(table.slice(start, _ROWS).cast(SCHEMAS[name]).combine_chunks(), row_group_size=_ROWS)


def write_manifest(tables: Tables, folder: Path, about: Mapping[str, Any] | None = None) -> None:
    """Write what the folder holds, after everything else: schema and tool version, counts, files, and `about`."""
    manifest = {
        "schema": SCHEMA_VERSION,
        "kg": _tool_version(),
        "rows": {name: table.num_rows for name, table in tables._asdict().items()},
        **(about or {}),
        "files": sorted({*(path.name for path in folder.iterdir()), MANIFEST}),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def manifest(folder: Path | str) -> dict[str, Any]:
    """The manifest of the knowledge base in a folder; raises InputError where there is none that we can read."""
    path = Path(folder) / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        known = found["schema"]
    except OSError as error:
        has = sorted(each.name for each in Path(folder).iterdir())[:8] if Path(folder).is_dir() else []
        there = f"; there {'are ' + ', '.join(has) if has else 'is nothing'}" if Path(folder).is_dir() else ""
        raise InputError(
            f"{folder} holds no knowledge base: {MANIFEST}: {error.strerror}{there}; "
            f"build one with: kg build PAPERS --out {folder}"
        ) from error
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{path} is damaged ({error!r}); build the folder again") from error
    if known != SCHEMA_VERSION:
        raise InputError(
            f"{folder} has tables of schema {known}, this version reads schema {SCHEMA_VERSION}; build it again"
        )
    return dict(found)


def read(folder: Path | str) -> Tables:
    """The knowledge base in a folder; raises InputError where it is missing, damaged or of another version."""
    manifest(folder)
    return read_tables(Path(folder))


def read_tables(folder: Path) -> Tables:
    """As `read`, of a folder that is still being written and so has no manifest."""
    import pyarrow.parquet as pq

    tables = {}
    for name, schema in SCHEMAS.items():
        path = folder / TABLES / f"{name}.parquet"
        if not path.is_file():
            raise InputError(f"{path} is missing; build the folder again")
        try:
            tables[name] = _row_groups(pq.ParquetFile(path, pre_buffer=False))
        except (OSError, pa.ArrowException) as error:
            reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
            raise InputError(f"{path} cannot be read: {reason}; build the folder again") from error
        if not tables[name].schema.equals(schema):
            raise InputError(f"{path} has other columns than schema {SCHEMA_VERSION} says; build the folder again")
    return Tables(**tables)


def _row_groups(file: pq.ParquetFile) -> pa.Table:
    """The whole file, one row group after the other: what reading it at once takes besides is a third more memory.

    Each column is joined to one piece, one after the other, so that nobody who sorts rows must join all of them again.
    """
    table = pa.Table.from_batches(file.iter_batches(_ROWS, use_threads=False), file.schema_arrow)
    for place, field in enumerate(table.schema):
        table = table.set_column(place, field, table.select([place]).combine_chunks()[0])
    pa.default_memory_pool().release_unused()
    return table


def _tool_version() -> str:
    try:
        return version("hardware-kg")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "unknown"
