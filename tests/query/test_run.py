"""Asking: names resolve, parameters are terms, and what is typed wrongly is said with its place."""

# ruff: noqa: E501 - one case, one line

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError, QueryError
from kg.query.run import run
from kg.query.source import Source, connect
from kg.query.table import Iri, Table
from kg.rdf import export
from kg.rdf.terms import DEFAULT_BASE
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE, tables

TARGETS = "SELECT ?hardware ?m WHERE { ?m kg:targetsHardware/skos:broader* ?hardware } ORDER BY ?m"


@pytest.fixture(scope="module")
def source() -> Source:
    return connect(tables())


@pytest.mark.parametrize(
    "name",
    ["NVIDIA A100", "A100", "a100", "A100 GPUs", "Tesla A100", "hardware/nvidia-a100", "hardware:nvidia-a100",
     f"{DEFAULT_BASE}hardware/nvidia-a100", " A100 "],
)  # fmt: skip
def test_hardware_resolves_by_label_alias_key_and_iri(source: Source, name: str) -> None:
    assert run("methods-by-hardware", source, hardware=name).rows[0][:2] == ("TileFlow", "NVIDIA A100")


@pytest.mark.parametrize("paper", [HOSTILE_TITLE, HOSTILE_KEY])
def test_a_hostile_name_resolves_to_its_thing(source: Source, paper: str) -> None:
    assert source.terms.key(source.resolve("Paper", paper).value) == HOSTILE_KEY


@pytest.mark.parametrize(
    "paper", ["2401.00001", "arXiv:2401.00001", "paper/arxiv:2401.00001", "paper:arxiv:2401.00001"]
)
def test_a_paper_resolves_by_its_identifiers(source: Source, paper: str) -> None:
    assert source.terms.key(source.resolve("Paper", paper).value) == "paper/arxiv:2401.00001"


def test_an_unknown_name_is_an_error_with_the_nearest(source: Source) -> None:
    with pytest.raises(QueryError, match=r"no Hardware is called 'NVIDIA A10'; the nearest are NVIDIA A100"):
        run("methods-by-hardware", source, hardware="NVIDIA A10")


@pytest.mark.parametrize(
    "injected",
    [
        'A100" } DROP ALL #',
        "A100> ?x ?y . ?a ?b <",
        "<https://kg.example.org/hardware/gpu>",
        "\\",
        '"""',
        "\n}",
        "'",
        "?m",
    ],
)
def test_an_injected_text_is_a_name_that_nothing_has(source: Source, injected: str) -> None:
    before = len(source.store)
    with pytest.raises(QueryError, match="no Hardware is called"):
        run("methods-by-hardware", source, hardware=injected)
    assert len(source.store) == before


def test_an_injected_text_stays_a_literal(source: Source) -> None:
    text = '"} UNION { ?s ?p ?o } #'
    assert run("SELECT ?q ?s WHERE { ?s rdfs:label ?q }", source, q=text).rows == []
    assert len(run("SELECT ?q ?s WHERE { ?s rdfs:label ?q }", source, q=HOSTILE_TITLE).rows) == 1


