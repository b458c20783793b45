"""Lines of text in, a readable stream of bytes out: what Oxigraph parses without anyone holding it whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, cast


class _Bytes(io.RawIOBase):
    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        parts, size = [self._rest], len(self._rest)
        while size < len(buffer) and (line := next(self._lines, None)) is not None:
            parts.append(line.encode())
            size += len(parts[-1])
        whole = b"".join(parts)
        part, self._rest = whole[: len(buffer)], whole[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def stream(lines: Iterator[str]) -> IO[bytes]:
    """The lines, in UTF-8."""
    return cast("IO[bytes]", io.BufferedReader(_Bytes(lines), 2**16))
