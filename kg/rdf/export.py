"""Tables in, RDF files out: N-Triples, and from it Turtle and more, all through Oxigraph's strict parser.

N-Triples are written line by line, in canonical form and sorted; every other format is that file parsed and serialised
again, so that all are the same graph, and nothing leaves that a strict parser would refuse. Memory holds the tables and
their keys, never the triples.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pyoxigraph

from kg.errors import ConfigurationError
from kg.rdf.lines import lines
from kg.rdf.terms import DEFAULT_BASE, Terms
from kg.store import Tables

NT = "kg.nt"
#: The formats that one can ask for, by the ending of their file.
FORMATS = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
_LINES = 10_000


def write(
    tables: Tables, folder: Path | str, base: str = DEFAULT_BASE, formats: Sequence[str] = ("nt", "ttl")
) -> tuple[Path, ...]:
    """Writes kg.nt and its sisters into the folder, which is made where it is missing; gives their paths.

    Raises ConfigurationError for an unknown format, a base that is no IRI, or a folder that cannot be written.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ConfigurationError(f"no RDF format {unknown[0]!r}; there are {', '.join(FORMATS)}")
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / NT
        write_lines(tables, source, base)
        rest = [name for name in formats if name != "nt"]
        return (source, *(convert(source, folder / f"kg.{name}", base) for name in rest))
    except OSError as e:
        raise ConfigurationError(f"cannot write RDF to {folder}: {e.strerror or e}; choose a folder of yours") from e


def write_lines(tables: Tables, path: Path, base: str = DEFAULT_BASE) -> None:
    """The tables as sorted, canonical N-Triples."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        stream = lines(tables, base)
        while part := "".join(islice(stream, _LINES)):
            file.write(part)


def convert(source: Path, target: Path, base: str = DEFAULT_BASE) -> Path:
    """An N-Triples file in the format of the target's ending, with our prefixes where the format has them."""
    triples = pyoxigraph.parse(path=source, format=pyoxigraph.RdfFormat.N_TRIPLES)
    pyoxigraph.serialize(triples, target, FORMATS[target.suffix[1:]], prefixes=Terms(base).prefixes())
    return target
