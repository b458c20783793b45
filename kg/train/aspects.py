"""Held-out papers -> the weights of `kg.extract.aspects`.

In: a folder of papers and gold that neither the network nor the cues' models learned from. Out: printed, the weights of
cues and network for roles (one set for all roles, and a bias a role) and for proposals, by maximum likelihood on the
entities that extraction finds, and what each side and both together get right.
`python -m kg.train.aspects FOLDER`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from spacy.tokens import Doc

from kg.evaluate import normal
from kg.extract import aspects, proposals, role_cues
from kg.extract.aspects import Weights
from kg.extract.linear import load
from kg.extract.nlp import load_nlp
from kg.records import Found
from kg.schema import ROLES
from kg.train import arguments as arguments_of
from kg.train.annotations import read

_NAMES = tuple(role.name for role in ROLES)
_PULL = 1.0  # strength of the pull of the weights towards zero, in rows


class Row(NamedTuple):
    """What both sides say of an entity (a row of features a class), and the index of the right class."""

    features: list[tuple[float, float, float]]
    right: int


def documents(folder: Path) -> Iterator[tuple[dict[str, Any], Doc]]:
    """The gold records of a folder with their Docs, read by the whole pipeline."""
    papers = {p["id"]: f"{p['title']}\n\n{p['abstract']}" for p in read([folder / "papers.jsonl"])}
    gold = read([folder / "gold.jsonl"])
    docs = load_nlp().pipe(papers[record["id"]] for record in gold)
    yield from zip(gold, docs, strict=True)


def rows(folder: Path) -> tuple[list[Row], list[Row]]:
    """The rows of roles and of proposals."""
    model, speaker = load("roles"), load("proposals")
    of_roles, of_proposals = [], []
    for record, doc in documents(folder):
        found = doc.user_data["kg_entities"]
        by_name = {(e["type"], normal(n)): e["canonical"] for e in record["entities"] for n in e["names"]}
        wanted = {r["hardware"]: _NAMES.index(r["role"]) for r in record["hardware_roles"]}
        proposed = set(record["proposes"])
        for hardware, cues, _ in role_cues.features(doc, found, proposals.proposals(doc, found)):
            name, said = _gold(hardware, by_name), aspects.of(doc, hardware.mentions)
            if said and name in wanted:
                chances = dict(zip(model.classes, model.probability(cues), strict=True))
                of_roles.append(Row(aspects.features([chances[n] for n in _NAMES], said, 0), wanted[name]))
        for entity, cues, _ in proposals.features(doc, found):
            said = aspects.of(doc, entity.mentions)
            if said:
                chance = speaker.probability(cues)[speaker.classes.index("yes")]
                right = _gold(entity, by_name) in proposed
                of_proposals.append(Row(aspects.features([chance], said, len(_NAMES)), int(right)))
    return of_roles, of_proposals


def _gold(found: Found, by_name: dict[tuple[str, str], str]) -> str | None:
    hits = (by_name.get((found.type, normal(name))) for name in found.names)
    return next((hit for hit in hits if hit is not None), None)


def fit(found: Sequence[Row]) -> Weights:
    """The weights of most likelihood. With one class a row, that class against its absence."""
    x = np.array([r.features for r in found])
    y = np.array([r.right for r in found])
    classes = x.shape[1]

    def loss(values: np.ndarray[Any, Any]) -> float:
        scores = x @ values[:3] + values[3:]
        if classes == 1:
            scores = np.concatenate([np.zeros_like(scores), scores], 1)
        top = scores.max(1, keepdims=True)
        chance = scores - top - np.log(np.exp(scores - top).sum(1, keepdims=True))
        return float(-chance[np.arange(len(y)), y].sum() + _PULL * (values**2).sum() / 2)

    best = minimize(loss, np.array([0.5, 0.5, 0.0] + [0.0] * classes), method="L-BFGS-B").x
    cues, mean, surest, *bias = (round(float(v), 3) for v in best)
    return Weights(cues, mean, surest, tuple(bias))


def right(found: Sequence[Row], weights: Weights) -> float:
    """Of many classes the share that is right, of one the best F1 over the thresholds of the probability."""
    x = np.array([r.features for r in found]) @ np.array(weights[:3]) + np.array(weights.bias)
    y = np.array([r.right for r in found])
    if x.shape[1] > 1:
        return float((x.argmax(1) == y).mean())
    chance = 1 / (1 + np.exp(-x[:, 0]))
    cuts = [chance >= cut for cut in np.arange(0.2, 0.7, 0.02)]
    return max(float(2 * (cut & (y == 1)).sum() / (cut.sum() + y.sum())) for cut in cuts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the weights, and what cues, network and both get right."""
    parser = arguments_of.parser(__doc__)
    parser.add_argument("folder", type=arguments_of.annotated, help="papers that neither cues nor network have seen")
    for name, found in zip(("ROLES", "PROPOSED"), rows(parser.parse_args(arguments).folder), strict=True):
        weights = fit(found)
        nothing = (0.0,) * len(weights.bias)
        alone = [right(found, Weights(*w, nothing)) for w in ((1, 0, 0), (0, 1, 0), (0, 0, 1))]
        figures = "cues {:.3f}, mean {:.3f}, surest {:.3f}".format(*alone)
        sys.stdout.write(
            f"{name} = {weights}\n  {len(found)} rows; right: {figures}, both {right(found, weights):.3f}\n"
        )


if __name__ == "__main__":
    main()
