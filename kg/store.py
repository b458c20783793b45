"""The tables on disk: the knowledge base. Graph, RDF and pages are functions of them.

A key is `<slug>/<id>` (`paper/arxiv:2405.04434`, `hardware/nvidia-a100`, `vendor/amd`), the same in every table and in
every IRI. Rows are sorted, so that the same input gives the same bytes.
"""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

_STRINGS = pa.list_(pa.string())

PAPERS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),  # paper/<id>
        pa.field("title", pa.string(), nullable=False),
        pa.field("abstract", pa.string(), nullable=False),
        pa.field("year", pa.int32()),
        pa.field("date", pa.string()),
        pa.field("url", pa.string()),
        pa.field("doi", pa.string()),
        pa.field("arxiv", pa.string()),
        pa.field("authors", _STRINGS),
        pa.field("categories", _STRINGS),
        pa.field("sources", _STRINGS),
    ]
)
MENTIONS = pa.schema(
    [
        pa.field("paper", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),  # code points into title + "\n\n" + abstract
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("entity", pa.string(), nullable=False),
        pa.field("sentence_start", pa.int32(), nullable=False),
        pa.field("sentence_end", pa.int32(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("confidence", pa.float32(), nullable=False),
    ]
)
SPEC = pa.struct(
    [("name", pa.string()), ("value", pa.float64()), ("unit", pa.string()), ("source", pa.string()), ("format", pa.string())]
)
ENTITIES = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),  # a name of schema.ENTITY_TYPES, or Vendor
        pa.field("label", pa.string(), nullable=False),
        pa.field("aliases", _STRINGS),
        pa.field("kind", pa.string()),
        pa.field("vendor", pa.string()),  # key of the vendor
        pa.field("family", pa.string()),
        pa.field("broader", _STRINGS),  # keys, direct parents only
        pa.field("part_of", _STRINGS),
        pa.field("year", pa.int32()),
        pa.field("wikidata", pa.string()),
        pa.field("specs", pa.list_(SPEC)),
        pa.field("inferred", pa.bool_(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("papers", pa.int32(), nullable=False),  # distinct papers that mention it; 0 for a mere ancestor
    ]
)
FACTS = pa.schema(
    [
        pa.field("subject", pa.string(), nullable=False),
        pa.field("relation", pa.string(), nullable=False),  # a name of schema.RELATIONS
        pa.field("object", pa.string(), nullable=False),
        pa.field("paper", pa.string(), nullable=False),
        pa.field("quote", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("extractor", pa.string(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),
        pa.field("cues", _STRINGS),
    ]
)
RESULTS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),  # result/<paper id>/<n>
        pa.field("paper", pa.string(), nullable=False),
        pa.field("metric", pa.string(), nullable=False),  # in the text's words
        pa.field("metric_entity", pa.string()),
        pa.field("value", pa.string(), nullable=False),  # as written
        pa.field("low", pa.float64()),
        pa.field("high", pa.float64()),
        pa.field("unit", pa.string()),  # QUDT code, or "x" for a ratio
        pa.field("better", pa.string()),
        pa.field("change", pa.string()),
        pa.field("hardware", pa.string()),  # keys
        pa.field("dataset", pa.string()),
        pa.field("baseline", pa.string()),
        pa.field("quote", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("extractor", pa.string(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),
        pa.field("cues", _STRINGS),
    ]
)
SCHEMAS = {"papers": PAPERS, "mentions": MENTIONS, "entities": ENTITIES, "facts": FACTS, "results": RESULTS}


class Tables(NamedTuple):
    """The knowledge base: five tables with the schemas above."""

    papers: pa.Table
    mentions: pa.Table
    entities: pa.Table
    facts: pa.Table
    results: pa.Table
