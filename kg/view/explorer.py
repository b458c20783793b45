"""The explorer: `Tables` in, one `index.html` out that answers which methods target which hardware, and who says so.

The page is drawn in the browser from the embedded data; its head is written here, so that the answer in a sentence
stands there at once and without JavaScript. The scripts are built from frontend/ and ship in assets/.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kg.store import Tables
from kg.view import data, page

#: Above so many papers the page leaves the RDF and the engine for it out: it would open slowly (docs/explorer.md).
SPARQL_PAPERS = 2_000
#: Above so many papers the abstracts stand in files beside the page, which would be too large to open or to mail.
SINGLE_FILE = 20_000
#: The folder of these files.
BESIDE = "index-data"


def write(
    tables: Tables, folder: Path, name: str = "Knowledge base", *, turtle: Path | None = None, base: str | None = None
) -> Path:
    """Writes `index.html` into the folder and gives its path; above SINGLE_FILE papers also the folder BESIDE it.

    `name` is what the page calls the corpus. With `turtle`, the same tables as Turtle, the page answers SPARQL itself,
    up to SPARQL_PAPERS papers. `base` begins every IRI in the queries that it shows.
    """
    rdf = turtle.read_bytes() if turtle is not None and len(tables.papers) <= SPARQL_PAPERS else None
    beside = len(tables.papers) > SINGLE_FILE
    if beside:
        for number, chunk in enumerate(data.texts(tables)):
            page.save(Path(folder) / BESIDE / f"text-{number}.js", page.packed_call("kgText", number, chunk))
    return page.save(Path(folder) / "index.html", html(tables, name, rdf, base, beside=beside))


def html(
    tables: Tables,
    name: str = "Knowledge base",
    turtle: bytes | None = None,
    base: str | None = None,
    *,
    beside: bool = False,
) -> str:
    """The page as text; with `beside` it holds no abstracts and looks for them in the folder BESIDE it."""
    scripts = [page.asset("webgl.js"), page.asset("explorer.js")]
    core = data.core(tables, name) | {"rdf": data.rdf(base, turtle is not None), "beside": BESIDE if beside else None}
    chunks = {} if beside else {f"kg-text-{i}": chunk for i, chunk in enumerate(data.texts(tables))}
    tags = page.data_tags({"kg-core": core} | chunks)
    if turtle is not None:
        scripts.insert(0, page.asset("sparql.js"))
        tags += [page.packed_tag("kg-rdf", turtle), page.binary_tag("kg-wasm", "oxigraph.wasm.gz")]
    return page.render(
        "explorer.html.j2",
        name=name,
        policy=page.policy(scripts, (" 'wasm-unsafe-eval'" if turtle else "") + (" 'self' file:" if beside else "")),
        style=Markup(page.asset("explorer.css")),  # noqa: S704 - our own asset
        data=Markup("\n".join(tags)),  # noqa: S704 - escaped by data_tag
        scripts=[Markup(s) for s in scripts],  # noqa: S704 - our own assets
        sparql=turtle is not None,
        beside=BESIDE if beside else None,
        answer=answer(tables),
    )


def answer(tables: Tables, top: int = 4) -> dict[str, Any]:
    """The head of the page in numbers: papers, how many target hardware, and the most targeted.

    `top` are (label, papers on it or anything narrower). A class that papers hardly name themselves, such as
    "accelerator", says less than what stands below it and is passed over.
    """
    entities = {e["key"]: e for e in tables.entities.select(["key", "label", "type", "broader"]).to_pylist()}
    facts = tables.facts.select(["relation", "object", "paper"]).to_pylist()
    targets = {(f["paper"], f["object"]) for f in facts if f["relation"] == "targets" and f["object"] in entities}
    direct = Counter(key for _, key in targets)
    closure = Counter(key for _, key in {(paper, up) for paper, key in targets for up in _above(entities, key)})
    chosen: list[str] = []
    for key in sorted(closure, key=lambda key: (-closure[key], key)):
        apart = not any(key in _above(entities, other) or other in _above(entities, key) for other in chosen)
        if apart and direct[key] * 5 >= closure[key] and len(chosen) < top:
            chosen.append(key)
    hardware = {f["object"] for f in facts if f["object"] in entities and entities[f["object"]]["type"] == "Hardware"}
    return {
        "papers": len(tables.papers),
        "targeting": len({paper for paper, _ in targets}),
        "hardware": len(hardware),
        "facts": len(tables.facts),
        "top": [(entities[key]["label"], closure[key]) for key in chosen],
    }


def _above(entities: dict[str, dict[str, Any]], key: str) -> set[str]:
    """The entity and everything broader; a cycle ends where it began."""
    seen: set[str] = set()
    todo = [key]
    while todo:
        at = todo.pop()
        if at in entities and at not in seen:
            seen.add(at)
            todo += entities[at]["broader"] or ()
    return seen
