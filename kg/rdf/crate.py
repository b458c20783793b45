"""The files of a build in, an RO-Crate description of their folder out (ro-crate-metadata.json, version 1.1).

RO-Crate wants a day of publication; a build has no clock, so it is the day of the newest paper, or the first day of the
month or year that is all one knows of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.rdf.describe import RIGHTS, TITLE, program_version
from kg.store import Tables

CRATE = "ro-crate-metadata.json"
_PARQUET, _HTML, _TURTLE, _CSV = "application/vnd.apache.parquet", "text/html", "text/turtle", "text/csv"
_FILES = {
    "kg.nt": ("The graph as N-Triples, sorted", "application/n-triples"),
    "kg.ttl": ("The graph as Turtle", _TURTLE),
    "kg.trig": ("The graph as TriG, one named graph a paper", "application/trig"),
    "kg.jsonld": ("The graph as JSON-LD", "application/ld+json"),
    "mentions.nt": ("Every mention as a Web Annotation, as N-Triples, sorted", "application/n-triples"),
    "ontology.ttl": ("The ontology", _TURTLE),
    "ontology.html": ("The ontology, to read", _HTML),
    "shapes.ttl": ("SHACL shapes of the graph", _TURTLE),
    "void.ttl": ("VoID and DCAT description of the graph", _TURTLE),
    "papers.parquet": ("One row a paper", _PARQUET),
    "mentions.parquet": ("One row a span of a paper's text that names an entity", _PARQUET),
    "entities.parquet": ("One row an entity", _PARQUET),
    "facts.parquet": ("One row a statement of a paper with its words", _PARQUET),
    "results.parquet": ("One row a quantity that a paper reports", _PARQUET),
    "nodes.csv": ("Nodes for neo4j-admin database import", _CSV),
    "relationships.csv": ("Relationships for neo4j-admin database import", _CSV),
    "graph.graphml": ("The graph as GraphML", "application/xml"),
    "graph.gexf": ("The graph as GEXF", "application/xml"),
    "graph.json": ("The graph as node-link JSON", "application/json"),
    "index.html": ("The explorer", _HTML),
    "network.html": ("The network, drawn", _HTML),
    "rejected.jsonl": ("What was set aside, and why", "application/jsonl"),
    "ro-crate-metadata.json": ("The description of the folder rdf alone", "application/ld+json"),
}
_PROFILE = {"@id": "https://w3id.org/ro/crate/1.1"}
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def write(tables: Tables, folder: Path, files: Iterable[Path] | None = None) -> Path:
    """Describes the files, or all that stand in the folder and beneath it, in a file of the folder. Raises OSError."""
    if files is None:
        files = (p for p in folder.rglob("*") if p.is_file() and not p.is_relative_to(folder / CRATE))
    (folder / CRATE).write_text(text(tables, folder, files), encoding="utf-8", newline="\n")
    return folder / CRATE


def again(tables: Tables, folder: Path, *more: Path) -> None:
    """Describes the files of a crate anew, and these too; nothing is done where there is no crate. Raises OSError."""
    try:
        graph = json.loads((folder / CRATE).read_text(encoding="utf-8"))["@graph"]
        known = {folder / thing["@id"] for thing in graph if thing["@type"] == "File"}
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return
    write(tables, folder, [path for path in known.union(more) if path.is_file()])


def text(tables: Tables, folder: Path, files: Iterable[Path]) -> str:
    """The description as JSON-LD; `files` are in the folder or beneath it."""
    described = [_file(folder, path) for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix())]
    parts = [{"@id": file["@id"]} for file in described]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": TITLE,
        "description": f"Made of {tables.papers.num_rows} papers: what they speak of, and the words that say so.",
        "datePublished": max(_days(tables), default="1970-01-01"),
        "license": {"@id": "#license"},
        "hasPart": parts,
        "mentions": {"@id": "#build"},
    }
    terms = {"@id": "#license", "@type": "CreativeWork", "name": "Terms of use", "description": RIGHTS}
    program = {"@id": "#program", "@type": "SoftwareApplication", "name": "hardware-kg", "version": program_version()}
    action: dict[str, Any] = {
        "@id": "#build",
        "@type": "CreateAction",
        "name": "kg build",
        "instrument": {"@id": "#program"},
    }
    action["result"] = parts
    head = {"@id": CRATE, "@type": "CreativeWork", "conformsTo": _PROFILE, "about": {"@id": "./"}}
    graph = [head, root, terms, action, program, *described]
    document = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _file(folder: Path, path: Path) -> dict[str, Any]:
    name, media = _FILES.get(path.name, ("Abstracts beside the explorer", "text/javascript"))
    size, id_ = str(path.stat().st_size), path.relative_to(folder).as_posix()
    return {"@id": id_, "@type": "File", "name": name, "encodingFormat": media, "contentSize": size}


def _days(tables: Tables) -> Iterator[str]:
    for date, year in zip(tables.papers["date"].to_pylist(), tables.papers["year"].to_pylist(), strict=True):
        known = _DAY.match(date or "") or _DAY.match(f"{year:04d}" if year else "")
        if known:
            yield f"{known[1]}-{known[2] or '01'}-{known[3] or '01'}"
