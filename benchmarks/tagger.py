"""How fast the learned tagger is: one command, one run, all figures side by side.

`python benchmarks/tagger.py [PAPERS.jsonl] [--texts N]` reads papers (the sample corpus by default), repeats them up to
N texts and prints: abstracts a second of the network on one core and on two (two processes of one thread, as the
pipeline runs them), of the whole extraction with and without the network, the share of the tagger's time outside the
network's products, the peak memory of a worker, and, where the extra `train` is installed, the same network in fp32
torch on one core. Runs of the competitors alternate, so that a change of load meets all of them; the best run counts.

The rules keep what they learn of a word, so texts that they have read before are read faster than new ones. Their rate
(`--fast`) is therefore taken in a new process each run, which reads half of the texts to warm up and is timed on the
other half, in processor time: no text is read twice, unless there are fewer papers than N; the output says so.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROUNDS = 3
FAST = "whole extraction --fast, one core"
_held: dict[str, object] = {}


def texts(path: Path, count: int) -> list[str]:
    """`count` texts of papers, repeated as often as needed."""
    with path.open(encoding="utf8") as file:
        papers = [f"{p['title']}\n\n{p['abstract']}" for p in map(json.loads, file)]
    return [papers[k % len(papers)] for k in range(count)]


def best(run: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def worker(part: list[str]) -> tuple[float, int]:
    """Seconds of tagging the texts, and the worker's peak memory in kilobytes."""
    from kg.extract.known import known, packaged
    from kg.model.network import load

    network = _held.setdefault("network", load())
    packaged()
    start = time.perf_counter()
    network.names(part, [known(text) for text in part])  # type: ignore[attr-defined]
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def extraction(part: list[str]) -> tuple[float, int]:
    """Seconds of the whole extraction of the texts, and the worker's peak memory in kilobytes."""
    from kg.extract.nlp import load_nlp
    from kg.extract.record import record

    nlp = _held["nlp"] if "nlp" in _held else _held.setdefault("nlp", load_nlp())
    list(nlp.pipe(part[:4]))  # type: ignore[attr-defined]
    start = time.perf_counter()
    for k, doc in enumerate(nlp.pipe(part)):  # type: ignore[attr-defined]
        record(doc, str(k))
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def rules(part: list[str]) -> tuple[float, int]:
    """Seconds of processor time for half of the texts in fast mode, after the other half; and peak memory in kB."""
    from kg.extract.nlp import load_nlp
    from kg.extract.record import read

    nlp = load_nlp(fast=True)
    for text in part[1::2]:
        read(nlp, text, "")
    start = time.process_time()
    for text in part[::2]:
        read(nlp, text, "")
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def outside(part: list[str]) -> float:
    """The share of the tagger's time that passes outside of the network's session."""
    from kg.extract.known import known
    from kg.model.network import load

    network, inside = load(), 0.0
    run = network.session.run

    def timed(*arguments: object) -> object:
        nonlocal inside
        start = time.perf_counter()
        result = run(*arguments)
        inside += time.perf_counter() - start
        return result

    network.session.run = timed
    network.names(part[:4], [known(text) for text in part[:4]])
    inside = 0.0
    start = time.perf_counter()
    network.names(part, [known(text) for text in part])
    return 1 - inside / (time.perf_counter() - start)


def torch_seconds(part: list[str]) -> float | None:
    """Seconds of the same network (its sizes, its inputs) in fp32 torch on one core; None without torch.

    Texts longer than the encoder reads at once are left out, and the time is scaled by their wordpieces.
    """
    try:
        import torch

        from kg.train.encoder import Encoder
        from kg.train.network import Tagger, batch
    except ImportError:
        return None
    from kg.model.network import load
    from kg.model.spans import MARKS, SHAPES, cut

    torch.set_num_threads(1)
    network = load()
    tagger = Tagger(Encoder(network.config["encoder"], SHAPES, MARKS)).eval()
    pieces = [cut(text, network.tokenizer) for text in part]
    fit = [p for p in pieces if len(p.ids) <= network.config["encoder"]["max_position_embeddings"] - 2]
    inputs = [batch([p], *network.special) for p in fit]
    with torch.inference_mode():
        tagger(*inputs[0])
        start = time.perf_counter()
        for one in inputs:
            tagger(*one)
        seconds = time.perf_counter() - start
    return seconds * sum(len(p.ids) for p in pieces) / sum(len(p.ids) for p in fit)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", nargs="?", type=Path, default=Path("kg/data/sample_papers.jsonl"))
    parser.add_argument("--texts", type=int, default=120)
    arguments = parser.parse_args()
    said = texts(arguments.papers, arguments.texts)
    context = multiprocessing.get_context("spawn")
    rows: dict[str, list[float]] = {}
    memory: dict[str, int] = {}
    with (
        ProcessPoolExecutor(1, context) as one,
        ProcessPoolExecutor(2, context) as two,
        ProcessPoolExecutor(1, context) as default,
        ProcessPoolExecutor(1, context, max_tasks_per_child=1) as fast,
        ProcessPoolExecutor(1, context) as torch_pool,
    ):
        two_halves = [said[::2], said[1::2]]
        list(two.map(worker, [said[:2], said[:2]]))
        one.submit(worker, said[:2]).result()
        for _ in range(ROUNDS):
            seconds, memory["tagger"] = one.submit(worker, said).result()
            rows.setdefault("network, one core", []).append(seconds)
            rows.setdefault("network, two cores", []).append(best(lambda: list(two.map(worker, two_halves))))
            if (seconds_torch := torch_pool.submit(torch_seconds, said).result()) is not None:
                rows.setdefault("same network, fp32 torch, one core", []).append(seconds_torch)
            seconds, memory["default"] = default.submit(extraction, said).result()
            rows.setdefault("whole extraction, one core", []).append(seconds)
            seconds, memory["fast"] = fast.submit(rules, said).result()
            rows.setdefault(FAST, []).append(seconds * len(said) / len(said[::2]))
        share = min(one.submit(outside, said).result() for _ in range(ROUNDS))
    say = sys.stdout.write
    say(f"{len(said)} texts, {len(said) - len(set(said))} of them repeated, best of {ROUNDS}\n")
    for name, runs in rows.items():
        target = " (target 1,000)" if name == FAST else ""
        say(f"{name:40}{len(said) / min(runs):10.1f} abstracts/s{target}\n")
    if "same network, fp32 torch, one core" in rows:
        ratio = min(rows["same network, fp32 torch, one core"]) / min(rows["network, one core"])
        say(f"{'int8 against fp32 torch':40}{ratio:10.2f} times as fast (target 2.5)\n")
    say(f"{'share of time outside the network':40}{share:10.1%} (target at most 15%)\n")
    for name, peak in memory.items():
        say(f"{'peak memory of a worker, ' + name:40}{peak / 1024:10.0f} MB (target below 700)\n")


if __name__ == "__main__":
    main()
