"""Tables and a base in, what all their serialisations need out: IRIs made once, and the hashes of statements."""

from __future__ import annotations

from typing import NamedTuple

from kg.rdf.blocks import Blocks
from kg.rdf.evidence import Evidence
from kg.rdf.rows import Keys, fact_keys, result_keys
from kg.rdf.terms import Terms
from kg.store import Tables


class Work(NamedTuple):
    """Who writes the blocks of subjects, and the hashes that name facts, results and their evidence."""

    make: Blocks
    words: Evidence
    facts: Keys
    results: Keys


def prepare(tables: Tables, base: str) -> Work:
    """What writing these tables needs, in whatever format and however often."""
    make = Blocks(Terms(base))
    return Work(make, Evidence(make), fact_keys(tables.facts), result_keys(tables.results))
