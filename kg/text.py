"""Strings in, strings out: clean input, undo LaTeX leftovers, and the normal forms of names.

Nothing here moves the offsets of a paper: `clean` runs once, when a paper is read, and all spans point into its result.
`lookup_key` and `slug` are for names only. Both are idempotent, and `lookup_key` is the one form under which catalogue
and linker look names up.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata

# What no reader of a paper sees and what XML, terminals or matching stumble over: control characters, lone surrogates,
# non-characters, zero-width spaces, and the bidirectional overrides that make text read other than it is.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_SPACES = re.compile(r"\s+")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]")

_GREEK = dict(zip(
    ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
     "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"],
    "αβγδεζηθικλμνξπρστυφχψω", strict=True,
))  # fmt: skip
_SIGNS = {
    "times": "×",
    "pm": "±",
    "sim": "~",
    "approx": "≈",
    "leq": "≤",
    "geq": "≥",
    "le": "≤",
    "ge": "≥",
    "infty": "∞",
}
_COMMANDS = _GREEK | _SIGNS | {"ldots": "…", "dots": "…", "cdot": "·", "rightarrow": "→", "to": "→", "circ": "°"}
_COMMAND = re.compile(r"\\(" + "|".join(sorted(_COMMANDS, key=len, reverse=True)) + r")(?![A-Za-z])\s*")
_STYLE = re.compile(r"\\(?:text|math|emph|operatorname|underline|mbox)[a-z]*\s*\{([^{}]*)\}")  # \textbf{X}, \mathrm{X}
_SWITCH = re.compile(r"\{?\\(?:em|it|bf|sc|tt|rm|sf)(?![A-Za-z])\s*")  # {\em X}
_ESCAPE = re.compile(r"\\([%&_$#{}])")  # 20\% is 20%
_ACCENT = re.compile(r"\\(['`^\"~])\s*\{?([A-Za-z])\}?")  # \'e is é
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303"}


def clean(text: str) -> str:
    r"""The text without characters that cannot be seen or written; ends stripped, nothing else changed.

    >>> clean("Fast\x00 GPUs\ud800 ")
    'Fast GPUs'
    """
    if text.isprintable():  # most texts, and a hundred times faster to find out
        return text.strip()
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")).strip()


def one_line(text: str) -> str:
    """The text with each run of white space as one space; undoes the line breaks of wrapped files."""
    return _SPACES.sub(" ", text).strip()


def dashes(text: str) -> str:
    """Every kind of dash and the minus sign as `-`; the length stays the same."""
    return _DASHES.sub("-", text)


def unlatex(text: str) -> str:
    r"""The text without the LaTeX that abstracts carry along.

    >>> unlatex(r"$\pi_0$ is 20\% faster, \textbf{3.1$\times$} on Poincar\'e disks")
    'π0 is 20% faster, 3.1× on Poincaré disks'
    """
    if not any(sign in text for sign in "\\$"):
        return text
    text = _ACCENT.sub(lambda m: unicodedata.normalize("NFC", m[2] + _ACCENTS[m[1]]), text)
    while (inner := _STYLE.sub(r"\1", text)) != text:
        text = inner
    text = _COMMAND.sub(lambda m: _COMMANDS[m[1]], _SWITCH.sub("", text))
    text = re.sub(r"(?<!\\)\$([^$]*)\$", lambda m: re.sub(r"[_^](?=[\w{])", "", m[1]), text)  # $x_0$ is x0
    return _ESCAPE.sub(r"\1", re.sub(r"(?<!\\)[{}]", "", text))


def normal(text: str) -> str:
    """Compatibility form of Unicode (`ﬁ` is `fi`, `₂` is `2`), plain dashes, no trade marks, single spaces."""
    return one_line(dashes(unicodedata.normalize("NFKC", re.sub("[®™©]", "", text))))


def singular(name: str) -> str:
    """The name without the plural ending of its last word; names of up to three letters stay as they are.

    Made for look-up, not for reading: it strips `s` wherever English might have put it, also from `Kubernetes`.

    >>> [singular(name) for name in ("GPUs", "A100s", "L40S", "libraries", "batches", "loss", "iOS", "VMs")]
    ['GPU', 'A100', 'L40S', 'library', 'batch', 'loss', 'iOS', 'VM']
    """
    if re.search(r"[A-Z]{2}s$|[0-9]s$", name):  # VMs, A100s; but the S of an L40S is part of its number
        return name[:-1]
    if len(name) <= 3 or not name[-2].isalpha() or name[-1] not in "sS" or name[-2] in "sS":
        return name
    if name[-1] == "S" and name[-2].islower():  # nor is the S of ImageNetS a plural
        return name
    stem = re.sub("(?i)(?<=[^aeiou])ie$", "y", name[:-1])
    return re.sub("(?i)(?<=ch|sh|ss|zz)e$|(?<=x)e$", "", stem)


def counted(number: int, things: str) -> str:
    """A number and what it counts, a plural that ends in s or begins with a word that does; 1 takes the singular.

    >>> counted(1, "pieces of hardware"), counted(2400, "papers")
    ('1 piece of hardware', '2,400 papers')
    """
    return f"{number:,} {things if number != 1 else re.sub(r's(?= |$)', '', things, count=1)}"


@functools.lru_cache(maxsize=1 << 16)  # a corpus repeats its names, and every stage asks for them
def lookup_key(name: str) -> str:
    r"""The form under which names are looked up: equal for spellings of one name, and its own key.

    Case, dashes, underscores, spaces, accents, punctuation, LaTeX and plural endings do not count; the space between
    two numbers does ("Llama 2 7B" is not "Llama 27B"), and so do `+ # @ & % / .` inside a name (C++, pass@1, 3.1) and
    the capital S of a product number or of its own (an L40S is not several L40, nor is ViT-S several ViT).

    >>> [lookup_key(name) for name in ("Flash-Attention", "FlashAttention", "flash_attention", r"NVIDIA A\-100 GPUs")]
    ['flashattention', 'flashattention', 'flashattention', 'nvidiaa100gpu']
    >>> [lookup_key(name) for name in ("LLMs", "Llama-2-7B", "L40S", "cache", "caches", "C++", "GPT-4")]
    ['llm', 'llama2 7b', 'l40S', 'cach', 'cach', 'c++', 'gpt4']
    >>> lookup_key("ViT-S"), lookup_key("ViTs")
    ('vitS', 'vit')
    """
    key = _fold(name)
    if key.isalnum() and key.isascii() and key[-1] not in "esS":
        return key  # most keys are plainly their own
    while (again := _fold(key)) != key:  # few names need it; it makes the key its own key
        key = again
    return key


_EASY = re.compile("[A-Za-z0-9 -]+")


def _fold(name: str) -> str:
    if name.endswith((" S", "-S")) and name[:-2].strip(" -"):
        return _fold(name[:-2]) + "S"
    if _EASY.fullmatch(name):  # most names: nothing to clean
        name = " ".join(name.replace("-", " ").split())
        name = re.sub(r"(?<![0-9]) | (?![0-9])", "", name) if " " in name else name
        return _stem(name.casefold()) if not name.endswith(("s", "S")) else _ended(name)
    name = normal(unlatex(clean(name).replace("\\-", "")))
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    name = re.sub(r"(?<![0-9])\.|\.(?![0-9])", " ", re.sub("['’]", "", name))  # the dot of 3.1, not of "Inc."
    name = re.sub(r"[^\w+#@&%/.]+|_+", " ", name).strip()
    return _ended(re.sub(r"(?<![0-9]) | (?![0-9])", "", name))


def _ended(name: str) -> str:
    name = singular(name)
    if not name.endswith("S") or not (name[-2:-1].isdigit() or name[-2:-1].islower()):
        return _stem(name.casefold())
    return name[:-1].casefold() + "S"


def _stem(key: str) -> str:
    """`caches` lost its `es` as `batches` did, so `cache` loses its `e`; `movies` became `movy`, so `movie` does."""
    if not key.endswith("e"):
        return key
    return re.sub("(?<=ch|sh|ss|zz)e$|(?<=x)e$", "", re.sub("(?<=[^aeiou0-9 ])ie$", "y", key))


def slug(name: str) -> str:
    r"""The name as the last part of a key and of an IRI: lower case, `-` between words; never empty.

    Letters of every script stay, as IRIs allow. A name without letters or digits becomes a short hash of itself.

    >>> [slug(name) for name in ("NVIDIA A100", "Llama 3.1 8B", "C++", r"$\pi_0$", "I/O")]
    ['nvidia-a100', 'llama-3.1-8b', 'c-plus-plus', 'π0', 'i-o']
    """
    if _EASY.fullmatch(name):  # most names: nothing to clean
        return "-".join(name.casefold().replace("-", " ").split()) or "x-" + short_hash(name)
    text = unicodedata.normalize("NFKC", normal(unlatex(clean(name))).casefold())
    text = text.replace("+", "-plus-").replace("#", "-sharp-").replace("'", "").replace("’", "")
    text = re.sub(r"(?<![0-9])\.|\.(?![0-9])", "-", text)
    text = re.sub(r"(?:[^\w.]|_)+", "-", text).strip("-")
    return text or "x-" + short_hash(name)


def short_hash(text: str, length: int = 12) -> str:
    """The first hexadecimal digits of the text's SHA-256: the same on every machine and in every process."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
