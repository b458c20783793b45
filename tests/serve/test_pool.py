"""Processes that answer, by themselves: what outlives what."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.serve.pool import DiedError, Worker
from kg.serve.protocol import Asked
from kg.serve.worker import sparql

GIB = 2**30


def answer(worker, query="ASK {}"):
    return worker.ask(sparql, (Asked(query), "text/csv", 10)).body


def test_a_process_that_was_killed_while_it_had_no_work_is_replaced(folder):
    worker = Worker(folder, None, GIB, 60.0)
    try:
        assert answer(worker).strip() == b"true"
        worker._process.kill()
        worker._process.join()
        assert answer(worker).strip() == b"true"
    finally:
        worker.end()


def test_a_query_that_takes_more_memory_than_it_may_ends_alone(folder):
    worker = Worker(folder, None, 64 * 2**20, 60.0)
    try:
        with pytest.raises(DiedError):
            answer(worker, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?h")
        assert answer(worker).strip() == b"true"
    finally:
        worker.end()


def test_a_process_without_a_store_says_so_instead_of_waiting(tmp_path):
    worker = Worker(tmp_path, None, GIB, 60.0)
    try:
        with pytest.raises(DiedError):
            worker.ready()
    finally:
        worker.end()


ORPHAN = """
import os, sys, threading, time
from kg.serve import worker
from kg.serve.pool import Worker
from kg.serve.protocol import Asked

if __name__ == "__main__":
    worker_ = Worker(sys.argv[1], None, 2**30, 1.0)
    worker_.ready()
    print(worker_._process.pid, flush=True)
    endless = Asked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    worker_._pipe.send((worker.sparql, (endless, None, 10)))
    time.sleep(600)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer of a process here")
def test_a_query_ends_also_where_the_server_was_killed(folder, tmp_path):
    script = tmp_path / "server.py"
    script.write_text(ORPHAN, "utf-8")
    with subprocess.Popen([sys.executable, script, folder], stdout=subprocess.PIPE, text=True) as server:
        process = int(server.stdout.readline())
        server.kill()
    assert alive(process)
    until = time.monotonic() + 60
    while alive(process) and time.monotonic() < until:
        time.sleep(0.2)
    assert not alive(process)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:  # a process that ended and that nobody has taken note of is none
        return Path(f"/proc/{process}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return True
