"""Every command of the README runs, in the order in which it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.sources.sample import sample_gold, sample_papers

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
QUESTION = "SELECT ?hardware WHERE { ?hardware a kg:Hardware } LIMIT 3\n"
CATALOGUE = "type: Hardware\nentries:\n  - {id: acme-npu-1, label: Acme NPU-1, kind: npu, broader: [npu]}\n"


def blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if kind == language]


def commands() -> list[str]:
    lines = [line.split("  #")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "source "))]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory) -> Path:
    """A folder with the files that the README speaks of, and the sample graph built as `make graph` does."""
    folder = tmp_path_factory.mktemp("newcomer")
    lines = sample_papers().read_text(encoding="utf-8").splitlines()
    for name, some in (("papers.jsonl", lines[:12]), ("my-papers.jsonl", lines[5:15])):
        (folder / name).write_text("\n".join(some), encoding="utf-8")
    (folder / "more.csv").write_text(
        "title,abstract\nFastX on an FPGA,We propose FastX. It runs on an FPGA.\n", encoding="utf-8"
    )
    shutil.copy(sample_gold(), folder / "gold.jsonl")
    (folder / "question.rq").write_text(QUESTION, encoding="utf-8")
    (folder / "mine.yaml").write_text(CATALOGUE, encoding="utf-8")
    return folder


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_the_commands_of_the_readme_run(newcomer):
    assert len(commands()) > 10
    for line in commands():
        if line.startswith("make "):  # the set-up is this checkout's; what it then runs is the same command
            shown = run(f"make -n -C {ROOT} {line.removeprefix('make ')}", newcomer)
            assert shown.returncode == 0, shown.stderr
            line = next(x for x in shown.stdout.splitlines() if "/kg build" in x).replace(".venv/bin/kg", "kg")
        done = run(line, newcomer)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
    assert (newcomer / "output" / "index.html").exists()


@pytest.mark.slow
def test_the_python_of_the_readme_runs(newcomer):
    (code,) = blocks("python")
    done = run(f"{sys.executable} - <<'END'\n{code}\nEND", newcomer)
    assert done.returncode == 0, done.stderr


def test_ci_runs_the_test_command_of_the_readme():
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
