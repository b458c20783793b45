"""Tables in a folder: they come back as they were, appear whole or not at all, and have the same bytes each time."""

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import store
from kg.errors import ConfigurationError, InputError
from kg.folder import whole
from kg.store import Tables, empty, from_rows, manifest, read, write


def some(n: int = 3) -> Tables:
    return from_rows(
        papers=[
            {"key": f"paper/{i:05}", "title": f"T{i}", "abstract": f"A{i}", "year": 2020, "authors": ["Ä"]}
            for i in range(n)
        ],
        entities=[
            {
                "key": "hardware/x",
                "type": "Hardware",
                "label": "X",
                "inferred": False,
                "source": "text",
                "papers": 1,
                "specs": [{"name": "memory", "value": 80.0, "unit": "GigaBYTE", "source": "s", "format": None}],
            }
        ],
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fail(folder: Path, error: BaseException) -> None:
    with whole(folder) as new:
        (new / "half").touch()
        raise error


def test_tables_come_back_as_they_were_written(tmp_path: Path) -> None:
    write(some(), tmp_path / "kb", {"catalogue": "1"})
    assert read(tmp_path / "kb") == some()
    assert manifest(tmp_path / "kb")["rows"] == {"papers": 3, "mentions": 0, "entities": 1, "facts": 0, "results": 0}
    assert manifest(tmp_path / "kb")["catalogue"] == "1"
    assert manifest(tmp_path / "kb")["files"] == ["manifest.json", "tables"]


def test_nothing_is_a_knowledge_base_too(tmp_path: Path) -> None:
    write(empty(), tmp_path / "kb")
    assert read(tmp_path / "kb") == empty()


@given(st.permutations(range(6)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_is_irrelevant(order: list[int]) -> None:
    rows = [{"key": f"paper/{i}", "title": str(i), "abstract": "."} for i in range(6)]
    assert from_rows(papers=[rows[i] for i in order]) == from_rows(papers=rows)


def test_the_same_rows_have_the_same_bytes_however_they_are_chunked(tmp_path: Path) -> None:
    one = some(70_000)
    many = one._replace(
        papers=pa.concat_tables([one.papers.slice(0, 11), one.papers.slice(11, 66_000), one.papers.slice(66_011)])
    )
    write(one, tmp_path / "a")
    write(many, tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_a_folder_that_is_no_knowledge_base_says_what_is_there_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no knowledge base.*kg build PAPERS"):
        read(tmp_path / "none")
    (tmp_path / "notes.txt").touch()
    with pytest.raises(InputError, match=r"there are notes\.txt"):
        read(tmp_path)


def test_damage_and_other_versions_are_named(tmp_path: Path) -> None:
    write(some(), tmp_path)
    table = tmp_path / "tables" / "facts.parquet"
    table.write_bytes(b"PAR1")
    with pytest.raises(InputError, match=r"facts\.parquet cannot be read"):
        read(tmp_path)
    pa.parquet.write_table(pa.table({"a": [1]}), table)
    with pytest.raises(InputError, match=r"facts\.parquet has other columns"):
        read(tmp_path)
    table.unlink()
    with pytest.raises(InputError, match=r"facts\.parquet is missing"):
        read(tmp_path)
    found = manifest(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({**found, "schema": 99}))
    with pytest.raises(InputError, match="tables of schema 99, this version reads schema 1"):
        read(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(InputError, match="damaged"):
        read(tmp_path)


def test_unknown_tables_are_refused() -> None:
    with pytest.raises(KeyError, match="no table 'nodes'"):
        from_rows(nodes=[])


def test_a_failed_write_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    write(some(), tmp_path / "kb")
    before = digests(tmp_path)
    with pytest.raises(RuntimeError, match="half way"):
        fail(tmp_path / "kb", RuntimeError("half way"))
    assert digests(tmp_path) == before
    with pytest.raises(KeyboardInterrupt):
        fail(tmp_path / "new", KeyboardInterrupt())
    assert [path.name for path in tmp_path.iterdir()] == ["kb"]


def test_rebuilding_replaces_what_a_build_wrote_and_carries_over_what_it_did_not(tmp_path: Path) -> None:
    with whole(tmp_path / "kb") as new:
        (new / "index.html").write_text("old")
        store.write_tables(empty(), new)
        store.write_manifest(empty(), new)
    (tmp_path / "kb" / "notes").mkdir()
    (tmp_path / "kb" / "notes" / "mine.txt").write_text("keep")
    write(some(), tmp_path / "kb")
    assert sorted(path.name for path in (tmp_path / "kb").iterdir()) == ["manifest.json", "notes", "tables"]
    assert (tmp_path / "kb" / "notes" / "mine.txt").read_text() == "keep"
    assert [path.name for path in tmp_path.iterdir()] == ["kb"]


def test_files_that_no_build_wrote_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("precious")
    with pytest.raises(ConfigurationError, match="tables there was not written by a build; move it away"):
        write(some(), tmp_path)
    (tmp_path / "manifest.json").write_text('{"of": "another program"}')
    with pytest.raises(ConfigurationError, match=r"manifest\.json, tables there were not written by a build"):
        write(some(), tmp_path)
    with pytest.raises(ConfigurationError, match="is a file"):
        write(some(), tmp_path / "tables")
    with pytest.raises(ConfigurationError, match="cannot write"):
        write(some(), tmp_path / "tables" / "kb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "tables"]


def test_a_build_lives_beside_other_files_also_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "thesis.tex").write_text("precious")
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        write(some(), ".")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "tables", "thesis.tex"]


def test_where_moving_fails_everything_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(some(), tmp_path / "kb")
    before = digests(tmp_path)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "tables" and ".partial" in self.parent.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(ConfigurationError, match="No space left on device"):
        write(empty(), tmp_path / "kb")
    assert digests(tmp_path) == before


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    write(some(), tmp_path / "kb")
    assert read(tmp_path / "kb") == some()
