"""Turtle with labelled blank nodes in, the same with brackets and lists out, as people write and read it.

Assumed: one triple pattern a line, as Oxigraph writes; each blank node is pointed to once; no circle among them.
"""

from __future__ import annotations

import re

_LABEL = re.compile(r"(?<= )_:\w+(?= |$)", re.MULTILINE)
_LIST = re.compile(r"rdf:first (.+) ;\n\trdf:rest (\S+)")
_END = " .\n"


def nest(turtle: str) -> str:
    """Turtle without a label."""
    said = turtle.split(_END)
    nodes = dict(text.split(" ", 1) for text in said if text.startswith("_:"))
    return _END.join(_nested(text, nodes) for text in said if not text.startswith("_:"))


def _nested(text: str, nodes: dict[str, str]) -> str:
    return _LABEL.sub(lambda label: _node(label[0], nodes), text)


def _node(label: str, nodes: dict[str, str]) -> str:
    members = []
    here = label
    while found := _LIST.fullmatch(nodes.get(here, "")):
        members.append(found[1])
        here = found[2]
    if members:
        return f"( {_nested(' '.join(['', *members]), nodes)[1:]} )"
    return f"[ {_nested(nodes[label], nodes).replace(chr(10) + chr(9), ' ')} ]"
