"""Parquet files with a column for the title and one for the abstract; only the columns that we know are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.sources.base import Bad, Raw
from kg.sources.fields import missing, named

_BATCH = 1_000  # rows


def recognise(head: bytes) -> bool:
    """Whether the bytes begin as a Parquet file does."""
    return head.startswith(b"PAR1")


def read(stream: BinaryIO) -> Iterator[Raw | Bad]:
    """Each row, counted from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = 0
    try:
        file = pq.ParquetFile(stream)
        if problem := missing(file.schema_arrow.names):
            yield problem._replace(line=None, hint=problem.hint.replace(", in the first row", ""))
            return
        columns = [name for name in file.schema_arrow.names if named({name: 1})] + [
            name for name in ("paper", "externalIds") if name in file.schema_arrow.names
        ]
        for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
            for fields in batch.to_pylist():
                row += 1
                yield Raw(row, fields)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        message = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Bad(row + 1 if row else None, f"a damaged Parquet file: {message}", "write the file again")
