"""Text -> where its sentences start, for titles and abstracts.

In: `title + "\\n\\n" + abstract`. Out: character offsets, the first 0. The title is one sentence.
A stop ends a sentence where white space and something that can begin one follow, and no abbreviation stands before it.
"""

from __future__ import annotations

import re

from kg.extract.tables import words

#: Words whose full stop does not end a sentence: "e.g. GPUs", "Smith et al. show", "Fig. 2", "vs. CPUs".
ABBREVIATIONS = words("""
    e.g i.e cf vs al etc fig figs eq eqs sec ref refs tab no nos vol pp dr prof mr mrs st inc corp ltd co jr sr
    resp viz ca dept est ed eds u.s u.k ph.d m.sc b.sc a.k.a w.r.t s.t incl approx
""")
#: Among them, those that also end sentences: the next word decides, "etc. We show" against "etc. in data centers".
_EITHER = words("etc al inc corp u.s ltd no co est ca sec")
_END = re.compile(r"([.!?])[\"'”’)\]}]*\s+(?=(\S+))")
_OPENERS = "\"'“‘([{\\$*_`"
_STARTERS = words("""
    We Our The This These In To It However Moreover Furthermore Extensive Experiments Results For Here Also Code
""")


def sentence_starts(text: str) -> list[int]:
    """Offsets where sentences begin, ascending, the first 0.

    >>> text = "Fast GPUs\\n\\nWe run e.g. on A100s. It takes 3.5 ms vs. 9 ms. (Code is public.)"
    >>> starts = sentence_starts(text)
    >>> [text[a:b].strip() for a, b in zip(starts, [*starts[1:], None])]
    ['Fast GPUs', 'We run e.g. on A100s.', 'It takes 3.5 ms vs. 9 ms.', '(Code is public.)']
    """
    cut = text.find("\n\n")
    starts = [0]
    begin = 0
    if cut >= 0:
        begin = cut + 2
        while begin < len(text) and text[begin].isspace():
            begin += 1
        if begin < len(text):
            starts.append(begin)
    for match in _END.finditer(text, begin):
        mark, following = match.groups()
        if mark == ".":
            word = text[
                max(text.rfind(" ", begin, match.start()), text.rfind("\n", begin, match.start())) + 1 : match.start()
            ]
            if not _ends(word.lstrip(_OPENERS), following):
                continue
        elif not _begins(following):
            continue
        starts.append(match.end())
    return starts


def _begins(word: str) -> bool:
    """Whether a word may open a sentence: a capital, a digit, an opening mark, or a name such as vLLM."""
    first = word.lstrip(_OPENERS)[:1]
    return first.isupper() or first.isdigit() or any(c.isupper() for c in word) or not first


def _ends(word: str, following: str) -> bool:
    low = word.lower()
    if low in ABBREVIATIONS or low.lstrip("(") in ABBREVIATIONS:
        return low in _EITHER and following.strip(_OPENERS) in _STARTERS
    if len(word) == 1 and word.isupper():  # an initial: "J. Smith"
        return following in _STARTERS
    return _begins(following)
