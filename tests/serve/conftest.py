"""A folder as a build writes it, and servers over it on free ports of this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from kg.rdf import export
from kg.view import explorer
from tests.tables_fixture import tables

pytest.importorskip("uvicorn", reason="needs the extra `serve`")
httpx = pytest.importorskip("httpx", reason="needs the extra `dev`")

TIMEOUT = 1.0
MAX_ROWS = 20
ORIGIN = "https://allowed.example"


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("served")
    export.write(tables(), made)
    explorer.write(tables(), made)
    return made


class Running:
    """A server in a thread; `get` and `post` do not follow redirects."""

    def __init__(self, folder, **options) -> None:
        from kg.serve.app import create_app
        from kg.serve.run import bind, hosts, server, url

        self._socket = bind("127.0.0.1", 0)
        self.url = url(self._socket).rstrip("/")
        app = create_app(folder, hosts=hosts("127.0.0.1"), workers=2, **options)
        self._server = server(app)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        self._client = httpx.Client(base_url=self.url, timeout=60)
        self.get, self.post, self.request = self._client.get, self._client.post, self._client.request

    def ask(self, query, accept="text/csv", **more):
        return self.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})

    def stop(self) -> None:
        self._client.close()
        self._server.should_exit = True
        self._thread.join(30)
        assert not self._thread.is_alive()
        self._socket.close()


@pytest.fixture(scope="session")
def server(folder) -> Iterator[Running]:
    """A server with room: queries may take long and give much."""
    running = Running(folder, timeout=60)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def strict(folder) -> Iterator[Running]:
    """A server with little patience, that one foreign origin may read."""
    running = Running(folder, timeout=TIMEOUT, max_rows=MAX_ROWS, cors=[ORIGIN])
    yield running
    running.stop()
