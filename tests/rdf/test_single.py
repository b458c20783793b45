"""One format alone: to a file, to a stream, or beside the graph, where it is described."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kg.errors import ConfigurationError, InputError
from kg.rdf import crate, export, single
from kg.rdf.check import check
from tests.tables_fixture import tables

BASE = "https://graph.example.com/hw/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    export.write(tables(), folder, BASE)
    return folder


@pytest.mark.parametrize("name", export.FORMATS)
def test_a_format_alone_has_the_bytes_that_a_build_writes(built: Path, tmp_path: Path, name: str) -> None:
    single.write(tables(), name, tmp_path / "one", BASE)
    assert (tmp_path / "one").read_bytes() == (built / f"kg.{name}").read_bytes()


def test_mentions_are_written_beside_the_graph_with_its_base_and_described(built: Path) -> None:
    before = (built / export.VOID).read_bytes()
    path = single.add(tables(), single.ANNOTATIONS, built)
    stream = io.BytesIO()
    single.write(tables(), single.ANNOTATIONS, stream, BASE)
    assert path.read_bytes() == stream.getvalue()
    assert b"hw/mentions.nt" in (built / export.VOID).read_bytes()
    assert before != (built / export.VOID).read_bytes()
    assert check(built, 0) == []
    assert single.base_of(built) == BASE
    assert not list(built.glob("*.partial"))


def test_the_crate_of_the_whole_build_knows_of_it_too(tmp_path: Path) -> None:
    export.write(tables(), tmp_path / "rdf", formats=("nt",))
    (tmp_path / "foreign.txt").write_text("not of the build")
    crate.write(tables(), tmp_path, (tmp_path / "rdf").iterdir())
    single.add(tables(), single.ANNOTATIONS, tmp_path / "rdf")
    described = json.loads((tmp_path / crate.CRATE).read_text(encoding="utf-8"))["@graph"]
    sizes = {thing["@id"]: int(thing["contentSize"]) for thing in described if thing["@type"] == "File"}
    assert sizes == {f"rdf/{path.name}": path.stat().st_size for path in (tmp_path / "rdf").iterdir()}


def test_a_folder_without_a_described_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no described graph in .* name a file with --out"):
        single.add(tables(), "ttl", tmp_path)
    assert single.base_of(tmp_path) == "https://kg.example.org/"


def test_an_unknown_format_and_a_file_that_cannot_be_written_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no RDF format 'rdfa'; there are nt, ttl, trig, jsonld, annotations"):
        single.write(tables(), "rdfa", tmp_path / "x")
    with pytest.raises(ConfigurationError, match=r"cannot write .*: No such file or directory"):
        single.write(tables(), "nt", tmp_path / "none" / "x")
