"""The sample corpus that ships in the package: what is built where no papers are given."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_papers() -> Path:
    """The file of sample papers.

    >>> sample_papers().name
    'sample_papers.jsonl'
    """
    return Path(str(files("kg").joinpath("data", "sample_papers.jsonl")))


def sample_gold() -> Path:
    """Some of the sample papers annotated by the guideline, to try `kg evaluate` on.

    >>> sample_gold().name
    'sample_gold.jsonl'
    """
    return sample_papers().with_name("sample_gold.jsonl")
