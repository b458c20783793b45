"""Views that a second process writes."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg import store
from kg.pipeline import beside
from tests.tables_fixture import tables

FILES = ["graph/graph.gexf", "graph/graph.graphml", "graph/graph.json", "network.html"]


def _written(folder: Path) -> list[bytes]:
    store.write_tables(tables(), folder)
    with beside.writing(tables(), folder):
        pass
    return [(folder / name).read_bytes() for name in FILES]


def test_it_writes_the_same_bytes_beside_and_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("beside", "alone", "many"):
        (tmp_path / name).mkdir()
    other = _written(tmp_path / "beside")
    monkeypatch.setattr(beside, "MOST", 0)
    assert _written(tmp_path / "many") == other
    monkeypatch.undo()
    monkeypatch.setattr(sys, "executable", "")
    assert _written(tmp_path / "alone") == other


def test_where_the_process_fails_the_error_is_raised_here(tmp_path: Path) -> None:
    (tmp_path / "graph").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="graph"):
        _written(tmp_path)


def _failing(folder: Path) -> None:
    with beside.writing(tables(), folder):
        raise KeyError("rdf")


def test_an_error_here_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = beside._start

    def kept(folder: Path) -> subprocess.Popen[bytes] | None:
        process = start(folder)
        assert process is not None
        started.append(process)
        return process

    monkeypatch.setattr(beside, "_start", kept)
    store.write_tables(tables(), tmp_path)
    with pytest.raises(KeyError, match="rdf"):
        _failing(tmp_path)
    assert started[0].returncode is not None  # it has been waited for
