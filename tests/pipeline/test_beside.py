"""Views that a second process writes."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg import store
from kg.knowledge_base import RDF
from kg.pipeline import beside
from kg.rdf import export as rdf
from kg.rdf.terms import DEFAULT_BASE
from tests.tables_fixture import tables

FILES = ["graph/graph.gexf", "graph/graph.graphml", "graph/graph.json", "index.html", "network.html", "rdf/kg.jsonld"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """The processes that a test starts."""
    found: list[subprocess.Popen[str]] = []
    start = beside._start

    def kept() -> subprocess.Popen[str] | None:
        process = start()
        found.extend([process] if process else [])
        return process

    monkeypatch.setattr(beside, "_start", kept)
    return found


def _written(folder: Path) -> list[bytes]:
    with beside.started(len(tables().papers)) as second:
        store.write_tables(tables(), folder)
        second.tables_stand(folder, DEFAULT_BASE)
        rdf.write_graph(tables(), folder / RDF, formats=["ttl"])
        second.turtle_stands()
        assert second.finish(tables(), folder, DEFAULT_BASE) == (folder / RDF / "kg.jsonld",)
    return [(folder / name).read_bytes() for name in FILES]


def test_it_writes_the_same_bytes_beside_and_here(
    tmp_path: Path, started: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("beside", "alone", "many", "kg"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)  # where a folder has our name
    other = _written(tmp_path / "beside")
    assert [process.returncode for process in started] == [0]
    monkeypatch.setattr(beside, "MOST", 0)
    assert _written(tmp_path / "many") == other
    monkeypatch.setattr(beside, "MOST", 5_000)
    monkeypatch.setattr(sys, "executable", "")
    assert _written(tmp_path / "alone") == other


def test_where_the_process_fails_the_error_is_raised_here(tmp_path: Path) -> None:
    (tmp_path / "graph").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="graph"):
        _written(tmp_path)


def _failing() -> None:
    with beside.started(1):
        raise KeyError("rdf")


def test_an_error_here_ends_the_process(started: list[subprocess.Popen[str]]) -> None:
    with pytest.raises(KeyError, match="rdf"):
        _failing()
    assert [process.returncode for process in started] != [None]  # it has been waited for
