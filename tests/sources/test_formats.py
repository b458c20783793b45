"""Each format's reader, and recognising a format from content."""

import bz2
import datetime
import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import ConfigurationError
from kg.records import Paper, Rejected
from kg.sources import FORMATS, merge, read
from kg.sources.formats import by_name

ONE = {"title": "Tiles for Turtles", "abstract": "Turtles tile their caches. It is slow, and it is steady."}
TWO = {"title": "Snails on FPGAs", "abstract": 'Snails carry "lookup, tables" home;\nthey arrive on time.'}
JSONL = "".join(json.dumps(each) + "\n" for each in (ONE, TWO))
CSV = 'Title,Year,Abstract\nTiles for Turtles,2021,"Turtles tile their caches. It is slow, and it is steady."\n'
PAGE = """new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Sep 16

Tiles for Turtles

{}

Snails on FPGAs

{}""".format("Turtles tile their caches. " * 12, "Snails carry lookup tables home. " * 12)
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>ArXiv Query</title>
  <entry><id>http://arxiv.org/abs/2105.00001v3</id><published>2021-05-03T17:00:00Z</published>
    <title>Tiles
    for Turtles</title><summary>Turtles tile
  their caches.</summary><author><name>Tara Turtle</name></author><category term="cs.AR"/>
  </entry>
</feed>"""


def papers(path: Path | str, form: str | None = None) -> list[Paper]:
    items = list(read(path, form))
    assert not [item for item in items if isinstance(item, Rejected)]
    return [item for item in items if isinstance(item, Paper)]


def written(folder: Path, content: str | bytes, name: str = "papers.any") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        JSONL,
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=2),
        json.dumps(ONE, indent=1) + "\n" + json.dumps(TWO, indent=1),
        CSV,
        CSV.replace(",", "\t", 2).replace("Turtles,2021,", "Turtles\t2021\t"),
        "\ufeff" + CSV,
        PAGE,
        PAGE.replace("\n", "\r\n"),
        ATOM,
        CSV.encode("utf-16"),
        gzip.compress(JSONL.encode()),
    ],
    ids=["jsonl", "array", "indented", "objects", "csv", "tsv", "mark", "page", "crlf", "atom", "utf-16", "gzip"],
)
def test_a_format_is_recognised_from_content_whatever_the_file_is_called(tmp_path: Path, content: str | bytes) -> None:
    found = papers(written(tmp_path, content, "papers.pdf"))
    assert found[0].title == "Tiles for Turtles"
    assert found[0].abstract.startswith("Turtles tile their caches.")


def test_a_daily_papers_page_has_titles_and_abstracts_in_turn(tmp_path: Path) -> None:
    found = papers(written(tmp_path, PAGE))
    assert [paper.title for paper in found] == ["Tiles for Turtles", "Snails on FPGAs"]
    assert [paper.sources[0].rpartition(":")[2] for paper in found] == ["13", "17"]


def test_a_daily_papers_page_loses_only_the_paper_without_an_abstract_or_title(tmp_path: Path) -> None:
    torn = PAGE.replace("Snails on FPGAs", "A Title Alone\n\nSnails on FPGAs") + "\n\n" + "No title here. " * 30
    items = list(read(written(tmp_path, torn)))
    assert [item.title for item in items if isinstance(item, Paper)] == ["Tiles for Turtles", "Snails on FPGAs"]
    assert [(i.line, i.reason.split(":")[0], i.excerpt[:13]) for i in items if isinstance(i, Rejected)] == [
        (17, "a paper without an abstract", "A Title Alone"),
        (23, "a paper without a title", "No title here"),
    ]


@pytest.mark.shared
def test_the_seeds_have_127_and_115_papers_of_which_220_are_distinct(shared: Path) -> None:
    counts = [len(papers(path)) for path in sorted((shared / "seeds").glob("*.txt"))]
    assert counts == [127, 115]
    merged, aside = merge(read(shared / "seeds"))
    assert (len(merged), aside) == (220, [])
    assert sum(len(paper.sources) for paper in merged) == 242


def test_csv_fields_may_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    table = 'id;title;abstract\nx1;"Snails; on ""FPGAs""";"Snails carry\nlookup tables."\nx2;Last;Short.\n'
    first, last = papers(written(tmp_path, table))
    assert (first.id, first.title, first.abstract) == ("x1", 'Snails; on "FPGAs"', "Snails carry lookup tables.")
    assert last.sources == (f"{tmp_path}/papers.any:4",)


