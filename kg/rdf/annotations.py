"""The table of mentions in, Web Annotations out, as sorted lines of N-Triples: one annotation a mention.

An annotation says what the words of a place mean: its target is a place in a paper, by position and by quotation, its
body the entity; PROV says which rule or network read it. They are more triples than the whole graph and say nothing
that a question asks for, so they are a file of their own (mentions.nt) that is written when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc

from kg.rdf.rows import Numbers, digest, hashes, tuples
from kg.rdf.terms import DEFAULT_BASE, Terms, integer, score, text
from kg.store import Tables

MENTIONS = "mentions.nt"
#: Code points before and after the words that a quotation gives, to find them again where the text has moved.
AROUND = 32
_COLUMNS = ("paper", "start", "end", "text", "type", "entity", "rule", "confidence")
_BLOCKS = 1000


def write(tables: Tables, path: Path, base: str = DEFAULT_BASE) -> int:
    """Writes the annotations of all mentions; gives the number of triples. Raises OSError."""
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        every = blocks(tables, base)
        while part := "".join(islice(every, _BLOCKS)):
            file.write(part)
            written += part.count("\n")
    return written


def blocks(tables: Tables, base: str = DEFAULT_BASE) -> Iterator[str]:
    """The annotations, each as its lines, sorted, each once; before them the rules and networks that read them."""
    terms = Terms(base)
    kind, label, count = (terms.term(name) for name in ("rdf:type", "rdfs:label", "kg:mentionCount"))
    agent = terms.term("prov:SoftwareAgent")
    found = {row["values"].as_py(): row["counts"].as_py() for row in pc.value_counts(tables.mentions["rule"])}
    for this, name in sorted((terms.iri(f"extractor/{name}"), name) for name in found):
        said = (kind, agent), (label, text(name)), (count, integer(found[name]))
        yield "".join(sorted(f"{this} {predicate} {value} .\n" for predicate, value in said))
    rows = tuples(tables.papers, ("key", "title", "abstract"))
    texts = {key: f"{title}\n\n{abstract}" for key, title, abstract in rows}
    keys = _keys(tables)
    order, write_, last = np.argsort(keys, kind="stable"), _Annotations(terms), ""
    for key, row in zip(hashes(keys, order), tuples(tables.mentions, _COLUMNS, order), strict=True):
        if key != last:
            mention = _Mention(*row)
            yield write_.block(key, mention, texts[mention.paper])
        last = key


class _Mention(NamedTuple):
    paper: str
    start: int
    end: int
    text: str
    type: str
    entity: str
    rule: str
    confidence: float


class _Annotations:
    """Puts the lines of one mention together from predicates that stand ready."""

    def __init__(self, terms: Terms) -> None:
        self._terms, t = terms, terms.term
        kind = t("rdf:type")
        self._position, self._quote, self._place = (
            f" {kind} {t(f'oa:{name}')} .\n"
            for name in ("TextPositionSelector", "TextQuoteSelector", "SpecificResource")
        )
        names = ("start", "end", "exact", "prefix", "suffix", "hasSource", "hasSelector")
        self._start, self._end, self._exact, self._before, self._after, self._source, self._selector = (
            f" {t(f'oa:{name}')} " for name in names
        )
        own = (
            f"{kind} {t('kg:Mention')}", f"{kind} {t('oa:Annotation')}", f"{t('oa:motivatedBy')} {t('oa:identifying')}",
            *(f"{t(name)} " for name in _SAID),
        )  # fmt: skip
        # The predicates of others stand in their order, whatever a mention says; where ours stand, the base decides.
        self._order = sorted(range(len(own)), key=own.__getitem__)
        self._own = own

    def block(self, key: str, mention: _Mention, whole: str) -> str:
        """The position, the quotation, the place and the annotation, of which each sorts before the next."""
        iri = self._terms.iri
        this = f"<{self._terms.base}mention/{key}>"
        position, quote, target = (f"{this[:-1]}/{part}>" for part in ("position", "quote", "target"))
        before = whole[max(0, mention.start - AROUND) : mention.start]
        after = whole[mention.end : mention.end + AROUND]
        said = (
            iri(mention.entity), target, iri(f"extractor/{mention.rule}"), score(mention.confidence),
            self._terms.term(f"kg:{mention.type}"),
        )  # fmt: skip
        own = [*self._own[:3], *(predicate + value for predicate, value in zip(self._own[3:], said, strict=True))]
        return (
            f"{position}{self._position}"
            f"{position}{self._end}{integer(mention.end)} .\n"
            f"{position}{self._start}{integer(mention.start)} .\n"
            f"{quote}{self._quote}"
            f"{quote}{self._exact}{text(mention.text)} .\n"
            + (f"{quote}{self._before}{text(before)} .\n" if before else "")
            + (f"{quote}{self._after}{text(after)} .\n" if after else "")
            + f"{target}{self._place}"
            f"{target}{self._selector}{position} .\n"
            f"{target}{self._selector}{quote} .\n"
            f"{target}{self._source}{iri(mention.paper)} .\n" + "".join([f"{this} {own[i]} .\n" for i in self._order])
        )


#: What an annotation says of its mention: what it means, where it stands, who read it, how surely, as which class.
_SAID = ("oa:hasBody", "oa:hasTarget", "prov:wasAttributedTo", "kg:confidence", "kg:mentionedAs")


def _keys(tables: Tables) -> Numbers:
    """The hash of each mention: its paper, its place, its entity, its rule. It stays when papers are added."""
    keys = np.empty(tables.mentions.num_rows, "S20")
    for i, place in enumerate(tuples(tables.mentions, ("paper", "start", "end", "entity", "rule"))):
        keys[i] = digest("\0".join(map(str, ("mention", *place))))
    return keys
