"""A name in, the file of the build that it stands for out: what the graph's own description says can be downloaded."""

from __future__ import annotations

from pathlib import Path

_MEDIA = {
    ".nt": "application/n-triples",
    ".ttl": "text/turtle; charset=utf-8",
    ".trig": "application/trig; charset=utf-8",
    ".jsonld": "application/ld+json",
}
_NAMES = {
    **{f"kg{ending}": f"kg{ending}" for ending in _MEDIA},
    "void": "void.ttl",  # the documents that the IRIs `void#dataset` and `shapes#Paper` name
    "shapes": "shapes.ttl",
    **{name: name for name in ("mentions.nt", "void.ttl", "shapes.ttl", "ontology.ttl")},
}
ONTOLOGY_PAGE = "ontology.html"


def inside(folder: Path, name: str) -> Path | None:
    """A file that a build wrote into its folder, or into `rdf` there; None where it did not."""
    return next((path for path in (folder / "rdf" / name, folder / name) if path.is_file()), None)


def dump(folder: Path, name: str) -> tuple[Path, str] | None:
    """The RDF file of that name, and its media type; None for any other name.

    >>> dump(Path("."), "../../etc/passwd") is None
    True
    """
    path = inside(folder, _NAMES[name]) if name in _NAMES else None
    return (path, _MEDIA[path.suffix]) if path else None
