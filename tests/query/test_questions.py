"""The named questions on the small knowledge base: the expected rows, from Oxigraph and from rdflib."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import QueryError
from kg.query.questions import GROUPS, parse, questions
from kg.query.run import run
from kg.query.source import Source, connect
from kg.rdf.lines import lines
from kg.rdf.terms import DEFAULT_BASE
from tests.query.answers import ANSWERS
from tests.tables_fixture import tables


@pytest.fixture(scope="module")
def oxigraph() -> Source:
    return connect(tables())


@pytest.fixture(scope="module")
def rdflib() -> Source:
    import rdflib

    memory = rdflib.Graph()
    return connect(memory.parse(data="".join(lines(tables(), DEFAULT_BASE)), format="nt"))


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize(("name", "parameters", "rows"), ANSWERS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_question_has_its_rows(
    request: pytest.FixtureRequest, engine: str, name: str, parameters: dict[str, Any], rows: list[tuple[Any, ...]]
) -> None:
    assert run(name, request.getfixturevalue(engine), **parameters).rows == rows


def test_every_question_has_expected_rows() -> None:
    assert {q.name for q in questions()} == {name for name, *_ in ANSWERS}


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)
def test_every_question_is_asked_in_english_and_has_an_example(question: Any) -> None:
    assert question.title.endswith("?")
    assert question.group in GROUPS[:-1]
    assert set(question.example) <= {p.name for p in question.parameters}
    assert {p.name for p in question.parameters if p.default is None} <= set(question.example)


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)
def test_every_question_says_its_order(question: Any) -> None:
    assert "ORDER BY" in question.text


def test_a_users_folder_adds_questions_and_wins(tmp_path: Path, oxigraph: Source) -> None:
    (tmp_path / "mine.rq").write_text("# How many papers are there?\nSELECT (COUNT(*) AS ?n) WHERE { ?p a kg:Paper }")
    (tmp_path / "hardware-with-memory.rq").write_text("# Mine?\nSELECT (1 AS ?one) WHERE {}")
    found = {q.name: q for q in questions(tmp_path)}
    assert found["mine"].group == "own"
    assert found["hardware-with-memory"].title == "Mine?"
    assert run("mine", oxigraph, folder=tmp_path).rows == [(7,)]
    assert run(tmp_path / "mine.rq", oxigraph).rows == [(7,)]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no folder of questions"):
        questions(tmp_path / "nowhere")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="cannot read the question"):
        run(tmp_path / "gone.rq", tables())
    (tmp_path / "bytes.rq").write_bytes(b"# \xff\xfe")
    with pytest.raises(QueryError, match="cannot read the question"):
        run(tmp_path / "bytes.rq", tables())


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("# What?\n# group: nonsense", "no group 'nonsense'; there are hardware"),
        ("# What?\n# parameter x: colour", "no type 'colour'; there are Model"),
    ],
)
def test_a_header_that_says_nonsense_is_an_error(header: str, complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        parse("q", header)
