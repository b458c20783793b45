"""Queries answered in this process: formats, rows, the dataset, and what is said when they are wrong."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.query.source import Source, connect
from kg.serve.accept import GRAPHS, SOLUTIONS
from kg.serve.answer import header, solve
from kg.serve.protocol import Asked
from tests.tables_fixture import tables


@pytest.fixture(scope="module")
def source():
    return connect(tables())


def ask(source, query, accept=None, max_rows=1000, **dataset):
    return solve(source, Asked(query, **dataset), accept, max_rows, sealed=True)


def bindings(answer):
    assert answer.status == 200
    return json.loads(answer.body)["results"]["bindings"]


@pytest.mark.parametrize("media", SOLUTIONS)
def test_solutions_come_in_every_format_that_is_offered(source, media):
    answer = ask(source, "SELECT ?s ?l { ?s a kg:Vendor ; rdfs:label ?l }", media)
    if media == "text/csv":
        found = {row["l"] for row in csv.DictReader(io.StringIO(answer.body.decode()))}
    else:
        found = {row["l"].value for row in pyoxigraph.parse_query_results(answer.body, SOLUTIONS[media])}
    assert found == {"NVIDIA", "AMD"}
    assert answer.media in list(SOLUTIONS)[:4]


@pytest.mark.parametrize("media", GRAPHS)
@pytest.mark.parametrize("query", ["DESCRIBE hardware:fpga", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s a kg:Vendor }"])
def test_graphs_come_in_every_format_that_is_offered(source, media, query):
    answer = ask(source, query, media)
    assert answer.media in list(GRAPHS)[:4]
    assert len(list(pyoxigraph.parse(answer.body, format=GRAPHS[media]))) > 4


@pytest.mark.parametrize("media", list(SOLUTIONS)[:4])
def test_a_truth_value_comes_in_every_format(source, media):
    assert b"true" in ask(source, "ASK { ?s a kg:Paper }", media).body


def test_a_format_that_is_not_there_is_named_with_those_that_are(source):
    answer = ask(source, "SELECT * {}", "text/turtle")
    assert (answer.status, b"application/sparql-results+json" in answer.body) == (406, True)
    answer = ask(source, "DESCRIBE hardware:fpga", "text/csv")
    assert (answer.status, b"text/turtle" in answer.body) == (406, True)


@pytest.mark.parametrize("media", list(SOLUTIONS)[:4])
def test_rows_beyond_the_limit_are_cut_and_that_is_said(source, media):
    answer = ask(source, "SELECT ?s ?p ?o { ?s ?p ?o }", media, max_rows=7)
    if media == "text/csv":
        rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    else:
        rows = list(pyoxigraph.parse_query_results(answer.body, SOLUTIONS[media]))
    assert len(rows) == 7
    assert "first 7 rows" in answer.headers["Kg-Truncated"]


def test_as_many_rows_as_the_limit_are_not_cut(source):
    answer = ask(source, "SELECT ?s { ?s a kg:Vendor }", max_rows=2)
    assert len(bindings(answer)) == 2
    assert "Kg-Truncated" not in answer.headers


def test_triples_beyond_the_limit_are_cut_and_that_is_said(source):
    answer = ask(source, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", max_rows=5)
    assert answer.body.count(b"\n") == 5
    assert "first 5 rows" in answer.headers["Kg-Truncated"]


TERMS = (
    r'("a\tb\n\r\"\\\u0041" 1) ("x"@en-GB UNDEF) (UNDEF UNDEF) (<http://x/é> "𝔸"^^<x:dt>)'
    ' (true 1.50) (1.0e9 "INF"^^xsd:double)'
    ' ("\U0002f800 \U000e0041 \U0010fffd \u200d" "")'
)


def test_no_term_is_lost_or_changed_on_its_way(source):
    query = f"SELECT ?v ?w {{ VALUES (?v ?w) {{ {TERMS} }} }}"
    direct = source.store.query(query, prefixes=source.terms.prefixes())
    assert json.loads(ask(source, query).body) == json.loads(
        direct.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
    )


@pytest.mark.parametrize(
    "query", ["SELECT * {}", "SELECT ?x { FILTER(false) }", "SELECT ?x { VALUES ?x { UNDEF 1 UNDEF } }"]
)
def test_solutions_without_values_are_still_counted(source, query):
    assert len(bindings(ask(source, query))) == len(list(source.store.query(query)))


def test_the_dataset_of_the_request_goes_before_that_of_the_query():
    store = pyoxigraph.Store()
    for name in "abc":
        store.add(Quad(NamedNode("x:s"), NamedNode("x:p"), Literal(name), NamedNode(f"x:{name}")))
    source = Source(store)
    every = "SELECT ?o FROM <x:c> { ?s ?p ?o } ORDER BY ?o"
    assert [b["o"]["value"] for b in bindings(ask(source, every))] == ["c"]
    both = ask(source, every, default_graphs=("x:a", "x:b"))
    assert [b["o"]["value"] for b in bindings(both)] == ["a", "b"]
    named = "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert [b["g"]["value"] for b in bindings(ask(source, named, named_graphs=("x:b",)))] == ["x:b"]
    assert bindings(ask(source, named, default_graphs=("x:a",))) == []
    assert bindings(ask(source, every, named_graphs=("x:b",))) == []
    assert ask(source, every, default_graphs=("no iri",)).status == 400


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?s skoss:broader ?o }", "line 1, column 15: no prefix skoss:; did you mean skos:?"),
        ("SELECT *\n{ ?s ?p ", "line 2, column"),
        ("SELEKT * {}", "did you mean SELECT?"),
        ("SELECT * { ?s <no iri> ?o }", "line 1, column"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "400"),
    ],
)
def test_a_query_that_does_not_parse_is_answered_with_its_place(source, query, said):
    answer = ask(source, query)
    assert said in f"{answer.status} {answer.body.decode()}"
    assert answer.status == 400


def test_a_term_that_its_vocabulary_does_not_have_is_answered_with_a_hint(source):
    answer = ask(source, "SELECT * { ?s a kg:Hardwear }")
    assert bindings(answer) == []
    assert "did you mean kg:Hardware?" in answer.headers["Kg-Hint"]


def test_a_header_is_one_line_of_ascii_whatever_stood_in_the_query():
    assert header("é𝔸\r\nSet-Cookie: a=b").isascii()
    assert "\n" not in header("é𝔸\r\nSet-Cookie: a=b")


def test_a_query_that_changes_data_is_refused(source):
    before = len(source.store)
    assert ask(source, "DELETE WHERE { ?s ?p ?o }").status == 403
    assert len(source.store) == before
