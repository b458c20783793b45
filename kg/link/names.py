"""Names compared: the features that a merge is decided on. Strings in, values out; nothing here knows a paper.

`fold` is the key under which two spellings of one name meet (FlashAttention, flash attention, Flash-Attention);
`version` holds the parts that keep Llama-2 apart from Llama-3; `narrows`, `inflects` and the abbreviation tests say how
two names that one paper uses for one thing are related.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance.OSA import distance
from rapidfuzz.fuzz import ratio

from kg.link.abbreviations import cased, listed
from kg.text import lookup_key

# British to American endings; the right-hand side is only a key, never shown.
_SPELLING = (
    ("is", re.compile(r"is(ation|ing|ed|er|e)\b"), r"iz\1"),  # quantisation, optimised
    ("our", re.compile(r"(?<=[a-z]{3})our\b"), "or"),  # behaviour
    ("ll", re.compile(r"(?<=[a-z]{2})ll(ing|ed)\b"), r"l\1"),  # modelling
    ("tre", re.compile(r"tre\b"), "ter"),  # data centre
)
_DIGITS = re.compile(r"\d[\w.]*")
# Endings that a word may have or lack and still be the word: convolution(al), generat(ive|ion), model('s). But
# not -er and -or: a quantizer is no quantization.
_ENDING = re.compile("(?:ational|ation|ional|ion|ally|al|ments?|ive|able|ity|ing|ed|ic|ly|es|s|e)$")
_MODELS = {"model", "modeling"}  # a thing and a task: a language model is no language modeling
STOP = {"of", "and", "for", "in", "on", "to", "the", "with", "from", "by", "a", "an", "at"}
_BETWEEN, _GENITIVE = re.compile(r"[\s_-]+"), re.compile("['’]s\\b")
_ABBREVIATION = re.compile(r"^(?=.*[A-Z].*[A-Z])[A-Za-z0-9][A-Za-z0-9&+/-]{1,7}s?$")


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """The spelling key of a name: look-up key, American endings, no spaces.

    Case counts only where it tells two listed abbreviations apart: LoRa, the radio, is no LoRA.

    >>> fold("Flash-Attention") == fold("FlashAttention")
    True
    >>> fold("post-training quantisation") == fold("Post-Training Quantization")
    True
    >>> fold("LORA") == fold("LoRAs"), fold("LoRA") == fold("LoRa")
    (True, False)
    """
    if (short := singular(name)) in cased():
        return short
    key = lookup_key(name)
    if name.endswith("S") and name.isupper() and not key.endswith("s") and listed(name):
        key += "s"  # UMLS, which stands for something, is not several UML
    for letters, pattern, replacement in _SPELLING:
        if letters in key:  # in few names, and far sooner found out
            key = pattern.sub(replacement, key)
    return key.replace(" ", "")


@lru_cache(maxsize=100_000)
def singular(short: str) -> str:
    """An abbreviation without the s of its plural.

    >>> singular("SSMs"), singular("GPUS"), singular("loss")
    ('SSM', 'GPUS', 'loss')
    """
    plural = len(short) > 2 and short[-1] == "s" and (short[-2].isupper() or short[-2].isdigit())
    return short[:-1] if plural else short


def version(name: str) -> tuple[str, ...]:
    """The parts of a name that carry a digit, sorted: two names that differ here are two things.

    >>> version("Llama-2-7B"), version("LLaMA 2 7b") == version("Llama-2-7B")
    (('2', '7b'), True)
    """
    return tuple(sorted(_DIGITS.findall(lookup_key(name))))


@lru_cache(maxsize=100_000)
def is_short(name: str) -> bool:
    """Whether a name has the form of an abbreviation, so that it may stand for more than one thing.

    >>> [is_short(n) for n in ("PIM", "SSMs", "ImageNet", "A100", "quantization")]
    [True, True, False, False, False]
    """
    if not _ABBREVIATION.match(name):
        return False  # most names
    letters = [c for c in name.rstrip("s") if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return (len(letters) > 1 and capitals >= 0.6 * len(letters)) or singular(name) in cased()


@lru_cache(maxsize=100_000)
def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in order, from its first letter on (Schwartz and Hearst, 2003).

    Beyond that rule, every word of `long` but a preposition must give its initial.

    >>> abbreviates("PTQ", "post-training quantization"), abbreviates("PIM", "processing near memory")
    (True, False)
    >>> abbreviates("DP-SGD", "differentially private SGD"), abbreviates("ARC-AGI", "artificial general intelligence")
    (True, False)
    >>> abbreviates("CCTV", "closed-circuit television"), abbreviates("CCTV", "circuit television")
    (True, False)
    """
    parts = [part for part in re.split("[-/]", singular(short)) if part]
    if len(parts) > 1:
        return _abbreviate(parts, long)
    letters = [c for c in short.rstrip("s").lower() if c.isalnum()]
    text = long.lower()
    if len(text.split()) < 2 and "-" not in text:
        return False
    if not letters or not text.startswith(letters[0]):
        return False
    if letters[:1] == letters[1:2] and short[:2].isupper() and not text.startswith(f"multi{letters[0]}"):
        twice = sum(word.startswith(letters[0]) for word in re.split(r"[\s-]+", text))
        if twice < 2:
            return False  # "circuit television" lacks the first word of CCTV
    at = 0
    for letter in letters:
        at = text.find(letter, at)
        if at < 0:
            return False
        at += 1
    rest = iter(letters)
    return all(word[0] in rest for word in re.split(r"[\s-]+", text) if word and word not in STOP)


