"""This project's own annotations -> a folder of papers and gold records, as all training reads them.

In: files of annotations (records of the guideline by arXiv id, without texts and evidence) and a folder of Parquet
files with id, title and abstract. Out: a folder with `papers.jsonl` and `gold.jsonl`; an annotation whose paper is not
there, or whose names are not in its text, is counted and left out. What is in the folder `--with` comes first.
`python -m kg.train.annotations FILE ... --abstracts FOLDER [--with FOLDER] --out FOLDER`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.dataset
import pyarrow.parquet


def read(files: Iterable[Path]) -> list[dict[str, Any]]:
    """The records of all files, in their order."""
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def texts(abstracts: Path, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """The papers (id, title, abstract) with these ids in the Parquet files of a folder."""
    wanted = pyarrow.dataset.field("id").isin(sorted(ids))
    table = pyarrow.dataset.dataset(sorted(map(str, abstracts.glob("*.parquet"))), format="parquet")
    rows = table.to_table(columns=["id", "title", "abstract"], filter=wanted).to_pylist()
    return {row["id"]: row for row in rows}


def join(records: Sequence[dict[str, Any]], papers: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """The records whose papers are there and say every name."""
    kept = []
    for record in records:
        paper = papers.get(record["id"])
        if paper is None:
            continue
        text = f"{paper['title']}\n\n{paper['abstract']}"
        if all(name in text for entity in record["entities"] for name in entity["names"]):
            full = {key: [{"evidence": ""} | row for row in record[key]] for key in ("hardware_roles", "results")}
            kept.append(record | full)
    return kept


def write(records: Sequence[dict[str, Any]], papers: dict[str, dict[str, str]], out: Path) -> None:
    """`papers.jsonl` and `gold.jsonl` in the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("papers", [papers[r["id"]] for r in records]), ("gold", records)):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        (out / f"{name}.jsonl").write_text("".join(lines), encoding="utf8")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--abstracts", type=Path, required=True, help="folder of Parquet files: id, title, abstract")
    parser.add_argument(
        "--with", type=Path, dest="more", help="folder with papers.jsonl and gold.jsonl that come first"
    )
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args(arguments)
    records = read(a.files)
    papers = texts(a.abstracts, (r["id"] for r in records))
    kept = join(records, papers)
    joined = len(kept)
    if a.more:
        first = read([a.more / "gold.jsonl"])
        papers |= {p["id"]: p for p in read([a.more / "papers.jsonl"])}
        kept = first + kept
    write(kept, papers, a.out)
    sys.stdout.write(f"{len(kept)} papers in {a.out}, {len(records) - joined} left out\n")


if __name__ == "__main__":
    main()
