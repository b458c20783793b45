"""What abbreviations stand for in the world's abstracts: the table `abbreviations.tsv`, read once.

Each line: an abbreviation, how it is compared, and its long forms with the number of papers that spell it out so, most
papers first. Counted over 80,000 computer-science abstracts by `benchmarks/abbreviations.py`; long forms that only one
paper uses are left out. Compared without case ("fold"), or letter by letter ("exact") where another capitalisation is a
more frequent abbreviation of something else: SfM is structure from motion, SFM a speech foundation model.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple


class Form(NamedTuple):
    """A long form of an abbreviation, and how many papers spell the abbreviation out so."""

    name: str
    papers: int


class _Table(NamedTuple):
    forms: dict[str, tuple[Form, ...]]
    cased: frozenset[str]
    written: dict[str, str]  # without case -> as most papers write it


@functools.cache
def _table() -> _Table:
    text = (Path(__file__).parent / "abbreviations.tsv").read_text(encoding="utf-8")
    forms: dict[str, tuple[Form, ...]] = {}
    cased, written = set(), {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        short, how, *rest = line.split("\t")
        if how == "exact":
            cased.add(short)
        else:
            written[short.lower()] = short
        pairs = (form.rsplit(":", 1) for form in rest)
        forms[short if how == "exact" else short.lower()] = tuple(Form(name, int(n)) for name, n in pairs)
    return _Table(forms, frozenset(cased), written)


def cased() -> frozenset[str]:
    """The abbreviations whose capitalisation counts."""
    return _table().cased


def listed(short: str) -> tuple[Form, ...]:
    """The long forms of an abbreviation (in the singular) in the table, most papers first; empty where it has none.

    >>> listed("RAG")[0].name.lower()
    'retrieval-augmented generation'
    """
    table = _table()
    return table.forms.get(short if short in table.cased else short.lower(), ())


def counted(short: str) -> tuple[Form, ...]:
    """As `listed`, but none where the table knows only another word: VLLM, video models, says nothing of vLLM."""
    other = _table().written.get(short.lower(), short)
    return () if other.isupper() and not short.isupper() else listed(short)
