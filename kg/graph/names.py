"""The attribute keys of the graph, said once.

A node is a key of the tables (`hardware/nvidia-a100`); an edge key is the name of a relation of `kg.schema`.
"""

from __future__ import annotations

# of nodes
TYPE = "type"  # a name of schema.NODE_KINDS: "Hardware", "Paper", "Vendor", ...
LABEL = "label"  # what a person reads; a paper's title
PAPERS = "papers"  # distinct papers that mention it; a paper counts itself
ALIASES = "aliases"
KIND = "kind"
VENDOR = "vendor"  # key of the vendor
FAMILY = "family"
YEAR = "year"
WIKIDATA = "wikidata"
SPECS = "specs"  # list of dicts: name, value, unit, source, format
INFERRED = "inferred"  # True: resolved by form, not listed
SOURCE = "source"  # "catalogue", "user" or "text"
DATE = "date"
URL = "url"
DOI = "doi"
ARXIV = "arxiv"
AUTHORS = "authors"
CATEGORIES = "categories"
RESULTS = "results"  # of a paper: list of dicts, the rows of the results table

# of edges
RELATION = "relation"  # the edge's key again, so that every format carries it
SUPPORT = "support"  # distinct papers among the evidences; 0 where the catalogue says it
CONFIDENCE = "confidence"  # the highest score among the evidences; 1.0 where the catalogue says it
EVIDENCES = "evidences"  # list of dicts with the keys below, sorted by paper and offset

EVIDENCE_KEYS = ("paper", "quote", "start", "end", "extractor", "score", "cues")
