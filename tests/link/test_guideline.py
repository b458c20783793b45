"""Hand-made annotation becomes a record whose spans give their text."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.link.guideline import from_guideline
from kg.records import Paper

PAPER = Paper(
    id="x", title="FastX: kernels for the A100", abstract="We propose FastX. It is 3x faster on A100 GPUs (A100)."
)
ANNOTATION = {
    "id": "x",
    "entities": [
        {"type": "Method", "names": ["FastX"], "canonical": "FastX"},
        {"type": "Hardware", "names": ["A100 GPUs", "A100"], "canonical": "NVIDIA A100"},
    ],
    "proposes": ["FastX"],
    "hardware_roles": [{"hardware": "NVIDIA A100", "role": "targets", "evidence": "kernels for the A100"}],
    "results": [{"value": "3x", "metric": "speedup", "evidence": "3x faster on A100 GPUs"}],
}


def test_every_place_of_a_name_is_a_mention_and_gives_its_text():
    record = from_guideline(PAPER, ANNOTATION)
    mentions = [m for e in record.entities for m in e.mentions]
    assert [m.text for m in mentions] == ["FastX", "FastX", "A100", "A100 GPUs", "A100"]
    assert all(PAPER.text[m.start : m.end] == m.text for m in mentions)
    assert all(m.sentence[0] <= m.start < m.end <= m.sentence[1] for m in mentions)


def test_the_form_of_the_guideline_survives_the_round_trip():
    assert from_guideline(PAPER, ANNOTATION).guideline() == ANNOTATION


def test_a_missing_field_is_named():
    with pytest.raises(InputError, match="canonical"):
        from_guideline(PAPER, {"entities": [{"type": "Method", "names": ["FastX"]}]})
