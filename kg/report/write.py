"""A build's folder in, `report.html` and `report.md` out."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kg import store
from kg.errors import ConfigurationError
from kg.report.digest import digest
from kg.report.markdown import markdown
from kg.report.page import html

NAME = "Papers and hardware"


class Written(NamedTuple):
    """The two files."""

    html: Path
    markdown: Path


def report(
    folder: Path | str, since: Path | str | None = None, out: Path | str | None = None, *, name: str = NAME
) -> Written:
    """Write the report on the build in `folder`, as a page and as Markdown beside it, and give their paths.

    `since` is the folder of an older build: what it lacks is new. `out` is the page's file, or the Markdown's, else
    `report.html` in the folder; `name` is what the corpus is called. Raises InputError where a folder holds no
    knowledge base, ConfigurationError where the files cannot be written.
    """
    old = None if since is None else store.read(since)
    found = digest(store.read(folder), old, store.manifest(folder), name)
    page = (Path(folder) / "report.html" if out is None else Path(out)).with_suffix(".html")
    written = Written(page, page.with_suffix(".md"))
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html(found), encoding="utf-8", newline="\n")
        written.markdown.write_text(markdown(found), encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigurationError(f"cannot write {page}: {error.strerror}; choose another file with --out") from error
    return written
