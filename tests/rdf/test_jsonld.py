"""JSON-LD with a context: the same graph for every reader, whatever stands in text and ids."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple
from rdflib.compare import isomorphic

from kg.rdf import export, jsonld
from kg.rdf.jsonld import Compact
from kg.rdf.terms import Terms
from tests.tables_fixture import tables

B = "https://kg.example.org/"
S, P = NamedNode(f"{B}hardware/x"), NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
HARD = [
    Literal(f'{B}hardware/gpu'), Literal(f'"{B}hardware/gpu"'), Literal(f'["{B}hardware/gpu", "@value":"{B}"]'),
    Literal(f'\\"{B}hardware/gpu\\'), Literal(f'}},{{"@id":"{B}paper/1"}}'), Literal("hardware:gpu"),
    Literal(f"{B}hardware/", language="en"), Literal(f"{B}model/", datatype=NamedNode(f"{B}ontology#type")),
    NamedNode(f"{B}paper///x"), NamedNode(f"{B}paper/a:b/c"), NamedNode(f"{B}hardware/"),
    NamedNode("https://doi.org/10.1000/a(1)"), Literal("".join(chr(p * 0x10000 + 0x1234) for p in range(17))),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib 7 makes one
@pytest.mark.parametrize("term", HARD, ids=str)
def test_no_term_is_lost_or_changed(term: Literal | NamedNode) -> None:
    triples = {Triple(S, P, term)}
    document = Compact.text(pyoxigraph.serialize(triples, format=RdfFormat.JSON_LD), Terms())
    assert {quad.triple for quad in pyoxigraph.parse(document, format=RdfFormat.JSON_LD)} == triples
    assert isomorphic(
        rdflib.Graph().parse(data=document, format="json-ld"),
        rdflib.Graph().parse(data=pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES), format="nt"),
    )


@pytest.mark.parametrize("base", ["https://a.example/", "paper:x/", "kg:/"])
@pytest.mark.parametrize("enough", [0, 100, 2**18])
def test_a_graph_is_the_same_under_every_base_and_in_parts_of_every_size(
    base: str, enough: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonld, "_ENOUGH", enough)
    export.write_graph(tables(), tmp_path, base, formats=("jsonld",))
    one, other = ({q.triple for q in pyoxigraph.parse(path=tmp_path / f"kg.{name}")} for name in ("nt", "jsonld"))
    assert one == other


def test_names_are_short(tmp_path: Path) -> None:
    export.write_graph(tables(), tmp_path, formats=("jsonld",))
    document = json.loads((tmp_path / "kg.jsonld").read_text(encoding="utf-8"))
    assert document["@context"]["hardware"] == f"{B}hardware/"
    (a100,) = (thing for thing in document["@graph"] if thing["@id"] == "hardware:nvidia-a100")
    assert a100["kg:madeBy"] == [{"@id": "vendor:nvidia"}]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib 7 makes one
def test_rdflib_reads_it_as_the_graph_that_the_ntriples_are(tmp_path: Path) -> None:
    export.write_graph(tables(), tmp_path, formats=("jsonld",))
    assert isomorphic(rdflib.Graph().parse(tmp_path / "kg.jsonld"), rdflib.Graph().parse(tmp_path / "kg.nt"))


def test_the_file_beneath_stays_open() -> None:
    file = io.BytesIO()
    Compact(file, Terms()).close()
    assert not file.closed
