"""Links to other vocabularies: only from entries that exist to topics that are listed, and each topic once."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyoxigraph

from kg.catalogue import load
from kg.rdf import links, store
from kg.rdf.terms import DEFAULT_BASE, Terms
from tests.tables_fixture import tables

GPU = pyoxigraph.NamedNode(f"{DEFAULT_BASE}hardware/gpu")
GPU_TOPIC = "https://cso.kmi.open.ac.uk/topics/gpu"
EXACT = pyoxigraph.NamedNode(Terms().expand("skos:exactMatch"))


def test_every_link_begins_at_an_entry_of_the_catalogue() -> None:
    assert len(links.topics()) > 500
    assert links.topics().keys() <= load().entries.keys()


def test_no_two_entries_are_the_same_topic() -> None:
    assert [topic for topic, n in Counter(links.topics().values()).items() if n > 1] == []


def test_topics_have_nothing_to_encode() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+([_-][a-z0-9]+)*", topic) for topic in links.topics().values())


def test_every_topic_is_in_the_list_of_the_ontology(shared: Path) -> None:
    with (shared / "gazetteers" / "cso_topics.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["topic"].replace(" ", "_") for row in csv.DictReader(file)}
    assert set(links.topics().values()) <= listed


def test_words_that_mean_another_thing_there_are_no_link() -> None:
    assert all(links.topic(key) is None for key in ("model/gan", "hardware/processing-in-memory", "method/adam"))


def test_an_entry_is_linked_to_its_topic() -> None:
    found = store.load(tables()).quads_for_pattern(GPU, EXACT, None)
    assert {quad.object.value for quad in found} == {GPU_TOPIC, "http://www.wikidata.org/entity/Q183484"}


def test_a_thing_of_that_name_that_only_papers_know_is_not() -> None:
    rows = [{**row, "source": "text"} for row in tables().entities.to_pylist()]
    unlisted = tables()._replace(entities=pa.Table.from_pylist(rows, schema=tables().entities.schema))
    found = store.load(unlisted).quads_for_pattern(GPU, EXACT, None)
    assert GPU_TOPIC not in {quad.object.value for quad in found}
