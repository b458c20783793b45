"""Training, calibration and export of the tagger, on a network small enough for a test."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

import onnx  # noqa: E402
from safetensors.torch import save_file  # noqa: E402

from kg.errors import ConfigurationError  # noqa: E402
from kg.model.network import load  # noqa: E402
from kg.model.spans import LABELS, MARKS, SHAPES, Known, cut  # noqa: E402
from kg.train import annotations  # noqa: E402
from kg.train.calibrate import apply, calibration  # noqa: E402
from kg.train.encoder import _RENAMED, Encoder  # noqa: E402
from kg.train.export import package  # noqa: E402
from kg.train.fit import Gradient, Recipe, fit, predict, unmark  # noqa: E402
from kg.train.gold import Example, example  # noqa: E402
from kg.train.measure import sweep  # noqa: E402
from kg.train.network import WIDTHS, Tagger, targets  # noqa: E402
from kg.train.restore import restore  # noqa: E402
from kg.train.tagger import main  # noqa: E402

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *re.findall(r"\w+", "we run it on a the gpu fpga bert latency of memory low with"),
]
CONFIG = {
    "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64,
    "vocab_size": len(WORDS), "max_position_embeddings": 256, "layer_norm_eps": 1e-12,
}  # fmt: skip
SPECIAL = (2, 3)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))  # noqa: S106 - a piece of the vocabulary
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@pytest.fixture(scope="module")
def papers(tokenizer: Tokenizer) -> tuple[list[Example], list[list[dict[str, object]]]]:
    examples, gold = [], []
    for k in range(24):
        chip, head = ("GPU", "FPGA")[k % 2], ("we run", "run", "the", "low")[k % 4]
        text = f"{head} BERT on a {chip} with low latency of the memory"
        entities: list[dict[str, object]] = [
            {"type": t, "names": [n], "canonical": n}
            for t, n in (("Hardware", chip), ("Model", "BERT"), ("Metric", "latency"))
        ]
        examples.append(example(str(k), text, {"entities": entities}, tokenizer))
        gold.append(entities)
    return examples, gold


def fresh() -> Tagger:
    torch.manual_seed(0)
    return Tagger(Encoder(CONFIG, SHAPES, MARKS, 0.0), hidden=32, dropout=0.0)


@pytest.fixture(scope="module")
def trained(papers: tuple[list[Example], list[list[dict[str, object]]]]) -> Tagger:
    recipe = Recipe(epochs=40, encoder_rate=3e-3, head_rate=1e-2, workers=1, average=0.9)
    return fit(fresh(), papers[0], recipe, SPECIAL, say=lambda _: None)


def test_the_network_learns_what_it_is_shown(
    trained: Tagger, papers: tuple[list[Example], list[list[dict[str, object]]]]
) -> None:
    examples, gold = papers
    found = predict(trained, examples, SPECIAL)
    assert sweep(examples, [found[e.id].numpy() for e in examples], gold)["all"][3] > 0.95


def test_the_same_seed_gives_the_same_weights(papers: tuple[list[Example], list[list[dict[str, object]]]]) -> None:
    recipe = Recipe(epochs=1, workers=1, seed=3)
    first, second = (fit(fresh(), papers[0], recipe, SPECIAL, say=lambda _: None).state_dict() for _ in range(2))
    assert all(torch.equal(first[key], second[key]) for key in first)


def test_the_exported_network_says_what_the_trained_one_says(
    trained: Tagger, papers: tuple[list[Example], list[list[dict[str, object]]]], tokenizer: Tokenizer, tmp_path: Path
) -> None:
    examples, _ = papers
    settings = {
        "decide": dict.fromkeys(LABELS, 0.5), "calibration": dict.fromkeys(LABELS, (1.0, 0.0)), "nested": 0.5,
    }  # fmt: skip
    package(trained, tokenizer, tmp_path, settings, quantize=False)
    shipped = load(tmp_path)
    with torch.inference_mode():
        found = predict(trained, examples[:1], SPECIAL)[examples[0].id].numpy()
    assert np.allclose(shipped.probabilities(examples[0].pieces), found, atol=0.03)  # bfloat16 against float32
    names = shipped.names([examples[0].text])[0]
    assert [(n.type, examples[0].text[n.start : n.end]) for n in names] == [
        ("Model", "BERT"), ("Hardware", "GPU"), ("Metric", "latency"),
    ]  # fmt: skip


def test_int8_is_for_the_encoder_alone(
    papers: tuple[list[Example], list[list[dict[str, object]]]], trained: Tagger, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    settings = {
        "decide": dict.fromkeys(LABELS, 0.5), "calibration": dict.fromkeys(LABELS, (1.0, 0.0)), "nested": 0.5,
    }  # fmt: skip
    package(trained, tokenizer, tmp_path, settings)
    kinds: dict[str, set[str]] = {"head": set(), "encoder": set()}
    for node in onnx.load(tmp_path / "tagger.onnx").graph.node:
        if node.op_type in ("MatMul", "MatMulInteger"):
            kinds["encoder" if node.name.startswith("/encoder/layers") else "head"].add(node.op_type)
    assert kinds["head"] == {"MatMul"}
    assert "MatMulInteger" in kinds["encoder"]
    network, examples = load(tmp_path), papers[0][:6]
    plain = predict(trained, examples, SPECIAL)
    moved = [np.abs(network.probabilities(e.pieces) - plain[e.id].numpy()).mean() for e in examples]
    assert max(moved) < 0.02


def test_training_can_go_on_from_a_packaged_network(
    papers: tuple[list[Example], list[list[dict[str, object]]]], trained: Tagger, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    package(trained, tokenizer, tmp_path, {"decide": {}, "calibration": {}, "nested": 0.5})
    restored = restore(tmp_path / "tagger.onnx", fresh())
    before, after = (predict(tagger, papers[0][:4], SPECIAL) for tagger in (trained, restored))
    assert all(np.abs(before[key].numpy() - after[key].numpy()).mean() < 0.01 for key in before)
    larger = Tagger(Encoder(CONFIG | {"num_hidden_layers": 3}, SHAPES, MARKS, 0.0), hidden=32)
    with pytest.raises(ConfigurationError, match=r"layers\.2.*expected a packaged tagger"):
        restore(tmp_path / "tagger.onnx", larger)


def test_masked_types_and_unknown_spans_weigh_nothing(
    papers: tuple[list[Example], list[list[dict[str, object]]]],
) -> None:
    e = papers[0][0]
    label = LABELS.index("Model")
    masked = e._replace(covered=(label,), positive=frozenset(), unknown=frozenset({(0, 1, label)}))
    target, weight = targets([masked])
    assert target.sum() == 0
    assert weight[0, :, :, LABELS.index("Task")].sum() == 0
    assert weight[0, 0, 1, label] == 0
    assert weight[0, 0, 0, label] == 1
    words = len(e.pieces.first)
    assert weight[0, words - 1, 1:WIDTHS].sum() == 0


def test_hardware_and_what_is_asked_of_a_name_weigh_as_the_recipe_says(
    papers: tuple[list[Example], list[list[dict[str, object]]]],
) -> None:
    e = papers[0][0]._replace(aspects=frozenset({(0, 0, 1, True)}))
    (target, plain), (same, weight) = targets([e]), targets([e], hardware=2.0)
    assert torch.equal(target, same)
    hardware = LABELS.index("Hardware")
    assert torch.equal(weight[..., hardware], 2 * plain[..., hardware])
    assert torch.equal(weight[..., len(LABELS) :], 2 * plain[..., len(LABELS) :])
    assert torch.equal(weight[..., LABELS.index("Model")], plain[..., LABELS.index("Model")])
    assert plain[..., len(LABELS) :].sum() > 0


def gradient(adversarial: float, part: list[Example]) -> tuple[float, torch.Tensor]:
    tagger = fresh().train()
    loss = Gradient(SPECIAL, 1.0, adversarial)(tagger, part)
    return loss, tagger.encoder.words.weight.grad


def test_an_adversarial_step_adds_a_gradient_where_the_loss_is_greater(
    papers: tuple[list[Example], list[list[dict[str, object]]]],
) -> None:
    part = papers[0][:4]
    (loss, plain), (again, none), (same, both) = (gradient(a, part) for a in (0.0, 1e-12, 1.0))
    assert loss == again == same  # that of the text as it is written
    assert torch.allclose(none, 2 * plain, rtol=0.02, atol=1e-4)  # a step of no length: the same gradient twice
    assert not torch.allclose(both, 2 * plain, rtol=0.02, atol=1e-4)
    tagger = fresh().train()
    Gradient(SPECIAL, 1.0, 1.0)(tagger, part)
    assert not tagger.encoder.words._forward_hooks  # nothing stays behind


def test_a_network_learns_by_adversarial_steps_too(
    papers: tuple[list[Example], list[list[dict[str, object]]]],
) -> None:
    examples, gold = papers
    recipe = Recipe(epochs=20, encoder_rate=3e-3, head_rate=1e-2, workers=1, average=0.9, adversarial=0.5)
    found = predict(fit(fresh(), examples, recipe, SPECIAL, say=lambda _: None), examples, SPECIAL)
    assert sweep(examples, [found[e.id].numpy() for e in examples], gold)["all"][3] > 0.95


def test_some_names_of_the_catalogue_are_forgotten_whole(tokenizer: Tokenizer) -> None:
    text = "we run bert on a gpu and the memory on a fpga " * 20
    names = [Known(m.start(), m.end(), "Hardware") for m in re.finditer("gpu|the memory|fpga", text)]
    e = example("a", text, {"entities": []}, tokenizer)
    e = e._replace(pieces=cut(text, tokenizer, names))
    assert (e.pieces.marks > 0).sum() == 80
    rng = random.Random(1)  # noqa: S311 - a repeatable draw, no secret
    left = unmark(e, 0.5, rng).pieces.marks
    assert 20 < (left > 0).sum() < 60
    assert all(left[k - 1] for k in np.flatnonzero(left) if left[k] % 2 == 0)  # no name goes on that did not begin
    assert (unmark(e, 0.0, rng).pieces.marks == e.pieces.marks).all()
    assert unmark(e, 1.0, rng).pieces.marks.max() == 0


def test_calibration_makes_confidence_the_share_that_is_right(
    papers: tuple[list[Example], list[list[dict[str, object]]]],
) -> None:
    examples, gold = papers
    label = LABELS.index("Hardware")
    tables = []
    for k, e in enumerate(examples):
        table = np.zeros((len(e.pieces.first), WIDTHS, len(LABELS)), np.float32)
        chip = next(i for i, j, c in e.positive if c == label)
        table[chip if k % 4 else 0, 0, label] = 0.99  # said with 0.99, right three times in four
        tables.append(table)
    scales = calibration(examples, tables, gold)
    assert 0.6 < apply(tables[0], scales).max() < 0.85


@pytest.fixture
def project(tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small encoder in a package, papers, annotations by id with their abstracts, and a configuration."""
    model = tmp_path / "small_encoder" / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    (model / "config.json").write_text(json.dumps(CONFIG), "utf8")
    tokenizer.save(str(model / "tokenizer.json"))
    weights = fresh().encoder.state_dict()
    weights = {_published(key): value for key, value in weights.items() if not key.startswith(("shapes", "marks"))}
    save_file(weights, model / "model.safetensors")

    def paper(number: int) -> tuple[dict[str, str], dict[str, object]]:
        chip = ("GPU", "FPGA")[number % 2]
        entities = [{"type": t, "names": [n], "canonical": n} for t, n in (("Hardware", chip), ("Metric", "latency"))]
        roles = [{"hardware": chip, "role": "targets", "evidence": ""}]
        record = {"id": f"p{number}", "entities": entities, "proposes": [], "hardware_roles": roles, "results": []}
        return {"id": f"p{number}", "title": f"Low latency on a {chip}", "abstract": f"We run on the {chip}."}, record

    papers = [paper(number) for number in range(32)]
    for part, some in (("train", papers[:8]), ("dev", papers[8:16])):
        annotations.write([r for _, r in some], {p["id"]: p for p, _ in some}, tmp_path / "eval" / part)
    (tmp_path / "own").mkdir()
    for part, some in (("first", papers[16:24]), ("second", papers[24:])):
        lines = [json.dumps(r) + "\n" for _, r in some]
        (tmp_path / "own" / f"2026-{part}.jsonl").write_text("".join(lines), "utf8")
    (tmp_path / "abstracts").mkdir()
    pyarrow.parquet.write_table(
        pyarrow.Table.from_pylist([p for p, _ in papers[16:]]), tmp_path / "abstracts" / "1.parquet"
    )
    stage = "[[stages]]\ndata = {}\nbatch_size = 4\nepochs = {}\nencoder_rate = 1e-3\nhead_rate = 1e-2\nseed = 1\n"
    (tmp_path / "small.toml").write_text(
        'seed = 0\nworkers = 1\n[encoder]\npackage = "small_encoder"\nfolder = "model"\n'
        "dropout = 0.0\nhead_dropout = 0.0\n"
        "[decode]\nnested = 0.5\n"
        '[calibrate]\nafter = 1\ndata = ["second"]\n[average]\nstages = [1, 2]\n'
        + stage.format('["train", "first"]', 20)
        + stage.format('["train", "first", "second"]', 2),
        "utf8",
    )
    return tmp_path


