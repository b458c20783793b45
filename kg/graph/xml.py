"""A graph of scalars in, GraphML or GEXF out as pieces of text.

networkx writes both by way of a tree in memory, three elements for each attribute: gigabytes for twenty thousand
papers. These pieces hold one node or edge at a time; networkx reads them, and the tests compare what it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kg import schema
from kg.graph import names as n
from kg.graph.build import Graph

_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_COLOURS = {kind.name: kind.colour for kind in schema.NODE_KINDS.values()}
_GRAPHML = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GEXF = """<?xml version='1.0' encoding='utf-8'?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
<graph defaultedgetype="directed" mode="static">
"""
Keys = dict[tuple[str, str], str]  # (attribute, its type) -> the id that the file gives it


def graphml(graph: Graph) -> Iterator[str]:
    """GraphML; an edge's key is its data `key`, for ids must be unique in the file and relations are not."""
    nodes = _keys((data for _, data in graph.nodes(data=True)), "n")
    edges = _keys((data for *_, data in graph.edges(data=True)), "e")
    yield _GRAPHML
    for kind, keys in (("node", nodes), ("edge", edges)):
        for (name, type_), key in keys.items():
            yield f'<key id="{key}" for="{kind}" attr.name={quoteattr(name)} attr.type="{type_}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node, data in graph.nodes(data=True):
        yield f"<node id={quoteattr(node)}>{_data(data, nodes)}</node>\n"
    for subject, object_, data in graph.edges(data=True):
        yield f"<edge source={quoteattr(subject)} target={quoteattr(object_)}>{_data(data, edges)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(data: dict[str, Any], keys: Keys) -> str:
    return "".join(
        f'<data key="{keys[name, _TYPES[type(value)]]}">{escape(str(value))}</data>' for name, value in data.items()
    )


def gexf(graph: Graph) -> Iterator[str]:
    """GEXF with the colours of the types; an edge's weight is its support."""
    nodes = _keys((data for _, data in graph.nodes(data=True)), "")
    edges = _keys((data for *_, data in graph.edges(data=True)), "")
    yield _GEXF
    for kind, keys in (("node", nodes), ("edge", edges)):
        yield f'<attributes class="{kind}" mode="static">\n'
        for (name, type_), key in keys.items():
            yield f'<attribute id="{key}" title={quoteattr(name)} type="{type_}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node, data in graph.nodes(data=True):
        red, green, blue = (int(_COLOURS[data[n.TYPE]][i : i + 2], 16) for i in (1, 3, 5))
        colour = f'<viz:color r="{red}" g="{green}" b="{blue}" a="1.0"/>'
        yield f"<node id={quoteattr(node)} label={quoteattr(data[n.LABEL])}>{_values(data, nodes)}{colour}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, (subject, object_, data) in enumerate(graph.edges(data=True)):
        ends = f'id="{number}" source={quoteattr(subject)} target={quoteattr(object_)}'
        rest = f'label="{data[n.RELATION]}" weight="{data[n.SUPPORT]}"'
        yield f"<edge {ends} {rest}>{_values(data, edges)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(data: dict[str, Any], keys: Keys) -> str:
    values = (
        f'<attvalue for="{keys[name, _TYPES[type(value)]]}" value={quoteattr(_shown(value))}/>'
        for name, value in data.items()
        if name not in (n.LABEL, "key")
    )
    return f"<attvalues>{''.join(values)}</attvalues>"


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _keys(all_data: Iterable[dict[str, Any]], prefix: str) -> Keys:
    """Each attribute with its type, sorted, and a short id."""
    found = {(name, _TYPES[type(value)]) for data in all_data for name, value in data.items()}
    return {pair: f"{prefix}{number}" for number, pair in enumerate(sorted(found))}
