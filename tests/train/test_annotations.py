"""Annotations without texts are joined with the abstracts that they are of."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kg.train.annotations import main


def record(identifier: str, name: str) -> dict[str, object]:
    return {
        "id": identifier,
        "entities": [{"type": "Hardware", "names": [name], "canonical": name}],
        "proposes": [],
        "hardware_roles": [{"hardware": name, "role": "targets"}],
        "results": [{"value": "2x", "metric": "speedup"}],
    }


def test_an_annotation_without_its_paper_or_its_words_is_left_out_and_counted(tmp_path: Path, capsys) -> None:
    papers = [
        {"id": "a", "title": "Sums", "abstract": "2x on an FPGA."},
        {"id": "b", "title": "Sums", "abstract": "No."},
    ]
    pq.write_table(pa.Table.from_pylist(papers), tmp_path / "one.parquet")
    own = tmp_path / "own.jsonl"
    own.write_text("".join(json.dumps(record(i, "FPGA")) + "\n" for i in "abc"), encoding="utf8")
    (tmp_path / "gold").mkdir()
    for name, row in (("papers", {"id": "t", "title": "T", "abstract": "On a GPU."}), ("gold", record("t", "GPU"))):
        (tmp_path / "gold" / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf8")
    out = tmp_path / "out"
    main([str(own), "--abstracts", str(tmp_path), "--with", str(tmp_path / "gold"), "--out", str(out)])
    assert "2 left out" in capsys.readouterr().out
    gold = [json.loads(line) for line in (out / "gold.jsonl").read_text(encoding="utf8").splitlines()]
    assert [g["id"] for g in gold] == ["t", "a"]
    assert gold[1]["hardware_roles"] == [{"evidence": "", "hardware": "FPGA", "role": "targets"}]
    lines = (out / "papers.jsonl").read_text(encoding="utf8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["t", "a"]
