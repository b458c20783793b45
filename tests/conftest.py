"""Fixtures that every folder of tests shares."""

from __future__ import annotations

import os
import shutil
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


ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, from the extra `dev`")
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium or not Path(chromium).exists():
        pytest.skip("needs Chromium: install Debian's package chromium, or set KG_CHROMIUM to one")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=chromium, headless=True, args=ARGS)
        yield started
        started.close()
