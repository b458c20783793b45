"""Which names of hardware in one paper mean the same: "servers" are its "edge servers", a "GPU" is not its "A100 GPU".

In: two names as lists of words in lower case, the last one in the singular. Out: whether a paper that uses both means
one thing. Of the pairs that these rules join in annotated abstracts, annotators join 86%; of those that they leave
apart, 40%, which words alone do not tell.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from kg.extract.tables import words
from kg.text import singular

_MAKERS = "nvidia|amd|intel|xilinx|google|apple|qualcomm|huawei|ibm"
#: Words that make one thing of a class another than the class: a maker, a version.
_APART = re.compile(rf"\d|\b(?:{_MAKERS}|ascend|tesla|geforce|jetson|rtx)\b")
#: Classes whose kinds are told apart: "FPGA" beside "edge FPGA".
_TOLD_APART = words("fpga pim cim")
#: Classes that a name may leave out: "Ecco" is the "Ecco accelerator". But "GPU" is no "GPU cluster" nor "GPU memory".
_LEFT_OUT = words("""
    gpu accelerator fpga device core system architecture cpu microcontroller processor coprocessor supercomputer
    platform hardware board chip npu unit card fabric
""")
#: Classes for which papers say now one word, now the other: "edge devices", "edge platforms". Of 59 pairs that
#: differ in these words alone, annotators join 56.
_ALIKE = words("device platform system hardware environment architecture")
#: The class of a product, behind its name: "T4 GPU", "Frontier supercomputers".
_CLASS = re.compile(
    r"[ ~-](?:(?:AI|edge|embedded) )?(?:[GNTC]PU|FPGA|ASIC|(?:MP)?SoC|MCU|(?:super|micro)?chip|processor|accelerator"
    r"|card|board|(?:super|micro)computer|microcontroller|workstation|device|platform|kit|phone|headset)s?\b"
)
#: A product has a number in its name, or is a proper name in the middle of a sentence: its maker's or its own word.
_PROPER = re.compile(r"(?:[A-Z]\w+ )?[A-Z][a-z]{2,}(?: [A-Z]+[a-z]*)*")
_NO_PRODUCT = re.compile(rf"(?i:{_MAKERS}|arm|samsung|amazon|aws|edge|mobile)")
#: Firms whose name alone is none of their machines. Others' names are: Tenstorrent, Groq, Arm.
_FIRM = re.compile(rf"(?i:{_MAKERS}|samsung|amazon|aws|microsoft|tsmc|micron|sk[- ]hynix|dell|lenovo|fujitsu)")
_IN_SENTENCE = re.compile(r"[\w,;)] \Z")


@functools.lru_cache(maxsize=8192)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name as `longer` compares them.

    >>> parts("Edge-AI Servers")
    ('edge', 'ai', 'server')
    """
    return tuple(singular(name).lower().replace("-", " ").split())


def is_firm(name: str) -> bool:
    """Whether a name is a maker's alone, and no hardware.

    >>> is_firm("NVIDIA"), is_firm("NVIDIA GPU"), is_firm("Groq")
    (True, False, False)
    """
    return _FIRM.fullmatch(name) is not None


def longer(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether `other` is a longer name of the same hardware.

    >>> pairs = [("servers", "edge servers"), ("Ecco", "Ecco accelerator"), ("HPC clusters", "HPC GPU clusters")]
    >>> [longer(parts(a), parts(b)) for a, b in pairs]
    [True, True, True]
    >>> pairs = [("GPU", "A100 GPU"), ("GPU", "GPU cluster"), ("edge server", "cloud server")]
    >>> [longer(parts(a), parts(b)) for a, b in pairs]
    [False, False, False]
    >>> longer(parts("RBD accelerators"), parts("Rigid Body Dynamics Accelerator"))
    True
    """
    size = len(name)
    if not 0 < size < len(other):
        return False
    if other[:size] == name:
        return other[-1] in _LEFT_OUT and (len(other) == size + 1 or _numbered(name))
    if size > 1:
        if set(name) <= set(other):
            return other[-size:] == name or not _numbered(set(other) - set(name))
        first, rest = name[0], name[1:]
        return len(first) > 1 and other[1 - size :] == rest and first == "".join([w[0] for w in other[: 1 - size]])
    return other[-1:] == name and name[0] not in _TOLD_APART and not _APART.search(" ".join(other[:-1]))


def alike(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ in the word for their class alone.

    >>> alike(parts("edge devices"), parts("edge platforms")), alike(parts("edge devices"), parts("edge servers"))
    (True, False)
    """
    return len(name) > 1 and name[:-1] == other[:-1] and {name[-1], other[-1]} <= _ALIKE


def _numbered(name: Iterable[str]) -> bool:
    return any(c.isdigit() for word in name for c in word)


def shorter(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of keys: a name, and the longer name of a paper that means the same, none where several could; and names
    that differ in the word for their class alone.

    >>> shorter({"a": "cluster", "b": "GPU cluster", "c": "edge server", "d": "cloud server", "e": "server"})
    [('a', 'b')]
    """
    split = {key: parts(name) for key, name in names.items()}
    out = []
    for key, name in split.items():
        more = sorted((k for k, other in split.items() if longer(name, other)), key=lambda k: (len(split[k]), k))
        if more and all(set(split[a]) <= set(split[b]) for a, b in pairwise(more)):
            out.append((key, more[0]))
        out += [(key, k) for k, other in split.items() if key < k and alike(name, other)]
    return out


def also(text: str, start: int, end: int) -> str | None:
    """The other way to name the product at `text[start:end]`: without its class behind it, or with it; else None.

    >>> text = "We use T4 GPUs, an FPGA board, RTX 4090 cards and the Frontier supercomputer."
    >>> [also(text, text.index(n), text.index(n) + len(n)) for n in ("T4 GPUs", "T4", "FPGA board", "RTX 4090 cards")]
    ['T4', 'T4 GPUs', None, 'RTX 4090']
    >>> also(text, text.index("Frontier"), len(text) - 1)
    'Frontier'
    """
    name = text[start:end]
    tail = next((m for m in _CLASS.finditer(name) if m.end() == len(name)), None)
    bare = name[: tail.start()] if tail else name
    if bare.isdigit() or not (_numbered(bare) or _named(bare, text, start)):
        return None
    if tail:
        return bare
    behind = _CLASS.match(text, end)
    return text[start : behind.end()] if behind else None


def _named(bare: str, text: str, start: int) -> bool:
    """Whether a name without a number is a product's: not its maker's alone, no word that only a title writes large."""
    if not _PROPER.fullmatch(bare) or _NO_PRODUCT.fullmatch(bare) or start <= text.find("\n\n"):
        return False
    return bool(_IN_SENTENCE.search(text, max(0, start - 2), start))
