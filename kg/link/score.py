"""Two names that one paper uses for one thing: should they be one node everywhere? Features, verdict, reason.

A wrong merge costs more than a missed one, so what is not clearly the same is left apart and listed as doubtful.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.link.names import abbreviates, abbreviates_within, inflects, is_short, narrows, similarity, singular, version
from kg.link.senses import Senses, Verdict


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
    long_forms: int  # how many distinct long forms the abbreviation has in this corpus and in the table
    narrower: bool = False  # one name is the other with more words
    inflection: bool = False  # the names differ in endings or by a slip of the pen
    share: float = 1.0  # of the papers that spell the abbreviation out, those that mean this, at least


def decide(kind: str, left: str, right: str, papers: int, sense: Verdict | None = None) -> Decision:
    """The verdict on merging two names of one type that `papers` papers use for one thing.

    `sense` says of an abbreviation whether it means the other where no paper says so; without it, only the packaged
    table is asked.

    >>> decide("Method", "PTQ", "post-training quantization", papers=3).verdict
    'merge'
    >>> decide("Task", "IR", "information retrieval", papers=3).verdict
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
        sense = sense or _alone(short, long, papers)
        what, reason = _abbreviation(short, sense)
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
    forms, share = (sense.forms, sense.share) if abbreviation and sense else (1, 1.0)
    return Decision(
        kind, left, right, what, reason, papers, alike, abbreviation, same_version, forms, narrower, inflection, share
    )


def _alone(short: str, long: str, papers: int) -> Verdict:
    senses = Senses()
    for _ in range(papers):
        senses.add(short, long)
    return senses.verdict(short, (long,))


def _abbreviation(short: str, sense: Verdict) -> tuple[str, str]:
    """The verdict on an abbreviation and a name that it abbreviates."""
    if sense.fuller:
        return "apart", f"most papers spell the abbreviation out as '{sense.fuller}', which has more words"
    spell = f"{sense.papers} papers spell" if sense.papers != 1 else "one paper spells"
    if sense.clear and sense.forms == 1:
        return "merge", "abbreviation and its only long form"
    if sense.clear:
        return "merge", f"abbreviation of {sense.forms} long forms, this one for at least {sense.share:.0%} of papers"
    if sense.forms > 1 and sense.share < 1:
        return "doubtful", f"the abbreviation has {sense.forms} long forms, this one for {sense.share:.0%} of papers"
    letters = sum(c.isalnum() for c in singular(short))
    return "doubtful", f"an abbreviation of {letters} letters that only {spell} out"
