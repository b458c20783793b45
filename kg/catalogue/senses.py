"""Words around an ambiguous name that speak for or against its being hardware: the table `senses.tsv`, compiled.

Each line of the table: side, names, where, pattern, example. The side is `against` (names, separated by "|", that have
another sense where the pattern stands directly "before" or "after" them or anywhere in their "sentence"), `head` (what
may follow a name of that group, directly), `for` (what the sentence of a name of that group has) or `usual` (names that
are hardware wherever nothing speaks against it). The example shows the pattern at work, and a test holds it to that.
Names are compared without case, patterns with it unless they say `(?i)`.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import NamedTuple

#: kind of an entry -> the group whose heads and cues apply to it
GROUPS = {
    "gpu": "gpu", "architecture": "gpu", "superchip": "gpu",
    "system": "machine", "supercomputer": "machine",
    "cpu": "chip", "soc": "chip", "device": "chip", "microcontroller": "chip", "dsp": "chip",
    "npu": "accelerator", "tpu": "accelerator", "asic": "accelerator", "neuromorphic": "accelerator",
    "photonic": "accelerator", "accelerator": "accelerator",
    "board": "board", "fpga": "board",
    "quantum": "quantum",
    "class": "part", "unit": "part", "memory": "part", "storage": "part", "interconnect": "part",
}  # fmt: skip


class Cue(NamedTuple):
    """A pattern near a name, and a sentence that shows it. Of the sides `for` and `head`, `names` is a group."""

    side: str
    names: tuple[str, ...]
    where: str
    pattern: re.Pattern[str]
    example: str


@functools.cache
def cues() -> tuple[Cue, ...]:
    """The table, read and compiled once.

    >>> next(cue.example for cue in cues() if cue.names == ("volta",) and cue.where == "before")
    'Fisheries of Lake Volta are modelled.'
    """
    text = (Path(__file__).parent / "senses.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Cue(side, tuple(names.split("|")), where, re.compile(_placed(side, where, pattern)), example)
        for side, names, where, pattern, example in rows
    )


def _placed(side: str, where: str, pattern: str) -> str:
    if side == "head":
        return rf"^[\s\-/]*\(?(?:{pattern})(?![a-z])"
    if where == "before":
        return rf"(?<!\w)(?:{pattern})[\s\-]*$"
    return rf"^[\s\-]*(?:{pattern})" if where == "after" else pattern


@functools.cache
def against(name: str) -> tuple[Cue, ...]:
    """The cues that speak against a name, given without case."""
    return tuple(cue for cue in cues() if cue.side == "against" and name in cue.names)


@functools.cache
def usual(name: str) -> bool:
    """Whether the name, given without case, is hardware unless something speaks against it."""
    return any(name in cue.names for cue in cues() if cue.side == "usual")


@functools.cache
def of_group(side: str, group: str) -> Cue:
    """The head or the cue for hardware of a group. Raises StopIteration where the table has none."""
    return next(cue for cue in cues() if cue.side == side and group in cue.names)