def test_parquet_is_read_in_batches_with_its_row_numbers(tmp_path: Path) -> None:
    rows = 2_500
    table = pa.table(
        {
            "Paper_Title": [f"Paper {n}" for n in range(rows)],
            "summary": ["Words."] * rows,
            "published": [datetime.date(2020, 2, 3)] * rows,
            "embedding": [[0.0]] * rows,
        }
    )
    pq.write_table(table, tmp_path / "papers.parquet")
    found = papers(tmp_path / "papers.parquet")
    assert len(found) == rows
    assert found[-1].sources[0].endswith(":2500")
    assert (found[0].date, found[0].year) == ("2020-02-03", 2020)


def test_arxiv_metadata_lines_give_ids_years_people_and_categories(tmp_path: Path) -> None:
    line = {
        "id": "0704.0001",
        "authors": "T. Turtle and S. Snail",
        "title": "Tiles\n  for Turtles",
        "categories": "cs.AR cs.DC",
        "doi": None,
        "abstract": "  Turtles tile their\ncaches.\n",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "update_date": "2008-11-26",
        "authors_parsed": [["Turtle", "T.", ""], ["Snail", "S.", ""]],
    }
    (paper,) = papers(written(tmp_path, json.dumps(line)))
    assert paper.id == "arxiv:0704.0001"
    assert (paper.title, paper.abstract) == ("Tiles for Turtles", "Turtles tile their caches.")
    assert (paper.year, paper.url) == (2007, "https://arxiv.org/abs/0704.0001")
    assert paper.authors == ("T. Turtle", "S. Snail")
    assert paper.categories == ("cs.AR", "cs.DC")


def test_an_atom_feed_of_arxiv_gives_the_entries(tmp_path: Path) -> None:
    (paper,) = papers(written(tmp_path, ATOM))
    assert (paper.id, paper.year, paper.authors, paper.categories) == (
        "arxiv:2105.00001", 2021, ("Tara Turtle",), ("cs.AR",),
    )  # fmt: skip


def test_an_xml_bomb_is_set_aside_without_being_expanded(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE feed [<!ENTITY e0 "boom">{levels}]>\n' + ATOM.partition("\n")[2].replace("Tara", "&e11;")
    items = []
    with pytest.raises(Exception, match="no paper could be read"):
        items.extend(read(written(tmp_path, bomb), "atom"))


def test_fields_of_feeds_one_level_down_are_found(tmp_path: Path) -> None:
    feed = [{"paper": {"id": "2105.00001", "authors": [{"name": "Tara Turtle"}], "summary": "Turtles tile.", **ONE}}]
    (paper,) = papers(written(tmp_path, json.dumps(feed)))
    assert (paper.id, paper.authors) == ("arxiv:2105.00001", ("Tara Turtle",))


def test_a_json_array_longer_than_one_piece_is_read_to_its_end(tmp_path: Path) -> None:
    many = [{"id": str(n), "title": f"Paper {n}", "abstract": "Words, ] and }. " * 40} for n in range(3_000)]
    found = papers(written(tmp_path, json.dumps(many, indent=0)))
    assert len(found) == 3_000
    assert found[2_999].sources[0].endswith(f":{2 + 2_999 * 5}")


def test_the_named_format_overrides_content(tmp_path: Path) -> None:
    headless = "Tiles for Turtles\n\n" + "Turtles tile their caches. " * 12
    assert papers(written(tmp_path, headless), "daily-papers")[0].title == "Tiles for Turtles"


@pytest.mark.parametrize("name", ["hf_papers", "TSV", ".ndjson", "arxiv", *FORMATS])
def test_formats_go_by_the_names_that_people_use(name: str) -> None:
    assert by_name(name).name in FORMATS


def test_an_unknown_format_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ConfigurationError, match=r"'jsnl'.*meant 'jsonl'") as refused:
        read("papers.txt", "jsnl")
    assert all(name in str(refused.value) for name in FORMATS)


def test_standard_input_is_a_dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(JSONL.encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    assert [paper.sources for paper in papers("-")] == [("stdin:1",), ("stdin:2",)]


def test_folders_globs_and_files_are_read_in_order_and_each_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("in/b.jsonl", "in/a.jsonl", "in/deep/c.jsonl", "in/.hidden"):
        written(tmp_path, json.dumps(ONE), name)
    found = list(read(["in/b*", "in", "in/a.jsonl"]))
    assert [item.sources for item in found if isinstance(item, Paper)] == [
        ("in/b.jsonl:1",), ("in/a.jsonl:1",), ("in/deep/c.jsonl:1",),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"%PDF-1.7 rest", bytes(range(256)) * 9, bz2.compress(b"words"), b"\x00" * 99])
def test_no_reader_takes_a_binary_file(tmp_path: Path, content: bytes) -> None:
    items = []
    with pytest.raises(Exception, match=r"not text|empty"):
        items.extend(read(written(tmp_path, content, "papers.jsonl")))
