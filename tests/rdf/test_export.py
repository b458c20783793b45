"""Tables to RDF files: one graph in every format, sorted, the same bytes, whatever stands in the text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.errors import ConfigurationError
from kg.rdf import annotations, describe, export, ontology, shapes
from kg.rdf.terms import DEFAULT_BASE, Terms
from kg.store import Tables
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE, tables

BASE = "https://graph.example.com/hw/"
SKOS = "http://www.w3.org/2004/02/skos/core#"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("rdf")
    export.write(tables(), where, formats=tuple(export.FORMATS))
    return where


def triples(path: Path) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in pyoxigraph.parse(path=path)}


def with_title(title: str) -> Tables:
    row = tables().papers.to_pylist()[0]
    papers = pa.Table.from_pylist([{**row, "title": title}], schema=tables().papers.schema)
    return Tables(*(t.slice(0, 0) for t in tables()))._replace(papers=papers)


def test_every_format_is_the_same_graph_for_a_strict_parser(folder: Path) -> None:
    expected = triples(folder / export.NT)
    assert len(expected) > 1000
    for name in export.FORMATS:
        assert triples(folder / f"kg.{name}") == expected, name


def test_rdflib_reads_turtle_and_ntriples_as_isomorphic_graphs(folder: Path) -> None:
    assert isomorphic(rdflib.Graph().parse(folder / "kg.ttl"), rdflib.Graph().parse(folder / "kg.nt"))


def test_ntriples_are_sorted_and_canonical_and_repeat_nothing(folder: Path) -> None:
    content = (folder / export.NT).read_bytes()
    lines = content.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert (
        pyoxigraph.serialize(pyoxigraph.parse(content, pyoxigraph.RdfFormat.N_TRIPLES), format=export.FORMATS["nt"])
        == content
    )


def test_the_order_of_rows_does_not_matter(folder: Path, tmp_path: Path) -> None:
    t = tables()
    turned = Tables(*(table.take(list(reversed(range(table.num_rows)))) for table in t))
    export.write(turned, tmp_path)
    for name in ("kg.nt", "kg.ttl"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_base_is_the_users(tmp_path: Path) -> None:
    export.write(tables(), tmp_path, base=BASE)
    text = (tmp_path / export.NT).read_text("utf-8")
    assert DEFAULT_BASE not in text
    assert f"<{BASE}hardware/nvidia-a100> <{SKOS}broader> <{BASE}hardware/nvidia-ampere> .\n" in text


@pytest.mark.parametrize("base", ["kg", "https://kg.example.org", "https://a b/", "", "https://x/<y>/"])
def test_a_base_that_is_no_iri_is_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(ConfigurationError, match="expected an absolute IRI that ends in / or #"):
        export.write(tables(), tmp_path, base=base)


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no RDF format 'rdfa'; there are nt, ttl"):
        export.write(tables(), tmp_path, formats=("rdfa",))


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigurationError, match="cannot write RDF to"):
        export.write(tables(), tmp_path / "file")


def test_a_literal_may_hold_every_unicode_plane(tmp_path: Path) -> None:
    controls = "".join(map(chr, (*range(0x20), 0x7F, 0x85, 0x2028, 0xFFFE)))
    title = controls + '"\\' + "".join(chr(plane * 0x10000 + 0x1234) for plane in range(17)) + "\U0010ffff"
    export.write(with_title(title), tmp_path, formats=tuple(export.FORMATS))
    for name in export.FORMATS:
        titles = {t.object.value for t in triples(tmp_path / f"kg.{name}") if t.predicate.value.endswith("terms/title")}
        assert titles == {title}, name


def test_a_hostile_key_is_an_iri_and_comes_back(folder: Path) -> None:
    subjects = {t.subject.value for t in triples(folder / "kg.nt") if t.object == pyoxigraph.Literal(HOSTILE_TITLE)}
    assert {Terms().key(iri) for iri in subjects} == {HOSTILE_KEY}


def test_an_empty_knowledge_base_is_valid(tmp_path: Path) -> None:
    export.write(Tables(*(t.slice(0, 0) for t in tables())), tmp_path)
    assert len(triples(tmp_path / "kg.ttl")) == 8 * 4, "the schemes of the seven types and the vendors"


def test_a_fact_is_a_plain_triple_and_a_statement_with_its_words(folder: Path) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=folder / "kg.nt")
    (row,) = store.query(
        """SELECT ?support ?confidence ?quote ?start ?end ?source WHERE {
             method:flexstream kg:targetsHardware hardware:amd-alveo-u280 .
             ?st rdf:subject method:flexstream ; rdf:predicate kg:targetsHardware ; rdf:object hardware:amd-alveo-u280 ;
                 kg:support ?support ; kg:confidence ?confidence ; kg:evidence ?e .
             ?e prov:value ?quote ; prov:wasQuotedFrom/dcterms:title ?source ;
                oa:hasSelector [ oa:start ?start ; oa:end ?end ] }""",
        prefixes=Terms().prefixes(),
    )
    assert [row[i].value for i in range(3)] == [
        "1", "0.8", "FlexStream applies quantization to CNNs and targets the Alveo U280",
    ]  # fmt: skip
    assert int(row["end"].value) - int(row["start"].value) == len(row["quote"].value)
    assert row["source"].value == "FlexStream: quantization for the Alveo U280"


def test_support_counts_papers(tmp_path: Path) -> None:
    t = tables()
    fact = next(f for f in t.facts.to_pylist() if f["subject"] == "method/flexstream")
    more = [{**fact, "start": fact["start"] + 1, "score": 0.95}, {**fact, "paper": "paper/hash:0123abcd"}]
    facts = pa.concat_tables([t.facts, pa.Table.from_pylist(more, schema=t.facts.schema)])
    export.write(t._replace(facts=facts), tmp_path)
    store = pyoxigraph.Store()
    store.bulk_load(path=tmp_path / "kg.nt")
    (row,) = store.query(
        """SELECT ?support ?confidence (COUNT(?e) AS ?evidences) WHERE {
             ?st rdf:subject method:flexstream ; rdf:predicate kg:targetsHardware ;
                 kg:support ?support ; kg:confidence ?confidence ; kg:evidence ?e } GROUP BY ?support ?confidence""",
        prefixes=Terms().prefixes(),
    )
    assert [row[i].value for i in range(3)] == ["2", "0.95", "3"]


def test_results_are_numbers_with_units(folder: Path) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=folder / "kg.nt")
    rows = store.query(
        """SELECT ?value ?unit ?metric WHERE { ?r a kg:Result ; qudt:numericValue ?value ; qudt:hasUnit ?unit ;
             mls:specifiedBy/rdfs:label ?metric FILTER(?value > 10) }""",
        prefixes=Terms().prefixes(),
    )
    assert [[v.value for v in row] for row in rows] == [["30", "http://qudt.org/vocab/unit/MilliSEC", "latency"]]


def test_a_known_doi_and_arxiv_id_link_out_and_an_unknown_one_does_not(folder: Path) -> None:
    same = {t.object.value for t in triples(folder / "kg.nt") if t.predicate.value.endswith("owl#sameAs")}
    assert "https://doi.org/10.48550/arXiv.2401.00001" in same
    assert "https://doi.org/10.1000/serve(1)" in same
    assert len(same) == 5


def test_the_folder_is_an_ro_crate_of_its_files(folder: Path) -> None:
    crate = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    things = {thing["@id"]: thing for thing in crate["@graph"]}
    assert things["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert things["./"]["datePublished"] == "2024-02-01", "RO-Crate wants a day: the first of what is known"
    assert "belong to their authors" in things[things["./"]["license"]["@id"]]["description"]
    parts = {part["@id"] for part in things["./"]["hasPart"]}
    assert parts == {path.name for path in folder.iterdir()} - {"ro-crate-metadata.json"}
    assert all(things[name]["contentSize"] == str((folder / name).stat().st_size) for name in parts)


def test_the_description_counts_what_there_is(folder: Path) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=folder / "void.ttl")
    query = "SELECT ?n { ?d a void:Dataset ; void:triples ?n }"
    (row,) = store.query(query, prefixes=Terms().prefixes())
    assert int(row["n"].value) == len(triples(folder / "kg.nt"))


COUNTED = """SELECT ?what ?n WHERE {
  { ?part void:class ?what ; void:entities ?n } UNION { ?part void:property ?what ; void:triples ?n }
  UNION { ?part void:linkPredicate ?what ; void:objectsTarget/void:uriSpace ?space ; void:triples ?n } }"""


def test_the_description_counts_classes_relations_and_links_as_they_are(folder: Path) -> None:
    store, described = pyoxigraph.Store(), pyoxigraph.Store()
    store.bulk_load(path=folder / "kg.nt")
    described.bulk_load(path=folder / "void.ttl")
    kind, links = pyoxigraph.NamedNode(Terms().expand("rdf:type")), 0
    for row in described.query(COUNTED.replace("?n WHERE", "?n ?space WHERE"), prefixes=Terms().prefixes()):
        term, space = row["what"], row["space"]
        if space is not None:
            quads = [q for q in store.quads_for_pattern(None, term, None) if q.object.value.startswith(space.value)]
            links += 1
        elif term.value.rpartition("#")[2][0].isupper():
            quads = list(store.quads_for_pattern(None, kind, term))
        else:
            quads = list(store.quads_for_pattern(None, term, None))
        assert len(quads) == int(row["n"].value), term
    assert links == 3, "DOIs, topics of CSO, and Wikidata"


def test_mentions_that_stand_beside_the_graph_are_described_and_in_the_crate(tmp_path: Path) -> None:
    graph = export.write_graph(tables(), tmp_path, formats=("nt",))
    path = tmp_path / annotations.MENTIONS
    export.describe_graph(tables(), graph, mentions=describe.Mentions(path, annotations.write(tables(), path)))
    store = pyoxigraph.Store()
    store.bulk_load(path=tmp_path / "void.ttl")
    (row,) = store.query(
        "SELECT ?n ?size { ?d void:dataDump <https://kg.example.org/mentions.nt> ; void:triples ?n ; "
        "dcat:distribution/dcat:byteSize ?size }",
        prefixes=Terms().prefixes(),
    )
    assert [int(row[i].value) for i in range(2)] == [len(triples(path)), path.stat().st_size]
    assert '"mentions.nt"' in (tmp_path / "ro-crate-metadata.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "module"), [("ontology.ttl", ontology), ("shapes.ttl", shapes)])
def test_ontology_and_shapes_are_turtle_as_people_write_it(folder: Path, name: str, module: ModuleType) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert "_:" not in text
    assert "rdf:first" not in text
    written = rdflib.Graph().parse(data="".join(module.lines(DEFAULT_BASE)), format="nt")
    assert isomorphic(rdflib.Graph().parse(data=text, format="turtle"), written)


def test_the_hash_seed_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from kg.graph import export as graph; from kg.rdf import export as rdf; "
        "from tests.tables_fixture import tables; graph.write(tables(), sys.argv[1]); rdf.write(tables(), sys.argv[1])"
    )
    root = Path(__file__).resolve().parents[2]
    written = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(out)], check=True, cwd=root, env=environment)
        written.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert written[0] == written[1]
    assert written[0][Path("kg.ttl")] == (folder / "kg.ttl").read_bytes()


@pytest.mark.parametrize("base", ["http://a.example/", "http://www.w3.org/2001/kg/", "https://z.example/kg/"])
def test_lines_are_sorted_wherever_the_base_stands_among_the_vocabularies(base: str, tmp_path: Path) -> None:
    count = export.write_lines(tables(), tmp_path / "kg.nt", base)
    lines = (tmp_path / "kg.nt").read_bytes().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert count == len(lines)
