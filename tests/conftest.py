"""Fixtures that every folder of tests shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold, seeds and corpora: `KG_SHARED`, or `../shared` beside the checkout."""
    path = Path(os.environ.get("KG_SHARED") or HERE.parent.parent / "shared")
    if not path.is_dir():
        pytest.skip(f"needs the shared gold and corpora, absent at {path}; set KG_SHARED to their folder")
    return path
