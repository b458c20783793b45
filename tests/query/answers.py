"""The expected rows of each named question on `tests.tables_fixture`: (question, parameters, rows)."""

# ruff: noqa: E501 - one row, one line

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
        ("targetsHardware", "NVIDIA A100", "TileFlow, an attention kernel designed for the NVIDIA A100", TILE, "TileFlow"),
    ]),
    ("hardware-by-method", {"method": "quantization"}, [
        ("targetsHardware", "AMD Alveo U280", "FlexStream applies quantization to CNNs and targets the Alveo U280", FLEX, "FlexStream"),
    ]),
    ("families-by-hardware", {"hardware": "FPGA"}, [("quantization", 1, 1)]),
    ("families-by-hardware", {"hardware": "GPU"}, []),
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
    ('hardware-figures', {'hardware': 'A100'}, [
        ('NVIDIA A100', 'bandwidth', 2039.0, 'GigaBYTE-PER-SEC', None, 'https://example.com/datasheet'),
        ('NVIDIA A100', 'memory', 80.0, 'GigaBYTE', None, 'https://example.com/datasheet'),
        ('NVIDIA A100', 'peak', 312.0, 'TeraFLOPS', 'BF16', 'https://example.com/datasheet'),
    ]),
    ('hardware-roles', {'hardware': 'GPU'}, [
        ('NVIDIA A100', 1, 1, 2),
        ('NVIDIA H100', 1, 0, 0),
        ('AMD MI300X', 0, 2, 0),
        ('GPU', 0, 0, 1),
    ]),
    ('hardware-under', {'hardware': 'GPU'}, [
        ('NVIDIA A100', 'product', 'NVIDIA Ampere', 'NVIDIA', 4),
        ('AMD MI300X', 'product', 'GPU', 'AMD', 2),
        ('NVIDIA Ampere', 'architecture', 'GPU', 'NVIDIA', 1),
        ('NVIDIA H100', 'product', 'NVIDIA Hopper', 'NVIDIA', 1),
        ('NVIDIA Hopper', 'architecture', 'GPU', 'NVIDIA', 0),
    ]),
    ('methods-across-hardware', {'least': '2'}, [
        ('TileFlow', 2, 'AMD MI300X, NVIDIA A100'),
    ]),
    ('methods-for-hardware', {'hardware': 'FPGA'}, [
        ('quantization', 1),
    ]),
    ('proposals', {'year': '2024'}, [
        ('FlexStream', 'Method', 'FlexStream: quantization for the Alveo U280', 'FlexStream applies quantization'),
        ('HopperServe', 'Method', 'HopperServe: LLM serving on H100 clusters', 'HopperServe schedules requests'),
        ('TileFlow', 'Method', 'TileFlow: attention kernels for the NVIDIA A100', 'We propose TileFlow'),
    ]),
    ('baselines-by-hardware', {'hardware': 'FPGA'}, [
        ('AMD Alveo U280', 'NVIDIA A100', 1),
        ('FPGA', 'GPU', 1),
    ]),
    ('software-by-vendor', {'vendor': 'AMD'}, [
        ('PyTorch', 2),
        ('TensorRT', 1),
    ]),
    ('results-by-metric', {'metric': 'latency'}, [
        ('30 ms', 30.0, 30.0, 'MilliSEC', None, None, None, 'HopperServe: LLM serving on H100 clusters', 'latency'),
    ]),
    ('results-by-paper', {'paper': 'arxiv:2402.00002'}, [
        ('Throughput', '1.5x to 2x', 'NVIDIA H100', None, 'NVIDIA A100', 'Throughput grows by 1.5x to 2x over the A100.'),
        ('Latency', '30 ms', None, None, None, 'Latency falls to 30 ms.'),
    ]),
    ('results-on-dataset', {'dataset': 'ImageNet'}, [
        ('faster', '2.5x', 'NVIDIA A100', 'PyTorch', 'TileFlow: attention kernels for the NVIDIA A100'),
    ]),
    ('datasets-by-task', {'task': 'image classification'}, [
        ('RollBench', 1),
    ]),
    ('datasets-most-used', {'least': '2'}, [
        ('CIFAR-10', 2),
        ('ImageNet', 2),
    ]),
    ('hardware-by-year', {'hardware': 'GPU'}, [
        (2023, 1),
        (2024, 2),
    ]),
    ('hardware-first-seen', {'hardware': 'GPU'}, [
        ('AMD MI300X', 2023, 2023, 2),
        ('NVIDIA A100', 2020, 2023, 2),
        ('NVIDIA H100', 2022, 2024, 1),
    ]),
    ('methods-by-year', {'method': 'quantization'}, [
        (2024, 1),
    ]),
    ('evidence-of-paper', {'paper': 'arxiv:2402.00002'}, [
        ('HopperServe: LLM serving on H100 clusters', 'addressesTask', 'LLM serving', 'LLM serving', 13, 24, 'rule:test', 0.8),
        ('HopperServe: LLM serving on H100 clusters', 'proposes', 'HopperServe', 'HopperServe schedules requests', 43, 73, 'rule:test', 0.8),
        ('HopperServe: LLM serving on H100 clusters', 'targetsHardware', 'NVIDIA H100', 'schedules requests for LLaMA-2-7B on the NVIDIA H100', 55, 107, 'rule:test', 0.8),
        ('HopperServe: LLM serving on H100 clusters', 'usesModel', 'LLaMA-2-7B', 'requests for LLaMA-2-7B', 65, 88, 'rule:test', 0.8),
        ('HopperServe: LLM serving on H100 clusters', 'reportsMetric', 'throughput', 'Throughput grows by 1.5x to 2x', 109, 139, 'rule:test', 0.8),
        ('HopperServe: LLM serving on H100 clusters', 'reportsMetric', 'latency', 'Latency falls to 30 ms.', 155, 178, 'rule:test', 0.8),
        ('HopperServe: LLM serving on H100 clusters', 'comparedWith', 'NVIDIA A100', 'The A100 serves as baseline', 179, 206, 'rule:test', 0.8),
    ]),
    ('extractors', {}, [
        ('rule:test', 50),
    ]),
    ('papers-about-hardware', {'hardware': 'A100'}, [
        ('FlexStream: quantization for the Alveo U280', 2024, 'NVIDIA A100', 'comparedWith', '4.2 times that of the A100'),
        ('HopperServe: LLM serving on H100 clusters', 2024, 'NVIDIA A100', 'comparedWith', 'The A100 serves as baseline'),
        ('RollBench: comparing accelerators', 2023, 'NVIDIA A100', 'evaluatedOn', 'We run it on the A100'),
        ('TileFlow: attention kernels for the NVIDIA A100', 2024, 'NVIDIA A100', 'targetsHardware', 'designed for the NVIDIA A100'),
    ]),
    ('hardware-without-figures', {'least': '2'}, [
        ('GPU', 'class', 2),
    ]),
    ('papers-without-mentions', {}, [
        ('On naming things', 2020),
    ]),
    ('uncertain-statements', {'below': 0.5}, [
    ]),
    ('unlisted-names', {'least': '1'}, [
        ('EdgeΔNet', 'Models', 1),
        ('FlexStream', 'Methods', 1),
        ('HopperServe', 'Methods', 1),
        ('RollBench', 'Datasets', 1),
        ('TileFlow', 'Methods', 1),
    ]),
]  # fmt: skip
