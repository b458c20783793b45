"""What cannot be read is set aside with its place, a reason and a next step; good papers stay."""

import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import InputError
from kg.records import Paper, Rejected
from kg.sources import merge, read

GOOD = json.dumps({"id": "good", "title": "Good", "abstract": "It stays."})


def split(path: Path | str | list[Path]) -> tuple[list[Paper], list[Rejected]]:
    items = list(read(path))
    return (
        [item for item in items if isinstance(item, Paper)],
        [item for item in items if isinstance(item, Rejected)],
    )


def line(**fields: object) -> str:
    return json.dumps({"title": "A title", "abstract": "An abstract.", **fields})


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{not json", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[1, 2", "not JSON"),
        ("42", "a JSON number where an object was expected"),
        ("null", "a JSON null where an object was expected"),
        ("[" * 100_000, "not readable as JSON"),
        ('{"year": ' + "9" * 5_000 + "}", "not readable as JSON"),
        (line(title=None), "a paper without a title"),
        (line(title=" \u0000\ud800 "), "a paper without a title"),
        (line(title={"en": "A"}), "the title is not text but dict"),
        ('{"title": "Alone"}', "a paper without an abstract"),
        (line(abstract="\n"), "a paper without an abstract"),
        (line(abstract=["a", "b"]), "the abstract is not text but list"),
        (line(abstract="x" * 5_000_000), "the abstract has 5,000,000 characters, at most 50,000 are read"),
        (line(title="t" * 2_000), "the title has 2,000 characters, at most 1,000 are read"),
        (line(abstract="x" * 17_000_000), "a line of more than 16,000,000 characters"),
    ],
)
def test_a_bad_line_is_set_aside_and_its_neighbours_stay(tmp_path: Path, bad: str, reason: str) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(f"{GOOD}\n{bad}\n{GOOD}\n", encoding="utf-8")
    papers, (rejected,) = split(path)
    assert len(papers) == 2
    assert (rejected.file, rejected.line) == (str(path), 2)
    assert rejected.reason.startswith(reason)
    assert rejected.hint
    assert len(rejected.excerpt) <= 121


def test_the_first_line_may_be_the_bad_one(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(f"oops\n{GOOD}\n")
    papers, (rejected,) = split(path)
    assert (len(papers), rejected.line, rejected.excerpt) == (1, 1, "oops")


def test_control_characters_and_lone_surrogates_do_not_cost_a_paper(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(b'{"title": "Bell\x07 \\ud800cow", "abstract": "Null\\u0000 and \xff raw \x01."}\n')
    (paper,), rejected = split(path)
    assert (paper.title, paper.abstract, rejected) == ("Bell cow", "Null and \ufffd raw .", [])
    paper.text.encode("utf-8")


def test_markup_in_a_title_is_text(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(line(title="<script>alert(1)</script>", url="javascript:alert(1)"))
    (paper,), _ = split(path)
    assert (paper.title, paper.url) == ("<script>alert(1)</script>", None)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"name,text\nA,B\n", 1, "no column for the title; the columns are 'name', 'text'"),
        (b"title,year\nA,2020\n", 1, "no column for the abstract; the columns are 'title', 'year'"),
        (b"", None, "the file is empty"),
        (b" \n\n", None, "the file is empty"),
        (b"%PDF-1.7\n...", None, "a PDF, not text"),
        (bytes(range(256)) * 10, None, "a binary file, not text"),
        (b"Dear diary,\n\ntoday I wrote no papers.\n", None, "no known format of papers"),
        (b"PAR1 cut off", None, "a damaged Parquet file"),
        (b"\x1f\x8b\x08\x00 not gzip", None, "cannot be read"),
    ],
)
def test_a_bad_file_is_set_aside_and_the_others_are_read(
    tmp_path: Path, content: bytes, line: int | None, reason: str
) -> None:
    (tmp_path / "bad").write_bytes(content)
    (tmp_path / "good").write_text(GOOD)
    papers, (rejected,) = split([tmp_path / "bad", tmp_path / "good"])
    assert [paper.id for paper in papers] == ["good"]
    assert (rejected.file, rejected.line) == (str(tmp_path / "bad"), line)
    assert rejected.reason.startswith(reason)


def test_a_table_row_with_too_many_fields_or_without_text_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text(
        "title,abstract\nOne,A, b\nTwo,\nThree,Fine.\n\n" + "Four," + "x" * 200_000 + '\n"Five,never closed\n'
    )
    papers, rejected = split(path)
    assert [paper.title for paper in papers] == ["Three"]
    assert [(each.line, each.reason) for each in rejected] == [
        (2, "a row of 3 fields under 2 columns"),
        (3, "a paper without an abstract"),
        (6, "the abstract has 200,000 characters, at most 50,000 are read"),
        (7, "a paper without an abstract"),
    ]


def test_a_parquet_file_without_the_columns_is_set_aside(tmp_path: Path) -> None:
    pq.write_table(pa.table({"headline": ["A"], "body": ["B"]}), tmp_path / "papers.parquet")
    (tmp_path / "good").write_text(GOOD)
    _, (rejected,) = split([tmp_path / "papers.parquet", tmp_path / "good"])
    assert rejected.reason == "no column for the title; the columns are 'headline', 'body'"


def test_behind_a_mistake_in_an_array_the_rest_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "papers.json"
    path.write_text(f"[{GOOD},\n{GOOD},\n{{oops}}, {GOOD}]")
    papers, (rejected,) = split(path)
    assert (len(papers), rejected.line) == (2, 3)
    path.write_text(f"[{GOOD},\n")
    assert "cut off" in split(path)[1][0].reason


def test_missing_paths_say_what_exists(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD)
    papers, rejected = split([tmp_path / "none.jsonl", tmp_path / "*.xml", tmp_path / "good.jsonl"])
    assert len(papers) == 1
    assert [each.reason for each in rejected] == ["there is no such file or folder", "no file matches this pattern"]
    assert all("good.jsonl" in each.hint for each in rejected)


def test_where_nothing_can_be_read_the_error_names_the_first_reasons(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(InputError, match=r"no paper could be read: .*/empty: the file is empty \(was it"):
        list(read(tmp_path / "empty"))
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="a folder without files"):
        list(read(tmp_path / "folder"))
    with pytest.raises(InputError, match="no path was given"):
        list(read([]))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(GOOD)
    path.chmod(0)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        list(read(path))


def test_one_id_with_two_texts_keeps_the_first_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(f"{GOOD}\n{line(id='good')}\n")
    papers, (rejected,) = merge(read(path))
    assert [paper.title for paper in papers] == ["Good"]
    assert (rejected.file, rejected.line) == (str(path), 2)
    assert rejected.reason == "another paper has the id 'good' or the title, and a different text"
