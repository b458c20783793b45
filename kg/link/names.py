"""Names compared: the features that a merge is decided on. Strings in, values out; nothing here knows a paper.

`fold` is the key under which two spellings of one name meet (FlashAttention, flash attention, Flash-Attention);
`version` holds the parts that keep Llama-2 apart from Llama-3.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from kg.text import lookup_key

# British to American endings; the right-hand side is only a key, never shown.
_SPELLING = (
    (re.compile(r"is(ation|ing|ed|er|e)\b"), r"iz\1"),  # quantisation, optimised
    (re.compile(r"(?<=[a-z]{3})our\b"), "or"),  # behaviour
    (re.compile(r"(?<=[a-z]{2})ll(ing|ed)\b"), r"l\1"),  # modelling
    (re.compile(r"tre\b"), "ter"),  # data centre
)
_DIGITS = re.compile(r"\d[\w.]*")
_STOP = {"of", "and", "for", "in", "on", "to", "the", "with", "from", "by", "a", "an", "at"}
_ABBREVIATION = re.compile(r"^(?=.*[A-Z].*[A-Z])[A-Za-z0-9][A-Za-z0-9&+/-]{1,7}s?$")


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """The spelling key of a name: look-up key, American endings, no spaces.

    >>> fold("Flash-Attention") == fold("FlashAttention")
    True
    >>> fold("post-training quantisation") == fold("Post-Training Quantization")
    True
    """
    key = lookup_key(name)
    for pattern, replacement in _SPELLING:
        key = pattern.sub(replacement, key)
    return key.replace(" ", "")


def version(name: str) -> tuple[str, ...]:
    """The parts of a name that carry a digit, sorted: two names that differ here are two things.

    >>> version("Llama-2-7B"), version("LLaMA 2 7b") == version("Llama-2-7B")
    (('2', '7b'), True)
    """
    return tuple(sorted(_DIGITS.findall(lookup_key(name))))


def is_short(name: str) -> bool:
    """Whether a name has the form of an abbreviation, so that it may stand for more than one thing.

    >>> [is_short(n) for n in ("PIM", "SSMs", "ImageNet", "A100", "quantization")]
    [True, True, False, False, False]
    """
    letters = [c for c in name.rstrip("s") if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return bool(_ABBREVIATION.match(name)) and len(letters) > 1 and capitals >= 0.6 * len(letters)


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in order, from its first letter on (Schwartz and Hearst, 2003).

    Beyond that rule, every word of `long` but a preposition must give its initial.

    >>> abbreviates("PTQ", "post-training quantization"), abbreviates("PIM", "processing near memory")
    (True, False)
    """
    letters = [c for c in short.rstrip("s").lower() if c.isalnum()]
    text = long.lower()
    if len(text.split()) < 2 and "-" not in text:
        return False
    if not letters or not text.startswith(letters[0]):
        return False
    at = 0
    for letter in letters:
        at = text.find(letter, at)
        if at < 0:
            return False
        at += 1
    rest = iter(letters)
    return all(word[0] in rest for word in re.split(r"[\s-]+", text) if word and word not in _STOP)


def similarity(left: str, right: str) -> float:
    """How alike two names are, 0 to 1, after folding."""
    return ratio(fold(left), fold(right)) / 100
