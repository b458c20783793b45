"""Names that a paper announces as its own, whether or not any catalogue knows them.

In: a Doc of `paper.text` (title, blank line, abstract). Out: spans of names with a guess of their type and the cue that
announced them. Assumes English prose; LaTeX emphasis and quotes around a name are stepped over. One pass over the
words: only those that may announce something are looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract import announced_words as w
from kg.extract.tokens import Tokens, text_of, tokens

_KEY = "kg_announced"
_BEFORE = 14  # words before a verb in which its subject must stand
_REACH = 220  # characters after a verb in which the name must stand
_STOPS = frozenset(".;:!?")
_WORDS = re.compile(r"[A-Za-z0-9]+")
_ARTICLES = frozenset(("a", "an", "the", "our"))


class Announced(NamedTuple):
    """A name that the text announces: half-open span, guessed type, and the cue in readable words."""

    start: int
    end: int
    type: str
    cue: str


def proposed_names(doc: Doc) -> tuple[Announced, ...]:
    """The names that the text announces as its own: a title before a colon, "we propose X", "called X", "X, a ...".

    Long form and acronym are two spans with the same cue. Sorted by place; no span twice; computed once a Doc.
    """
    kept = doc.user_data.get(_KEY)
    if kept is None:
        kept = doc.user_data[_KEY] = _Reader(text_of(doc), tokens(doc)).read()
    return tuple(kept)


def head_type(context: str, name: str = "") -> str:
    """The type that the first head noun of the context suggests; a name that ends in Bench is a Dataset.

    >>> head_type("a novel accelerator for"), head_type("", "CodeBench"), head_type("something")
    ('Hardware', 'Dataset', 'Method')
    """
    if w.DATASET_NAME.search(name):
        return "Dataset"
    match = w.HEAD.search(context)
    return match.lastgroup if match and match.lastgroup else "Method"


def long_form(text: str, end: int, acronym: str, floor: int) -> int | None:
    """Where the long form of an acronym begins that stands in brackets after `end`, or None.

    >>> text = "we add a look-up table pool (LTP)"
    >>> text[long_form(text, 27, "LTP", 0):27]
    'look-up table pool'
    """
    letters = [c.lower() for c in acronym if c.isalpha()]
    if len(letters) < 2:
        return None
    words = list(_WORDS.finditer(text, floor, end))[-len(letters) * 2 - 2 :]
    want, first, skipped = len(letters) - 1, None, 0
    for word in reversed(words):
        if want < 0:
            break
        if word.group()[0].lower() == letters[want]:
            want -= 1
            first = word.start()
        else:
            skipped += 1
            if skipped > len(letters):
                return None
    return first if want < 0 else None


def _usable(name: str) -> bool:
    return len(name) > 1 and name.lower() not in w.NOT_NAMES and not name.isdigit() and not name.endswith(w.NOT_ENDINGS)


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str, t: Tokens) -> None:
        self.text, self.t = text, t
        self.title_end = max(0, text.find("\n\n"))
        self.found: dict[tuple[int, int], Announced] = {}

    def read(self) -> list[Announced]:
        """Every announcement, by place."""
        self.title()
        starts = self.t.starts
        for k, word in enumerate(self.t.lower):
            action = _ACTIONS.get(word)
            if action is not None and starts[k] > self.title_end:
                action(self, k)
        return [self.found[span] for span in sorted(self.found)]

    def add(self, start: int, end: int, context: str, cue: str) -> None:
        """Keep a name, less the signs at its end."""
        while end > start and self.text[end - 1] in "-–./*$^":
            end -= 1
        name = self.text[start:end]
        if _usable(name) and (start, end) not in self.found:
            self.found[start, end] = Announced(start, end, head_type(context, name), cue)

    def name_at(self, at: int, limit: int) -> tuple[int, int] | None:
        """The name that begins at `at`, past emphasis and quotes; None where no capital or digit marks one."""
        wrap = w.WRAP.match(self.text, at, limit)
        match = w.PHRASE.match(self.text, wrap.end() if wrap else at, limit)
        return match.span() if match and _usable(match.group()) else None

    def bracket(self, end: int, floor: int, context: str, cue: str) -> None:
        """Add the acronym that follows in brackets, and its long form."""
        match = w.ACRONYM.match(self.text, end)
        if match is None or not _usable(match[1]):
            return
        first = long_form(self.text, end, match[1], floor)
        if first is not None:
            self.add(first, end, context, cue)
        if first is not None or w.NAMEISH.fullmatch(match[1]):
            self.add(*match.span(1), context, cue)

    def title(self) -> None:
        """ "FlashX: fast attention on GPUs"."""
        title = self.text[: self.title_end]
        match = w.TITLE.match(title)
        if match is None:
            return
        name = match["name"]
        if len(name.split()) <= 3 and (w.NAMEISH.search(name) or (" " not in name and self.text.count(name) > 1)):
            self.add(*match.span("name"), title[match.end() :], "title before a colon")

    def verb(self, k: int) -> None:
        """ "we propose FlashX", "we propose a fast kernel (FK)", "we propose a kernel, FlashX, that"."""
        lower = self.t.lower
        if k + 1 < len(lower) and lower[k + 1] == "by":
            return
        subject = None
        for word in lower[max(0, k - _BEFORE) : k][::-1]:
            if word in _STOPS:
                break
            subject = w.SUBJECTS.get(word)
            if subject:
                break
        if subject is None:
            return
        text, start = self.text, self.t.ends[k]
        stop = w.STOP.search(text, start, start + _REACH)
        limit = stop.start() if stop else min(len(text), start + _REACH)
        cue = f"“{subject} … {w.VERBS[lower[k]]}”"
        skip = w.SKIP.match(text, start, limit)
        at = skip.end() if skip else start
        span = self.name_at(at, limit)
        if span:
            context = text[span[1] : limit]
            self.add(*span, context, cue)
            self.bracket(span[1], start, context, cue)
            return
        self.apart(start, at, limit, cue)

    def apart(self, start: int, at: int, limit: int, cue: str) -> None:
        """The name after a description: "a fast kernel (FK)", "a kernel, FlashX, that"."""
        text = self.text
        context = text[start:limit]
        clause = w.CLAUSE_END.search(text, at, limit)
        edge = clause.start() if clause else limit
        for k in range(at, edge):
            if text[k] == "(":
                self.bracket(len(text[:k].rstrip()), start, context, cue)
        for k in range(at, edge):
            if text[k] in ",:—":
                span = self.name_at(k + 2, limit)
                if span and w.APART.match(text, span[1]):
                    self.add(*span, context, cue)
                    return

    def called(self, k: int) -> None:
        """ "a kernel called FlashX", "we call this method FlashX"."""
        word, text, end = self.t.lower[k], self.text, self.t.ends[k]
        if word in ("call", "name", "term", "dub") and (k == 0 or self.t.lower[k - 1] not in ("we", "also", "which")):
            return
        skip = w.CALLED_SKIP.match(text, end)
        if skip is None:
            return
        span = self.name_at(skip.end(), min(len(text), end + 120))
        if span:
            before = text[max(self.title_end, self.t.starts[k] - 80) : self.t.starts[k]]
            context = " ".join(reversed(before.split()))  # the nearest noun first: "a network named OwlNet"
            self.add(*span, context, f"“{word}”")
            self.bracket(span[1], end, context, f"“{word}”")

    def apposition(self, k: int) -> None:
        """ "FlashX, a novel kernel that"."""
        lower, ends = self.t.lower, self.t.ends
        if k + 1 >= len(lower) or lower[k + 1] not in _ARTICLES or k == 0:
            return
        stop = w.STOP.search(self.text, ends[k], ends[k] + 90)
        context = self.text[ends[k + 1] : stop.start() if stop else ends[k] + 90]
        if not w.NOVEL.search(self.text, self.t.starts[k + 1], ends[k + 1] + len(context)):
            return
        start = self._name_before(k)
        if start is not None:
            self.add(start, ends[k - 1], context, "name, a novel …")

    def _name_before(self, k: int) -> int | None:
        """Where the name begins that ends right before word `k`, all of it without a space."""
        starts, ends, first = self.t.starts, self.t.ends, k - 1
        while first and starts[first] == ends[first - 1] and not self.t.words[first - 1].isspace():
            first -= 1
        match = w.NAMEISH.fullmatch(self.text, starts[first], ends[k - 1])
        return match.start() if match else None

    def ours(self, k: int) -> None:
        """ "our FlashX", "the proposed FlashX"."""
        if self.t.lower[k] == "proposed" and (k == 0 or self.t.lower[k - 1] not in ("the", "our")):
            self.verb(k)
            return
        end = self.t.ends[k]
        wrap = w.WRAP.match(self.text, end + 1)
        match = w.NAMEISH.match(self.text, wrap.end() if wrap else end + 1, end + 60)
        if match:
            self.add(*match.span(), self.text[match.end() : match.end() + 40], "“our …”")


_ACTIONS: dict[str, Callable[[_Reader, int], None]] = {
    **dict.fromkeys(w.VERBS, _Reader.verb),
    **dict.fromkeys(w.CALLED, _Reader.called),
    ",": _Reader.apposition,
    "our": _Reader.ours,
    "proposed": _Reader.ours,
}
