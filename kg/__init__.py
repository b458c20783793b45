"""Knowledge graph of research papers in which hardware is a first-class thing.

`kg.build(paths, out)` makes a knowledge base, `kg.open(folder)` opens one, `kg.load_nlp()` is the spaCy pipeline.
Everything is loaded at its first use: importing this package loads no model and no library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg import diff, evaluate, explain, report
    from kg.extract.nlp import load_nlp
    from kg.knowledge_base import KnowledgeBase, open  # noqa: A004 - kg.open, as one opens a file
    from kg.pipeline.build import build
    from kg.query.questions import questions
    from kg.sources import read
    from kg.sources.sample import sample_gold, sample_papers

_HOME = {
    "KnowledgeBase": "kg.knowledge_base",
    "build": "kg.pipeline",
    "load_nlp": "kg.extract.nlp",
    "open": "kg.knowledge_base",
    "questions": "kg.query.questions",
    "read": "kg.sources",
    "sample_gold": "kg.sources.sample",
    "sample_papers": "kg.sources.sample",
}

_MODULES = {"diff", "evaluate", "explain", "report"}

__all__ = [
    "KnowledgeBase", "build", "diff", "evaluate", "explain", "load_nlp", "open",
    "questions", "read", "report", "sample_gold", "sample_papers",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"kg.{name}")
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
