"""Where the plan runs, and what is said where it cannot."""

import socket
import sys
from pathlib import Path

import pytest

from kg.errors import ConfigurationError
from kg.pipeline import build, engine
from tests.pipeline.fake import Damaged


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
