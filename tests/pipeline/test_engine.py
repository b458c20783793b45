"""Where the plan runs, and what is said where it cannot."""

import socket
import sys

import pytest

from kg.errors import ConfigurationError
from kg.pipeline import engine


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
