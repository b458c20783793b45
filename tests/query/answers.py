"""The expected rows of each named question on `tests.tables_fixture`: (question, parameters, rows)."""

from __future__ import annotations

from typing import Any

TILE = "TileFlow: attention kernels for the NVIDIA A100"
SERVE = "HopperServe: LLM serving on H100 clusters"
FPGA = "A streaming accelerator for convolutional networks"
FLEX = "FlexStream: quantization for the Alveo U280"
ROLL = "RollBench: comparing accelerators"
SHEET = "https://example.com/datasheet"

ANSWERS: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    ("methods-by-hardware", {"hardware": "GPU"}, [
        ("TileFlow", "NVIDIA A100", TILE, "TileFlow, an attention kernel designed for the NVIDIA A100"),
        ("HopperServe", "NVIDIA H100", SERVE, "schedules requests for LLaMA-2-7B on the NVIDIA H100"),
    ]),
    ("methods-by-hardware", {"hardware": "field-programmable gate array"}, [
        ("FlexStream", "AMD Alveo U280", FLEX, "FlexStream applies quantization to CNNs and targets the Alveo U280"),
        (FPGA, "FPGA", FPGA, "maps CNNs onto an FPGA"),
    ]),
    ("hardware-by-method", {"method": "tileflow"}, [
        ("targetsHardware", "NVIDIA A100", "TileFlow, an attention kernel designed for the NVIDIA A100", TILE),
    ]),
    ("evaluated-on-both", {"first": "A100", "second": "MI300X"}, [
        (ROLL, 2023, "NVIDIA A100", "AMD MI300X"),
        (TILE, 2024, "NVIDIA A100", "AMD MI300X"),
    ]),
    ("datasets-by-hardware", {}, [("CIFAR-10", 2), ("ImageNet", 1)]),
    ("datasets-by-hardware", {"hardware": "any"}, [("CIFAR-10", 2), ("ImageNet", 2)]),
    ("speedups-by-hardware", {"hardware": "GPU"}, [
        ("NVIDIA A100", "faster", 2.5, 2.5, "PyTorch", "2.5x faster than PyTorch on the A100", TILE),
        ("NVIDIA H100", "Throughput", 1.5, 2.0, "NVIDIA A100", "Throughput grows by 1.5x to 2x over the A100.", SERVE),
    ]),
    ("papers-by-vendor", {}, [
        ("AMD", "evaluatedOn", 2),
        ("NVIDIA", "comparedWith", 2),
        ("NVIDIA", "targetsHardware", 2),
        ("AMD", "targetsHardware", 1),
        ("NVIDIA", "evaluatedOn", 1),
    ]),
    ("hardware-with-memory", {"gigabytes": 80}, [
        ("AMD MI300X", 192.0, 2, SHEET), ("NVIDIA A100", 80.0, 4, SHEET), ("NVIDIA H100", 80.0, 1, SHEET),
    ]),
    ("hardware-together", {"hardware": "A100"}, [
        ("AMD MI300X", 2, ROLL), ("AMD Alveo U280", 1, FLEX), ("GPU", 1, ROLL), ("NVIDIA Ampere", 1, ROLL),
        ("NVIDIA H100", 1, SERVE), ("Tensor Core", 1, ROLL),
    ]),
]  # fmt: skip
