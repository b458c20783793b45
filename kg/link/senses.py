"""Which sense an abbreviation has: in a paper that says so, and where nobody says it.

In one paper an abbreviation is what the paper spells out, whatever it is elsewhere. Where a paper does not, it is a
long form only if that one is clear among the papers that do spell it out, both in the corpus at hand and in the table
of `kg.link.abbreviations`. How clear it must be was measured on mentions that were read (see docs/catalogue.md); a
person's listing in the catalogue counts for something, and so does extraction's judgement that a name is hardware.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from kg.abbreviations import long_form
from kg.link.abbreviations import Form, counted, listed
from kg.link.names import STOP, abbreviates, fold, is_short, may_abbreviate, related, singular, words

#: The share of the papers that spell an abbreviation out which must mean one thing, for it to mean that elsewhere.
SHARE, SHARE_OF_TWO_LETTERS = 0.9, 0.95
SHARE_LISTED = 0.8  # where a person listed the abbreviation with that thing
SHARE_HARDWARE = 0.5  # and where extraction took it for hardware by its context
#: How many papers must spell out an unlisted abbreviation of so many letters; more letters, one, but for what reads as
#: a word, by which many things are called: PRISM, SWAP, MOSES.
PAPERS = {1: 30, 2: 30, 3: 30, 4: 3}
PAPERS_OF_A_WORD = 10
_WORD = re.compile(r"[B-DF-HJ-NP-TV-XZ]{0,2}(?:[AEIOUY]+[B-DF-HJ-NP-TV-XZ]{0,2})+")  # no three consonants together
_LEAST = 3  # fewer papers say nothing against a listed abbreviation
_LONGEST = 80  # letters of a long form


def spelled(text: str, short: str) -> str | None:
    """The long form that a paper gives an abbreviation (in the singular): it spells it out, or writes it elsewhere.

    The second counts where the table knows the long form and only one of those that it knows is in the text.

    >>> spelled("Attack success rate at 5 rounds (ASR@5).", "ASR")
    'attack success rate'
    """
    long = long_form(text, short)
    if long:
        return long if len(long) <= _LONGEST and not set(long) & set("\\{}$|") else None
    forms = [form.name for form in listed(short) if " " in form.name or "-" in form.name]
    if not forms:
        return None
    plain = _plain(text)
    there = [name for name in forms if name.lower().replace("-", " ") in plain]
    return there[0] if len(there) == 1 else None


@lru_cache(maxsize=1)  # a paper has several abbreviations
def _plain(text: str) -> str:
    return text.lower().replace("-", " ")


class Verdict(NamedTuple):
    """Whether an abbreviation means a thing where nobody says so, and what that rests on.

    `share` is the least share of the papers that spell it out, in the corpus and in the table; `papers` are those of
    both; `forms` are the distinct long forms. `fuller` is what more papers spell out with more words, if anything.
    """

    clear: bool
    share: float
    papers: int
    forms: int
    fuller: str = ""


class Senses:
    """What the papers of a corpus say that abbreviations stand for."""

    def __init__(self) -> None:
        self._said: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, short: str, long: str) -> None:
        """Count a paper that gives the abbreviation that long form; what has it for a word spells nothing out.

        A paper that calls its FPGA accelerators "FPGAs" does not say what FPGA stands for.
        """
        if long_of(short, long) and not set(words(short)) <= set(words(long)):
            self._said[fold(short)][long] += 1

    def verdict(self, short: str, names: Collection[str], is_listed: bool = False, hardware: bool = False) -> Verdict:
        """Whether the abbreviation, where it is not spelled out, is the thing with these names.

        `is_listed` says that the catalogue has the abbreviation as a name of that thing, `hardware` what kind it is.
        Names that it does not abbreviate say nothing.
        """
        said = self._said.get(fold(short), Counter())
        corpus = [Form(name, papers) for name, papers in sorted(said.items(), key=lambda i: (-i[1], i[0]))]
        table = counted(singular(short))
        longs = [name for name in names if long_of(short, name)]
        shares, total = [1.0], 0
        for forms in (corpus, table):
            papers = sum(form.papers for form in forms)
            meant = sum(form.papers for form in forms if any(related(form.name, name) for name in longs))
            total += papers
            if papers >= (_LEAST if is_listed else 1):
                shares.append(meant / papers)
        letters = sum(c.isalnum() for c in singular(short))
        if is_listed:
            least, enough = (SHARE_HARDWARE if hardware else SHARE_LISTED), 0
        else:
            least = SHARE if letters > 2 else SHARE_OF_TWO_LETTERS
            enough = max(PAPERS.get(letters, 1), PAPERS_OF_A_WORD if _WORD.fullmatch(singular(short)) else 0)
        senses = _joined((*corpus, *table, *(Form(name, 0) for name in longs[:1])))
        share = round(min(shares), 2)
        return Verdict(share >= least and total >= enough, share, total, len(senses))

    def fuller(self, short: str, long: str) -> str:
        """The long form with more words that more papers give the abbreviation, of which this one lacks some.

        "Policy optimization" is what is left of PPO's long form where the first word was not taken for a part of it.
        """
        forms = [*counted(singular(short)), *(Form(*item) for item in self._said.get(fold(short), {}).items())]
        mine, papers = _length(long), sum(form.papers for form in forms if fold(form.name) == fold(long))
        more = (form for form in forms if form.papers > papers and _length(form.name) > mine)
        found = (form for form in more if related(form.name, long))
        return min(found, key=lambda form: (-form.papers, form.name), default=Form("", 0)).name


@lru_cache(maxsize=100_000)
def long_of(short: str, name: str) -> bool:
    """Whether a name may be what an abbreviation stands for, and is none itself."""
    return not is_short(name) and (abbreviates(short, name) or may_abbreviate(short, name))


def _length(name: str) -> int:
    """How many words a name has that say something."""
    return sum(word not in STOP for word in words(name.replace("/", " ")))


def _joined(forms: Collection[Form]) -> list[Form]:
    """Long forms that are one sense as one."""
    out: list[Form] = []
    for form in forms:
        same = next((i for i, other in enumerate(out) if related(other.name, form.name)), None)
        if same is None:
            out.append(form)
        else:
            out[same] = Form(out[same].name, out[same].papers + form.papers)
    return out
