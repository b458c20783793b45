"""The files of an export in, an RO-Crate description of their folder out (ro-crate-metadata.json, version 1.1).

RO-Crate wants a date of publication; a build has no clock, so it is the date of the newest paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.rdf.describe import TITLE, program_version
from kg.store import Tables

CRATE = "ro-crate-metadata.json"
_FILES = {
    "kg.nt": ("The graph as N-Triples, sorted", "application/n-triples"),
    "kg.ttl": ("The graph as Turtle", "text/turtle"),
    "kg.trig": ("The graph as TriG, one named graph a paper", "application/trig"),
    "kg.jsonld": ("The graph as JSON-LD", "application/ld+json"),
    "ontology.ttl": ("The ontology", "text/turtle"),
    "ontology.html": ("The ontology, to read", "text/html"),
    "shapes.ttl": ("SHACL shapes of the graph", "text/turtle"),
    "void.ttl": ("VoID and DCAT description of the graph", "text/turtle"),
}
_PROFILE = {"@id": "https://w3id.org/ro/crate/1.1"}


def text(tables: Tables, files: Iterable[Path]) -> str:
    """The description as JSON-LD; `files` are in the folder that it describes."""
    described = [_file(path) for path in sorted(files, key=lambda path: path.name)]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": TITLE,
        "description": f"Made of {tables.papers.num_rows} papers: what they speak of, and the words that say so.",
        "datePublished": _newest(tables),
        "hasPart": [{"@id": file["@id"]} for file in described],
        "mentions": {"@id": "#build"},
    }
    program = {"@id": "#program", "@type": "SoftwareApplication", "name": "hardware-kg", "version": program_version()}
    action = {"@id": "#build", "@type": "CreateAction", "instrument": {"@id": "#program"}, "result": root["hasPart"]}
    head = {"@id": CRATE, "@type": "CreativeWork", "conformsTo": _PROFILE, "about": {"@id": "./"}}
    graph = [head, root, action, program, *described]
    document = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _file(path: Path) -> dict[str, Any]:
    name, media = _FILES[path.name]
    size = str(path.stat().st_size)
    return {"@id": path.name, "@type": "File", "name": name, "encodingFormat": media, "contentSize": size}


def _newest(tables: Tables) -> str:
    dates = [date[:10] for date in tables.papers["date"].to_pylist() if date and date[:4].isdigit()]
    years = [f"{year:04d}" for year in tables.papers["year"].to_pylist() if year]
    return max([*dates, *years], default="1970")
