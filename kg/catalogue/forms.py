"""Products that nobody listed, resolved to their family by the form of their name, and marked as inferred.

In: a name, as a paper writes it. Out: an `Entity` (label, vendor, kind, what it is narrower than) or None. Each line of
the table `forms.tsv` is an example, a pattern for the name without its vendor and without a last word such as "GPU",
the label that it gives, vendor, kind and broader entry. Ask the catalogue first: it knows what it lists better.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import NamedTuple

from kg.catalogue.heads import without_head, without_size
from kg.records import Entity
from kg.schema import HARDWARE
from kg.text import normal, singular, slug


class Form(NamedTuple):
    """A family's way of naming; `label` may use the groups of the pattern by number, `prefix` may stand before it."""

    example: str
    pattern: str
    label: str
    vendor: str
    prefix: str
    kind: str
    broader: str


def infer(name: str) -> Entity | None:
    """The entity that a name's form speaks for, inferred, or None.

    >>> entity = infer("NVIDIA RTX 6090 GPUs")
    >>> entity.label, entity.vendor, entity.kind, entity.broader, entity.inferred
    ('NVIDIA GeForce RTX 6090', 'nvidia', 'gpu', ('hardware/nvidia-geforce-rtx',), True)
    >>> infer("RTX 12")
    """
    plain = normal(name)
    for candidate in dict.fromkeys((plain, without_head(plain), singular(plain), without_size(without_head(plain)))):
        for form, pattern in _compiled():
            if found := pattern.fullmatch(candidate):
                return _entity(form, found)
    return None


def _entity(form: Form, found: re.Match[str]) -> Entity:
    label = re.sub(r"\\(\d)", lambda m: found[int(m[1]) + 1] or "", form.label)
    label = " ".join(label.split())
    return Entity(
        key=f"{HARDWARE.slug}/{slug(label)}",
        type=HARDWARE.name,
        label=label,
        kind=form.kind,
        vendor=form.vendor or None,
        broader=(f"{HARDWARE.slug}/{form.broader}",),
        inferred=True,
    )


@functools.cache
def forms() -> tuple[Form, ...]:
    """The table `forms.tsv`, in its order: the first pattern that fits decides.

    >>> forms()[0].example
    'RTX 6090'
    """
    text = (Path(__file__).parent / "forms.tsv").read_text(encoding="utf-8")
    return tuple(Form(*line.split("\t")) for line in text.splitlines() if not line.startswith("#"))


@functools.cache
def _compiled() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    """The patterns, each after an optional vendor in group 1."""
    return tuple((form, re.compile(rf"({_prefix(form)})(?:{form.pattern})")) for form in forms())


def _prefix(form: Form) -> str:
    return rf"(?:(?:{form.prefix})(?:['’]s)?[ -])?" if form.prefix else ""
