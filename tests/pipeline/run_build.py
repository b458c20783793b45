"""A build in a process of its own: run_build.py PAPERS OUT WORKERS [RAY_ADDRESS]; prints what hosts it asked for."""

import json
import socket
import sys
from typing import Any

asked: list[str] = []
resolve = socket.getaddrinfo


def watch(host: Any, *arguments: Any, **options: Any) -> Any:
    """Note every host whose address is looked up."""
    asked.append(str(host))
    return resolve(host, *arguments, **options)


if __name__ == "__main__":
    socket.getaddrinfo = watch  # type: ignore[assignment]
    from kg.pipeline import build

    papers, out, workers, *ray = sys.argv[1:]
    kb = build(papers, out, fast=True, workers=int(workers), ray=ray[0] if ray else None)
    print(json.dumps({"asked": asked, "papers": kb.papers.num_rows}))  # noqa: T201
