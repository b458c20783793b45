"""Public test sets, mapped to our types."""

from __future__ import annotations

import json
from pathlib import Path

from kg.model.network import Name
from kg.model.spans import Known
from kg.train.external import figures


class Fake:
    """Says that every text's first word is a Model and its last one a Task."""

    def names(self, texts: list[str], known: list[list[Known]]) -> list[list[Name]]:
        assert len(known) == len(texts)
        return [[Name(0, len(t.split()[0]), "Model", 0.9), Name(t.rindex(" ") + 1, len(t), "Task", 0.9)] for t in texts]


def test_model_and_method_count_as_one_where_the_corpus_does_not_tell_and_other_types_are_left_out(
    tmp_path: Path,
) -> None:
    rule = {"map": {"Method": "Model|Method", "Task": "Task", "Thing": None}, "covers": ["Model", "Method"]}
    (tmp_path / "label_map.json").write_text(json.dumps({"scierc": rule}), "utf8")
    (tmp_path / "measure" / "scierc").mkdir(parents=True)
    rows = [
        {"text": "BERT solves parsing", "spans": [[0, 4, "Method"], [12, 19, "Task"]]},
        {"text": "Trees help ranking", "spans": [[6, 10, "Method"], [0, 5, "Thing"]]},
    ]
    (tmp_path / "measure" / "scierc" / "test.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf8")
    found = {f.name: f for f in figures(tmp_path, "scierc", Fake())}  # type: ignore[arg-type]
    assert set(found) == {"all types", "all types relaxed", "Method"}
    assert (found["Method"].gold, found["Method"].predicted) == (2, 2)
    assert found["Method"].f1 == 0.5
