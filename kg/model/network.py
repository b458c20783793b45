"""The packaged network: texts in, spans with a type and a calibrated confidence out.

In: texts of any length, and where in them names of the catalogue stand. Out: for each text its spans in characters,
`text[start:end]` the name as written. A text longer than the window is read in overlapping windows; each word is judged
where it stands furthest from an edge. Windows run one at a time: int8 scales are taken per run, and so no text's result
depends on its batch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from kg.errors import ConfigurationError
from kg.model import FOLDER, RESTORE
from kg.model.decode import Scored, above, standing
from kg.model.spans import LABELS, MARKS, OUTPUTS, Known, Pieces, blocks, cut

#: The least confidence of a span that rules and catalogue may still raise.
FLOOR = 0.02
CONFIG, NETWORK, TOKENIZER = "config.json", "tagger.onnx", "tokenizer.json"
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


class Name(NamedTuple):
    """A span of a text, half-open in characters, with its entity type and how sure the network is (0 to 1).

    `aspects` are the probabilities of `kg.model.spans.ASPECTS`, given that the span is a name; () where not asked for.
    """

    start: int
    end: int
    type: str
    confidence: float
    aspects: tuple[float, ...] = ()


class Network:
    """A loaded network. Made by `load`; `threads` is the one thread count of all its products."""

    def __init__(self, config: dict[str, Any], tokenizer: Tokenizer, session: onnxruntime.InferenceSession) -> None:
        self.config, self.tokenizer, self.session = config, tokenizer, session
        self.block = int(config.get("block", 0))  # 0: a network all of whose layers see the whole window
        self.special = (int(config["begin"]), int(config["end"]))
        self.window, self.overlap = int(config["window"]), int(config["overlap"])
        self.tells_aspects = len(config["labels"]) == len(OUTPUTS)
        calibrated = [config["calibration"].get(name, (1.0, 0.0)) for name in OUTPUTS]
        self.scale, self.offset = (np.array([c[k] for c in calibrated], np.float32) for k in (0, 1))
        self.thresholds = {t: float(config["decide"][t]) for t in LABELS}

    def names(self, texts: Sequence[str], known: Sequence[Sequence[Known]] | None = None) -> list[list[Name]]:
        """The names in each text, by place, as the network alone decides."""
        return [self.decide(found) for found in self.candidates(texts, known, min(self.thresholds.values()))]

    def candidates(
        self, texts: Sequence[str], known: Sequence[Sequence[Known]] | None, floor: float
    ) -> list[list[Name]]:
        """Every span with a confidence of at least `floor`, overlapping ones too, by place.

        `known` are the names of the catalogue in each text (`kg.extract.known.known`); without them the
        network still reads the text and finds less; the model card says how much.
        """
        marked = known or [()] * len(texts)
        pieces = [cut(text, self.tokenizer, names) for text, names in zip(texts, marked, strict=True)]
        out: list[list[Name]] = [[] for _ in texts]
        for k in sorted(
            range(len(texts)), key=lambda k: (len(pieces[k].ids), k)
        ):  # memory is reused best in this order
            starts, ends = pieces[k].starts.tolist(), pieces[k].ends.tolist()
            probabilities = self.probabilities(pieces[k])
            found = above(probabilities, floor)
            first, last = (np.array([s[i] for s in found], np.int64) for i in (0, 1))
            aspects = probabilities[first, last - first, len(LABELS) :].round(4)
            out[k] = [
                Name(
                    starts[s.first],
                    ends[s.last],
                    LABELS[s.label],
                    round(s.probability, 4),
                    tuple(a.tolist()) if self.tells_aspects else (),
                )
                for s, a in zip(found, aspects, strict=True)
            ]
        return out

    def decide(self, found: Iterable[Name]) -> list[Name]:
        """Of candidates of one text, those that reach their type's threshold and that no better one contradicts."""
        sure = (n for n in found if n.confidence >= self.thresholds[n.type])
        scored = (Scored(n.start, n.end - 1, LABELS.index(n.type), n.confidence) for n in sure)
        kept = standing(scored, float(self.config["nested"]))
        return [Name(s.first, s.last + 1, LABELS[s.label], s.probability) for s in kept]

    def probabilities(self, pieces: Pieces) -> Floats:
        """Calibrated probabilities (words, widths, outputs) of a text; zero for spans that pass its end."""
        words = len(pieces.first)
        out = np.zeros((words, int(self.config["widths"]), len(OUTPUTS)), np.float32)
        for low, high, judged_from, judged_to in windows(pieces, self.window, self.overlap):
            logits = self._run(pieces, low, high)
            known = logits.shape[-1]
            part = logits[judged_from - low : judged_to - low] * self.scale[:known] + self.offset[:known]
            out[judged_from:judged_to, :, :known] = 1 / (1 + np.exp(-np.clip(part, -30, 30)))
        reach = np.arange(words)[:, None] + np.arange(out.shape[1])[None, :]
        out[reach >= words] = 0
        return out

    def _run(self, pieces: Pieces, low: int, high: int) -> Floats:
        a, b = int(pieces.first[low]), int(pieces.last[high - 1]) + 1
        begin, end = self.special
        ids = np.concatenate(([begin], pieces.ids[a:b], [end]))[None]
        feeds = {
            "ids": ids,
            "shapes": np.concatenate(([0], pieces.shapes[a:b], [0]))[None],
            "marks": np.concatenate(([0], pieces.marks[a:b], [0]))[None],
            "first": (pieces.first[low:high] - a + 1)[None],
            "last": (pieces.last[low:high] - a + 1)[None],
        }
        if self.block:
            feeds["blocks"], feeds["back"] = blocks(ids.shape[1], self.block)
        logits: Floats = self.session.run(None, feeds)[0][0]
        return logits


