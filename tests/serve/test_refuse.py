"""What is not run at all, by its words."""

from __future__ import annotations

import pytest

from kg.serve.refuse import refusal


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { ?a ?b 'x'SERVICE<http://example.org/>{ ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "PREFIX x: <x:>\nDELETE WHERE { ?s ?p ?o }",
        "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP GRAPH <x:g>",
        "COPY DEFAULT TO <x:g>",
    ],
)
def test_federation_and_updates_are_refused_with_the_reason(query):
    assert "is refused: this endpoint" in refusal(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
        "ASK FROM NAMED <FILE:/etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "BASE <file:///etc/> ASK FROM <passwd> { ?s ?p ?o }",
    ],
)
def test_files_as_graphs_are_refused_with_the_reason(query):
    assert "this endpoint reads no files" in refusal(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK FROM <http://a.example/> { ?s ?p 'file:///etc/passwd' }",
        "ASK { ?s ?p <file:///etc/passwd> }",
        "SELECT * { ?service ?p 'SERVICE <x:a>', \"INSERT DATA\" }",
        "ASK { ?s <x:SERVICE> ?o } # LOAD <x:a>",
        "PREFIX service: <x:> ASK { ?s service:load ?delete }",
    ],
)
def test_the_same_words_as_names_or_text_are_no_reason(query):
    assert refusal(query) is None


def test_where_processes_cannot_be_sealed_the_word_is_enough():
    assert refusal("ASK { ?s ?p 'our service' }", sealed=False) is not None
    assert refusal("ASK { ?s ?p 'ours' }", sealed=False) is None
