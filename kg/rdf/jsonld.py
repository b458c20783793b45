"""Expanded JSON-LD as Oxigraph writes it in, the same with a context and prefixed names out, as a stream.

In JSON a quotation mark within text is escaped, so one after `{`, `[`, `,` or `:` begins a name or a value, and IRIs
can be told from text without parsing: what begins thus and is no `@value` is an IRI.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from typing import IO

from kg.rdf.terms import Terms

_ENOUGH = 2**18  # bytes that are looked at together
_BEGINS = b'{"@id":'


def _either(spaces: Iterable[bytes]) -> bytes:
    return b"|".join(re.escape(space) for space in sorted(spaces, key=len, reverse=True))


class Compact:
    """A file to write expanded JSON-LD into; `close` ends the document, and leaves the file beneath open."""

    def __init__(self, file: IO[bytes], terms: Terms) -> None:
        self._file, self._rest = file, b""
        prefixes = terms.prefixes()
        known = prefixes if terms.base.partition(":")[0] not in prefixes else {}  # or `kg:/x` would be a prefixed name
        self._names = {space.encode(): f'"{name}:'.encode() for name, space in known.items()}
        base = terms.base.encode()
        own = _either(space[len(base) :] for space in self._names if space.startswith(base))
        others = _either(space for space in self._names if not space.startswith(base))
        # The quotation mark first, though what stands before it decides, and our own first: each is a third faster.
        iri = rb'"(?<=[{,\[:]")(?<!"@value":")(%s(?:%s)|%s)(?!//)' % (re.escape(base), own, others)
        self._iri = re.compile(iri) if known else None
        file.write(b'{"@context":' + json.dumps(known, separators=(",", ":")).encode() + b',"@graph":')

    def write(self, part: bytes) -> int:
        """Takes a part of the document."""
        self._rest += part
        if len(self._rest) > _ENOUGH and (end := self._rest.rfind(_BEGINS)) > 0:  # never within an IRI
            self._give(end)
        return len(part)

    def flush(self) -> None:
        """Nothing that is whole waits to be written."""

    def close(self) -> None:
        """Writes what is left, and the end."""
        self._give(len(self._rest))
        self._file.write(b"}")

    @classmethod
    def text(cls, document: bytes, terms: Terms) -> bytes:
        """A whole document.

        >>> Compact.text(b'[{"@id":"https://kg.example.org/hardware/gpu"}]', Terms()).partition(b'"@graph":')[2]
        b'[{"@id":"hardware:gpu"}]}'
        """
        file = io.BytesIO()
        compact = cls(file, terms)
        compact.write(document)
        compact.close()
        return file.getvalue()

    def _give(self, end: int) -> None:
        whole, self._rest = self._rest[:end], self._rest[end:]
        if self._iri is not None:
            whole = self._iri.sub(lambda found: self._names[found[1]], whole)
        self._file.write(whole)
