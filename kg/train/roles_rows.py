"""Gold records -> training rows of each relation model: cues that the rules compute, and the class that gold gives.

In: a folder with papers.jsonl and gold.jsonl. Out: rows for `kg.train.roles`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from kg.extract import metrics, proposals, result_cues, role_cues
from kg.extract.cues import WORD, stem
from kg.extract.linear import Linear
from kg.records import Evidence, Found, Proposal
from kg.train.roles import Row, fit, fit_ranking
from kg.train.roles_gold import document, gold_found

NOTHING = Evidence(0, 0, "", "gold", 1.0)


def papers(folder: Path) -> Iterator[tuple[dict[str, Any], Doc, tuple[Found, ...]]]:
    """Each gold record with its Doc and its entities as Found."""
    nlp = spacy.blank("en")
    texts = {}
    for line in (folder / "papers.jsonl").open(encoding="utf8"):
        paper = json.loads(line)
        texts[paper["id"]] = f"{paper['title']}\n\n{paper['abstract']}"
    for line in (folder / "gold.jsonl").open(encoding="utf8"):
        record = json.loads(line)
        text = texts[record["id"]]
        yield record, document(text, nlp), gold_found(text, record)


def gold_proposals(record: dict[str, Any]) -> tuple[Proposal, ...]:
    """The proposals of a gold record, without evidence."""
    types = {e["canonical"]: e["type"] for e in record["entities"]}
    return tuple(Proposal(p, types.get(p, "Method"), NOTHING) for p in record["proposes"])


def role_rows(folder: Path) -> list[Row]:
    """A row a gold Hardware entity."""
    rows = []
    for record, doc, found in papers(folder):
        gold = {h["hardware"]: h["role"] for h in record["hardware_roles"]}
        for hardware, whole, _ in role_cues.features(doc, found, gold_proposals(record)):
            if hardware.canonical in gold:
                rows.append(Row(record["id"], frozenset(whole), gold[hardware.canonical]))
    return rows


def _aligned(record: dict[str, Any], text: str, here: list[result_cues.Candidate]) -> dict[int, list[dict[str, Any]]]:
    """Candidates by index with the gold results that they are: the same value, within the evidence first."""
    owned: dict[int, list[dict[str, Any]]] = {}
    for gold in record["results"]:
        want, at = _value(gold["value"]), text.find(gold["evidence"])
        same = [k for k, c in enumerate(here) if _value(text[c.quantity.start : c.quantity.end]) == want]
        if not same:
            continue
        end = at + len(gold["evidence"])
        inside = [k for k in same if at >= 0 and at <= here[k].quantity.start < end]
        free = [k for k in inside if k not in owned] or inside or [k for k in same if k not in owned] or same
        owned.setdefault(free[0], []).append(gold)
    return owned


def _value(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower().replace("×", "x").replace("\\", "").replace("$", "")
    folded = folded.replace("times", "x").replace("percent", "%").replace("–", "-").replace("−", "-")
    return re.sub(r"[\s,~]+", "", folded).strip(".+-")


def proposal_rows(folder: Path) -> list[Row]:
    """A row an entity: does the paper propose it?"""
    rows = []
    for record, doc, found in papers(folder):
        own = set(record["proposes"])
        for f, cues, _ in proposals.features(doc, found):
            rows.append(Row(record["id"], frozenset(cues), "yes" if f.canonical in own else "no"))
    return rows


def result_rows(folder: Path) -> list[Row]:
    """A row a quantity of the text: is it a result of gold?"""
    rows = []
    for record, doc, found in papers(folder):
        here = result_cues.candidates(doc, found)
        owned = _aligned(record, doc.text, here)
        rows += [Row(record["id"], frozenset(c.cues), "yes" if k in owned else "no") for k, c in enumerate(here)]
    return rows


def metric_rows(folder: Path) -> list[Row]:
    """A row a metric that a result of gold may have: is it the right one? With the metrics of gold, and without."""
    rows = []
    for record, doc, found in papers(folder):
        here = result_cues.candidates(doc, found)
        for k, golds in _aligned(record, doc.text, here).items():
            wanted = set().union(*({stem(w) for w in WORD.findall(g["metric"])} - _LITTLE for g in golds))
            for case, known in enumerate((found, tuple(f for f in found if f.type != "Metric"))):
                for metric, cues in metrics.metrics(doc.text, here[k], known):
                    right = bool(wanted & {stem(w) for w in WORD.findall(metric.name)})
                    rows.append(Row(f"{record['id']}#{k}#{case}", frozenset(cues), "yes" if right else "no"))
    return rows


_LITTLE = frozenset(
    ["the", "a", "an", "of", "in", "on", "per", "up", "to", "and", "for", "average", "reduct", "improvem"]
)


#: Each model with the maker of its rows and the options of its fit. Annotators say "mentioned" oftener than the first
#: half of the annotations does: leaning to it gains 0.01 on the later half and costs nothing on the evaluation's own.
ROWS: dict[str, tuple[Callable[[Path], list[Row]], Callable[..., Linear], dict[str, Any]]] = {
    "roles": (role_rows, fit, {"strength": 0.1, "least": 3, "lean": {"mentioned": 0.5}}),
    "proposals": (proposal_rows, fit, {"strength": 0.1, "least": 4}),
    "results": (result_rows, fit, {"strength": 0.1, "least": 3}),
    "metrics": (metric_rows, fit_ranking, {"strength": 0.15, "least": 3}),
}
