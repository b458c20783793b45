"""Train the weights of the candidate scorer from gold records.

In: a folder with papers.jsonl and gold.jsonl (the form of the annotation guideline). Out: `kg/extract/data/names.json`.
Run with `python -m kg.train.names TRAIN_DIR [OUT]`; needs the extra `train`. The catalogue holds names that this gold
has, so each fold is read with the catalogue that the other folds would have given: a listed name that only the fold
itself has is hidden from it. The solver is deterministic and weights are rounded: same gold, same bytes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.catalogue import load
from kg.extract.abbreviations import pairs
from kg.extract.announced import proposed_names
from kg.extract.gather import gather
from kg.extract.known import Meaning, matches, names
from kg.extract.matcher import Matcher
from kg.extract.nlp import load_nlp
from kg.extract.scorer import FEATURES, KINDS, Echo, features
from kg.extract.tokens import text_of, tokens
from kg.text import lookup_key
from kg.train import arguments as arguments_of

OUT = Path(__file__).parent.parent / "extract" / "data" / "names.json"

FOLDS = 5
STRENGTH, LEAST, SMALL = 0.3, 4, 0.03  # of the penalty's inverse; papers' rows that a value needs; weights left out


class Row(NamedTuple):
    """A candidate: its paper, its type, the rules that found it, the values of its features, and whether it is gold."""

    paper: str
    kind: str
    values: tuple[str, ...]
    right: bool


def read(folder: Path) -> list[tuple[str, str, dict[str, set[str]]]]:
    """(id, text, type -> look-up keys of the names) of every annotated paper."""
    gold = {r["id"]: r["entities"] for r in _lines(folder / "gold.jsonl")}
    out = []
    for paper in _lines(folder / "papers.jsonl"):
        keys: dict[str, set[str]] = defaultdict(set)
        for entity in gold[paper["id"]]:
            keys[entity["type"]].update(map(lookup_key, (*entity["names"], entity["canonical"])))
        out.append((paper["id"], f"{paper['title']}\n\n{paper['abstract']}", keys))
    return out


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as file:
        yield from map(json.loads, file)


def rows(papers: Sequence[tuple[str, str, dict[str, set[str]]]]) -> list[Row]:
    """The candidates of all papers, each fold with a catalogue that does not know it."""
    nlp, listed = load_nlp(fast=True), names(load())
    nlp.select_pipes(disable=nlp.pipe_names)
    folds: dict[tuple[str, str], set[int]] = defaultdict(set)
    for n, (_, _, gold) in enumerate(papers):
        for kind, keys in gold.items():
            for key in keys:
                folds[kind, key].add(n % FOLDS)
    seen_in: dict[str, set[int]] = defaultdict(set)
    for surface, _, known in listed:
        seen_in[known.entry.key] |= folds.get((known.entry.type, lookup_key(surface)), set())
    out: list[Row] = []
    for fold in range(FOLDS):
        visible = [r for r in listed if r[2].entry.type == "Hardware" or seen_in[r[2].entry.key] != {fold}]
        matcher: Matcher[Meaning] = Matcher(visible)
        for identifier, text, gold in papers[fold::FOLDS]:
            doc = nlp(text)
            t = tokens(doc)
            pool = gather(text, t, matches(text_of(doc), t, matcher), proposed_names(doc), pairs(text))
            spans, flat = features(text, t, pool, (Echo(),) * len(FEATURES))
            for n, (start, end, types) in enumerate(spans):
                values = tuple(flat[n * len(FEATURES) : (n + 1) * len(FEATURES)])
                key = lookup_key(text[start:end])
                for kind, (rules, _) in types.items():
                    out.append(Row(identifier, kind, (rules, *values), key in gold[kind]))
    return out


def fit(found: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Type -> "bias", and feature -> value -> weight, by logistic regression for each type alone."""
    model = {}
    for kind in KINDS:
        own = [r for r in found if r.kind == kind]
        counts = Counter((f, v) for r in own for f, v in enumerate(r.values))
        vectors = DictVectorizer()
        matrix = vectors.fit_transform(
            {f"{f}\t{v}": 1 for f, v in enumerate(r.values) if counts[f, v] >= LEAST} for r in own
        )
        regression = LogisticRegression(C=STRENGTH, max_iter=300).fit(matrix, [r.right for r in own])
        table: dict[str, Any] = {"bias": round(float(regression.intercept_[0]), 3), "rules": {}}
        table |= {feature: {} for feature in FEATURES}
        for name, weight in zip(vectors.get_feature_names_out(), regression.coef_[0], strict=True):
            number, _, value = name.partition("\t")
            if abs(weight) >= SMALL:
                table[("rules", *FEATURES)[int(number)]][value] = round(float(weight), 2)
        model[kind] = table
    return model


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights."""
    parser = arguments_of.parser(__doc__)
    parser.add_argument("folder", type=arguments_of.annotated, help="annotated papers to learn from")
    parser.add_argument("out", type=Path, nargs="?", default=OUT, help="file of the weights (%(default)s)")
    a = parser.parse_args(arguments)
    out: Path = a.out
    found = rows(read(a.folder))
    text = json.dumps(fit(found), ensure_ascii=False, sort_keys=True, indent=0, separators=(",", ":"))
    out.write_text(text + "\n", encoding="utf8")
    sys.stdout.write(f"{len(found)} candidates, {sum(r.right for r in found)} of them gold; wrote {out}\n")


if __name__ == "__main__":
    main()
