"""The cues of sentences that several rule families share: stems, sections of an abstract, comparison, negation.

In: strings and spans. Out: names of cues, readable as they stand. Assumes English; each table line has an example.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from kg.extract.tables import words
from kg.extract.tokens import text_of

WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+")

#: What kind of sentence it is, by words that open or mark it.
SECTIONS = (
    ("background", (  # "However, existing systems struggle to ..."
        r"\bhowever\b|\bexisting\b|\btraditional|\bconventional|\bchallenge|\bremains?\b|\brecent(?:ly)?\b|\bincreasingly\b"
        r"|\bprior (?:work|approach)|\bcurrent (?:approach|method|system)|\bwidely\b|\bhave become\b|\bhas become\b"
        r"|\bdespite\b|\bsuffers?\b|\bstruggl|\bbottleneck|\blimited by\b|\bemerg(?:ed|ing)\b|\boften\b|\btypically\b"
    )),
    ("proposal", (  # "In this paper, we present ..."
        r"\bwe (?:\w+ly |also |further |then |first )?(?:propose|present|introduce|develop|design|describe|build"
        r"|implement)\b"
        r"|\bthis (?:paper|work|study|article)\b|\bour (?:\w+ )?(?:framework|system|method|approach|design|accelerator"
        r"|implementation|architecture|solution|algorithm)\b|\b(?:is|are) proposed\b|\bpresents?\b|\bintroduces?\b"
    )),
    ("result", (  # "Experiments show that ... achieves"
        r"\bexperiment|\bevaluat|\bresults?\b|\bachiev|\boutperform|\bdemonstrat|\bshows?\b|\bspeed-?ups?\b|\bimproves?\b"
        r"|\breduces?\b|\bmeasured?\b|\bfaster\b|\b\d+(?:\.\d+)?(?:x|×|\\times|%|\\%)|\bcompared (?:to|with)\b"
    )),
)  # fmt: skip
#: A sentence without any of these cannot match its pattern: a search per word is many times faster than the pattern.
_SIGNS = {
    "background": words("""
        however existing tradition conventional challenge remain recent increasingly prior current widely become despite
        suffer struggl bottleneck limited emerg often typically
    """),
    "proposal": words("we this our proposed present introduce"),
    "result": words("""
        experiment evaluat result achiev outperform demonstrat show speed improve reduce measure faster compared % ×
        times x
    """),
}
_SECTIONS = tuple((name, re.compile(pattern, re.IGNORECASE), _SIGNS[name]) for name, pattern in SECTIONS)

_ENDINGS = re.compile(
    r"(?:izations?|isations?|ations?|ition|ments?|ingly|edly|ings?|ions?|ies|ied|ers?|ed|es|ly|s|e|y)$"
)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word's rough stem, the same for its forms.

    >>> {stem(w) for w in ("accelerates", "accelerated", "Accelerating", "acceleration")}
    {'accelerat'}
    """
    low = word.lower()
    if len(low) <= 4:
        return low[:-1] if len(low) == 4 and low.endswith("s") and not low.endswith("ss") else low
    cut = _ENDINGS.sub("", low)
    if len(cut) >= 4 and low.endswith("ation"):
        cut += "at"
    return cut if len(cut) >= 3 else low


@lru_cache(maxsize=256)
def sections(sentence: str) -> tuple[str, ...]:
    """Which kinds of sentence it may be, by its words: background, proposal, result.

    >>> sections("However, existing kernels struggle.")
    ('background',)
    """
    low = sentence.lower()
    return tuple(
        name for name, pattern, signs in _SECTIONS if any(sign in low for sign in signs) and pattern.search(sentence)
    )


@lru_cache(maxsize=256)
def stems(sentence: str) -> tuple[str, ...]:
    """The stems of a sentence's words, sorted, each once; kept, for several rule families ask in turn.

    >>> stems("Kernels run; a kernel runs 3 rows")
    ('a', 'kernel', 'row', 'run')
    """
    return tuple(sorted({stem(w) for w in WORD.findall(sentence) if not w.isdigit()}))


def sentence_spans(doc: Doc) -> list[tuple[int, int]]:
    """The character spans of a Doc's sentences; the title is the first."""
    starts = doc.user_data.get("kg_sentences")
    if starts is None:
        return [(s.start_char, s.end_char) for s in doc.sents]
    text = text_of(doc)
    ends = [*starts[1:], len(text)]
    return [(a, a + len(text[a:b].rstrip())) for a, b in zip(starts, ends, strict=True)]
