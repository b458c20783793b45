"""What a hostile or a hapless query can do: nothing but use up its own time."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from kg.serve.refuse import refusal
from tests.serve.conftest import TIMEOUT

LONG = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?h",
    "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(CONCAT(STR(?b), STR(?d), STR(?f)) = 'none') }",
]


@pytest.mark.parametrize("query", LONG)
def test_a_query_without_end_is_ended_and_the_next_is_served(strict, query):
    began = time.monotonic()
    answer = strict.ask(query)
    assert answer.status_code == 503
    assert f"stopped after {TIMEOUT:g} s" in answer.text
    assert time.monotonic() - began < 30  # and not an hour
    assert strict.ask("ASK {}").text.strip() == "true"


def test_other_queries_are_served_while_one_runs_without_end(strict):
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(strict.ask, LONG[0])
        assert strict.ask("ASK {}").text.strip() == "true"
        assert endless.result().status_code == 503


def test_a_query_that_breaks_its_process_is_answered_and_the_next_is_served(server):
    broken = server.post("/sparql", data={"query": f"SELECT * {'{' * 40_000}{'}' * 40_000}"})
    assert broken.status_code in (400, 503)
    assert server.ask("ASK {}").text.strip() == "true"


def hidden(port: int) -> list[str]:
    """Federated queries that get past the look at their words: Oxigraph wants no space where SPARQL does."""
    host = f"http://127.0.0.1:{port}/"
    return [
        f"SELECT * {{ ?a ?b trueSERVICE<{host}>{{ ?x ?y ?z }} }}",
        f"PREFIX ex: <{host}> SELECT * {{ SERVICEex:x{{ ?x ?y ?z }} }}",
        f"PREFIX ex: <{host}> SELECT * {{ SERVICESILENTex:x{{ ?x ?y ?z }} }}",
        f"ASK FROM <{host}> {{ ?x ?y ?z }}",
    ]


def test_no_query_reaches_a_host_even_where_its_words_do_not_show_it(server):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.5)
        reached = threading.Event()

        def listen():
            try:
                listening.accept()
            except TimeoutError:
                return
            reached.set()

        queries = hidden(listening.getsockname()[1])
        assert any(refusal(query) is None for query in queries[:3])
        waiting = threading.Thread(target=listen)
        waiting.start()
        answers = [server.ask(query) for query in queries]
        waiting.join()
        assert not reached.is_set()
        assert all("SERVICE is refused" in answer.text for answer in answers[:2])
        assert server.ask("ASK {}").text.strip() == "true"


def test_two_hundred_clients_at_once_are_all_answered(server):
    def ask(number: int) -> tuple[int, str]:
        # Each has a connection of its own: httpx's pool may close one that another thread waits on (httpcore #1110).
        connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=120)
        query = urlencode({"query": f"SELECT ({number} AS ?n) {{}}"})
        connection.request("GET", f"/sparql?{query}", headers={"Accept": "text/csv"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text.split()[1]

    with ThreadPoolExecutor(200) as clients:
        answers = list(clients.map(ask, range(200)))
    assert answers == [(200, str(number)) for number in range(200)]


def test_a_client_that_comes_back_after_a_pause_finds_its_connection_open(server):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    for pause in (5.5, 0):  # longer than uvicorn would wait by itself
        connection.request("GET", "/sparql?query=ASK%20%7B%7D")
        kept = connection.sock
        assert connection.getresponse().read()
        time.sleep(pause)
    assert connection.sock is kept
    connection.close()
