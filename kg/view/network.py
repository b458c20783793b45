"""The network page: `Tables` in, one `network.html` out, drawn by pyvis' vis-network and cut to what one can read.

pyvis 0.3.2 links Bootstrap on a CDN even when told to stand alone, searches lists for each node and edge that is added,
and shows a tooltip as HTML where it has `href` in it. So we fill its lists ourselves, give no tooltip, take the scripts
out of `generate_html()` and put them into our own page, which tells what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kg import schema
from kg.errors import InputError
from kg.store import Tables
from kg.view import page
from kg.view.choose import Node, Picture, around, between, overview

if TYPE_CHECKING:
    import networkx as nx

    from kg.query.table import Table

#: Nodes in a picture that is still read rather than looked at.
LIMIT = 90

_SCRIPT = re.compile(r"<script(?:\s+type=\"text/javascript\")?>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_DASHES: dict[str, bool | list[int]] = {"targets": False, "evaluated_on": [7, 4], "compared_with": [2, 4]}
_PAIRWISE = 400  # nodes; above, networkx' force layout needs SciPy and minutes
_FAINT = "#b9b9b9"


def write(
    tables: Tables,
    folder: Path,
    keys: Collection[str] = (),
    *,
    limit: int = LIMIT,
    inside: bool = False,
    file: str = "network.html",
) -> Path:
    """Writes the page into the folder and gives its path.

    Without `keys` it shows the most supported nodes that a hardware role joins; with keys what stands around them, or,
    `inside`, only what is between them. Raises InputError where none of the keys is known.
    """
    if not keys:
        picture = overview(tables, limit)
    else:
        picture = (between if inside else around)(tables, frozenset(keys), limit)
        if not picture.nodes:
            raise InputError(
                f"None of {', '.join(sorted(keys)[:5])} is in the tables, which have "
                f"{len(tables.entities)} entities; give a key such as hardware/nvidia-a100"
            )
    return page.save(Path(folder) / file, html(picture, tuple(sorted(keys))))


def write_answer(
    tables: Tables,
    folder: Path,
    answer: Table,
    base: str | None = None,
    *,
    limit: int = LIMIT,
    file: str = "network.html",
) -> Path:
    """Writes the network of a query's answer: the things that its cells name, by IRI or by label, and what joins them.

    Raises InputError where no cell names a thing of the tables.
    """
    from kg.rdf.terms import DEFAULT_BASE, Terms

    terms = Terms(base or DEFAULT_BASE)
    names = {e["label"]: e["key"] for e in tables.entities.select(["label", "key"]).to_pylist()}
    names |= {p["title"]: p["key"] for p in tables.papers.select(["title", "key"]).to_pylist()}
    cells = {cell for row in answer.rows for cell in row if isinstance(cell, str)}
    keys = {terms.key(cell) or names.get(cell) for cell in cells} - {None}
    if not keys:
        raise InputError(
            f"none of the {len(answer.rows)} rows names a thing that could be drawn; "
            "let the query select things or their labels, such as ?method and ?hardware"
        )
    return write(tables, folder, {key for key in keys if key}, limit=limit, inside=True, file=file)


def html(picture: Picture, keys: tuple[str, ...] = ()) -> str:
    """The page as text."""
    from pyvis.network import Network

    net = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    net.nodes, net.edges = _nodes(picture, keys), _edges(picture)
    net.node_ids = [node["id"] for node in net.nodes]
    net.options = _options()
    drawn = net.generate_html()
    scripts = [*_SCRIPT.findall(drawn), page.asset("network.js")]
    types = {node.type for node in picture.nodes}
    return page.render(
        "network.html.j2",
        policy=page.policy(scripts),
        vis_style=Markup("\n".join(_STYLE.findall(drawn)[:1])),  # noqa: S704 - the style of vis-network
        style=Markup(page.asset("network.css")),  # noqa: S704 - our own asset
        scripts=[Markup(s) for s in scripts],  # noqa: S704 - vis-network, our own, and data as JSON with < escaped
        legend=[t for t in schema.NODE_KINDS.values() if t.name in types],
        roles=[r for r in schema.ROLES if r.name in {e.relation for e in picture.edges}],
        picture=picture,
        focus=[node.label for node in picture.nodes if node.key in keys][:3],
        labels=page.data_tag("relations", {r.name: r.label for r in schema.RELATIONS}),
    )


def _nodes(picture: Picture, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    kinds = {t.name: t for t in schema.NODE_KINDS.values()}
    spots = _layout(picture)
    degree: dict[str, int] = {}
    for edge in picture.edges:
        for key in (edge.subject, edge.object):
            degree[key] = degree.get(key, 0) + max(1, edge.support)
    return [
        {
            "id": node.key,
            "label": _short(node, bool(keys)),
            "full": node.label,
            "kind": node.type,
            "papers": node.papers,
            "shape": kinds[node.type].shape,
            "color": kinds[node.type].colour,
            "size": round(9 + 4 * degree.get(node.key, 0) ** 0.5, 1),
            "x": spots[node.key][0],
            "y": spots[node.key][1],
            **({"borderWidth": 4} if node.key in keys else {}),
        }
        for node in picture.nodes
    ]


def _short(node: Node, around: bool) -> str:
    """What stands beside a node. Titles are long: in an overview a paper is a star, named when it is chosen."""
    if node.type == schema.PAPER.name and not around:
        return " "
    return node.label if len(node.label) <= 34 else node.label[:32].rstrip() + "…"


def _edges(picture: Picture) -> list[dict[str, Any]]:
    colours = {r.name: r.colour for r in schema.ROLES}
    return [
        {
            "from": e.subject,
            "to": e.object,
            "relation": e.relation,
            "papers": e.support,
            "width": round(1 + 0.8 * e.support**0.5, 1) if e.support else 0.6,
            "color": colours.get(e.relation, _FAINT),
            "dashes": _DASHES.get(e.relation, False),
        }
        for e in picture.edges
    ]


def _layout(picture: Picture) -> dict[str, tuple[int, int]]:
    """Fixed places from a seeded force layout, so that the same tables give the same picture at once."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.key for node in picture.nodes)
    graph.add_edges_from((e.subject, e.object) for e in picture.edges)
    if not graph:
        return {}
    size = 150 * len(graph) ** 0.5
    if len(graph) > _PAIRWISE:
        return _many(picture, size)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    main = _part(graph, parts[0])
    places = nx.spring_layout(main, k=3.2 / len(main) ** 0.5, iterations=200, seed=7)
    spots = {key: (round(float(x) * size), round(float(y) * size * 0.7)) for key, (x, y) in places.items()}
    left, top = -size, size * 0.7 + 160  # what is joined to nothing else stands in rows below
    for part in parts[1:]:
        small = nx.circular_layout(_part(graph, part))
        radius = 45 * len(part) ** 0.5
        if left > size:
            left, top = -size, top + 230
        spots |= {k: (round(left + radius * float(x)), round(top + radius * float(y))) for k, (x, y) in small.items()}
        left += 2 * radius + 190
    return spots


