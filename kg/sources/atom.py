"""arXiv's Atom feed, as its API answers: one entry a paper.

Entity expansion is not followed (expat refuses the amplification of an "XML bomb"); nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree

from kg.sources.base import Bad, Raw

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"


def recognise(head: str) -> bool:
    """Whether the text begins as an Atom feed does."""
    return re.match(r"\s*(?:<\?xml[^>]*>\s*)?<feed\b", head) is not None


def read(stream: BinaryIO) -> Iterator[Raw | Bad]:
    """Each entry, counted from 1: XML parsers tell no line."""
    number = 0
    try:
        for _, element in ElementTree.iterparse(stream):  # noqa: S314 # expat since 2.4.1 stops expansion attacks
            if element.tag == f"{_ATOM}entry":
                number += 1
                yield Raw(number, _fields(element))
                element.clear()
    except ElementTree.ParseError as error:
        line, _ = error.position
        yield Bad(line, f"not XML: {error}; the rest of the file was not read", "get the feed again")


def _fields(entry: ElementTree.Element) -> dict[str, object]:
    fields: dict[str, object] = {
        name: entry.findtext(f"{space}{name}")
        for name, space in (("id", _ATOM), ("title", _ATOM), ("summary", _ATOM), ("published", _ATOM), ("doi", _ARXIV))
    }
    fields["authors"] = [author.findtext(f"{_ATOM}name") for author in entry.iter(f"{_ATOM}author")]
    fields["categories"] = [category.get("term") for category in entry.iter(f"{_ATOM}category")]
    return fields
