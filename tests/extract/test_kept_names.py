"""The matcher of the catalogue's names is kept in a file, and is the same from there."""

from pathlib import Path

import pytest

from kg.catalogue import Catalogue, load
from kg.extract import known
from kg.extract.known import Meaning
from kg.extract.matcher import Matcher
from kg.extract.tokens import read


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """How many names each matcher had that was made anew; nothing has been kept yet."""
    found: list[int] = []
    names = known.names
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    monkeypatch.setattr(known, "names", lambda of: found.append(len(rows := names(of))) or rows)
    return found


def _matcher(catalogue: Catalogue) -> Matcher[Meaning]:
    known._LATEST.clear()  # as another process would begin
    return known.matcher(catalogue)


def _found(catalogue: Catalogue) -> list[str | None]:
    text = "We run FlashAttention and ResNet50 on NVIDIA A100 GPUs and on co-processors."
    t = read(text)
    return [c.id for c in known.matches(text, t, _matcher(catalogue))]


def test_it_is_read_from_the_file_and_finds_the_same(made: list[int]) -> None:
    first, second = _found(load()), _found(load())
    assert first == second
    assert "hardware/nvidia-a100" in first
    assert len(made) == 1


def test_another_catalogue_has_another_file(made: list[int], tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("entries:\n- {label: Run We, vendor: nvidia, aliases: [We run]}\n")
    assert _found(load()) != _found(load([mine]))
    assert made[1] > made[0]


def test_a_damaged_file_is_made_again(made: list[int], tmp_path: Path) -> None:
    first = _found(load())
    for file in tmp_path.glob("names-*"):
        file.write_bytes(b"damaged")
    assert _found(load()) == first
    assert len(made) == 2
