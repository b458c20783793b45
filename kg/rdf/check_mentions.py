"""The file of mentions and the store of its graph in, what is wrong with it out.

The file is as large as the graph or larger, so it is read as a stream and never loaded: its lines are sorted, and what
belongs to one mention stands together. Each is held against its paper's own text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.rdf.annotations import AROUND
from kg.rdf.problems import Problem, broken, few, undeclared
from kg.rdf.terms import Terms

_KEY = re.compile(r"mention/[^/]+")
_LINE = 150  # bytes of a line, about
_SLOW = 5  # a mention has many nodes for its triples, and pySHACL looks at each
_WRONG = 1000  # mentions whose words are wrong, after which one may stop to look


def check(path: Path, store: Store, terms: Terms, shaped: int) -> Iterator[Problem]:
    """Undeclared terms, things and papers that the graph does not have, words that are not where they should be, and
    broken shapes, for which whole mentions are drawn evenly, a fifth as many triples as `shaped` says.
    """
    kind, body, source, as_class = (
        NamedNode(terms.expand(name)) for name in ("rdf:type", "oa:hasBody", "oa:hasSource", "kg:mentionedAs")
    )
    step = max(1, path.stat().st_size // _LINE * _SLOW // max(1, shaped))
    used: set[str] = set()
    pointed: set[NamedNode] = set()
    drawn: list[Triple] = []
    wrong: list[Problem] = []
    text = lru_cache(50_000)(partial(_text, store, terms))
    for number, (key, triples) in enumerate(groupby(_triples(path), partial(_mention, base=terms.base))):
        own = list(triples)
        used.update(t.predicate.value for t in own)
        used.update(t.object.value for t in own if t.predicate in (kind, as_class) and isinstance(t.object, NamedNode))
        pointed.update(t.object for t in own if t.predicate in (body, source) and isinstance(t.object, NamedNode))
        if len(wrong) < _WRONG:
            wrong.extend(_words(path.name, own, text, terms))
        if number % step == 0 or not _KEY.fullmatch(key.removeprefix(terms.base)):  # all that read them
            drawn += own
    yield from undeclared(used, terms, path.name)
    yield from few(_dangling(path.name, pointed, store, kind), "IRIs")
    yield from few(sorted(wrong), "mentions")
    if shaped:
        things = {t.object for t in drawn if t.object in pointed}
        types = [q.triple for thing in things for q in store.quads_for_pattern(thing, kind, None)]  # type: ignore[arg-type]
        subjects = {t.subject.value for t in drawn if isinstance(t.subject, NamedNode)}
        yield from broken((f"{t} .\n" for t in (*drawn, *types)), subjects, terms.base, path.name)


def _triples(path: Path) -> Iterator[Triple]:
    return (quad.triple for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.N_TRIPLES))


def _mention(triple: Triple, base: str) -> str:
    """What a triple belongs to: the IRI of a mention, or its subject."""
    subject = str(triple.subject)[1:-1]
    found = _KEY.match(subject, len(base)) if subject.startswith(base) else None
    return base + found[0] if found else subject


def _dangling(file: str, pointed: Iterable[NamedNode], store: Store, kind: NamedNode) -> Iterator[Problem]:
    for thing in sorted(pointed, key=str):
        if not any(store.quads_for_pattern(thing, kind, None)):
            yield Problem(file, "dangling", f"{thing} is not in the graph")


def _words(file: str, triples: list[Triple], text: Callable[[str], str], terms: Terms) -> Iterator[Problem]:
    """Whether the words of a mention stand at its place in its paper, between what is said to stand around them."""
    space, said = terms.expand("oa:"), {}
    for t in triples:
        if t.predicate.value.startswith(space) and isinstance(t.object, Literal | NamedNode):
            said[t.predicate.value[len(space) :]] = t.object.value
    place = [said.get("start", ""), said.get("end", "")]
    if not (all(map(str.isdecimal, place)) and {"exact", "hasSource"} <= said.keys()):
        return  # what read them, or a mention that breaks its shape
    start, end = map(int, place)
    whole = text(said["hasSource"])
    there = (whole[max(0, start - AROUND) : start], whole[start:end], whole[end : end + AROUND])
    if there != (said.get("prefix", ""), said["exact"], said.get("suffix", "")):
        where = f"{start} to {end} of <{said['hasSource']}>"
        yield Problem(file, "words", f"{triples[-1].subject}: at {where} stands {there[1]!r}, not {said['exact']!r}")


def _text(store: Store, terms: Terms, paper: str) -> str:
    parts = []
    for name in ("dcterms:title", "dcterms:abstract"):
        found = store.quads_for_pattern(NamedNode(paper), NamedNode(terms.expand(name)), None)
        parts.append(next((q.object.value for q in found if isinstance(q.object, Literal)), ""))
    return "\n\n".join(parts)
