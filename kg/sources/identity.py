"""Which paper is it: strings in, identifiers out.

The id of a paper is, in this order: `arxiv:<id without version>`, `doi:<doi>`, the id that the source gives,
`openreview:<id>`, `title:<hash of the normalised title>`. A source's own id that is none of arXiv id, DOI or link wins
over an arXiv id or DOI that stands elsewhere in the item, because other files (annotations, records) refer to it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.text import lookup_key, one_line, short_hash

_NEW = r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}"  # 2405.04434, since April 2007
_OLD = r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}"  # cs.CL/0001001
_ARXIV = re.compile(rf"(?i:arxiv:\s*)?({_NEW}|{_OLD})(?:v[0-9]+)?")
_ARXIV_LINK = re.compile(
    rf"(?i:arxiv\.org/[a-z]+/|alphaxiv\.org/[a-z]+/|huggingface\.co/papers/|10\.48550/arxiv\.)({_NEW}|{_OLD})"
)
_DOI = re.compile(r"(?i)(?:^|doi:\s*|doi\.org/)(10\.[0-9]{4,9}/[^\s\"<>]+)")
_OPENREVIEW = re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]+)")
_LINK = re.compile(r"(?i)https?://[^\s\"<>\\^`{|}]+")


class Identity(NamedTuple):
    """The id of a paper and what it was made of."""

    id: str
    arxiv: str | None
    doi: str | None
    url: str | None


def identity(title: str, given: str = "", arxiv: str = "", doi: str = "", url: str = "") -> Identity:
    """The identity of a paper with that title; each further argument is empty where the source has no such field.

    >>> identity("A", given="arXiv:2405.04434v2").id, identity("A", url="https://arxiv.org/pdf/2405.04434v1").id
    ('arxiv:2405.04434', 'arxiv:2405.04434')
    >>> identity("A", doi="https://doi.org/10.1145/3297858.3304013").id, identity("A", given="p017").id
    ('doi:10.1145/3297858.3304013', 'p017')
    >>> identity("Fast GPUs").id == identity("fast-GPU").id
    True
    """
    arxiv_id = _first_arxiv(given, arxiv, url, doi)
    doi_id = _first_doi(doi, given, url)
    link = url if _LINK.fullmatch(url) else given if _LINK.fullmatch(given) else None
    if link is None and arxiv_id:
        link = f"https://arxiv.org/abs/{arxiv_id}"
    elif link is None and doi_id:
        link = f"https://doi.org/{doi_id}"
    own = one_line(given)
    if own and not (_first_arxiv(own) or _first_doi(own) or _LINK.fullmatch(own)):
        name = own
    elif arxiv_id:
        name = f"arxiv:{arxiv_id}"
    elif doi_id:
        name = f"doi:{doi_id}"
    elif review := _OPENREVIEW.search(link or ""):
        name = f"openreview:{review[1]}"
    else:
        name = own or title_id(title)
    return Identity(name, arxiv_id, doi_id, link)


def title_id(title: str) -> str:
    """The id of a paper that has nothing but its title."""
    return "title:" + short_hash(lookup_key(title) or title, 16)


def arxiv_year(arxiv: str) -> int:
    """The year in which the paper was first submitted, as its arXiv id says.

    >>> arxiv_year("2405.04434"), arxiv_year("cs/9901001")
    (2024, 1999)
    """
    two = int(arxiv.rpartition("/")[2][:2])
    return 1900 + two if two > 90 else 2000 + two


def _first_arxiv(*texts: str) -> str | None:
    for content in texts:
        if found := _ARXIV.fullmatch(content.strip()) or _ARXIV_LINK.search(content):
            return found[1]
    return None


def _first_doi(*texts: str) -> str | None:
    for content in texts:
        if (found := _DOI.search(content.strip())) and not found[1].lower().startswith("10.48550/arxiv."):
            return found[1].lower().rstrip(".,;)")
    return None