def _abbreviate(parts: list[str], long: str) -> bool:
    """Whether each part of an abbreviation stands for words of the long form, in order."""
    if len(parts) == 1:
        if fold(parts[0]) == fold(long) or abbreviates(parts[0], long):
            return True
        # One word for several capitals ("consistency", CSC) only where papers spell it so, as autoencoder for AE.
        capitals = len(parts[0]) > 1 and parts[0].isupper() and not any(c.isupper() for c in long[1:])
        said = not capitals or any(fold(form.name) == fold(long) for form in listed(parts[0]))
        return said and may_abbreviate(parts[0], long)
    names = [word for word in re.split(r"[\s-]+", long) if word]
    return any(
        _abbreviate(parts[:1], " ".join(names[:i])) and _abbreviate(parts[1:], " ".join(names[i:]))
        for i in range(1, len(names))
    )


def may_abbreviate(short: str, long: str) -> bool:
    """Whether `short` could also stand for `long`, a single word: a rival long form.

    >>> may_abbreviate("AE", "autoencoders"), may_abbreviate("GAN", "GAN inversion")
    (True, False)
    """
    letters = iter(fold(long))
    wanted = [c for c in short.rstrip("s").lower() if c.isalnum()]
    if is_short(long) or len(words(long)) != 1 or fold(long)[:1] != wanted[0]:
        return False
    return all(letter in letters for letter in wanted)


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, each by its look-up key.

    >>> words("Latent-Diffusion Models")
    ('latent', 'diffusion', 'model')
    """
    parts = (lookup_key(part) for part in _BETWEEN.split(_GENITIVE.sub("", name)))
    return tuple(part for part in parts if part)


def narrows(left: str, right: str) -> bool:
    """Whether one name is the other with more words around it, and so most often names a narrower thing.

    >>> narrows("diffusion models", "latent diffusion model"), narrows("GCN", "graph convolutional network")
    (True, False)
    """
    short, long = sorted((words(left), words(right)), key=len)
    return len(short) < len(long) and any(long[i : i + len(short)] == short for i in range(len(long)))


def inflects(left: str, right: str) -> bool:
    """Whether two names differ only in the endings of their words, or in a slip of the pen within a long one.

    >>> inflects("graph convolution networks", "Graph Convolutional Network"), inflects("encoder", "decoder")
    (True, False)
    >>> inflects("Multiscale network", "Mutliscale network"), inflects("training", "pretraining")
    (True, False)
    """
    if is_short(left) or is_short(right):
        return False  # PrIM, PRIME
    ours, theirs = words(left), words(right)
    return len(ours) == len(theirs) and all(_same_word(a, b) for a, b in zip(ours, theirs, strict=True))


# Beginnings of words that make two words no more alike: "interpolation", "interpretation".
_PREFIXES = ("inter", "trans", "super", "under", "multi", "micro", "hyper", "pseud", "contr", "recon", "recog")


@lru_cache(maxsize=100_000)
def related(left: str, right: str) -> bool:
    """Whether two long forms are one sense: the same words but for their endings, or these with others between.

    Looser than `inflects`, for it is asked only of long forms of one abbreviation.

    >>> related("low-rank adapters", "Low-Rank Adaptation"), related("rectified flow", "random forest")
    (True, False)
    >>> related("RL with human feedback", "RL from human feedback"), related("state space", "structured state space")
    (True, True)
    """
    if fold(left) == fold(right):
        return True
    short, long = sorted(([w for w in words(name) if w not in STOP] for name in (left, right)), key=len)
    rest = iter(long)
    return bool(short) and all(any(_like_word(a, b) for b in rest) for a in short)


def _like_word(a: str, b: str) -> bool:
    if _same_word(a, b):
        return True
    return {a, b} != _MODELS and min(len(a), len(b)) > 4 and a[:5] == b[:5] and not a.startswith(_PREFIXES)


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    if {a, b} == _MODELS or min(len(a), len(b)) < 4 or not (a.isalpha() and b.isalpha()):
        return False
    stems = [_ENDING.sub("", word) for word in (a, b)]
    slip = len(a) != len(b) or sorted(a) == sorted(b)  # a letter too few, or two swapped
    verbs = len(stems[0]) == 3 and any(word.endswith(("ing", "ed")) for word in (a, b))  # tune, tuning
    return (stems[0] == stems[1] and (len(stems[0]) >= 4 or verbs)) or (
        slip and min(len(a), len(b)) >= 9 and a[:2] == b[:2] and a[-2:] == b[-2:] and distance(a, b) == 1
    )


def abbreviates_within(left: str, right: str) -> bool:
    """Whether the names are one but for some words that one of them abbreviates.

    >>> abbreviates_within("Video LLMs", "video large language models"), abbreviates_within("Video LLM", "video model")
    (True, False)
    """
    short, long = sorted((re.split(r"\s+", left), re.split(r"\s+", right)), key=len)
    first = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if fold(a) != fold(b)), len(short))
    rest = len(short) - first - 1
    if first == len(short) or (first == 0 and rest == 0):
        return False
    same_end = rest == 0 or [*map(fold, short[-rest:])] == [*map(fold, long[-rest:])]
    inside = " ".join(long[first : len(long) - rest])
    return same_end and is_short(short[first]) and abbreviates(short[first], inside)


def similarity(left: str, right: str) -> float:
    """How alike two names are, 0 to 1, after folding."""
    return ratio(fold(left), fold(right)) / 100
