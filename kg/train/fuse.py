"""Held-out papers -> the weights of `kg.extract.fuse`.

In: for each paper its text, the candidates of the rules and of the network, and the annotated names by type; neither
rules nor network may have learned from these papers. Out: five numbers a type, from a logistic regression that asks
whether an annotator lists the name. `python -m kg.train.fuse FOLDER` prints them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.evaluate import normal
from kg.extract import candidates
from kg.extract.candidates import Candidate
from kg.extract.entities import NETWORK, RULES
from kg.extract.fuse import Features, Weights, features
from kg.extract.tokens import text_of
from kg.model.spans import LABELS
from kg.train import arguments as arguments_of
from kg.train.aspects import documents


class Paper(NamedTuple):
    """A paper with what both sides say of it and what is annotated (type -> names)."""

    text: str
    rules: Sequence[Candidate]
    network: Sequence[Candidate]
    names: dict[str, set[str]]


def weights(papers: Iterable[Paper]) -> dict[str, Weights]:
    """The weights by type; a type whose candidates are all right or all wrong gets the network's word alone."""
    rows: dict[str, list[tuple[Features, bool]]] = {t: [] for t in LABELS}
    for paper in papers:
        listed = {t: {normal(n) for n in names} for t, names in paper.names.items()}
        for c, values in features(paper.text, paper.rules, paper.network):
            rows[c.type].append((values, normal(paper.text[c.start : c.end]) in listed.get(c.type, ())))
    out = {}
    for kind, pairs in rows.items():
        answers = [answer for _, answer in pairs]
        if len(set(answers)) < 2:
            out[kind] = Weights(1.0, 0.0, 0.0, 0.0, 0.0)
            continue
        model = LogisticRegression(C=0.3).fit(np.array([values for values, _ in pairs]), answers)
        out[kind] = Weights(*(round(float(x), 2) for x in (*model.coef_[0], model.intercept_[0])))
    return out


def papers(folder: Path) -> Iterator[Paper]:
    """The papers of a folder with papers.jsonl and gold.jsonl, read by the whole pipeline."""
    for record, doc in documents(folder):
        names: dict[str, set[str]] = {}
        for entity in record["entities"]:
            names.setdefault(entity["type"], set()).update((*entity["names"], entity["canonical"]))
        yield Paper(text_of(doc), candidates.get(doc, RULES), candidates.get(doc, NETWORK), names)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the weights that the papers of a folder give."""
    parser = arguments_of.parser(__doc__)
    parser.add_argument("folder", type=arguments_of.annotated, help="papers that neither rules nor network have seen")
    for name, values in weights(papers(parser.parse_args(arguments).folder)).items():
        sys.stdout.write(f'    "{name}": {values},\n')


if __name__ == "__main__":
    main()