def _published(key: str) -> str:
    for published, ours in _RENAMED:
        key = key.replace(ours, published) if ours else key
    return key


def command(project: Path) -> list[str]:
    folders = {"shared": ".", "annotations": "own", "work": "work", "out": "network"}
    return [str(project / "small.toml"), *(f"--{key}={project / name}" for key, name in folders.items())]


def test_one_command_trains_calibrates_averages_and_packages_a_network_that_tags(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(command(project))
    said = capsys.readouterr().out
    assert "train, first: 16 texts" in said
    assert "calibrated on second" in said
    figures = next(line.split() for line in said.splitlines() if line.startswith("Hardware"))
    assert float(figures[-1]) > 0.9
    network = load(project / "network")
    text = "Low latency on a FPGA"
    assert [(n.type, text[n.start : n.end]) for n in network.names([text])[0]] == [
        ("Metric", "latency"), ("Hardware", "FPGA"),
    ]  # fmt: skip
    shipped = (project / "network" / "tagger.onnx").read_bytes()
    main([*command(project), "--from", str(project / "network")])
    assert capsys.readouterr().out.count("trained before, not again") == 2
    assert (project / "network" / "tagger.onnx").read_bytes() == shipped


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("eval/dev/gold.jsonl", "gold.jsonl is not there; expected a folder with papers and gold records"),
        ("eval/train/papers.jsonl", "papers.jsonl is not there"),
        ("own/2026-second.jsonl", "no file *second.jsonl; --annotations names their folder"),
        ("abstracts/1.parquet", "no Parquet file"),
        ("small.toml", "No such file"),
        ("small_encoder/__init__.py", "the encoder's weights are not installed; pip install --no-deps small-encoder"),
    ],
)
def test_what_is_missing_is_named_before_anything_is_trained(
    project: Path, capsys: pytest.CaptureFixture[str], gone: str, named: str
) -> None:
    (project / gone).unlink()
    with pytest.raises(SystemExit) as stopped:
        main(command(project))
    assert stopped.value.code == 2
    assert named in capsys.readouterr().err
    assert not (project / "work").exists()


def test_a_damaged_network_to_go_on_from_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "damaged").mkdir()
    (project / "damaged" / "tagger.onnx").write_bytes(b"no network")
    with pytest.raises(SystemExit):
        main([*command(project), "--from", str(project / "damaged")])
    said = capsys.readouterr().err
    assert "damaged" in said
    assert "Traceback" not in said
    assert not (project / "work").exists()
