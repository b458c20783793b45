"""The page of questions names every question with its words, its parameters and its example."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.query.document import _cell
from kg.query.questions import Question, questions

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)
def test_the_page_documents_a_question(question: Question) -> None:
    text = PAGE.read_text(encoding="utf-8")
    _, _, section = text.partition(f"\n### {question.name}\n")
    section = section.partition("\n### ")[0]
    assert question.title in section
    assert all(f"- `{p.name}`, {p.type}" in section for p in question.parameters)
    assert all(f"--{name} " in section for name in question.example)


def test_text_from_papers_is_no_markup_on_the_page() -> None:
    assert _cell("<b>|a|</b>\n*x*") == r"\<b\>\|a\|\</b\> \*x\*"
