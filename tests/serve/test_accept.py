"""Content negotiation: the header of each kind of client, and the format that it gets."""

from __future__ import annotations

import pytest

from kg.serve.accept import GRAPHS, HTML, SOLUTIONS, choose


@pytest.mark.parametrize(
    ("header", "media"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("APPLICATION/SPARQL-RESULTS+XML ; Q=0.5", "application/sparql-results+xml"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("text/csv;q=nan, text/tab-separated-values", "text/tab-separated-values"),
        ("nonsense, text/csv", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
    ],
)
def test_solutions_are_written_as_the_client_likes_best(header, media):
    assert choose(header, SOLUTIONS) == media


def test_a_browser_gets_a_page_and_a_program_gets_triples():
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert choose(browser, [*GRAPHS, HTML]) == HTML
    assert choose("*/*", [*GRAPHS, HTML]) == "text/turtle"
    assert choose("application/ld+json", [*GRAPHS, HTML]) == "application/ld+json"
