"""Gold records as the relation rules see them: a Doc with sentences, and the gold entities with every place they stand.

In: a paper and its record in the form of the annotation guideline. Out: a Doc and Found entities. Used to train and to
measure the rules on their own, without the faults of an entity extractor.
"""

from __future__ import annotations

import re
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.sentences import sentence_starts
from kg.extract.tokens import WordTokenizer
from kg.records import Found, Mention


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences; the title, up to the blank line, is one."""
    starts = sentence_starts(text)
    return [(a, a + len(text[a:b].rstrip())) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def document(text: str, nlp: Language | None = None) -> Doc:
    """A Doc as the pipeline makes it, before it knows any entity."""
    nlp = nlp or spacy.blank("en")
    doc = WordTokenizer(nlp.vocab)(text)
    doc.user_data["kg_sentences"] = [a for a, _ in sentences(text)]
    return doc


def gold_found(text: str, record: dict[str, Any]) -> tuple[Found, ...]:
    """The entities of a gold record with all places of their names, longest name first where names overlap."""
    spans = sentences(text)
    places: list[tuple[int, int, int]] = []
    for index, entity in enumerate(record["entities"]):
        for name in set(entity["names"]):
            pattern = r"(?<![A-Za-z0-9])" + re.escape(name) + r"(?:s\b|(?![A-Za-z0-9]))"
            hits = [m.span() for m in re.finditer(pattern, text)] or [
                m.span() for m in re.finditer(re.escape(name), text)
            ]
            places += [(a, b, index) for a, b in hits]
    places.sort(key=lambda p: (p[0] - p[1], p[0], p[2]))
    taken: list[tuple[int, int]] = []
    kept: dict[int, list[tuple[int, int]]] = {}
    for a, b, index in places:
        if all(b <= x or y <= a for x, y in taken):
            taken.append((a, b))
            kept.setdefault(index, []).append((a, b))
    for a, b, index in places:
        if index not in kept:
            kept[index] = [(a, b)]
    result = []
    for index, entity in enumerate(record["entities"]):
        mentions = tuple(
            Mention(
                a, b, text[a:b], entity["type"], "gold", 1.0, next((s for s in spans if s[0] <= a < s[1]), spans[0])
            )
            for a, b in sorted(kept.get(index, []))
        )
        result.append(Found(entity["type"], entity["canonical"], tuple(entity["names"]), mentions))
    return tuple(result)


def made_paper(title: str, abstract: str, **names: str) -> tuple[Doc, tuple[Found, ...]]:
    """A paper of one's own: `Hardware="A100, GPU=GPUs|graphics processors"` gives canonical names and surface forms.

    >>> doc, found = made_paper("Fast sums", "We run on GPUs.", Hardware="GPU=GPUs")
    >>> [(f.canonical, f.mentions[0].text) for f in found]
    [('GPU', 'GPUs')]
    """
    text = f"{title}\n\n{abstract}"
    entities = []
    for kind, listed in names.items():
        for item in listed.split(", "):
            canonical, _, forms = item.partition("=")
            entities.append({"type": kind, "canonical": canonical, "names": forms.split("|") if forms else [canonical]})
    return document(text), gold_found(text, {"entities": entities})
