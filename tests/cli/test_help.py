"""The help is product: every verb shows an example, and the reference page is what `--help` prints."""

from __future__ import annotations

from pathlib import Path

from kg.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_reference_page_is_what_help_prints():
    assert PAGE.read_text(encoding="utf-8") == reference(), "renew it with: make docs"


def test_every_verb_shows_an_example():
    verbs = [part for part in reference().split("\n## ")[1:] if " COMMAND [ARGS]" not in part.splitlines()[3]]
    assert len(verbs) > 6
    assert [v.splitlines()[0] for v in verbs if "Example" not in v] == []
