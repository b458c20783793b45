"""Loading the packaged network, refusing a damaged one, and reading long texts in windows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import ConfigurationError
from kg.model import FOLDER, card
from kg.model.network import CONFIG, NETWORK, TOKENIZER, Network, load, windows
from kg.model.spans import Pieces


@pytest.fixture(scope="module")
def network() -> Network:
    return load()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (CONFIG, NETWORK, TOKENIZER):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [CONFIG, NETWORK, TOKENIZER])
def test_a_missing_file_is_named_with_what_restores_it(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ConfigurationError, match=rf"{name}.*missing.*reinstall.*--fast"):
        load(copy)


@pytest.mark.parametrize("name", [NETWORK, TOKENIZER])
def test_a_damaged_file_is_told_by_its_checksum(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(ConfigurationError, match=rf"{name}.*damaged.*SHA-256.*expected.*reinstall"):
        load(copy)


def test_a_wrong_checksum_is_refused(copy: Path) -> None:
    config = json.loads((copy / CONFIG).read_text("utf8"))
    config["sha256"][NETWORK] = "0" * 64
    (copy / CONFIG).write_text(json.dumps(config), "utf8")
    with pytest.raises(ConfigurationError, match="expected 000000000000"):
        load(copy)


def test_a_network_with_other_labels_is_refused_with_both_lists(copy: Path) -> None:
    config = json.loads((copy / CONFIG).read_text("utf8"))
    config["labels"] = ["Person", "Place"]
    (copy / CONFIG).write_text(json.dumps(config), "utf8")
    with pytest.raises(ConfigurationError, match=r"Person, Place.*expects Model, Method"):
        load(copy)


def test_a_network_that_reads_other_marks_of_the_catalogue_is_refused(copy: Path) -> None:
    config = json.loads((copy / CONFIG).read_text("utf8"))
    del config["marks"]
    (copy / CONFIG).write_text(json.dumps(config), "utf8")
    with pytest.raises(ConfigurationError, match=r"reads no marks of the catalogue; this package gives \d+; reinstall"):
        load(copy)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"labels": []}'])
def test_a_configuration_that_is_none_is_refused(copy: Path, text: str) -> None:
    (copy / CONFIG).write_text(text, "utf8")
    with pytest.raises(ConfigurationError, match="not a network's configuration"):
        load(copy)


def test_a_file_that_matches_its_checksum_but_is_no_network_is_refused(copy: Path) -> None:
    (copy / NETWORK).write_bytes(b"no network")
    config = json.loads((copy / CONFIG).read_text("utf8"))
    config["sha256"][NETWORK] = "3bbf9ff8a35ecb1b0a0c7c8c3a5fb1e6b6f1f6f9f1a5c7d5f0a4f5d8e0d6c1b2"
    (copy / CONFIG).write_text(json.dumps(config), "utf8")
    with pytest.raises(ConfigurationError, match="damaged"):
        load(copy)


def test_known_names_are_found_with_type_and_confidence(network: Network) -> None:
    text = "Faster inference\n\nWe run ResNet-50 on an NVIDIA A100 GPU and measure latency."
    found = {text[n.start : n.end]: n for n in network.names([text])[0]}
    assert found["ResNet-50"].type == "Model"
    assert found["latency"].type == "Metric"
    assert any(n.type == "Hardware" and "A100" in name for name, n in found.items())
    assert all(0 < n.confidence <= 1 for n in found.values())


def test_what_a_text_gives_does_not_depend_on_the_texts_beside_it(network: Network) -> None:
    texts = ["We prune BERT for mobile phones.", "GPU memory usage falls by half. " * 20, "", "An FPGA runs it."]
    assert network.names(texts) == [network.names([text])[0] for text in texts]


def test_a_long_text_is_read_to_its_end_and_names_are_found_in_every_part(network: Network) -> None:
    sentence = "We evaluate the kernel on an NVIDIA A100 GPU and report latency. "
    text = sentence * 120
    found = network.names([text])[0]
    assert all(text[n.start : n.end].strip() == text[n.start : n.end] != "" for n in found)
    parts = {n.start // len(sentence) for n in found}
    assert len(parts) > 110


@example([1, 1, 11, 30], 40, 11)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=300), st.integers(40, 120), st.integers(0, 30))
def test_windows_judge_every_word_once_and_fit(sizes: list[int], size: int, overlap: int) -> None:
    ends = np.cumsum(sizes)
    none = np.zeros(0)
    pieces = Pieces(np.arange(ends[-1]), none, none, ends - np.array(sizes), ends - 1, none, none)
    judged = []
    for low, high, judged_from, judged_to in windows(pieces, size, overlap):
        assert low <= judged_from < judged_to <= high
        assert ends[high - 1] - pieces.first[low] <= size
        judged += range(judged_from, judged_to)
    assert judged == list(range(len(sizes)))


def test_no_words_make_no_window() -> None:
    assert list(windows(Pieces(*(np.zeros(0, np.int64),) * 7), 40, 10)) == []


def test_the_card_says_what_it_must() -> None:
    text = card()
    for part in ("## Data and licences", "## Figures", "## Experiments", "## External", "## Limits", "## Retrain"):
        assert part in text
    config = json.loads((FOLDER / CONFIG).read_text("utf8"))
    assert config["sha256"][NETWORK] in text
