"""A trained tagger in torch -> the files that the package ships.

In: the network, its tokenizer, thresholds and calibration. Out, in a folder: `tagger.onnx`, in int8 but for the head's
products, `tokenizer.json`, and `config.json` with labels, window and the checksums of both. The vocabulary can be cut
to the wordpieces that a corpus uses, which makes the file smaller and changes nothing for texts made of them.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from kg.model.network import CONFIG, NETWORK, TOKENIZER
from kg.model.spans import MARKS, OUTPUTS, SHAPES, Pieces
from kg.train.network import BLOCK, WIDTHS, Batch, Tagger, batch

_AXES = {0: "batch", 1: "pieces"}
_WORDS = {0: "batch", 1: "words"}
#: The head's products stay in fp32: with them in int8 too, probabilities moved by 0.044 on average, for 0.009 without,
#: and the time is the same, for these are few.
_HEAD = tuple(f"/{layer}/MatMul" for layer in ("start", "end", "inside", "out"))


def export_onnx(tagger: Tagger, path: Path) -> None:
    """The network in fp32, with batch, pieces and words of any size; the texts of a batch must be equally long."""
    n = BLOCK + 24  # more than a block
    sample = Pieces(*(np.ones(n, np.int64),) * 3, *(np.arange(n),) * 4)
    inputs = batch([sample, sample], 0, 0)
    names = list(Batch._fields)  # of these, nothing of the network needs the mask
    axes: dict[str, dict[int, str]] = dict.fromkeys(["ids", "shapes", "marks"], _AXES)
    axes |= dict.fromkeys(["first", "last", "logits"], _WORDS)
    axes |= {"blocks": {0: "block", 1: "places"}, "back": {0: "pieces"}}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            tagger.eval().float(), tuple(inputs), str(path), input_names=names, output_names=["logits"],
            dynamic_axes=axes, opset_version=17, dynamo=False, custom_opsets={"com.microsoft": 1},
        )  # fmt: skip


def package(
    tagger: Tagger, tokenizer: Tokenizer, folder: Path, settings: dict[str, Any], quantize: bool = True
) -> dict[str, Any]:
    """Write the files of the network to `folder` and give the configuration written.

    `settings` holds thresholds (`decide`) and calibration by type, `nested`, and what else the configuration says.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        export_onnx(tagger, plain)
        if quantize:
            if missing := set(_HEAD) - {node.name for node in onnx.load(plain).graph.node}:
                raise AssertionError(f"the exported network has no {', '.join(sorted(missing))}")
            quantize_dynamic(
                plain, folder / NETWORK, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=list(_HEAD)
            )
        else:
            (folder / NETWORK).write_bytes(plain.read_bytes())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    config = {
        "labels": list(OUTPUTS),
        "shapes": SHAPES,
        "marks": MARKS,
        "widths": WIDTHS,
        "block": BLOCK,
        "window": 400,
        "overlap": 100,
        "begin": tokenizer.token_to_id("[CLS]"),
        "end": tokenizer.token_to_id("[SEP]"),
        **settings,
        "sha256": {f: hashlib.sha256((folder / f).read_bytes()).hexdigest() for f in (NETWORK, TOKENIZER)},
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf8")
    return config
