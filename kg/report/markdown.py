"""A digest in, the same as Markdown out, short enough for a chat or a plain mail.

Text from papers can neither end a line nor begin a link, a heading, a table or a tag: signs that Markdown or HTML read
are escaped, and addresses are percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from kg import schema
from kg.report.rows import Digest, Source
from kg.text import counted

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SIGNS = re.compile(r"([\\`*_{}\[\]()#|~$!])")
_FIRST = re.compile(r"^([-+=]|\d+(?=\.(\s|$)))")
_ADDRESS = re.compile(r"(?<=[a-zA-Z]):(?=//)")


def markdown(d: Digest) -> str:
    """The digest as text."""
    return "\n".join(_lines(d)) + "\n"


def _lines(d: Digest) -> Iterator[str]:
    yield f"# {text(d.name)}"
    yield ""
    more = dict(d.since or ())
    yield ", ".join(counted(n, name) + (f" (+{more[name]:,})" if name in more else "") for name, n in d.counts) + "."
    yield from ("", "## Hardware, by what papers do with it", "")
    yield f"| hardware | {' | '.join(role.label for role in schema.ROLES)} |"
    yield f"| --- |{' ---: |' * len(schema.ROLES)}"
    for h in d.hardware:
        yield f"| {text(h.label)} | {' | '.join(str(n or '') for n in h.roles)} |"
    yield from (
        "",
        f"The {len(d.hardware)} most targeted of {d.hardware_all}; distinct papers, each in its strongest role.",
    )
    yield from ("", "## Rising methods", "")
    yield f"Named by a larger share of {d.period.what} than of the {d.period.before} others."
    yield ""
    for r in d.rising:
        on = f"; its papers target {', '.join(map(text, r.hardware))}" if r.hardware else ""
        yield f"- **{text(r.label)}**: {r.recent} of {d.period.recent} new, {r.before} of {d.period.before} others{on}"
    yield from ("", "## New pairs of method and hardware", "")
    yield "Since the last build." if d.since else f"What only {d.period.what} say."
    yield ""
    for p in d.pairs:
        yield f"- **{text(p.method)}** → **{text(p.hardware)}** · {_source(p.source)}"
        yield "  its title says so" if p.quote.strip() == p.source.title else f"  “{text(p.quote)}”"
    yield from _rest(len(d.pairs), d.pairs_all)
    yield from ("", "## Largest reported gains", "")
    yield "As authors report them against their own baseline: not to be compared with one another."
    yield ""
    for g in d.gains:
        on = f" on {text(g.hardware)}" if g.hardware else ""
        against = f" against {text(g.baseline)}" if g.baseline else ""
        yield f"- **{text(g.value)}** {text(g.metric)}{on}{against} · {_source(g.source)}"
        yield f"  “{text(g.quote)}”"
    yield from _rest(len(d.gains), d.gains_all)
    yield from ("", "## How far to believe this", "")
    yield from _quality(d)


def _rest(shown: int, all_: int) -> Iterator[str]:
    if not all_:
        yield "None."
    elif all_ > shown:
        yield from ("", f"{shown} of {all_}.")


def _quality(d: Digest) -> Iterator[str]:
    q, papers = d.quality, d.counts[0][1]
    yield f"- {counted(q.rejected, 'papers')} set aside, {counted(q.duplicates, 'duplicates')} merged"
    yield f"- {q.silent} of {counted(papers, 'papers')} in which nothing was found, {q.undated} without a year"
    for name, n, all_ in q.unsure:
        yield f"- {n:,} of {all_:,} {name} with a confidence below 0.5" + (f" ({n / all_:.0%})" if all_ else "")
    most = ": " + ", ".join(f"{text(u.label)} ({u.papers})" for u in q.unlinked_most) if q.unlinked_most else ""
    more = f" and {q.unlinked - len(q.unlinked_most)} more" if q.unlinked > len(q.unlinked_most) else ""
    yield f"- {q.unlinked} of {counted(q.hardware, 'pieces of hardware')} that no catalogue lists{most}{more}"
    if q.fast:
        yield "- built without the learned network (`--fast`)"


def _source(s: Source) -> str:
    year = f" ({s.year})" if s.year else ""
    if not s.url:
        return text(s.title) + year
    return f"[{text(s.title)}]({quote(s.url, safe=':/?#@&+,;=%~-._')}){year}"


def text(words: str) -> str:
    r"""Words of a paper as Markdown that shows them, on one line.

    >>> text("1. [x](y) <b>\n# a|b")
    '1\\. \\[x\\]\\(y\\) &lt;b&gt; \\# a\\|b'
    """
    words = " ".join("".join(_ENTITIES.get(c, c) for c in words).split())
    words = _ADDRESS.sub("&#58;", _SIGNS.sub(r"\\\1", words)).replace("www.", "www&#46;")
    return _FIRST.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", words)