def _part(graph: nx.Graph[str], keys: set[str]) -> nx.Graph[str]:
    """A part in the order of its keys: networkx gives the nodes of a subgraph in the order of a set."""
    part = type(graph)()
    part.add_nodes_from(sorted(keys))
    part.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.subgraph(keys).edges))
    return part


def _many(picture: Picture, size: float) -> dict[str, tuple[int, int]]:
    """Places for more nodes than a layout by pairs can take."""
    import numpy as np

    from kg.view.layout import EXTENT, layout

    at = {node.key: i for i, node in enumerate(picture.nodes)}
    ends = np.array([[at[e.subject], at[e.object]] for e in picture.edges], np.int64).reshape(-1, 2)
    found = layout(len(at), ends[:, 0], ends[:, 1])
    scale = size / EXTENT
    return {key: (round(found.x[i] * scale), round(found.y[i] * scale)) for key, i in at.items()}


def _options() -> dict[str, Any]:
    return {
        "physics": {"enabled": False},
        "interaction": {
            "hover": True,
            "keyboard": {"enabled": True, "bindToWindow": False},
            "navigationButtons": False,
        },
        "nodes": {"font": {"size": 22, "strokeWidth": 5}, "borderWidth": 1, "scaling": {"label": {"drawThreshold": 3}}},
        "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}},
    }
