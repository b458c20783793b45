"""The training commands say what is missing, in a line, before they begin."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = {
    "fuse": "papers.jsonl",
    "aspects": "papers.jsonl",
    "names": "papers.jsonl",
    "roles": "papers.jsonl",
    "external": "label_map.json",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_without_its_files_is_refused_by_name(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if name != "external":
        pytest.importorskip("sklearn", reason="the extra `train` is not installed")
    command = importlib.import_module(f"kg.train.{name}")
    with pytest.raises(SystemExit) as stopped:
        command.main([str(tmp_path)])
    assert stopped.value.code == 2
    assert f"{tmp_path / COMMANDS[name]} is not there; expected a folder with" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["tagger", "fuse"])
def test_a_library_that_is_not_installed_is_answered_with_how_to_get_it(name: str, tmp_path: Path) -> None:
    for library in ("torch", "sklearn"):
        (tmp_path / library).mkdir()
        (tmp_path / library / "__init__.py").write_text(
            f"raise ModuleNotFoundError(\"No module named '{library}'\", name='{library}')"
        )
    ended = subprocess.run(
        [sys.executable, "-m", f"kg.train.{name}", "--help"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "training needs the extra `train`; pip install 'hardware-kg[train]'" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_model_of_roles_that_does_not_exist_is_answered_with_those_that_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sklearn", reason="the extra `train` is not installed")
    from kg.train import roles

    for file in ("papers.jsonl", "gold.jsonl"):
        (tmp_path / file).touch()
    with pytest.raises(SystemExit):
        roles.main([str(tmp_path), "rolls"])
    assert "rolls: no such model; there are" in capsys.readouterr().err
