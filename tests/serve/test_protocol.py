"""Requests as the SPARQL 1.1 Protocol describes them, without a server."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from kg.serve.protocol import FORM, LONGEST, QUERY, UPDATE, Asked, RefusedError, by_get, by_post


def test_a_get_carries_the_query_and_its_dataset():
    search = "query=ASK%20%7B%7D&default-graph-uri=http%3A%2F%2Fa%2F&named-graph-uri=x%3Ab&named-graph-uri=x%3Ac"
    assert by_get(search.encode()) == Asked("ASK {}", ("http://a/",), ("x:b", "x:c"))


def test_a_form_carries_the_same():
    body = urlencode([("query", "ASK {}"), ("default-graph-uri", "x:a"), ("other", "")]).encode()
    assert by_post(f"{FORM}; charset=UTF-8", b"query=of+the+url", body) == Asked("ASK {}", ("x:a",))


def test_a_body_is_the_query_and_the_url_has_its_dataset():
    asked = by_post(QUERY, b"named-graph-uri=x:a", "ASK { ?s ?p 'é𝔸' }".encode())
    assert asked == Asked("ASK { ?s ?p 'é𝔸' }", (), ("x:a",))


@pytest.mark.parametrize(
    ("status", "media", "search", "body"),
    [
        (400, FORM, b"", b""),
        (400, FORM, b"query=ASK+%7B%7D", b"nothing=here"),
        (400, FORM, b"", b"query=ASK+%7B%7D&query=ASK+%7B%7D"),
        (400, QUERY, b"query=ASK+%7B%7D", b"ASK {}"),
        (400, QUERY, b"", b"  "),
        (400, QUERY, b"", "ASK {}".encode("utf-16")),
        (400, FORM, b"", b"query=%FF%FE"),
        (400, FORM, b"", "query=é".encode()),
        (403, UPDATE, b"", b"DROP ALL"),
        (403, FORM, b"", b"update=DROP+ALL"),
        (403, FORM, b"", b"query=ASK+%7B%7D&update=DROP+ALL"),
        (413, QUERY, b"", b"#" * (LONGEST + 1)),
        (415, QUERY + "; charset=utf-16", b"", "ASK {}".encode("utf-16")),
        (415, "text/plain", b"", b"ASK {}"),
        (415, "multipart/form-data; boundary=x", b"", b"query=ASK+%7B%7D"),
        (415, None, b"", b"query=ASK+%7B%7D"),
    ],
)
def test_what_the_protocol_does_not_know_is_refused(status, media, search, body):
    with pytest.raises(RefusedError) as refused:
        by_post(media, search, body)
    assert refused.value.status == status
    assert len(refused.value.reason) > 10


@pytest.mark.parametrize("search", [b"query=", b"quer=ASK+%7B%7D", b"query=a&query=b", b"query=%FF"])
def test_a_get_without_one_readable_query_is_a_bad_request(search):
    with pytest.raises(RefusedError) as refused:
        by_get(search)
    assert refused.value.status == 400
