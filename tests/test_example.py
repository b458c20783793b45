"""The example in `output/` is what the code makes of the sample corpus, and stays small."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import kg

OUTPUT = Path(__file__).parents[1] / "output"


@pytest.fixture(scope="module")
def regenerate():
    spec = importlib.util.spec_from_file_location("regenerate", OUTPUT / "regenerate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_example_is_what_the_code_makes(regenerate, tmp_path):
    regenerate.make(tmp_path / "example")
    now, committed = regenerate.content(tmp_path / "example"), regenerate.content(OUTPUT / "example")
    stale = sorted(name for name in now.keys() | committed.keys() if now.get(name) != committed.get(name))
    assert stale == [], f"the example in output/ is stale; renew it with: make example (then make notebooks). {stale}"


def test_the_example_opens_and_answers():
    answer = kg.open(OUTPUT / "example").query("methods-by-hardware", hardware="FPGA")
    assert len(answer.rows) > 3


def test_the_example_stays_under_five_megabytes():
    assert sum(p.stat().st_size for p in (OUTPUT / "example").rglob("*") if p.is_file()) < 5_000_000
