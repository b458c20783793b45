"""From files to a folder: everything is written, bad input costs nothing else, and a failure leaves nothing."""

import json
from pathlib import Path

import pytest

import kg.knowledge_base
from kg import store
from kg.errors import CatalogueError, ConfigurationError, InputError, KgError
from kg.knowledge_base import KnowledgeBase
from kg.pipeline import build, extract, views
from kg.records import Rejected
from tests.pipeline.fake import FakeExtractor


def test_a_build_writes_tables_views_and_what_was_set_aside(built: KnowledgeBase) -> None:
    written = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file()}
    assert written >= {
        "graph/graph.gexf", "graph/graph.graphml", "graph/graph.json", "index.html", "manifest.json", "network.html",
        "rdf/kg.nt", "rdf/kg.ttl", "rejected.jsonl", *(f"tables/{name}.parquet" for name in store.SCHEMAS),
    }  # fmt: skip
    assert [path.name for path in built.folder.parent.iterdir()] == [built.folder.name]


def test_the_folder_is_an_ro_crate_of_all_its_files(built: KnowledgeBase) -> None:
    crate = json.loads((built.folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    sizes = {thing["@id"]: int(thing["contentSize"]) for thing in crate if thing["@type"] == "File"}
    written = {path.relative_to(built.folder).as_posix(): path for path in built.folder.rglob("*") if path.is_file()}
    last = {"manifest.json", "ro-crate-metadata.json"}  # written when all else stands
    assert sizes == {name: path.stat().st_size for name, path in written.items() if name not in last}
    assert {"graph/neo4j/nodes.csv", "tables/facts.parquet", "rdf/kg.ttl"} <= sizes.keys()


def test_papers_are_distinct_and_know_all_their_sources(built: KnowledgeBase, papers: Path) -> None:
    rows = {row["key"]: row for row in built.papers.to_pylist()}
    assert len(rows) == 3
    hares = next(row for row in rows.values() if row["title"] == "Quantization for Hares")
    assert hares["sources"] == [f"{papers.name}:3", f"{papers.name}:4"]
    assert hares["year"] == 2020
    assert rows["paper/arxiv:2401.00002"]["title"] == "Snails on <script>alert('FPGA')</script>"


def test_what_was_set_aside_is_listed_with_file_line_and_reason(built: KnowledgeBase, papers: Path) -> None:
    lines = (built.folder / "rejected.jsonl").read_text().splitlines()
    rejected = [json.loads(line) for line in lines]
    assert [(each["file"], each["line"]) for each in rejected] == [(str(papers), 5), (str(papers), 6)]
    assert [each["reason"].split(":")[0] for each in rejected] == ["not JSON", "a paper without an abstract"]
    assert built.manifest["input"] == {"papers": 3, "duplicates": 1, "rejected": 2}


def test_the_knowledge_base_opens_again_with_the_same_tables_and_graph(built: KnowledgeBase) -> None:
    again = kg.knowledge_base.open(built.folder)
    assert again.tables == built.tables
    assert repr(again).endswith(f"3 papers, {again.mentions.num_rows} mentions, {again.entities.num_rows} entities, "
                                f"{again.facts.num_rows} facts, {again.results.num_rows} results)")  # fmt: skip
    graph = again.graph()
    assert graph.has_edge("paper/arxiv:2401.00001", "hardware/nvidia-a100")
    assert "hardware/nvidia-a100" in built.entities["key"].to_pylist()


def test_the_knowledge_base_answers_questions_and_is_an_rdflib_graph(built: KnowledgeBase) -> None:
    answer = built.query("SELECT (COUNT(?paper) AS ?papers) WHERE { ?paper a kg:Paper }")
    assert answer.rows == [(3,)]
    assert len(built.rdflib_graph()) == len((built.folder / "rdf" / "kg.nt").read_text().splitlines())


def test_spans_point_into_the_stored_text(built: KnowledgeBase) -> None:
    texts = {row["key"]: f"{row['title']}\n\n{row['abstract']}" for row in built.papers.to_pylist()}
    assert built.mentions.num_rows > 5
    for row in built.mentions.to_pylist():
        assert texts[row["paper"]][row["start"] : row["end"]] == row["text"]


def test_progress_counts_papers(papers: Path, tmp_path: Path, fake: type[FakeExtractor]) -> None:
    said: list[tuple[str, int, int | None]] = []
    build(papers, tmp_path / "kb", views=False, progress=lambda *step: said.append(step))
    assert ("read", 3, 3) in said
    assert ("extract", 3, 3) in said
    assert list(dict.fromkeys(step for step, _, _ in said)) == ["read", "extract", "link"]
    assert not (tmp_path / "kb" / "index.html").exists()


def test_records_come_in_the_order_of_the_input_and_then_what_was_set_aside(
    papers: Path, fake: type[FakeExtractor]
) -> None:
    items = list(extract(papers))
    pairs = [item for item in items if not isinstance(item, Rejected)]
    assert [(paper.id, record.id) for paper, record in pairs[:2]] == [
        ("arxiv:2401.00001",) * 2, ("arxiv:2401.00002",) * 2,
    ]  # fmt: skip
    assert [type(item) for item in items[3:]] == [Rejected, Rejected]


def test_more_papers_than_a_file_on_disk_holds_come_back_in_order(
    tmp_path: Path, fake: type[FakeExtractor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.pipeline.spool._PER_FILE", 7)
    monkeypatch.setattr("kg.pipeline.spool._ROWS", 3)
    lines = [json.dumps({"id": f"p{n}", "title": f"T{n}", "abstract": "On A100."}) for n in range(40)]
    (tmp_path / "papers").write_text("\n".join(lines))
    found = [item[0].id for item in extract(tmp_path / "papers") if not isinstance(item, Rejected)]
    assert found == [f"p{n}" for n in range(40)]


def test_without_any_paper_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(InputError, match="the file is empty"):
        build([tmp_path / "empty", tmp_path / "none"], tmp_path / "kb")
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_an_output_that_cannot_be_written_is_said_before_anything_is_read(tmp_path: Path, papers: Path) -> None:
    (tmp_path / "file").touch()
    for out in (tmp_path / "file", tmp_path / "file" / "kb"):
        with pytest.raises(ConfigurationError, match=r"is a file|cannot write"):
            build(tmp_path / "none", out)


def test_a_faulty_catalogue_is_said_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("- nonsense: [")
    with pytest.raises(CatalogueError, match=r"mine\.yaml"):
        build(tmp_path / "none", tmp_path / "kb", catalogue=[tmp_path / "mine.yaml"])


def test_a_paper_on_which_extraction_fails_is_set_aside_alone(
    papers: Path, tmp_path: Path, fake: type[FakeExtractor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake, "FAIL", ("Snails",))
    kb = build(papers, tmp_path / "kb", views=False)
    assert kb.papers.num_rows == 2
    last = json.loads((tmp_path / "kb" / "rejected.jsonl").read_text().splitlines()[-1])
    assert (last["line"], last["reason"]) == (2, "extraction failed: ZeroDivisionError: what")


def test_where_extraction_always_fails_the_build_fails_and_leaves_the_old_one(
    papers: Path, tmp_path: Path, fake: type[FakeExtractor], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(store.empty(), tmp_path / "kb")
    monkeypatch.setattr(fake, "FAIL", ("Snails", "Turtle", "Hares"))
    with pytest.raises(KgError, match=r"extraction failed on all 3 papers: .*ZeroDivisionError: what"):
        build(papers, tmp_path / "kb")
    assert store.read(tmp_path / "kb") == store.empty()
    assert [path.name for path in tmp_path.iterdir()] == ["kb"]


def test_an_interrupted_build_leaves_nothing(papers: Path, tmp_path: Path, fake: type[FakeExtractor]) -> None:
    def interrupt(step: str, done: int, total: int | None) -> None:
        if step == "write rdf":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(papers, tmp_path / "kb", progress=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_the_views_can_be_written_again_from_the_tables(
    papers: Path, tmp_path: Path, fake: type[FakeExtractor]
) -> None:
    kb = build(papers, tmp_path / "kb")
    before = {path: path.read_bytes() for path in (tmp_path / "kb").rglob("*") if path.is_file()}
    (tmp_path / "kb" / "index.html").unlink()
    assert views(tmp_path / "kb").tables == kb.tables
    assert {path: path.read_bytes() for path in (tmp_path / "kb").rglob("*") if path.is_file()} == before
