"""The figures are the scorer's, and a comparison says what was gained, lost and is still missed."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys

import pytest

from kg.errors import InputError
from kg.evaluate import compare, evaluate, read

GOLD = {
    "a": {
        "id": "a",
        "entities": [
            {"type": "Hardware", "names": ["A100 GPUs", "A100"], "canonical": "NVIDIA A100"},
            {"type": "Model", "names": ["diffusion models"], "canonical": "diffusion models"},
            {"type": "Metric", "names": ["latency"], "canonical": "latency"},
        ],
        "proposes": [],
        "hardware_roles": [{"hardware": "NVIDIA A100", "role": "targets"}],
        "results": [{"value": "11.6x", "metric": "inference speed"}],
    }
}


def figures(records):
    return {f.name: f for f in evaluate(GOLD, records)[0]}


def test_gold_against_itself_is_perfect():
    assert {f.f1 for f in evaluate(GOLD, GOLD)[0] if f.gold} == {1.0}


def test_a_paper_that_is_absent_counts_as_empty():
    assert figures({})["all types"].recall == 0.0


def test_plural_dash_and_case_do_not_matter_but_the_role_does():
    record = copy.deepcopy(GOLD["a"])
    record["entities"][1] = {"type": "Model", "names": ["Diffusion model"], "canonical": "Diffusion model"}
    record["hardware_roles"] = [{"hardware": "NVIDIA A100", "role": "mentioned"}]
    got = figures({"a": record})
    assert (got["Model"].f1, got["hardware role"].f1) == (1.0, 0.0)


def test_half_of_the_words_is_a_relaxed_match_only():
    record = copy.deepcopy(GOLD["a"])
    record["entities"][1]["names"] = ["large diffusion models"]
    record["entities"][1]["canonical"] = "large diffusion models"
    got = figures({"a": record})
    assert (got["Model"].f1, got["Model relaxed"].f1) == (0.0, 1.0)


def test_a_value_counts_with_its_metric_only_where_the_words_meet():
    record = copy.deepcopy(GOLD["a"])
    record["results"] = [{"value": "11.6×", "metric": "accuracy"}]
    got = figures({"a": record})
    assert (got["result value"].f1, got["result value+metric"].f1) == (1.0, 0.0)


def test_a_comparison_lists_gained_lost_and_still_missed():
    old, new = copy.deepcopy(GOLD), copy.deepcopy(GOLD)
    del old["a"]["entities"][2], new["a"]["entities"][1]
    got = compare(GOLD, old, new)
    assert [m.item for m in got.gained] == ["latency"]
    assert [m.item for m in got.lost] == ["diffusion models"]
    assert got.still_missed == []


def test_a_line_that_is_no_record_is_named(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text('{"id": "a", "entities": []}\n{"id": "b"}\n', encoding="utf8")
    with pytest.raises(InputError, match=r"records\.jsonl:2"):
        read(path)


@pytest.mark.shared
def test_figures_are_those_of_the_scorer_that_defines_the_task(shared, tmp_path):
    gold_file = shared / "eval/dev/gold.jsonl"
    rng = random.Random(1)  # noqa: S311 - repeatable damage, no secret
    damaged = []
    for line in gold_file.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        record["entities"] = [e for e in record["entities"] if rng.random() < 0.8]
        for e in record["entities"]:
            if rng.random() < 0.2:
                e["names"], e["canonical"] = [e["names"][0] + " more"], e["names"][0] + " more"
        record["results"] = [r for r in record["results"] if rng.random() < 0.8]
        damaged.append(json.dumps(record))
    said = tmp_path / "said.jsonl"
    said.write_text("\n".join(damaged), encoding="utf8")
    scorer = shared / "eval/score.py"
    out = subprocess.run(
        [sys.executable, scorer, gold_file, said, "--json"], capture_output=True, text=True, check=True
    ).stdout
    theirs = {k: (v["f1"], v["f1_low"], v["f1_high"], v["predicted"]) for k, v in json.loads(out).items()}
    ours = {
        f.name: (round(f.f1, 4), round(f.low, 4), round(f.high, 4), f.predicted)
        for f in evaluate(read(gold_file), read(said))[0]
    }
    assert ours == theirs
