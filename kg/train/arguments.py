"""What the training commands are given: folders of annotated papers and of corpora, looked at before the work begins.

In: a path as typed. Out: the same, or a line that names the file that is not there and what was expected, which
`argparse` prints instead of a traceback.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path


def parser(doc: str | None) -> ArgumentParser:
    """A parser whose description is the docstring of a command's module."""
    return ArgumentParser(description=" ".join((doc or "").split()))


def annotated(path: str) -> Path:
    """A folder of annotated papers.

    Raises ArgumentTypeError where a file of it is not there.
    """
    return _with(path, "papers and gold records in the form of the annotation guideline", "papers.jsonl", "gold.jsonl")


def corpora(path: str) -> Path:
    """A folder of public corpora.

    Raises ArgumentTypeError where it has no label map.
    """
    return _with(path, "public corpora and the map of their labels to ours", "label_map.json")


def _with(path: str, what: str, *names: str) -> Path:
    for name in names:
        if not (Path(path) / name).is_file():
            raise ArgumentTypeError(f"{Path(path) / name} is not there; expected a folder with {what}")
    return Path(path)
