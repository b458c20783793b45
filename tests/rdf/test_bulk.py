"""A store on disk from a file, in this process or in one with another allocator."""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph
import pytest

from kg.rdf import bulk, export
from tests.tables_fixture import tables

FASTER = bulk.allocator()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    export.write(tables(), tmp_path / "rdf", formats=("nt",))
    return tmp_path / "rdf" / export.NT


@pytest.mark.parametrize("library", [None, "no-such-library.so", FASTER])
def test_the_store_is_the_same_whatever_the_allocator(
    source: Path, tmp_path: Path, library: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "allocator", lambda: library)
    bulk.load(source, tmp_path / "store")
    strict = pyoxigraph.Store()
    strict.bulk_load(path=source)
    assert set(pyoxigraph.Store(str(tmp_path / "store"))) == set(strict)


def test_a_process_that_fails_leaves_nothing_behind(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = pyoxigraph.Store(str(tmp_path / "store"))
    half.load(b"<urn:a> <urn:b> <urn:c> .", pyoxigraph.RdfFormat.N_TRIPLES)
    del half
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    monkeypatch.setattr(bulk, "allocator", lambda: "any.so")
    bulk.load(source, tmp_path / "store")
    assert pyoxigraph.Quad(*[pyoxigraph.NamedNode(f"urn:{x}") for x in "abc"]) not in pyoxigraph.Store(
        str(tmp_path / "store")
    )


def test_a_file_that_is_no_rdf_is_refused_here_too(tmp_path: Path) -> None:
    (tmp_path / "bad.nt").write_text("no triple here")
    with pytest.raises(SyntaxError):
        bulk.load(tmp_path / "bad.nt", tmp_path / "store")


@pytest.mark.skipif(sys.platform != "linux", reason="an allocator is chosen so on Linux only")
def test_the_tests_know_a_faster_allocator() -> None:
    assert FASTER is not None, "pip install 'hardware-kg[archive]'"
