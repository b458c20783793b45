"""A small knowledge base by hand: seven papers, some thirty entities, every relation, for tests of the views.

`tables()` gives `kg.store.Tables`. Each quote is looked up in its paper's text, so that the offsets are true. Among the
papers: one with a hostile title and a hostile id, one that proposes nothing named, one in which nothing was found.
"""

# ruff: noqa: E501 - one row of a table, one line

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa

from kg import schema
from kg.store import SCHEMAS, Tables

HOSTILE_TITLE = "<script>alert('x')</script> \"Ünïcode\" & 量化 𝔸 for {{edge}} devices \\ 'EdgeΔNet'"
HOSTILE_KEY = 'paper/x y"<z>#é%\\{a}'


class _P(NamedTuple):
    """A paper of the fixture; facts are (subject or None for the paper, relation, object, quote)."""

    key: str
    title: str
    abstract: str
    fields: dict[str, Any]
    mentions: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str | None, str, str, str], ...] = ()
    results: tuple[dict[str, Any], ...] = ()


_HOSTILE_ABSTRACT = (
    'We present EdgeΔNet, a "tiny" </script><b>network</b> for microcontrollers. It needs 0.5 W & 12 ms.'
)

PAPERS = (
    _P(
        "paper/arxiv:2401.00001",
        "TileFlow: attention kernels for the NVIDIA A100",
        "Attention is slow on long sequences. We propose TileFlow, an attention kernel designed for the NVIDIA A100. "
        "On ImageNet it runs 2.5x faster than PyTorch on the A100 with the same accuracy. "
        "We also measured it on the AMD MI300X.",
        {"year": 2024, "date": "2024-01-02", "arxiv": "2401.00001", "url": "https://arxiv.org/abs/2401.00001",
         "authors": ["Ada Example", "Bo Muster"], "categories": ["cs.LG"], "sources": ["sample.jsonl:1"]},
        (("TileFlow", "method/tileflow"), ("NVIDIA A100", "hardware/nvidia-a100"), ("A100", "hardware/nvidia-a100"),
         ("attention", "method/attention"), ("ImageNet", "dataset/imagenet"), ("PyTorch", "software/pytorch"),
         ("accuracy", "metric/accuracy"), ("AMD MI300X", "hardware/amd-mi300x")),
        ((None, "proposes", "method/tileflow", "We propose TileFlow"),
         (None, "targets", "hardware/nvidia-a100", "designed for the NVIDIA A100"),
         ("method/tileflow", "targets", "hardware/nvidia-a100", "TileFlow, an attention kernel designed for the NVIDIA A100"),
         (None, "evaluated_on", "hardware/amd-mi300x", "We also measured it on the AMD MI300X."),
         (None, "uses_method", "method/attention", "attention kernel"),
         (None, "uses_dataset", "dataset/imagenet", "On ImageNet"),
         ("method/tileflow", "evaluated_on", "dataset/imagenet", "On ImageNet it runs 2.5x faster"),
         (None, "uses_software", "software/pytorch", "faster than PyTorch"),
         ("method/tileflow", "compared_with", "software/pytorch", "2.5x faster than PyTorch"),
         (None, "reports_metric", "metric/accuracy", "the same accuracy")),
        ({"metric": "faster", "metric_entity": "metric/speedup", "value": "2.5x", "low": 2.5, "high": 2.5, "unit": "x",
          "better": "higher", "change": "gain", "hardware": "hardware/nvidia-a100", "dataset": "dataset/imagenet",
          "baseline": "software/pytorch", "quote": "2.5x faster than PyTorch on the A100"},),
    ),
    _P(
        "paper/arxiv:2402.00002",
        "HopperServe: LLM serving on H100 clusters",
        "HopperServe schedules requests for LLaMA-2-7B on the NVIDIA H100. Throughput grows by 1.5x to 2x over the A100. "
        "Latency falls to 30 ms. The A100 serves as baseline for LLM serving.",
        {"year": 2024, "date": "2024-02", "arxiv": "2402.00002", "doi": "10.1000/serve(1)",
         "authors": ["Ada Example"], "categories": ["cs.DC"], "sources": ["sample.jsonl:2", "seed.txt:9"]},
        (("HopperServe", "method/hopperserve"), ("H100", "hardware/nvidia-h100"), ("LLaMA-2-7B", "model/llama-2-7b"),
         ("Throughput", "metric/throughput"), ("A100", "hardware/nvidia-a100"), ("Latency", "metric/latency"),
         ("LLM serving", "task/llm-serving")),
        ((None, "proposes", "method/hopperserve", "HopperServe schedules requests"),
         (None, "targets", "hardware/nvidia-h100", "schedules requests for LLaMA-2-7B on the NVIDIA H100"),
         (None, "compared_with", "hardware/nvidia-a100", "The A100 serves as baseline"),
         (None, "uses_model", "model/llama-2-7b", "requests for LLaMA-2-7B"),
         (None, "addresses_task", "task/llm-serving", "LLM serving"),
         (None, "reports_metric", "metric/throughput", "Throughput grows by 1.5x to 2x"),
         (None, "reports_metric", "metric/latency", "Latency falls to 30 ms.")),
        ({"metric": "Throughput", "metric_entity": "metric/throughput", "value": "1.5x to 2x", "low": 1.5, "high": 2.0,
          "unit": "x", "better": "higher", "change": "gain", "hardware": "hardware/nvidia-h100",
          "baseline": "hardware/nvidia-a100", "quote": "Throughput grows by 1.5x to 2x over the A100."},
         {"metric": "Latency", "metric_entity": "metric/latency", "value": "30 ms", "low": 30.0, "high": 30.0,
          "unit": "MilliSEC", "better": "lower", "change": "loss", "quote": "Latency falls to 30 ms."}),
    ),
    _P(
        "paper/doi:10.1000/fpga.1",
        "A streaming accelerator for convolutional networks",
        "This work maps CNNs onto an FPGA. On CIFAR-10 and ImageNet it reaches over 120 GFLOPS. "
        "It is 3x faster than a GPU.",
        {"year": 2022, "doi": "10.1000/fpga.1", "sources": ["sample.jsonl:3"]},
        (("CNNs", "model/convolutional-neural-network"), ("FPGA", "hardware/fpga"), ("CIFAR-10", "dataset/cifar-10"),
         ("ImageNet", "dataset/imagenet"), ("GPU", "hardware/gpu")),
        ((None, "targets", "hardware/fpga", "maps CNNs onto an FPGA"),
         (None, "uses_model", "model/convolutional-neural-network", "maps CNNs"),
         (None, "uses_dataset", "dataset/cifar-10", "On CIFAR-10 and ImageNet"),
         (None, "uses_dataset", "dataset/imagenet", "On CIFAR-10 and ImageNet"),
         (None, "compared_with", "hardware/gpu", "3x faster than a GPU")),
        ({"metric": "GFLOPS", "value": "120", "low": 120.0, "unit": "GigaFLOPS", "better": "higher",
          "hardware": "hardware/fpga", "quote": "over 120 GFLOPS"},
         {"metric": "faster", "metric_entity": "metric/speedup", "value": "3x", "low": 3.0, "high": 3.0, "unit": "x",
          "better": "higher", "change": "gain", "hardware": "hardware/fpga", "baseline": "hardware/gpu",
          "quote": "It is 3x faster than a GPU."}),
    ),
    _P(
        "paper/arxiv:2405.00005",
        "FlexStream: quantization for the Alveo U280",
        "FlexStream applies quantization to CNNs and targets the Alveo U280. It uses CIFAR-10. "
        "Energy efficiency is 4.2 times that of the A100.",
        {"year": 2024, "arxiv": "2405.00005", "sources": ["sample.jsonl:4"]},
        (("FlexStream", "method/flexstream"), ("quantization", "method/quantization"),
         ("CNNs", "model/convolutional-neural-network"), ("Alveo U280", "hardware/amd-alveo-u280"),
         ("CIFAR-10", "dataset/cifar-10"), ("Energy efficiency", "metric/energy-efficiency"),
         ("A100", "hardware/nvidia-a100")),
        ((None, "proposes", "method/flexstream", "FlexStream applies quantization"),
         (None, "targets", "hardware/amd-alveo-u280", "targets the Alveo U280"),
         ("method/flexstream", "targets", "hardware/amd-alveo-u280", "FlexStream applies quantization to CNNs and targets the Alveo U280"),
         ("method/flexstream", "uses_method", "method/quantization", "FlexStream applies quantization"),
         (None, "uses_method", "method/quantization", "applies quantization"),
         (None, "uses_model", "model/convolutional-neural-network", "quantization to CNNs"),
         (None, "uses_dataset", "dataset/cifar-10", "It uses CIFAR-10."),
         (None, "compared_with", "hardware/nvidia-a100", "4.2 times that of the A100"),
         (None, "reports_metric", "metric/energy-efficiency", "Energy efficiency is 4.2 times")),
        ({"metric": "Energy efficiency", "metric_entity": "metric/energy-efficiency", "value": "4.2 times", "low": 4.2,
          "high": 4.2, "unit": "x", "better": "higher", "change": "gain", "hardware": "hardware/amd-alveo-u280",
          "baseline": "hardware/nvidia-a100", "quote": "Energy efficiency is 4.2 times that of the A100."},),
    ),
    _P(
        "paper/openreview:aB3_x-9",
        "RollBench: comparing accelerators",
        "RollBench is a benchmark for image classification. We run it on the A100 and on the MI300X with PyTorch and "
        "TensorRT. Tensor Cores help. Ampere differs from older GPUs.",
        {"year": 2023, "url": "https://openreview.net/forum?id=aB3_x-9", "sources": ["sample.jsonl:5"]},
        (("RollBench", "dataset/rollbench"), ("image classification", "task/image-classification"),
         ("A100", "hardware/nvidia-a100"), ("MI300X", "hardware/amd-mi300x"), ("PyTorch", "software/pytorch"),
         ("TensorRT", "software/tensorrt"), ("Tensor Cores", "hardware/nvidia-tensor-core"),
         ("Ampere", "hardware/nvidia-ampere"), ("GPUs", "hardware/gpu")),
        ((None, "proposes", "dataset/rollbench", "RollBench is a benchmark"),
         (None, "addresses_task", "task/image-classification", "a benchmark for image classification"),
         (None, "evaluated_on", "hardware/nvidia-a100", "We run it on the A100"),
         (None, "evaluated_on", "hardware/amd-mi300x", "on the MI300X"),
         (None, "uses_software", "software/pytorch", "with PyTorch"),
         (None, "uses_software", "software/tensorrt", "TensorRT"),
         (None, "mentions", "hardware/nvidia-tensor-core", "Tensor Cores help."),
         (None, "mentions", "hardware/nvidia-ampere", "Ampere differs from older GPUs."),
         (None, "mentions", "hardware/gpu", "older GPUs")),
    ),
    _P(
        HOSTILE_KEY,
        HOSTILE_TITLE,
        _HOSTILE_ABSTRACT,
        {"sources": ["sample.jsonl:6"], "url": "https://example.org/a b?<q>=\"1\""},
        (("EdgeΔNet", "model/edgeδnet"), ("microcontrollers", "hardware/microcontroller")),
        ((None, "proposes", "model/edgeδnet", "We present EdgeΔNet"),
         (None, "targets", "hardware/microcontroller", '"tiny" </script><b>network</b> for microcontrollers'),
         ("model/edgeδnet", "targets", "hardware/microcontroller", "EdgeΔNet, a \"tiny\" </script><b>network</b> for microcontrollers")),
        ({"metric": "power", "value": "0.5 W", "low": 0.5, "high": 0.5, "unit": "W", "better": "lower",
          "hardware": "hardware/microcontroller", "quote": "It needs 0.5 W & 12 ms."},),
    ),
    _P("paper/hash:0123abcd", "On naming things", "Nothing in here is known to anyone.", {"year": 2020}),
)  # fmt: skip


