"""Oxigraph stores: in memory, cached beside a big file, and as a door for rdflib."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg.errors import InputError
from kg.rdf import export, store
from tests.tables_fixture import tables

ADDED = '<https://kg.example.org/hardware/x> <http://www.w3.org/2000/01/rdf-schema#label> "X" .\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    export.write(tables(), tmp_path, formats=("nt",))
    return tmp_path


def test_a_big_file_is_loaded_once_into_a_store_beside_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "IN_MEMORY", 0)
    expected = len(store.load(tables()))
    assert len(store.open_store(folder)) == expected
    made = (folder / store.CACHE / "store" / "CURRENT").stat().st_mtime_ns
    assert len(store.open_store(folder)) == expected
    assert (folder / store.CACHE / "store" / "CURRENT").stat().st_mtime_ns == made, "the cache was used"


def test_a_changed_file_is_loaded_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "IN_MEMORY", 0)
    before = len(store.open_store(folder))
    with (folder / export.NT).open("a", encoding="utf-8") as file:
        file.write(ADDED)
    assert len(store.open_store(folder)) == before + 1
    assert sorted(path.name for path in folder.glob(".oxigraph*")) == [store.CACHE]


@pytest.mark.parametrize("content", [b"", b"junk"])
def test_a_damaged_store_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(store, "IN_MEMORY", 0)
    expected = len(store.open_store(folder))
    for path in (folder / store.CACHE / "store").iterdir():
        path.write_bytes(content)
    assert len(store.open_store(folder)) == expected


def test_a_store_that_cannot_be_read_at_all_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: str) -> pyoxigraph.Store:
        raise RuntimeError(f"Corruption: {path}")

    monkeypatch.setattr(store, "IN_MEMORY", 0)
    monkeypatch.setattr(pyoxigraph.Store, "read_only", fails, raising=False)
    with pytest.raises(InputError, match=r"cannot load .*kg\.nt: Corruption"):
        store.open_store(folder)


def test_a_cached_store_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "IN_MEMORY", 0)
    cached = store.open_store(folder)
    with pytest.raises(RuntimeError, match="read-write"):
        cached.update("DELETE WHERE { ?s ?p ?o }")


def test_a_file_that_is_no_rdf_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "IN_MEMORY", 0)
    (folder / export.NT).write_text("no triple here")
    with pytest.raises(InputError, match="cannot load"):
        store.open_store(folder)


def test_the_base_is_read_from_the_store() -> None:
    assert store.base_of(store.load(tables(), "https://other.example/x/")) == "https://other.example/x/"
    assert store.base_of(pyoxigraph.Store()) == "https://kg.example.org/"


def test_rdflib_sees_the_same_triples() -> None:
    ours = store.load(tables())
    graph = store.rdflib_graph(ours)
    assert len(graph) == len(ours)
    label = graph.value(rdflib.URIRef("https://kg.example.org/hardware/nvidia-a100"), rdflib.RDFS.label)
    assert str(label) == "NVIDIA A100"
    (row,) = graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?x a <https://kg.example.org/ontology#Paper> }")
    assert int(row[0]) == 7
