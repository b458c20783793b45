"""The last words of hardware's names that only say what kind of thing it is: "A100 GPUs" is the A100.

Strings in, strings out; and for a last word, what a thing must be for it to add nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# Words that may follow a product's name without changing what it is ("A100 GPUs", "the Loihi neuromorphic chip").
HEADS = (
    "gpu", "npu", "tpu", "cpu", "fpga", "asic", "soc", "mcu",
    "chip", "processor", "accelerator", "card", "board", "module", "device", "platform", "node", "server", "machine",
    "system", "supercomputer", "superchip", "microcontroller", "coprocessor", "core", "kit", "series", "family",
    "architecture", "graphics card", "neuromorphic chip", "neuromorphic processor", "ai accelerator", "ai chip",
    "ai processor", "edge accelerator", "edge ai accelerator", "inference accelerator", "data center gpu",
    "datacenter gpu",
    "evaluation kit", "developer kit", "development board", "evaluation board", "embedded gpu",
    "graphics processing unit", "neural processing unit", "tensor core gpu", "accelerator card",
)  # fmt: skip
# Of these the ones that say what kind of thing it is, so that "T4 GPU" is no longer ambiguous while "T4 node" is.
TELLING = (
    "gpu", "npu", "tpu", "cpu", "fpga", "soc", "mcu", "chip", "processor", "accelerator", "card", "supercomputer",
    "superchip", "microcontroller", "coprocessor", "unit",
)  # fmt: skip
# What a thing must be, or be below, for such a last word to add nothing: a "Dimensity NPU" is a part of that chip, a
# "data center server" one machine of many. Kinds of entry, or keys of classes.
FITS = {
    ("gpu", "graphics card", "graphics processing unit"): {"hardware/gpu"},
    ("npu", "neural processing unit"): {"npu", "tpu", "hardware/npu", "hardware/ai-accelerator"},
    ("tpu",): {"tpu", "hardware/tpu"},
    ("cpu",): {"cpu", "architecture", "superchip"},
    ("fpga",): {"fpga", "hardware/fpga"},
    ("soc",): {"soc", "board", "fpga", "hardware/soc"},
    ("mcu", "microcontroller"): {"microcontroller", "board", "hardware/microcontroller"},
    ("supercomputer",): {"supercomputer", "system", "hardware/supercomputer"},
    ("server", "node", "machine"): {"system", "supercomputer", "board", "device", "quantum", "hardware/server"},
    ("accelerator", "coprocessor"): {
        "gpu", "fpga", "superchip", "architecture", "hardware/accelerator", "hardware/coprocessor",
        "hardware/many-core-processor",
    },
}  # fmt: skip
_FITS = {head: wanted for heads, wanted in FITS.items() for head in heads}
_TELLING = re.compile(rf"(?i)(?:{'|'.join(TELLING)})s?(?:\s*\([^()]*\))?$")
_HEAD = re.compile(rf"(?i)\s+({'|'.join(sorted(HEADS, key=len, reverse=True))})s?(?:\s*\([^()]*\))?$")


def without_head(name: str) -> str:
    """The name without a last word that only says what kind of thing it is.

    >>> without_head("NVIDIA A100 GPUs"), without_head("GPU")
    ('NVIDIA A100', 'GPU')
    """
    return _HEAD.sub("", name.strip())


# A product's memory and socket, which make no other product of it ("A100-SXM4-80GB").
_SIZE = re.compile(r"(?i)(?:[\s/-]+\(?(?:\d{1,3}\s?GB|SXM\d?|PCIe))+\)?$")


def without_size(name: str) -> str:
    """A product's name, which has a number, without its memory and socket at the end.

    >>> without_size("Tesla V100-32GB"), without_size("H100 SXM5 80 GB"), without_size("CPU PCIe")
    ('Tesla V100', 'H100', 'CPU PCIe')
    """
    whole = name.strip()
    short = _SIZE.sub("", whole)
    return short if short == whole or any(letter.isdigit() for letter in short) else name


def tells(name: str) -> bool:
    """Whether the last word of a name says what kind of hardware it is.

    >>> tells("T4 GPU"), tells("T4 node")
    (True, False)
    """
    return bool(_TELLING.search(name.strip()))


def fits(name: str, sorts: Collection[str]) -> bool:
    """Whether the last word of a name adds nothing for a thing of these sorts: its kind, its key, all that is broader.

    >>> fits("Jetson Nano GPU", ["board", "hardware/gpu"]), fits("Raspberry Pi 5 CPU", ["board", "hardware/gpu"])
    (True, False)
    """
    head = _HEAD.search(name.strip())
    wanted = _FITS.get(head[1].lower()) if head else None
    return wanted is None or not wanted.isdisjoint(sorts)
