"""Two names that one paper uses for one thing: should they be one node everywhere? Features, verdict, reason.

A wrong merge costs more than a missed one, so what is not clearly the same is left apart and listed as doubtful.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.link.names import abbreviates, abbreviates_within, inflects, is_short, narrows, similarity, version

#: How many papers must define an abbreviation of so many letters before it counts where nobody defines it: "AO" is
#: alternating optimization in one paper, and anything in the next; "SALT" is a word.
_DEFINED_BY = {1: 3, 2: 3, 3: 2, 4: 2}


class Decision(NamedTuple):
    """A candidate merge with everything that it was decided on.

    `verdict` is "merge", "apart" or "doubtful"; `papers` are the papers that use both names for one thing.
    """

    type: str
    left: str
    right: str
    verdict: str
    reason: str
    papers: int
    similarity: float
    abbreviation: bool
    same_version: bool
    long_forms: int  # how many distinct long forms the abbreviation has in this corpus and in the catalogue
    narrower: bool = False  # one name is the other with more words
    inflection: bool = False  # the names differ in endings or by a slip of the pen


def decide(kind: str, left: str, right: str, papers: int, long_forms: int = 1, defining: int = 0) -> Decision:
    """The verdict on merging two names of one type that `papers` papers use for one thing.

    `defining` are the papers that give an abbreviation its long form in any spelling, where they are more.

    >>> decide("Method", "PTQ", "post-training quantization", papers=3).verdict
    'merge'
    >>> decide("Hardware", "PIM", "processing-in-memory", papers=3, long_forms=2).verdict
    'doubtful'
    >>> decide("Model", "Llama-2", "Llama-3", papers=5).reason
    'the versions differ'
    >>> decide("Model", "diffusion models", "latent diffusion models", papers=13).reason
    'one is the other with more words, a narrower thing'
    """
    short, long = sorted((left, right), key=len)
    abbreviation = is_short(short) and abbreviates(short, long)
    same_version = abbreviation or version(left) == version(right)
    narrower = not abbreviation and narrows(left, right)
    inflection = not abbreviation and not narrower and inflects(left, right)
    if abbreviation:
        what, reason = _abbreviation(short, max(papers, defining), long_forms)
    elif not same_version:
        what, reason = "apart", "the versions differ"
    elif narrower:
        what, reason = "apart", "one is the other with more words, a narrower thing"
    elif inflection:
        what, reason = "merge", "spelling variant"
    elif abbreviates_within(left, right):
        what, reason = "merge", "the same but for words that one abbreviates"
    elif is_short(short):
        what, reason = "doubtful", "a short name that does not abbreviate the other"
    else:
        what, reason = "doubtful", "unlike names that a paper uses for one thing"
    alike = round(similarity(left, right), 3)
    return Decision(
        kind, left, right, what, reason, papers, alike, abbreviation, same_version, long_forms, narrower, inflection
    )


def _abbreviation(short: str, papers: int, long_forms: int) -> tuple[str, str]:
    """The verdict on an abbreviation and a name that it abbreviates."""
    if long_forms > 1:
        return "doubtful", f"the abbreviation has {long_forms} long forms"
    letters = sum(c.isalnum() for c in short.rstrip("s"))
    if papers < _DEFINED_BY.get(letters, 1):
        define = "one paper defines" if papers == 1 else f"{papers} papers define"
        return "doubtful", f"an abbreviation of {letters} letters that only {define}"
    return "merge", "abbreviation and its only long form"
