"""Two names that one paper uses for one thing: should they be one node everywhere? Features, verdict, reason.

A wrong merge costs more than a missed one, so what is not clearly the same is left apart and listed as doubtful.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.link.names import abbreviates, is_short, similarity, version


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
    long_forms: int  # how many distinct long forms the abbreviation has in this corpus


def decide(kind: str, left: str, right: str, papers: int, long_forms: int = 1) -> Decision:
    """The verdict on merging two names of one type that `papers` papers use for one thing.

    >>> decide("Method", "PTQ", "post-training quantization", papers=3).verdict
    'merge'
    >>> decide("Hardware", "PIM", "processing-in-memory", papers=3, long_forms=2).verdict
    'doubtful'
    >>> decide("Model", "Llama-2", "Llama-3", papers=5).reason
    'the versions differ'
    """
    short, long = sorted((left, right), key=len)
    abbreviation = is_short(short) and abbreviates(short, long)
    same_version = abbreviation or version(left) == version(right)
    alike = similarity(left, right)

    def verdict() -> tuple[str, str]:
        if not same_version:
            return "apart", "the versions differ"
        if abbreviation and long_forms > 1:
            return "doubtful", f"the abbreviation has {long_forms} long forms"
        if abbreviation:
            return "merge", "abbreviation and its only long form"
        if alike >= 0.92:
            return "merge", "spelling variant"
        if is_short(short):
            return "doubtful", "a short name that does not abbreviate the other"
        if papers >= 3:
            return "merge", f"{papers} papers use both names for one thing"
        return "doubtful", "too few papers use both names for one thing"

    what, reason = verdict()
    return Decision(kind, left, right, what, reason, papers, round(alike, 3), abbreviation, same_version, long_forms)
