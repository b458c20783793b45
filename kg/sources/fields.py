"""From the fields of one item to a paper, or to the reason why it is none.

In: `Raw` of any reader, with field names as their makers chose them. Out: `Paper`, or `Rejected` with a next step.
Field names are compared without case, spaces and signs (`arXiv_ID` is `arxivid`); the first name with a value wins.
"""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from functools import lru_cache

from kg.records import Paper, Rejected
from kg.sources.base import Bad, Raw, excerpt
from kg.sources.identity import arxiv_year, identity
from kg.text import clean, one_line

TITLE_LIMIT = 1_000  # characters
ABSTRACT_LIMIT = 50_000  # characters; a whole paper has about as many

SYNONYMS: dict[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "articletitle"),
    "abstract": ("abstract", "summary", "abstracttext", "paperabstract", "description"),
    "id": ("id", "paperid", "identifier", "key"),
    "arxiv": ("arxiv", "arxivid", "eprint"),
    "doi": ("doi",),
    "url": ("url", "link", "paperurl", "entryid", "absurl", "pdfurl", "href"),
    "year": ("year", "publicationyear", "pubyear"),
    "date": ("date", "published", "publicationdate", "publishedat", "datepublished", "submitted", "created"),
    "update": ("updatedate", "updated", "updatedat"),
    "authors": ("authorsparsed", "authors", "author", "creators"),
    "categories": ("categories", "category", "primarycategory", "subjects", "fieldsofstudy"),
}
_NESTED = ("paper", "externalids")  # feeds that put the fields, or the identifiers, one level down
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_PARAGRAPHS = re.compile(r"\s*\n\s*\n\s*")
_ISO = re.compile(r"((?:18|19|20)[0-9]{2})(?:-(0[1-9]|1[0-2])(?:-([0-2][0-9]|3[01]))?)?(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])((?:18|19|20)[0-9]{2})(?![0-9])")


def paper(raw: Raw, file: str) -> Paper | Rejected:
    """The paper that these fields describe; `file` is its name as the user gave it."""
    fields = named(raw.fields)
    for name, limit in (("title", TITLE_LIMIT), ("abstract", ABSTRACT_LIMIT)):
        if problem := _problem(name, fields, limit, raw):
            return rejected(problem, file)
    title = one_line(clean(str(_single(fields["title"]))))
    abstract = _paragraphs(clean(str(_single(fields["abstract"]))))
    who = identity(title, *(_text(fields.get(name)) for name in ("id", "arxiv", "doi", "url")))
    date = _date(fields.get("date"))
    year = _year(fields.get("year")) or _year(date or fields.get("date"))
    if year is None:
        year = arxiv_year(who.arxiv) if who.arxiv else _year(fields.get("update"))
    return Paper(
        id=who.id,
        title=title,
        abstract=abstract,
        year=year,
        date=date,
        url=who.url,
        doi=who.doi,
        arxiv=who.arxiv,
        authors=_people(fields.get("authors")),
        categories=_words(fields.get("categories")),
        sources=(f"{file}:{raw.line}",),
    )


def rejected(bad: Bad, file: str) -> Rejected:
    """The bad item with the file it stands in, its excerpt fit to print."""
    return Rejected(file, bad.line, bad.reason, bad.hint, one_line(clean(bad.excerpt)))


def named(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields under our own names; fields that we do not know are left out, and so are empty ones."""
    folded: dict[str, object] = {}
    inner = [value for name, value in fields.items() if _fold(name) in _NESTED and isinstance(value, Mapping)]
    for level in (fields, *inner):
        for name, value in level.items():
            if value not in (None, "", [], {}):
                folded.setdefault(_fold(str(name)), value)
    return {
        ours: folded[theirs]
        for ours, names in SYNONYMS.items()
        if (theirs := next((name for name in names if name in folded), None))
    }


def missing(columns: Iterable[str]) -> Bad | None:
    """Why a table with these columns holds no papers, or None where it does."""
    columns = list(columns)
    known = {_fold(column) for column in columns}
    for name in ("title", "abstract"):
        if not known.intersection(SYNONYMS[name]):
            return Bad(
                1,
                f"no column for the {name}; the columns are {excerpt(', '.join(map(repr, columns)))}",
                f"name one column {_any_of(name)}, in the first row",
            )
    return None


@lru_cache(1_000)  # a table repeats its few names in every row
def _fold(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _any_of(name: str) -> str:
    return " or ".join(SYNONYMS[name][:3])


def _problem(name: str, fields: Mapping[str, object], limit: int, raw: Raw) -> Bad | None:
    value = _single(fields.get(name))
    title = excerpt(_text(fields.get("title")))
    if isinstance(value, (Mapping, list, tuple, bool)):
        return Bad(raw.line, f"the {name} is not text but {type(value).__name__}", f"give the {name} as text", title)
    if value is None or not clean(str(value)):
        have = ", ".join(map(str, raw.fields)) or "none"
        hint = f"fill the field {_any_of(name)}; the fields here are: {excerpt(have)}"
        return Bad(raw.line, f"a paper without {'an' if name == 'abstract' else 'a'} {name}", hint, title)
    if len(str(value)) > limit:
        reason = f"the {name} has {len(str(value)):,} characters, at most {limit:,} are read"
        return Bad(raw.line, reason, f"is it a whole document? give its {name} only", title)
    return None


def _single(value: object) -> object:
    """Crossref has titles as lists of one, some Parquet files have text as bytes."""
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _text(value: object) -> str:
    value = _single(value)
    return "" if value is None or isinstance(value, (Mapping, list, tuple)) else one_line(clean(str(value)))


def _paragraphs(text: str) -> str:
    """Undo the line breaks of wrapped text; blank lines, which part paragraphs, stay."""
    return "\n\n".join(_BREAK.sub(" ", paragraph) for paragraph in _PARAGRAPHS.split(text))


def _date(value: object) -> str | None:
    """ISO 8601, as precise as the source; None where it says no year."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    text = _text(value)
    if found := _ISO.match(text):
        return found[0]
    try:
        return parsedate_to_datetime(text).date().isoformat()  # Mon, 2 Apr 2007 19:18:42 GMT
    except (ValueError, TypeError, IndexError):
        return None


def _year(value: object) -> int | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(value) if 1800 <= value < 2100 else None
    found = _YEAR.search(_text(value) if not isinstance(value, datetime.date) else value.isoformat())
    return int(found[1]) if found else None


def _listed(value: object) -> list[object]:
    """A list, also where a table wrote one as text."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = ast.literal_eval(value.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return [value]
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _people(value: object) -> tuple[str, ...]:
    names: list[str] = []
    for person in _listed(value):
        if isinstance(person, Mapping):
            person = next((person[key] for key in ("name", "fullname", "full_name") if key in person), "")
        if isinstance(person, (list, tuple)):  # arXiv: [last, first, suffix]
            last, first = ([*map(_text, person), "", ""])[:2]
            names.append(f"{first} {last}")
        elif isinstance(person, str) and not isinstance(value, (list, tuple)):
            names += re.split(r"\s*;\s*|\s+and\s+|\s*,\s*(?:and\s+)?" if ";" not in person else r"\s*;\s*", person)
        else:
            names.append(_text(person))
    return tuple(name for name in map(one_line, map(clean, names)) if name)


def _words(value: object) -> tuple[str, ...]:
    words = [_text(word) for word in _listed(value)]
    if len(words) == 1:  # "cs.LG stat.ML", "Computer Science; Mathematics"
        words = re.split("[,;]" if re.search("[,;]", words[0]) else " ", words[0])
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
