"""A table of product names -> catalogue entries that are not yet known, as YAML for a person to review.

In: a CSV file with a header; the name is in the first of the columns `name`, `label`, `Hardware name`, `model`, and
`vendor` or `manufacturer`, `type` or `kind`, `architecture`, `release_date` are taken where they are. Out: proposals,
and their YAML in the format of `read`. Nothing becomes catalogue by itself: a person checks family, names and year, and
moves the lines into the right file. Facts carry over from a licensed source; its tables and sentences do not.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from kg.catalogue.catalogue import Catalogue
from kg.catalogue.forms import infer
from kg.errors import InputError
from kg.text import lookup_key, one_line

_COLUMNS = {
    "name": ("name", "label", "Hardware name", "model"),
    "vendor": ("vendor", "manufacturer", "Manufacturer"),
    "kind": ("kind", "type", "Type"),
    "family": ("architecture", "family"),
    "year": ("year", "release_date", "Release date", "launch"),
}
_PLAIN = re.compile(r"[A-Za-z0-9][\w .+/()-]*[\w)+]")


class Proposal(NamedTuple):
    """An entry to review; what the table and the form of the name say of it, None where they say nothing."""

    label: str
    vendor: str | None
    kind: str | None
    broader: str | None
    family: str | None
    year: int | None


def propose(path: Path | str, catalogue: Catalogue) -> tuple[Proposal, ...]:
    """The products of a CSV file that the catalogue does not know, each once, by label.

    Raises InputError where the file cannot be read or has no column of names.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot read {path}: {error}; give a CSV file in UTF-8 with a header") from None
    if rows and not any(column in rows[0] for column in _COLUMNS["name"]):
        raise InputError(f"{path} has no column of names; expected one of {', '.join(_COLUMNS['name'])}")
    return proposals(rows, catalogue)


def proposals(rows: Iterable[Mapping[str, str | None]], catalogue: Catalogue) -> tuple[Proposal, ...]:
    """The same for rows in memory.

    >>> from kg.catalogue import load
    >>> rows = [{"name": "GeForce RTX 6090", "release_date": "2027-01-01"}, {"name": "NVIDIA A100"}]
    >>> print(to_yaml(proposals(rows, load())), end="")
    type: Hardware
    entries:
    - {label: NVIDIA GeForce RTX 6090, vendor: nvidia, kind: gpu, broader: [nvidia-geforce-rtx], year: 2027}
    """
    found: dict[str, Proposal] = {}
    for row in rows:
        name = one_line(_cell(row, "name"))
        maker = _cell(row, "vendor")
        full = name if not maker or name.casefold().startswith(maker.casefold()) else f"{maker} {name}"
        if not name or catalogue.lookup(full, "Hardware") or catalogue.lookup(name, "Hardware"):
            continue
        guess = infer(full) or infer(name)
        year = re.match(r"(19|20)\d\d", _cell(row, "year"))
        proposal = Proposal(
            guess.label if guess else full,
            guess.vendor if guess else _vendor(maker, catalogue),
            guess.kind if guess else _cell(row, "kind").casefold() or None,
            guess.broader[0].split("/", 1)[1] if guess else None,
            _cell(row, "family") or None,
            int(year[0]) if year else None,
        )
        if not (guess and guess.key in catalogue.entries):
            found.setdefault(lookup_key(proposal.label), proposal)
    return tuple(sorted(found.values(), key=lambda p: (p.vendor or "", p.label)))


def to_yaml(found: Iterable[Proposal]) -> str:
    """Proposals as a catalogue file."""
    lines = ["type: Hardware", "entries:"]
    for p in found:
        parts = [f"label: {_quoted(p.label)}"]
        parts += [f"{n}: {_quoted(v)}" for n, v in (("vendor", p.vendor), ("kind", p.kind), ("family", p.family)) if v]
        parts += [f"broader: [{p.broader}]"] if p.broader else []
        parts += [f"year: {p.year}"] if p.year else []
        lines.append("- {" + ", ".join(parts) + "}")
    return "\n".join(lines) + "\n"


def _cell(row: Mapping[str, str | None], field: str) -> str:
    return next((value.strip() for column in _COLUMNS[field] if (value := row.get(column))), "")


def _vendor(maker: str, catalogue: Catalogue) -> str | None:
    wanted = maker.casefold()
    for key, vendor in catalogue.vendors.items():
        if wanted and wanted in {name.casefold() for name in (vendor.label, *vendor.aliases)}:
            return key.split("/", 1)[1]
    return None


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
