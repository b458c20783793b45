"""A folder and a port in, a running server out, until it is interrupted."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigurationError

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

_NEEDED = ("starlette", "uvicorn")
# Seconds that a connection may stay idle: longer than clients keep one, or a server closes it just as its client asks
# again, and the client sees a reset. (uvicorn's own 5 s are what httpx keeps one for.)
_KEPT_ALIVE = 75
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    folder: Path | str,
    host: str = "127.0.0.1",
    port: int = 7878,
    *,
    timeout: float = 10.0,
    max_rows: int = 10_000,
    cors: Sequence[str] = (),
    base: str | None = None,
    workers: int | None = None,
    own_questions: Path | str | None = None,
) -> None:
    """Serves the folder of a build until it is interrupted. Port 0 takes any free port; the address is printed.

    Raises InputError where the folder has no graph, ConfigurationError where the port is taken or not ours to take, or
    the extra `serve` is not installed.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ConfigurationError(
            f"serving needs {', '.join(missing)}, which is not installed; pip install 'hardware-kg[serve]'"
        )
    from kg.serve.app import create_app

    listening = bind(host, port)
    try:
        app = create_app(
            folder,
            timeout=timeout,
            max_rows=max_rows,
            cors=cors,
            base=base,
            hosts=hosts(host),
            workers=workers,
            own_questions=own_questions,
        )
        print(f"{url(listening)} (explorer), {url(listening)}query, {url(listening)}sparql", flush=True)  # noqa: T201
        server(app).run(sockets=[listening])
    finally:
        listening.close()


def server(app: Starlette) -> uvicorn.Server:
    """The server of an app, not yet running."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(app, log_level="warning", server_header=False, ws="none", timeout_keep_alive=_KEPT_ALIVE)
    )


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to an address. Raises ConfigurationError with what to do where that cannot be."""
    if not 0 <= port <= 65535:
        raise ConfigurationError(f"port {port} does not exist: expected 0 (any that is free) to 65535")
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, proto)
    except OSError as e:
        raise ConfigurationError(f"no address {host!r} on this machine ({e.strerror}); leave --host out") from e
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except OSError as e:
        listening.close()
        if e.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else port - 1
            raise ConfigurationError(
                f"port {port} of {host} is in use by another program; stop that one, or take another: --port {other}"
            ) from e
        if e.errno == errno.EACCES:
            raise ConfigurationError(f"port {port} is not yours to take; choose one above 1023: --port 7878") from e
        raise ConfigurationError(f"cannot listen at {host}, port {port}: {e.strerror}; leave --host out") from e
    return listening


def hosts(host: str) -> tuple[str, ...]:
    """The names that a request may call this server.

    A server on this machine alone answers to its local names only, so that no page on the web can reach it under a
    name of its own that leads here.
    """
    return ("127.0.0.1", "localhost", "[::1]") if host in _LOOPBACK else ("*",)


def url(listening: socket.socket) -> str:
    """The address of a bound socket, as a browser takes it."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