def _e(key: str, label: str, **fields: Any) -> dict[str, Any]:
    kind = schema.NODE_KINDS[key.split("/")[0]]
    return {"key": key, "type": kind.name, "label": label, "inferred": False, "source": "catalogue", **fields}


def _spec(name: str, value: float, unit: str, number: str | None = None) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "source": "https://example.com/datasheet", "format": number}


ENTITIES = (
    _e("hardware/accelerator", "accelerator", kind="class"),
    _e("hardware/gpu", "GPU", kind="class", aliases=["GPUs", "graphics processing unit"], broader=["hardware/accelerator"], wikidata="Q183484"),
    _e("hardware/nvidia-ampere", "NVIDIA Ampere", kind="architecture", vendor="vendor/nvidia", aliases=["Ampere"], broader=["hardware/gpu"], year=2020),
    _e("hardware/nvidia-a100", "NVIDIA A100", kind="product", vendor="vendor/nvidia", family="Ampere", aliases=["A100", "A100 GPUs", "Tesla A100"],
       broader=["hardware/nvidia-ampere"], year=2020, specs=[_spec("memory", 80.0, "GigaBYTE"), _spec("bandwidth", 2039.0, "GigaBYTE-PER-SEC"), _spec("peak", 312.0, "TeraFLOPS", "BF16")]),
    _e("hardware/nvidia-hopper", "NVIDIA Hopper", kind="architecture", vendor="vendor/nvidia", broader=["hardware/gpu"], year=2022),
    _e("hardware/nvidia-h100", "NVIDIA H100", kind="product", vendor="vendor/nvidia", aliases=["H100"], broader=["hardware/nvidia-hopper"], year=2022, specs=[_spec("memory", 80.0, "GigaBYTE")]),
    _e("hardware/nvidia-tensor-core", "Tensor Core", kind="unit", vendor="vendor/nvidia", aliases=["Tensor Cores"], part_of=["hardware/nvidia-ampere", "hardware/nvidia-hopper"]),
    _e("hardware/amd-mi300x", "AMD MI300X", kind="product", vendor="vendor/amd", aliases=["MI300X", "Instinct MI300X"], broader=["hardware/gpu"], year=2023, specs=[_spec("memory", 192.0, "GigaBYTE")]),
    _e("hardware/fpga", "FPGA", kind="class", aliases=["FPGAs", "field-programmable gate array"], broader=["hardware/accelerator"]),
    _e("hardware/amd-alveo-u280", "AMD Alveo U280", kind="product", vendor="vendor/amd", aliases=["Alveo U280"], broader=["hardware/fpga"], specs=[_spec("memory", 8.0, "GigaBYTE")]),
    _e("hardware/edge-device", "edge device", kind="class"),
    _e("hardware/microcontroller", "microcontroller", kind="class", aliases=["MCU", "microcontrollers"], broader=["hardware/edge-device"]),
    _e("vendor/nvidia", "NVIDIA"),
    _e("vendor/amd", "AMD", aliases=["Advanced Micro Devices"]),
    _e("method/tileflow", "TileFlow", source="text"),
    _e("method/hopperserve", "HopperServe", source="text"),
    _e("method/flexstream", "FlexStream", source="text", broader=["method/quantization"]),
    _e("method/attention", "attention"),
    _e("method/quantization", "quantization", aliases=["quantisation"]),
    _e("model/llama-2-7b", "LLaMA-2-7B", aliases=["Llama 2 7B"], broader=["model/llama-2"]),
    _e("model/llama-2", "LLaMA-2"),
    _e("model/convolutional-neural-network", "convolutional neural network", aliases=["CNN", "CNNs"]),
    _e("model/edgeδnet", "EdgeΔNet", source="text", inferred=True),
    _e("software/pytorch", "PyTorch"),
    _e("software/tensorrt", "TensorRT"),
    _e("dataset/imagenet", "ImageNet"),
    _e("dataset/cifar-10", "CIFAR-10"),
    _e("dataset/rollbench", "RollBench", source="text"),
    _e("metric/accuracy", "accuracy"),
    _e("metric/speedup", "speedup"),
    _e("metric/throughput", "throughput"),
    _e("metric/latency", "latency"),
    _e("metric/energy-efficiency", "energy efficiency"),
    _e("task/llm-serving", "LLM serving"),
    _e("task/image-classification", "image classification"),
)  # fmt: skip

