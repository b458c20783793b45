"""Does the learned model of hardware roles earn its place? Against a hand-written order of the same cues, in one run.

`python benchmarks/roles.py TRAIN` with a folder that holds papers.jsonl and gold.jsonl. The learned model is judged on
folds whose papers it has not seen; the rules below were written from the guideline's definitions of the roles. Both
read gold entities, so that nothing but the role is measured.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from kg.train.roles import Row, f1, fit, held_out
from kg.train.roles_rows import role_rows

RUN = (
    "evaluat",
    "experiment",
    "test",
    "run",
    "ran",
    "benchmark",
    "measur",
    "conduct",
    "train",
    "demonstrat",
)
MADE = ("design", "propos", "present", "introduc", "develop", "optimi", "accelerat", "target", "deploy", "implement")


def by_hand(cues: frozenset[str]) -> str:
    """The role that the first rule gives whose cues are there."""
    verbs = [c.removeprefix("verb before: ") for c in cues if c.startswith("verb before: ")]
    if "is proposed" in cues or "stands in title" in cues:
        return "targets"
    if "preposition: than" in cues or any(c.startswith("comparison before: ") for c in cues):
        return "compared_with"
    if "only in background" in cues or any(c.startswith("negation before: ") for c in cues):
        return "mentioned"
    if any(verb.startswith(RUN) for verb in verbs) or "only in results" in cues:
        return "evaluated_on"
    if any(verb.startswith(MADE) for verb in verbs) or "in a sentence of the proposal" in cues:
        return "targets"
    return "evaluated_on" if "a product" in cues else "mentioned"


def report(name: str, rows: list[Row], said: list[str]) -> None:
    """Print how many rows are right, and F1 by role."""
    right = sum(row.label == role for row, role in zip(rows, said, strict=True)) / len(rows)
    roles = sorted({row.label for row in rows})
    each = (f"{r} {f1((s == r, row.label == r) for row, s in zip(rows, said, strict=True)):.3f}" for r in roles)
    sys.stdout.write(f"{name:13} right {right:.3f}  F1: {', '.join(each)}\n")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path, help="folder with papers.jsonl and gold.jsonl")
    rows = role_rows(parser.parse_args().train)
    classes = sorted({row.label for row in rows})
    chances = held_out(rows, fit)
    most = Counter(row.label for row in rows).most_common(1)[0][0]
    sys.stdout.write(f"{len(rows)} hardware names of gold\n")
    report("always one", rows, [most] * len(rows))
    report("hand-written", rows, [by_hand(row.cues) for row in rows])
    report("learned", rows, [classes[max(range(len(p)), key=p.__getitem__)] for p in chances])


if __name__ == "__main__":
    main()
