"""The terms that each vocabulary declares, so that a misspelt one is found: a prefix in, names out.

`vocabularies/` has a list of names for each, made from the vocabularies' own files; ours come from the ontology.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from kg.rdf.terms import NAMESPACES

#: Prefixes whose terms are listed; `wd` names things, not terms.
LISTED = tuple(sorted({"kg", *NAMESPACES} - {"wd"}))
_MEMBER = re.compile(r"_[1-9]\d*")


@cache
def declared(prefix: str) -> frozenset[str]:
    """The local names that the vocabulary of a prefix declares.

    Raises KeyError for a prefix that is not in LISTED.
    """
    if prefix == "kg":
        from kg.rdf import ontology  # the ontology's rows need the units of this module

        return ontology.names()
    if prefix not in LISTED:
        raise KeyError(f"no list of terms for the prefix {prefix!r}; there are {', '.join(LISTED)}")
    lines = files("kg.rdf").joinpath("vocabularies", f"{prefix}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def declares(prefix: str, name: str) -> bool:
    """Whether a vocabulary has this term; a container's members (`rdf:_1`) are terms without a list."""
    return name in declared(prefix) or (prefix == "rdf" and bool(_MEMBER.fullmatch(name)))


def units() -> frozenset[str]:
    """The codes of QUDT's units."""
    return declared("unit")
