"""The key of an entity in, the IRI of what means the same elsewhere out, from lists that ship with the package.

Only ids that a list of the other side has; where none is known, there is no link. `cso.tsv` has the topics of the
Computer Science Ontology. Linked Papers With Code has no list here: its IRIs are slugs of a site that is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

CSO = "https://cso.kmi.open.ac.uk/topics/"


@cache
def topics() -> Mapping[str, str]:
    """The topic of the Computer Science Ontology of each key that has one."""
    lines = files("kg.rdf").joinpath("cso.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def topic(key: str) -> str | None:
    """The topic's IRI in angle brackets, or None.

    >>> topic("hardware/gpu"), topic("hardware/nvidia-a100")
    ('<https://cso.kmi.open.ac.uk/topics/gpu>', None)
    """
    found = topics().get(key)
    return f"<{CSO}{found}>" if found else None
