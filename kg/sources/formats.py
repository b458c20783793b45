"""The table of formats, and which of them a file has: by its content, not by its name."""

from __future__ import annotations

import codecs
import difflib
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from kg.errors import ConfigurationError
from kg.sources import atom, daily_papers, delimited, json_array, jsonl, parquet
from kg.sources.base import Bad, Raw

HEAD = 65_536  # bytes that decide
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive (or an office document)",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"\x7fELF": "a program",
    b"ARROW1": "an Arrow file",
}


class Format(NamedTuple):
    """A format: whether a text begins as it does, and its reader."""

    name: str
    what: str
    recognise: Callable[[str], bool]
    read: Callable[[BinaryIO], Iterator[Raw | Bad]]


# In the order in which they are asked: from the most to the least particular.
FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("parquet", "Parquet", lambda head: head.startswith("PAR1"), parquet.read),
        Format("atom", "Atom feed of the arXiv API", atom.recognise, atom.read),
        Format("json", "JSON array of objects", json_array.recognise, json_array.read),
        Format("jsonl", "JSON lines, one object a line", jsonl.recognise, jsonl.read),
        Format("daily-papers", "text of a Daily Papers page", daily_papers.recognise, daily_papers.read),
        Format("csv", "CSV, TSV and the like, with a header row", delimited.recognise, delimited.read),
    )
}
# Other names that people use for them; arXiv's metadata dump is JSON lines.
ALIASES = {"hf-papers": "daily-papers", "txt": "daily-papers", "tsv": "csv", "ndjson": "jsonl", "arxiv": "jsonl"}
_KNOWN = f"known formats: {', '.join(FORMATS)}"


def by_name(name: str) -> Format:
    """The format of that name; raises ConfigurationError with the nearest one."""
    asked = name.lower().replace("_", "-").lstrip(".")
    if found := FORMATS.get(ALIASES.get(asked, asked)):
        return found
    near = difflib.get_close_matches(name, FORMATS, n=1)
    raise ConfigurationError(f"no format is called {name!r}; {_KNOWN}" + (f"; meant {near[0]!r}?" if near else ""))


def of_content(stream: BinaryIO) -> Format | Bad:
    """The format that the first bytes show, or why there is none; leaves the stream at its beginning."""
    head = stream.read(HEAD)
    stream.seek(0)
    if not head.strip(b"\x00 \t\r\n") or head in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Bad(None, "the file is empty", "was it written to the end? leave it out otherwise")
    if parquet.recognise(head):
        return FORMATS["parquet"]
    if problem := _binary(head):
        return problem
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    found = next((each for each in FORMATS.values() if each.recognise(text)), None)
    return found or Bad(None, "no known format of papers", f"{_KNOWN}; say which with --format", text[:200])


def _binary(head: bytes) -> Bad | None:
    what = next((what for magic, what in _MAGIC.items() if head.startswith(magic)), None)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    json_like = head.lstrip()[:1] in (b"{", b"[")  # stray control characters are for `clean`
    if what is None and not (wide or json_like) and len(_CONTROL.findall(head)) > 0.05 * len(head):
        what = "a binary file"
    return Bad(None, f"{what}, not text", f"give titles and abstracts; {_KNOWN}") if what else None