def windows(pieces: Pieces, size: int, overlap: int) -> Iterable[tuple[int, int, int, int]]:
    """Windows of at most `size` pieces over whole words: (first word, past the last, and the part that it judges).

    Neighbours share about `overlap` pieces; the middle of what they share is where one stops judging and the next
    begins, so that every word is judged once.
    """
    words, low, judged = len(pieces.first), 0, 0
    while judged < words:
        room = int(pieces.first[low]) + size
        high = int(np.searchsorted(pieces.last, room, "left"))
        if high >= words:
            yield low, words, judged, words
            return
        high = max(high, low + 1)
        if high <= judged:  # a long word follows, and this window holds none that is still to judge
            low += 1
            continue
        end = int(pieces.last[high - 1])
        following = max(int(np.searchsorted(pieces.first, end - overlap, "left")), low + 1)
        until = max((following + high) // 2, judged + 1)
        yield low, high, judged, until
        low, judged = min(following, until), until


def load(folder: Path = FOLDER, threads: int = 1) -> Network:
    """The network in `folder`, its files checked.

    Raises ConfigurationError where a file is missing, is not what its checksum says, or has other labels than the
    schema; the message says how to restore it.
    """
    config = _config(folder)
    for name, expected in sorted(config["sha256"].items()):
        path = folder / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ConfigurationError(
                f"{path}: a file of the network is missing ({error.strerror}); {RESTORE}"
            ) from error
        if found != expected:
            raise ConfigurationError(
                f"{path}: the file is damaged or another version (SHA-256 {found[:12]}..., "
                f"expected {expected[:12]}...); {RESTORE}"
            )
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(folder / NETWORK),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # fused, a layer norm takes eight times as long
        )
        return Network(config, tokenizer, session)
    except Exception as error:  # the runtime's own errors share no base below Exception
        raise ConfigurationError(f"{folder}: the network cannot be loaded ({str(error)[:200]}); {RESTORE}") from error


def _config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
        labels, files, marks = list(config["labels"]), set(config["sha256"]), config.get("marks")
    except OSError as error:
        raise ConfigurationError(f"{path}: a file of the network is missing ({error.strerror}); {RESTORE}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path}: not a network's configuration ({type(error).__name__}: {error}); {RESTORE}"
        ) from error
    if labels not in (list(LABELS), list(OUTPUTS)):  # a network may know names alone
        raise ConfigurationError(
            f"{path}: the network was trained for the labels {', '.join(map(str, labels))}; this package expects "
            f"{', '.join(OUTPUTS)}; {RESTORE}"
        )
    if marks != MARKS:
        raise ConfigurationError(
            f"{path}: the network reads {marks or 'no'} marks of the catalogue; this package gives {MARKS}; {RESTORE}"
        )
    if missing := {NETWORK, TOKENIZER} - files:
        raise ConfigurationError(f"{path}: no checksum of {', '.join(sorted(missing))}; {RESTORE}")
    return config
