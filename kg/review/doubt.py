"""How likely two names are one thing: a table of estimates, each with its reason. Features in, a chance out.

The estimates were read off samples of decisions that were judged by hand; they order a list and decide nothing.
"""

from __future__ import annotations

from rapidfuzz.fuzz import ratio

from kg.link.names import abbreviates, fold, inflects, is_short, narrows, version, words
from kg.link.score import Decision

#: What a decision says -> the chance that the names are one thing. An abbreviation's is worked out, see `same`.
_CHANCE = (
    ("one entry of the catalogue", 1.0),  # a person listed both
    ("they are two things in the catalogue", 0.6),  # most are entries that were listed twice
    ("the versions differ", 0.03),
    ("spelling variant", 0.97),
    ("the same but for words that one abbreviates", 0.9),
    ("one is the other with more words, a narrower thing", 0.02),
    ("a short name that does not abbreviate the other", 0.3),
    ("unlike names that a paper uses for one thing", 0.4),
)
#: How much less likely two things are one where a person has listed both: "MLLMs" beside "large language models".
_BOTH_LISTED = 0.2
_ALIKE = 88  # of 100: labels less alike than this, that no paper uses for one thing, are not asked about


def same(decision: Decision, both_listed: bool = False) -> float:
    """The chance that a decided pair is one thing, 0 to 1; `both_listed` where the catalogue has an entry for each.

    >>> from kg.link.score import decide
    >>> same(decide("Method", "PTQ", "post-training quantization", papers=9)) > 0.9
    True
    >>> same(decide("Model", "Llama-2", "Llama-3", papers=9))
    0.03
    """
    if both_listed and decision.verdict == "doubtful":
        return round(_BOTH_LISTED * same(decision), 2)
    if decision.abbreviation and "catalogue" not in decision.reason:
        if decision.verdict == "merge":
            return round(decision.share * (1 - 0.3 / (1 + decision.papers)), 2)
        return round(min(0.5, 0.9 * decision.share), 2)
    return next(chance for reason, chance in _CHANCE if reason == decision.reason)


def alike(left: str, right: str) -> tuple[float, str] | None:
    """The chance that two labels which no paper uses for one thing are one, with the reason; None for no candidates.

    >>> alike("fine-tune", "fine-tuning")
    (0.7, 'the names differ in their endings')
    >>> alike("Llama-2", "Llama-3"), alike("diffusion model", "latent diffusion model")
    (None, None)
    """
    if version(left) != version(right) or narrows(left, right) or _codes(left) != _codes(right):
        return None
    if inflects(left, right):
        return 0.7, "the names differ in their endings"
    short, long = sorted((left, right), key=len)
    if is_short(short) and abbreviates(short, long):
        return 0.3, "an abbreviation that no paper defines so"
    if ratio(fold(left), fold(right)) >= _ALIKE and not is_short(short):
        return 0.25, "the names are alike"
    return None


def _codes(name: str) -> set[str]:
    """The words with a digit: an A100 is no H100."""
    return {word for word in words(name) if not word.isalpha()}
