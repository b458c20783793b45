"""An error is one line that says what to do next, with an exit code, never a traceback."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

KG = Path(sys.executable).with_name("kg")
GOOD = '{"title": "FastX on an A100", "abstract": "We propose FastX, a fast kernel. It runs on an NVIDIA A100 GPU."}\n'


def kg(*words: object, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KG, *map(str, words)], capture_output=True, text=True, timeout=120, **options)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["build", "no-such-file.jsonl", "--out", "out"], 3, "no-such-file.jsonl"),
        (["build", "bad.bin", "--out", "out"], 3, "bad.bin"),
        (["build", "empty.txt", "--out", "out"], 3, "empty"),
        (["build", "good.jsonl", "--out", "good.jsonl"], 5, "good.jsonl"),
        (["build", "good.jsonl", "--format", "jsonk", "--out", "out"], 5, "jsonk"),
        (["build", "good.jsonl", "--catalogue", "bad.yaml", "--out", "out"], 4, "bad.yaml:"),
        (["link", "good.jsonl", "--out", "out"], 3, "kg extract"),
        (["query", "methods-by-hardwar"], 6, "methods-by-hardware"),
        (["query", "methods-by-hardware", "--from", "nowhere"], 3, "nowhere"),
        (["evaluate", "good.jsonl", "good.jsonl"], 3, "good.jsonl:1"),
        (["explain", "no such paper", "good.jsonl"], 3, "no such paper"),
        (["view", "--from", "nowhere"], 3, "nowhere"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_wrong_input_ends_in_one_line_and_a_code(tmp_path, words, code, says):
    (tmp_path / "good.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "bad.bin").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "bad.yaml").write_text("- id: x\n  type: Hardware\n  broader: [nothing-at-all]\n", encoding="utf-8")
    done = kg(*words, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "good.jsonl").write_text(GOOD, encoding="utf-8")
    locked = tmp_path / "locked"
    locked.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    done = kg("build", "good.jsonl", "--out", locked / "out", cwd=tmp_path)
    assert (done.returncode, "locked" in done.stderr) == (5, True)


def test_bad_items_cost_no_good_one_and_are_counted(tmp_path):
    bad = '{"title": "No abstract"}\nnot json\n' + GOOD + '{"title": "", "abstract": "No title."}\n'
    (tmp_path / "mixed.jsonl").write_text(bad, encoding="utf-8")
    done = kg("build", "mixed.jsonl", "--out", "out", "--fast", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "read   1 paper\n" in done.stderr
    assert "set aside 3" in done.stderr
    assert "mixed.jsonl:2" in done.stderr
    assert len((tmp_path / "out" / "rejected.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_stages_pipe_from_standard_input_to_standard_output(tmp_path):
    extracted = kg("extract", "-", "--full", "--fast", "--quiet", input=GOOD, cwd=tmp_path)
    assert extracted.returncode == 0, extracted.stderr
    linked = kg("link", "-", "--out", "out", input=extracted.stdout, cwd=tmp_path)
    assert linked.returncode == 0, linked.stderr
    assert (tmp_path / "out" / "tables" / "entities.parquet").exists()


def test_quiet_says_nothing(tmp_path):
    (tmp_path / "good.jsonl").write_text(GOOD, encoding="utf-8")
    done = kg("build", "good.jsonl", "--out", "out", "--fast", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