_TYPES = {e["key"]: e["type"] for e in ENTITIES}


def _span(text: str, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


def _mentions(paper: _P) -> list[dict[str, Any]]:
    text = f"{paper.title}\n\n{paper.abstract}"
    rows = []
    for surface, entity in paper.mentions:
        start = text.index(surface)
        sentence_end = text.find(". ", start) + 1 or len(text)
        rows.append(
            {"paper": paper.key, "start": start, "end": start + len(surface), "text": surface, "type": _TYPES[entity],
             "entity": entity, "sentence_start": text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0,
             "sentence_end": sentence_end, "rule": "catalogue", "confidence": 0.9}
        )  # fmt: skip
    return sorted(rows, key=lambda r: (r["start"], -r["end"]))


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    rows = [{k: row.get(k, [] if pa.types.is_list(t) else None) for k, t in _fields(name)} for row in rows]
    return pa.Table.from_pylist(rows, schema=SCHEMAS[name])


def _fields(name: str) -> list[tuple[str, pa.DataType]]:
    return [(f.name, f.type) for f in SCHEMAS[name]]


@cache
def tables() -> Tables:
    """The five tables, sorted as the store sorts them."""
    papers, mentions, facts, results = [], [], [], []
    for p in sorted(PAPERS, key=lambda p: p.key):
        text = f"{p.title}\n\n{p.abstract}"
        papers.append({"key": p.key, "title": p.title, "abstract": p.abstract, **p.fields})
        mentions += _mentions(p)
        facts += [
            {"subject": s or p.key, "relation": r, "object": o, "paper": p.key, "extractor": "rule:test", "score": 0.8,
             "cues": ["cue"], **_span(text, q)}
            for s, r, o, q in p.facts
        ]  # fmt: skip
        results += [
            {**r, **_span(text, r["quote"]), "key": f"result/{p.key.removeprefix('paper/')}/{n}", "paper": p.key,
             "extractor": "rule:test", "score": 0.7}
            for n, r in enumerate(p.results)
        ]  # fmt: skip
    seen: dict[str, set[str]] = {}
    for m in mentions:
        seen.setdefault(m["entity"], set()).add(m["paper"])
    entities = [{**e, "papers": len(seen.get(e["key"], ()))} for e in sorted(ENTITIES, key=lambda e: e["key"])]
    facts.sort(key=lambda f: (f["subject"], f["relation"], f["object"], f["paper"], f["start"]))
    rows = {"papers": papers, "mentions": mentions, "entities": entities, "facts": facts, "results": results}
    return Tables(**{name: _table(name, rows[name]) for name in SCHEMAS})
