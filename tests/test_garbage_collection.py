"""Garbage collection around a build."""

import gc

import pytest

from kg.garbage_collection import rare


def _failing() -> None:
    with rare():
        raise KeyError(gc.get_threshold()[0])


def test_collection_is_rare_within_and_as_before_after_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError) as within:
        _failing()
    assert within.value.args[0] > before[0]
    assert gc.get_threshold() == before
