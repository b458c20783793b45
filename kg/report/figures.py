"""The figures of the report as inline SVG: numbers in, markup out, labels escaped.

A mail program that drops SVG loses no number: each stands in a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from kg import schema
from kg.report.rows import Hardware

_WIDTH, _LABELS, _ROW, _BAR = 640, 190, 24, 15
_SHOWN = schema.ROLES[:-1]  # a bar shows what papers do with hardware; that they mention it says little
_SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}" '
    'style="max-width:100%;height:auto">'
)
_TEXT = Markup('<text x="{}" y="{}" font-size="12" font-family="sans-serif" text-anchor="{}" fill="#222">{}</text>')
_RECT = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"><title>{}</title></rect>')


def bars(hardware: Sequence[Hardware]) -> Markup:
    """A bar a piece of hardware, in parts by role."""
    most = max((sum(h.roles[: len(_SHOWN)]) for h in hardware), default=0)
    if not most:
        return Markup("")
    unit = (_WIDTH - _LABELS - 40) / most
    height = _ROW * (len(hardware) + 1)
    parts = [_open("Papers by hardware and role", _WIDTH, height), *_legend()]
    for i, h in enumerate(hardware, 1):
        parts.append(_TEXT.format(_LABELS - 8, i * _ROW + 13, "end", _short(h.label, 28)))
        x = float(_LABELS)
        for role in _SHOWN:
            if n := h.roles[role.rank]:
                title = f"{h.label}: {role.label}, {n}"
                parts.append(_RECT.format(f"{x:.1f}", i * _ROW + 2, f"{n * unit:.1f}", _BAR, role.colour, title))
                x += n * unit
        parts.append(_TEXT.format(f"{x + 5:.1f}", i * _ROW + 13, "start", sum(h.roles[: len(_SHOWN)])))
    return Markup("\n").join([*parts, Markup("</svg>")])


def line(counts: Sequence[int], label: str) -> Markup:
    """A small column a year; `label` says it in words."""
    most = max(counts, default=0)
    if not most:
        return Markup("")
    parts = [_open(label, len(counts) * 6, 20)]
    for i, n in enumerate(counts):
        height = n / most * 18 if n else 0.6
        parts.append(_RECT.format(i * 6, f"{20 - height:.1f}", 5, f"{height:.1f}", schema.METHOD.colour, n))
    return Markup("").join([*parts, Markup("</svg>")])


def _open(label: str, width: int, height: int) -> Markup:
    return _SVG.format(label, width, height, width, height)


def _legend() -> list[Markup]:
    out = []
    for i, role in enumerate(_SHOWN):
        x = _LABELS + i * 115
        out += [_RECT.format(x, 4, 11, 11, role.colour, role.label), _TEXT.format(x + 16, 14, "start", role.label)]
    return out


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
