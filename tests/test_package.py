"""The public names are there, and nothing is loaded before it is used."""

from __future__ import annotations

import pytest

import kg


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there(name):
    assert getattr(kg, name) is not None
    assert name in dir(kg)


def test_an_unknown_name_is_answered_with_those_that_exist():
    with pytest.raises(AttributeError, match="load_nlp"):
        kg.nonsense  # noqa: B018
