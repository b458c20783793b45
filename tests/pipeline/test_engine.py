"""Where the plan runs, and what is said where it cannot."""

import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from kg.catalogue import Catalogue, load
from kg.errors import ConfigurationError
from kg.model.spans import Known
from kg.pipeline import build, engine
from kg.pipeline.spool import Outcome
from kg.records import Paper, Record, from_json, to_json
from tests.pipeline.fake import Damaged, FakeExtractor

if TYPE_CHECKING:
    from spacy.language import Language


def test_the_vocabulary_does_not_grow_with_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_RENEW", 3)
    extractor = engine.Extractor(load(), fast=True)
    pipelines, sizes = [], []
    for n in range(6):
        pipelines.append(extractor._pipeline.result())
        extractor.record(Paper("b", "Zyxgrom", f"Quuxification of frobnication{n} on an A100."), [])
        sizes.append(len(pipelines[-1].vocab.strings))
    assert [pipelines.index(nlp) for nlp in pipelines] == [0, 0, 0, 3, 3, 3]
    assert sizes[0] < sizes[1] < sizes[2]
    assert sizes[3] < sizes[1] + 2
    extractor._loader.shutdown()  # the pipeline that begins to load after the last would be the next test's


def test_threads_take_turns_with_the_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Language] = []

    class Pipeline:
        def __init__(self, *_: object, **__: object) -> None:
            self.busy = False
            made.append(cast("Language", self))

        def read(self, _: str, paper: str) -> Record:
            assert not self.busy
            self.busy = True
            time.sleep(0.001)
            self.busy = False
            return Record(paper)

    monkeypatch.setattr(import_module("kg.extract.nlp"), "load_nlp", Pipeline)
    monkeypatch.setattr(import_module("kg.extract.record"), "read", Pipeline.read)
    extractor = engine.Extractor(cast("Catalogue", None), fast=True)
    papers = [to_json(Paper(str(n), "A", "B")) for n in range(20)]
    with ThreadPoolExecutor(6) as pool:
        outcomes = [each for batch in pool.map(extractor, [papers] * 6) for each in batch]
    assert [from_json(each, Outcome).problem for each in outcomes] == [None] * 120
    assert len(made) == 1


def test_a_pipeline_that_cannot_be_loaded_is_an_error_and_no_paper_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ConfigurationError("the network is damaged")

    monkeypatch.setattr(import_module("kg.extract.nlp"), "load_nlp", broken)
    with pytest.raises(ConfigurationError, match="the network is damaged"):
        engine.Extractor(cast("Catalogue", None), fast=True)([to_json(Paper("a", "A", "B"))])


def test_a_paper_that_the_network_fails_on_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    extractor = engine.Extractor(load(), fast=False)
    network = extractor._network
    assert network is not None
    read = network.result().candidates

    def candidates(texts: list[str], known: list[list[Known]], floor: float) -> object:
        if any("bad" in text for text in texts):
            raise ZeroDivisionError("what")
        return read(texts, known, floor)

    monkeypatch.setattr(network.result(), "candidates", candidates)
    papers = [to_json(Paper(word, word, "We run FlashAttention on A100 GPUs.")) for word in ("good", "bad")]
    good, bad = (from_json(each, Outcome) for each in extractor(papers))
    assert good.record is not None
    assert "FlashAttention" in {name for each in good.record.entities for name in each.names}
    assert bad.problem == "ZeroDivisionError: what"


def test_nothing_is_loaded_while_daft_writes_down_the_plan(
    papers: Path, tmp_path: Path, fake: type[FakeExtractor], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a thread of ours imports meanwhile makes Daft's pickling fail: "dictionary changed size during iteration".
    made_by: list[str] = []
    make = fake.__init__

    def noted(self: FakeExtractor, *settings: object) -> None:
        made_by.append(threading.current_thread().name)
        make(self, *settings)  # type: ignore[arg-type]

    monkeypatch.setattr(fake, "__init__", noted)
    build(papers, tmp_path / "kb", views=False)
    assert len(made_by) == 1
    assert made_by != [threading.main_thread().name]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Daft leaves a dead worker's pipe open
@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_ours_in_a_worker_is_raised_as_it_is(
    papers: Path, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "Extractor", Damaged)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))  # where worker processes find `tests`
    with pytest.raises(ConfigurationError, match=r"^the network is damaged; get it again$"):
        build(papers, tmp_path / "kb", workers=workers)
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_that_does_not_answer_is_said_at_once() -> None:
    pytest.importorskip("ray", reason="needs Ray: pip install 'hardware-kg[cluster]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ConfigurationError, match=f"no Ray cluster answers at '{address}'.*ray start --head"):
        engine._connect(address)


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'hardware-kg\[cluster\]'"):
        engine._connect("127.0.0.1:6379")
