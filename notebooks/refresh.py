"""Run the notebooks and keep their outputs: `make notebooks`. A test asks `stale` whether that is due.

A notebook keeps in its metadata what its outputs were made from: its own source, the example in `output/`, and the
network. Whatever of these has changed since makes it stale. The library behind interactive tables, 0.7 MB in each
notebook, is not kept: it loads when a notebook is run, and until then the tables stand as plain ones.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import nbformat
import pyarrow.parquet as pq
from nbclient import NotebookClient

import kg

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "output" / "example"
_LARGE = 300_000  # characters of an output


def notebooks() -> list[Path]:
    """All of them, in their order."""
    return sorted(HERE.glob("*.ipynb"))


def made_from(notebook: Any) -> dict[str, str]:
    """Hashes of what a notebook's outputs depend on."""
    source = "\0".join(f"{cell.cell_type}\0{cell.source}" for cell in notebook.cells)
    tables = "".join(str(pq.read_table(path).to_pylist()) for path in sorted((EXAMPLE / "tables").iterdir()))
    network = Path(kg.__file__).parent / "model" / "tagger.onnx"
    content = {"source": source.encode(), "example": tables.encode(), "network": network.read_bytes()}
    return {name: hashlib.sha256(data).hexdigest()[:16] for name, data in content.items()}


def stale(path: Path) -> list[str]:
    """What has changed since the outputs of a notebook were made; empty where they are current."""
    notebook = nbformat.read(path, as_version=4)
    kept = notebook.metadata.get("kg", {})
    return [name for name, now in made_from(notebook).items() if kept.get(name) != now]


def refresh(path: Path) -> None:
    """Run a notebook from a clean kernel and write it with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(HERE)}}).execute()
    for cell in notebook.cells:
        cell.metadata = {}  # clock times of the run
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if len(str(output)) < _LARGE]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}, "kg": made_from(notebook)}
    notebook.metadata = nbformat.from_dict(about)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    chosen = [path for path in notebooks() if not sys.argv[1:] or any(word in path.name for word in sys.argv[1:])]
    for each in chosen:
        refresh(each)
        sys.stdout.write(f"{each.name}: {each.stat().st_size / 1e6:.2f} MB\n")