def test_a_parameter_of_a_users_query_resolves_by_its_name(source: Source) -> None:
    assert run(TARGETS, source, hardware="fpga").columns == ("m",)
    assert len(run(TARGETS, source, hardware="fpga").rows) == 3


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("SELECT ?x WHERE { ?x skoss:broader ?y }", r"line 1, column 22: no prefix skoss:; did you mean skos:\?"),
        ("SELECT ?x\nWHERE { ?x kg:targetHardware ?y }", r"line 2, column 12: no term kg:targetHardware in our ontology; did you mean kg:targetsHardware\?"),
        ("SELECT ?x WHERE { ?x fabio:hasArXivID ?y }", r"no term fabio:hasArXivID .* did you mean fabio:hasArXivId\?"),
        ("PREFIX s: <http://www.w3.org/2004/02/skos/core#> SELECT ?x { ?x s:broder ?y }", r"did you mean s:broader\?"),
        ("SELCT ?x WHERE { ?x ?y ?z }", r"line 1, column 1: no word SELCT in SPARQL; did you mean SELECT\?"),
        ("SELECT ?x WHERE {\n ?x ?y ?z \n", "line 3, column 1: the query ends here, and nothing closes the { of line 1, column 17"),
        ("SELECT ?x WHERE { ?x ?y ?z } GROUP BY ?y", "names a variable that is not in GROUP BY"),
        ("DELETE WHERE { ?x ?y ?z }", "line 1, column 1: DELETE changes data"),
        ("LOAD <file:///etc/passwd> {", "line 1, column 1: LOAD changes data"),
        ("SELECT ?x WHERE { ?x ?y ?z FILTER(<http://no.example/f>(?x)) }", "cannot be answered"),
        ("{", "line 1, column 2: the query ends here, and nothing closes the { of line 1, column 1"),
        ("SELECT ?x { ?x a kg:Paper . FILTER ?x }\n", r"cannot go on at the end of the line$"),
        ("SELECT ?x WHERE\n ?x a kg:Paper }", r"line 2, column 2: cannot go on at .\?.; expected \"{\"$"),
    ],
)  # fmt: skip
def test_a_query_typed_wrongly_says_where_and_what_is_near(source: Source, query: str, complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        run(query, source)


def test_names_in_strings_comments_and_own_prefixes_are_left_alone(source: Source) -> None:
    query = """# kg:nothing here
    PREFIX my: <http://my.example/> PREFIX wd: <http://www.wikidata.org/entity/>
    SELECT ?x WHERE { ?x rdfs:label "kg:nothing", 'nope:x' ; my:thing wd:Q1 ; rdf:_1 <nope:y> . FILTER(?x<3&&3>1) }"""
    assert run(query, source).rows == []


def test_a_question_that_is_not_there_is_an_error_with_the_nearest(source: Source) -> None:
    with pytest.raises(
        QueryError, match="no question is called 'method-by-hardware'; did you mean methods-by-hardware"
    ):
        run("method-by-hardware", source)


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"hardwear": "A100"}, "has no parameter 'hardwear'; did you mean gigabytes|has no parameter 'hardwear'"),
        ({"gigabytes": "lots"}, "parameter gigabytes: expected a number such as 80 or 1.5, got 'lots'"),
        ({"gigabytes": "1e9"}, "expected a number"),
    ],
)
def test_a_wrong_parameter_is_an_error(source: Source, parameters: dict[str, str], complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        run("hardware-with-memory", source, **parameters)


def test_a_missing_parameter_is_an_error_with_an_example(source: Source) -> None:
    with pytest.raises(QueryError, match="needs first, Hardware; for example first=A100 second=MI300X"):
        run("evaluated-on-both", source)


def test_a_parameter_that_is_not_selected_is_an_error(source: Source) -> None:
    with pytest.raises(QueryError, match=r"parameter \?hardware does not stand in SELECT"):
        run("SELECT ?m WHERE { ?m kg:targetsHardware ?hardware }", source, hardware="A100")


def test_a_parameter_may_be_of_several_types(source: Source) -> None:
    assert run("hardware-by-method", source, method="EdgeΔNet").rows[0][:2] == ("targetsHardware", "microcontroller")
    with pytest.raises(QueryError, match="no Method or Model or Software is called 'nothing'"):
        run("hardware-by-method", source, method="nothing")
    with pytest.raises(QueryError, match="'quantisaton'; the nearest are quanti"):  # of any of the types
        run("hardware-by-method", source, method="quantisaton")


def test_ask_and_construct_are_tables_too(source: Source) -> None:
    assert run("ASK { ?x a kg:Paper }", source) == Table(("answer",), [(True,)])
    made = run("CONSTRUCT { ?x a kg:Paper } WHERE { ?x a kg:Paper }", source)
    assert made.columns == ("subject", "predicate", "object")
    assert len(made.rows) == 7


def test_a_folder_a_store_and_a_graph_can_be_asked(source: Source, tmp_path: Path) -> None:
    export.write(tables(), tmp_path / "rdf", base="https://other.example/")
    expected = run("methods-by-hardware", source)
    assert run("methods-by-hardware", tmp_path) == expected
    assert run("methods-by-hardware", str(tmp_path / "rdf")) == expected
    assert run("methods-by-hardware", source.store) == expected


def test_what_cannot_be_asked_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no kg.nt in .*expected a folder that kg build wrote"):
        run("methods-by-hardware", tmp_path)
    (tmp_path / "kg.nt").write_text("this is no triple")
    with pytest.raises(InputError, match="cannot load"):
        run("methods-by-hardware", tmp_path)
    with pytest.raises(QueryError, match="cannot ask a int"):
        run("methods-by-hardware", 3)


def test_cells_are_values(source: Source) -> None:
    row = run(
        "SELECT ?s ?y ?n ?none { ?s kg:year ?y ; kg:paperCount ?n FILTER(?s = hardware:nvidia-a100) }", source
    ).rows[0]
    assert row == ("https://kg.example.org/hardware/nvidia-a100", 2020, 4, None)
    assert isinstance(row[0], Iri)


def test_a_table_is_csv_json_and_text() -> None:
    table = Table(("name", "n"), [('say "hi",\nyou\x1b[31m', 1), (None, 2)])
    assert table.csv() == 'name,n\n"say ""hi"",\nyou\x1b[31m",1\n,2\n'
    assert json.loads(table.json()) == [{"name": 'say "hi",\nyou\x1b[31m', "n": 1}, {"name": None, "n": 2}]
    assert table.text().splitlines()[2] == 'say "hi", you [31m  1', "no line break and no escape reach the terminal"
    assert max(map(len, Table(("a", "b"), [("x" * 300, "y" * 90)]).text(60).splitlines())) <= 60
    assert Table(("a",), []).text() == "a\n-"
