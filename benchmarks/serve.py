"""Clients against the endpoint on this machine: `python benchmarks/serve.py FOLDER [--clients 200] [--seconds 60]`.

Serves the folder of a build on a free port of 127.0.0.1, and asks it from as many clients at once, each with one
connection and one question after the other, until the time is over. Halfway a query without end joins in. Prints
answers, errors, answers a second, latencies, and what became of that query.
"""

# ruff: noqa: T201 - a benchmark prints its figures

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import socket
import statistics
import time
from collections import Counter
from pathlib import Path

import httpx

QUESTIONS = (
    "SELECT ?s ?l { ?s a kg:Hardware ; rdfs:label ?l } ORDER BY ?l LIMIT 20",
    "SELECT ?p ?q { ?s rdf:predicate kg:targetsHardware ; rdf:subject ?p ; kg:evidence/prov:value ?q } LIMIT 50",
    "ASK { ?p kg:targetsHardware/skos:broader* hardware:gpu }",
    "DESCRIBE hardware:gpu",
    "SELECT (COUNT(*) AS ?n) { ?s a kg:Hardware }",
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def run(folder: Path, port: int, timeout: float) -> None:
    """The server, in a process of its own."""
    from kg.serve.run import serve

    serve(folder, port=port, timeout=timeout)


async def client(http: httpx.AsyncClient, number: int, until: float, took: list[float], errors: Counter[str]) -> None:
    """One client: a question after the other until the time is over."""
    while time.monotonic() < until:
        question, number = QUESTIONS[number % len(QUESTIONS)], number + 1
        began = time.monotonic()
        try:
            answer = await http.post("/sparql", data={"query": question})
            if answer.status_code != 200:
                errors[f"{answer.status_code} {answer.text[:80].strip()}"] += 1
        except httpx.HTTPError as e:
            errors[repr(e)] += 1
        took.append(time.monotonic() - began)


async def endless(http: httpx.AsyncClient, after: float) -> str:
    """What becomes of a query without end."""
    await asyncio.sleep(after)
    began = time.monotonic()
    answer = await http.post("/sparql", data={"query": ENDLESS})
    return f"{answer.status_code} after {time.monotonic() - began:.1f} s: {answer.text.strip()}"


async def measure(url: str, clients: int, seconds: float) -> None:
    """Asks, and prints the figures."""
    limits = httpx.Limits(max_connections=clients + 1, max_keepalive_connections=clients + 1)
    took: list[float] = []
    errors: Counter[str] = Counter()
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=120) as http:
        for _ in range(600):
            try:
                await http.get("/questions")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.5)
        until = time.monotonic() + seconds
        work = [client(http, i, until, took, errors) for i in range(clients)]
        _, ended = await asyncio.gather(asyncio.gather(*work), endless(http, seconds / 2))
    cuts = statistics.quantiles(took, n=100)
    print(f"{clients} clients, {seconds:g} s: {len(took)} answers, {len(took) / seconds:.0f} a second")
    print(f"latency: median {cuts[49] * 1000:.0f} ms, 95 % {cuts[94] * 1000:.0f} ms, most {max(took) * 1000:.0f} ms")
    print(f"errors: {sum(errors.values())}", *errors.items(), sep="\n  ")
    print(f"a query without end: {ended}")


def main() -> None:
    """Reads the options, serves, measures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--clients", type=int, default=200)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--timeout", type=float, default=10)
    given = options.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # by fork or spawn alike; not a daemon, for it has processes of its own
    server = multiprocessing.get_context("spawn").Process(target=run, args=(given.folder, port, given.timeout))
    server.start()
    try:
        asyncio.run(measure(f"http://127.0.0.1:{port}", given.clients, given.seconds))
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    main()
