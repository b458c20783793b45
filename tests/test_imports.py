"""Imports point one way: a stage knows the records it takes and gives, nothing of its neighbours."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kg

ROOT = Path(kg.__file__).parent

# What every stage may import, then what each stage may import besides itself. `train` builds what `model` ships.
COMMON = {"errors", "schema", "records", "text", "abbreviations", "garbage_collection", "kept"}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "schema": set(),
    "text": set(),
    "garbage_collection": set(),
    "kept": set(),
    "abbreviations": set(),
    "records": {"schema"},
    "data": set(),
    "sources": set(),
    "catalogue": set(),
    "model": set(),
    "extract": {"catalogue", "model"},
    "train": {"extract", "model", "catalogue", "evaluate", "link"},
    "folder": set(),
    "store": {"folder"},
    "link": {"catalogue", "store"},
    "review": {"store", "link"},
    "evaluate": set(),
    "explain": set(),
    "graph": {"store"},
    "rdf": {"store"},
    "query": {"store", "rdf"},
    "view": {"store", "graph", "rdf", "query"},
    "report": {"store", "view"},
    "diff": {"store"},
    "serve": {"store", "rdf", "query", "view"},
}
TOP = {"pipeline", "knowledge_base", "cli", "__init__", "__main__"}  # these alone know the order of the stages

# Heavy libraries and the only places that may import them.
OWNERS = {
    "spacy": {"extract", "train"},
    "torch": {"train"},
    "sklearn": {"train"},
    "onnxruntime": {"model", "extract", "train"},
    "rdflib": {"rdf", "query", "serve", "knowledge_base"},
    "pyoxigraph": {"rdf", "query", "serve"},
    "pyshacl": {"rdf"},
    "pyvis": {"view"},
    "daft": {"pipeline", "store"},
    "ray": {"pipeline"},
}


def _modules():
    for path in sorted(ROOT.rglob("*.py")):
        relative = path.relative_to(ROOT)
        yield relative.parts[0].removesuffix(".py"), relative, ast.parse(path.read_text(encoding="utf8"))


def _imports(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            if node.module == "kg":
                yield from ((f"kg.{a.name}", node.lineno) for a in node.names)
            else:
                yield node.module, node.lineno


def test_a_stage_imports_only_what_stands_before_it():
    wrong = []
    for stage, path, tree in _modules():
        if stage in TOP:
            continue
        for name, line in _imports(tree):
            parts = name.split(".")
            if parts[0] == "kg" and len(parts) > 1 and parts[1] not in COMMON | ALLOWED[stage] | {stage}:
                wrong.append(f"{path}:{line} imports {name}")
    assert wrong == []


def _only_for_types(tree: ast.AST) -> set[int]:
    """The lines of `if TYPE_CHECKING:` blocks, which import nothing when the program runs."""
    blocks = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    return {inner.lineno for block in blocks for inner in ast.walk(block) if hasattr(inner, "lineno")}


def test_a_heavy_library_is_imported_only_by_its_stage():
    wrong = []
    for stage, path, tree in _modules():
        typed = _only_for_types(tree)
        for name, line in _imports(tree):
            if line in typed:
                continue
            owners = OWNERS.get(name.split(".")[0])
            if owners is not None and stage not in owners:
                wrong.append(f"{path}:{line} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("module", ["kg", "kg.cli"])
def test_an_import_loads_no_heavy_library(module):
    heavy = {*OWNERS, "pyarrow", "networkx", "pandas"}
    code = f"import sys, {module}; print(sorted(set(sys.modules).intersection({sorted(heavy)!r})))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
