"""How the tagger does on public test sets that it was not trained on, mapped to our types.

In: a folder of corpora with `label_map.json`, and a network. Out: figures by type, as `kg.evaluate` counts them:
distinct names of a text, strict and relaxed. Only types that the corpus annotates throughout are compared; where its
label stands for Model or Method, both count as Method on both sides. `python -m kg.train.external CORPORA` prints them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.evaluate import Figure, evaluate, normal
from kg.extract.known import known
from kg.model.network import Network, load
from kg.train import arguments as arguments_of

#: Test sets: corpus of the map -> its file.
TESTS = {
    "tdmsci": "train/tdmsci/test.jsonl",
    "scierc": "measure/scierc/test.jsonl",
    "scier": "measure/scier/test.jsonl",
}
Record = dict[str, Any]


def figures(corpora: Path, corpus: str, network: Network) -> list[Figure]:
    """The figures of one corpus for the types that it covers, and for all of them."""
    rule = json.loads((corpora / "label_map.json").read_text(encoding="utf8"))[corpus]
    lines = (corpora / TESTS[corpus]).read_text(encoding="utf8").splitlines()
    units = [json.loads(line) for line in lines if line.strip()]
    merged = "Model|Method" in rule["map"].values()
    covered = {_merge(t, merged) for t in rule["covers"]}
    texts = [unit["text"] for unit in units]
    found = network.names(texts, [known(text) for text in texts])
    gold, said = {}, {}
    for number, (unit, names) in enumerate(zip(units, found, strict=True)):
        text = unit["text"]
        expected = [(text[a:b], (rule["map"].get(label) or "").rstrip("?")) for a, b, label in unit["spans"]]
        given = [(text[n.start : n.end], n.type) for n in names]
        gold[str(number)] = _record(str(number), expected, merged, covered)
        said[str(number)] = _record(str(number), given, merged, covered)
    wanted = {"all types", "all types relaxed", *covered}
    return [f for f in evaluate(gold, said)[0] if f.name in wanted]


def _merge(type_: str, merged: bool) -> str:
    return "Method" if merged and type_ in ("Model", "Model|Method") else type_


def _record(identifier: str, names: Sequence[tuple[str, str]], merged: bool, covered: set[str]) -> Record:
    distinct = {(_merge(type_, merged), normal(name)): name for name, type_ in names}
    entities = [{"type": t, "names": [n], "canonical": n} for (t, key), n in distinct.items() if key and t in covered]
    return {"id": identifier, "entities": entities, "proposes": [], "hardware_roles": [], "results": []}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table of all test sets."""
    parser = arguments_of.parser(__doc__)
    parser.add_argument("corpora", type=arguments_of.corpora, help="folder of the corpora")
    a = parser.parse_args(arguments)
    network = load()
    for corpus in TESTS:
        for f in figures(a.corpora, corpus, network):
            row = (
                f"{corpus:8} {f.name:18} P {f.precision:.3f} R {f.recall:.3f} F1 {f.f1:.3f} ({f.low:.3f}-{f.high:.3f})"
            )
            sys.stdout.write(f"{row} of {f.gold}\n")


if __name__ == "__main__":
    main()
