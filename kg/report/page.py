"""A digest in, one HTML page out that can be mailed: styles on the elements, no script, nothing asked of any host.

Everything from papers is escaped by the template's engine; only our own figures enter as markup.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from kg import schema
from kg.report import figures
from kg.report.rows import Digest
from kg.text import counted
from kg.view import page

_CELL = "padding:4px 6px 4px 0;border-bottom:1px solid #ddd;vertical-align:top;text-align:left"
#: Mail programs drop style sheets, so each element carries its own.
STYLES = {
    "body": "margin:0;background:#f4f4f2;color:#222;font:15px/1.5 'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
    "page": "max-width:720px;margin:0 auto;padding:16px;background:#fff",
    "h1": "font-size:24px;line-height:1.25;margin:0 0 4px",
    "h2": "font-size:18px;line-height:1.3;margin:32px 0 6px;padding-top:10px;border-top:2px solid #222",
    "note": "margin:0 0 12px;color:#555;font-size:14px",
    "table": "border-collapse:collapse;width:100%;font-size:13px;margin:8px 0",
    "th": f"{_CELL};font-weight:600;color:#555",
    "td": _CELL,
    "over": f"{_CELL};text-align:right;font-weight:600;color:#555",
    "number": f"{_CELL};text-align:right",
    "count": f"{_CELL};width:20%;border-bottom:0",
    "quote": "margin:2px 0 0;color:#333;font-size:13px",
    "item": "margin:0 0 12px;padding:0",
    "list": "margin:8px 0;padding:0;list-style:none",
    "link": "color:#0072B2",
    "mark": "background:#fff1c9;font-weight:600",
    "big": "font-size:22px;font-weight:600;display:block;line-height:1.2",
    "figure": "margin:8px 0",
}


def html(digest: Digest) -> str:
    """The page as text."""
    functions: dict[str, Callable[..., Any]] = {
        "bars": figures.bars,
        "line": figures.line,
        "marked": marked,
        "counted": counted,
    }
    return page.render("report.html.j2", "kg.report", d=digest, css=STYLES, roles=schema.ROLES, **functions)


def marked(quote: str, value: str, style: str) -> Markup:
    """A sentence with the first occurrence of the value marked.

    >>> str(marked("It is 2x faster & <b>small</b>.", "2x", ""))
    'It is <span style="">2x</span> faster &amp; &lt;b&gt;small&lt;/b&gt;.'
    """
    quote = quote.strip()
    head, found, tail = quote.partition(value)
    if not found:
        return escape(quote)
    return Markup('{}<span style="{}">{}</span>{}').format(head, style, found, tail)
