"""The query requests of W3C's SPARQL 1.1 Protocol test suite, each by its name there, as raw HTTP.

Its tests of datasets want graphs that a server fetches or holds; this one has a single graph and reaches no host, so a
dataset of other graphs is an empty one, which the answers here follow. Updates are refused; see test_refuse.
"""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlencode

import pytest

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ASK = "ASK {}"
DATA = "http://data.example/"
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml")
TABLES = (*RESULTS, "text/csv", "text/tab-separated-values")
TRIPLES = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")


def graphs(default=(), named=(), **more):
    return urlencode(
        [
            *(("default-graph-uri", DATA + n) for n in default),
            *(("named-graph-uri", DATA + n) for n in named),
            *more.items(),
        ]
    )


def send(server, method, search="", content_type=None, body=None):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    headers = {"Content-Type": content_type} if content_type else {}
    connection.request(method, f"/sparql?{search}" if search else "/sparql", body, headers)
    answer = connection.getresponse()
    found = answer.status, answer.headers.get_content_type(), answer.read()
    connection.close()
    return found


FROM_ONE = f"ASK FROM <{DATA}1> {{ <{DATA}1> ?p ?o }}"
TWO = f"ASK {{ <{DATA}1> ?p ?o . <{DATA}2> ?p ?o }}"
IN_GRAPHS = "ASK { GRAPH ?g { ?s ?p ?o } }"
GOOD = {
    "query_get": ("GET", urlencode({"query": ASK}), None, None, True),
    "query_post_form": ("POST", "", FORM, urlencode({"query": ASK}), True),
    "query_post_direct": ("POST", "", DIRECT, ASK, True),
    "query_dataset_default_graphs_get": ("GET", graphs("12", query=TWO), None, None, False),
    "query_dataset_default_graphs_post": ("POST", graphs("12"), DIRECT, TWO, False),
    "query_dataset_named_graphs_post": ("POST", graphs("", "12"), DIRECT, IN_GRAPHS, False),
    "query_dataset_named_graphs_get": ("GET", graphs("", "12", query=IN_GRAPHS), None, None, False),
    "query_multiple_dataset": ("POST", graphs("2"), DIRECT, FROM_ONE, False),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_request_is_answered(server, name):
    *request, expected = GOOD[name]
    status, media, body = send(server, *request)
    assert (status, media) == (200, RESULTS[0])
    assert json.loads(body)["boolean"] is expected


def test_query_dataset_full(server):
    query = "SELECT ?g ?x ?s { ?x ?y ?o GRAPH ?g { ?s ?p ?o } }"
    status, media, body = send(server, "POST", graphs("3", "12"), DIRECT, query)
    assert (status, media, json.loads(body)["results"]["bindings"]) == (200, RESULTS[0], [])


@pytest.mark.parametrize(
    ("name", "query", "medias"),
    [
        ("query_content_type_select", "SELECT (1 AS ?value) {}", TABLES),
        ("query_content_type_ask", ASK, RESULTS),
        ("query_content_type_describe", "DESCRIBE <http://example.org/>", TRIPLES),
        ("query_content_type_construct", "CONSTRUCT { <s:s> <p:p> 1 } WHERE {}", TRIPLES),
    ],
)
def test_an_answer_has_a_media_type_that_fits_the_query(server, name, query, medias):
    status, media, _ = send(server, "POST", "", DIRECT, query)
    assert (status, media in medias) == (200, True), name


NOT_UTF8 = "SELECT * { ?s ?p 'é' }"
BAD = {
    "bad_query_method": ("PUT", urlencode({"query": ASK}), None, None),
    "bad_multiple_queries": ("GET", urlencode([("query", ASK), ("query", "SELECT * {}")]), None, None),
    "bad_query_wrong_media_type": ("POST", "", "text/plain", ASK),
    "bad_query_missing_form_type": ("POST", "", None, urlencode({"query": ASK})),
    "bad_query_missing_direct_type": ("POST", "", None, ASK),
    "bad_query_non_utf8": ("POST", "", DIRECT, NOT_UTF8.encode("utf-16")),
    "bad_query_non_utf8_that_says_so": ("POST", "", f"{DIRECT}; charset=UTF-16", NOT_UTF8.encode("utf-16")),
    "bad_query_syntax": ("GET", urlencode({"query": "ASK {"}), None, None),
    "missing_query_in_url": ("GET", urlencode({"nothing": "here"}), None, None),
    "missing_query_in_form": ("POST", "", FORM, ""),
    "missing_query_in_body": ("POST", "", DIRECT, ""),
    "bad_update_get": ("GET", urlencode({"update": "CLEAR ALL"}), None, None),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_request_is_refused_as_the_clients_fault_in_words(server, name):
    status, media, body = send(server, *BAD[name])
    assert (400 <= status < 500, media) == (True, "text/plain")
    assert len(body) > 10
