"""Records of public corpora as examples with masked types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kg.model.spans import LABELS
from kg.train.corpora import read_corpora, to_example

RULE = {
    "map": {"METHOD": "Model|Method", "TASK": "Task", "TOOL": "Software?", "NAME": None},
    "covers": ["Task", "Model"],
}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106 - a piece of the vocabulary
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def positive(tokenizer: Tokenizer, text: str, name: str, label: str) -> list[tuple[str, str]]:
    start = text.index(name)
    e = to_example("x", {"text": text, "spans": [[start, start + len(name), label]]}, RULE, tokenizer)
    p = e.pieces
    return [(text[p.starts[i] : p.ends[j]], LABELS[k]) for i, j, k in sorted(e.positive)]


def test_only_types_annotated_throughout_are_covered(tokenizer: Tokenizer) -> None:
    e = to_example("x", {"text": "a b", "spans": []}, RULE, tokenizer)
    assert [LABELS[k] for k in e.covered] == ["Task", "Model"]


@pytest.mark.parametrize(
    ("name", "type_"), [("recurrent neural network", "Model"), ("AlexNet", "Model"), ("beam search", "Method")]
)
def test_the_head_of_a_name_decides_between_model_and_method(tokenizer: Tokenizer, name: str, type_: str) -> None:
    assert positive(tokenizer, f"We use {name} here", name, "METHOD") == [(name, type_)]


def test_generic_ends_are_trimmed(tokenizer: Tokenizer) -> None:
    assert positive(tokenizer, "the parsing task", "parsing task", "TASK") == [("parsing", "Task")]


@pytest.mark.parametrize(("name", "label"), [("spaCy", "TOOL"), ("GPU kernels", "METHOD"), ("Ada", "NAME")])
def test_weak_labels_hardware_and_dropped_labels_are_no_positives(tokenizer: Tokenizer, name: str, label: str) -> None:
    assert positive(tokenizer, f"with {name} .", name, label) == []


def test_sentences_of_a_section_become_one_text_and_limits_hold(tokenizer: Tokenizer, tmp_path: Path) -> None:
    folder = tmp_path / "train" / "scirex"
    folder.mkdir(parents=True)
    (tmp_path / "label_map.json").write_text(json.dumps({"scirex": RULE}), "utf8")
    rows = [
        {"doc": "d", "section": section, "text": text, "spans": [[0, len(text), "TASK"]]}
        for section, text in [(0, "Parsing"), (0, "Tagging"), (1, "Ranking")]
    ]
    (folder / "train.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf8")
    texts = {e.text: e for e in read_corpora(tmp_path, {"scirex": 5}, tokenizer)}
    assert set(texts) == {"Parsing Tagging", "Ranking"}
    assert sorted(texts["Parsing Tagging"].positive)[1][:2] == (1, 1)
    assert len(read_corpora(tmp_path, {"scirex": 1}, tokenizer)) == 1
