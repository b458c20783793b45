"""A build of many papers says that their abstracts stand beside the page, and a smaller one takes them away again."""

from __future__ import annotations

from typer.testing import CliRunner

from kg.cli.app import app
from kg.view import explorer


def test_the_build_says_that_abstracts_stand_beside_the_page(papers, fake, monkeypatch, tmp_path):
    out = tmp_path / "kb"
    for most, beside in ((1, True), (explorer.SINGLE_FILE, False)):
        monkeypatch.setattr(explorer, "SINGLE_FILE", most)
        run = CliRunner().invoke(app, ["build", str(papers), "--out", str(out), "--fast"])
        assert run.exit_code == 0, run.output
        assert (f"keep {explorer.BESIDE}/ with it" in run.output) is beside
        assert (out / explorer.BESIDE).exists() is beside
