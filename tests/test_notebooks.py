"""The notebooks show what the code of today gives, and can be read where they are not run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
nbformat = pytest.importorskip("nbformat", reason="needs nbformat, from the extra `dev`")


@pytest.fixture(scope="module")
def refresh():
    spec = importlib.util.spec_from_file_location("refresh", NOTEBOOKS / "refresh.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_six():
    assert [path.name[:2] for path in PATHS] == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_stored_outputs_are_current(refresh, path):
    changed = refresh.stale(path)
    assert changed == [], (
        f"the outputs of {path.name} are stale ({', '.join(changed)}); renew them with: make notebooks"
    )


def test_a_changed_cell_makes_the_outputs_stale(refresh, tmp_path):
    notebook = nbformat.read(PATHS[0], as_version=4)
    notebook.cells[-1].source += " more"
    nbformat.write(notebook, tmp_path / "changed.ipynb")
    assert "source" in refresh.stale(tmp_path / "changed.ipynb")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_with_outputs_that_read_without_running(path):
    assert path.stat().st_size < 600_000
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert {"image/png", "text/html"} <= kinds
    assert "<td" in "".join(output.data["text/html"] for output in outputs if "text/html" in output.get("data", {}))
