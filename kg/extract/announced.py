"""Names that a paper announces as its own, whether or not any catalogue knows them.

In: a Doc of `paper.text` (title, blank line, abstract). Out: spans of names with a guess of their type and the cue that
announced them. Assumes English prose; LaTeX emphasis and quotes around a name are stepped over. Each line of the tables
carries an example.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from spacy.tokens import Doc


class Announced(NamedTuple):
    """A name that the text announces: half-open span, guessed type, and the cue in readable words."""

    start: int
    end: int
    type: str
    cue: str


#: The type that a head noun suggests: "FlashX, a novel accelerator" is Hardware. First match wins.
HEADS = (
    ("Hardware", r"accelerators?|chips?|processors?|micro-?controllers?|coprocessors?|co-processors?|NPUs?|FPGA overlays?"
                 r"|SoCs?|ASICs?|macros?|hardware architectures?|micro-?architectures?|in-memory architectures?|CIM|PIM"
                 r"|processing units?|processing elements?|memory subsystems?"),
    ("Dataset", r"datasets?|benchmarks?|corpus|corpora|bench|data ?sets?|leaderboards?|test ?suites?|databases?"),
    ("Metric", r"metrics?|scores?|index|measures?"),
    ("Method", r"frameworks?|systems?|methods?|algorithms?|approach(?:es)?|pipelines?|library|libraries|compilers?"
               r"|runtimes?|techniques?|strateg(?:y|ies)|schemes?|paradigms?|kernels?|optimi[sz]ers?|engines?|loss(?:es)?"
               r"|modules?|mechanisms?|simulators?|toolkits?|tools?|platforms?|schedulers?|protocols?|agents?|attention"
               r"|training recipes?|quanti[sz]ation|layers?|blocks?|solvers?|middleware|stack|infrastructure"),
    ("Model", r"(?:language |foundation |diffusion |world |vision |action |generative )*models?|networks?|transformers?"
              r"|autoencoders?|architectures?|[BCDGR]NNs?|CNNs?|U-?Nets?|detectors?|LLMs?|VLMs?|MLLMs?"),
)  # fmt: skip
_HEAD = re.compile("|".join(rf"(?P<{kind}>\b(?:{nouns})\b)" for kind, nouns in HEADS), re.IGNORECASE)

# A word that can only be a name: capitals or digits inside it (FlashX, LoRA, GPT-X, P2P), or capitals throughout.
_INNER = r"[A-Za-z0-9\u0370-\u03ff]*(?:[a-z0-9][A-Z]|[A-Z][A-Z0-9]|[A-Za-z][0-9]|[0-9][A-Z])[A-Za-z0-9\u0370-\u03ff]*"
_PLAIN = r"[A-Za-z0-9\u0370-\u03ff]+"
_TAIL = r"(?:[-\u2010-\u2013/.+*@$^]+[A-Za-z0-9\u0370-\u03ff]+)*\+*"
_NAMEISH = rf"(?:{_INNER}{_TAIL}|{_PLAIN}[-\u2010-\u2013]{_INNER}{_TAIL})"
_CAPITAL = rf"[A-Z\u0391-\u03a9][A-Za-z0-9\u0370-\u03ff']*{_TAIL}"
_JOIN = r"(?:of|for|and|with|in|on|to|via|the|by|&|as|from)"
_WRAP = r"(?:\\(?:textbf|textit|emph|texttt|textsc|underline|mathbf|text|ours|method|name)\s*\{\s*|[\"'`\u201c\u2018*_{$]|\\)*"
_WRAP_RE = re.compile(_WRAP)
_PHRASE = re.compile(
    rf"{_CAPITAL}(?:[ ]+(?:{_JOIN}[ ]+){{0,2}}(?:{_CAPITAL}|{_NAMEISH}))*|{_NAMEISH}(?:[ ]+{_CAPITAL})*"
)
_SINGLE = re.compile(rf"(?:{_NAMEISH}|{_CAPITAL})")
_NAMEISH_RE = re.compile(_NAMEISH)
_ACRONYM = re.compile(
    r"\s*[\"'\u201d*_}$]*\s*\(\s*"
    + _WRAP
    + r"([A-Za-z][A-Za-z0-9\-\u2013+*.$^/]{0,14}[A-Za-z0-9+*]|[A-Z])\s*[}\"'*_]*\s*(?:\)|[,;:])"
)

_SUBJECT = (
    r"(?:\bwe\b|\bthis (?:paper|work|article|study|report|thesis|letter|research|manuscript|survey)\b|\bthe (?:paper|authors?)\b"
    r"|\bthe present (?:paper|work)\b|\bour (?:paper|work)\b|\bhere\b|\bpaper\b|\band\b|\bI\b)"
)
_VERB = (
    r"(?:propos|present|introduc|develop|design|describ|buil[dt]|releas|contribut|construct|creat|implement|devis|unveil"
    r"|formulat|establish|explor|curat|collect|offer|provid|report|employ|leverag|incorporat|adopt|utili[sz]|us(?=e|ing)"
    r"|publish|synthesi[sz]|open-sourc)(?:e[sd]?|ed|ing|s|)"
)
_STRONG = (
    r"(?:propos|present|introduc|develop|design|describ|buil[dt]|releas|contribut|construct|creat|devis|unveil|curat"
    r"|open-sourc|implement|formulat)(?:es|ed|e|ing|s|)"
)
_ANNOUNCE = re.compile(rf"(?:{_SUBJECT}(?:[^.;:!?\n]{{0,60}}?\b))\s*({_STRONG})\b(?! by\b)", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(called|named|dubbed|termed|coined|namely|titled|denoted(?: as)?|denoted by|referred to as|(?:we|which we|that we|we also) "
    r"(?:call|name|term|dub|denote|refer to)(?: (?:it|this|them|the (?:resulting |proposed )?[a-z]+|our [a-z]+"
    r"|this (?:new |novel )?[a-z]+))?(?: as)?|abbreviated as|calling (?:it|this)|we call)\s+",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    rf"(?<![\w-])({_NAMEISH}|{_CAPITAL})[\"'\u201d*_}}$]*(?:\s*\([^()]{{2,60}}\))?\s*(?:,|\u2014|-{{2,3}}| - |:| is) "
    r"(?:an?|the first|our|the) ([^.;:()]{0,90})"
)
_OURS = re.compile(
    rf"\b(?:our (?:proposed |novel |new )?|the proposed |the (?:newly )?introduced )(?:(?:method|framework|system|model|approach|accelerator|algorithm|design|solution|benchmark|dataset)[ ,]+)?{_WRAP}({_NAMEISH})"
)
_PASSIVE = re.compile(
    rf"(?<![\w-])({_NAMEISH}|{_CAPITAL}(?: {_CAPITAL})*)[^.;:\w]{{1,4}}(?:[^.;:]{{0,40}} )?(?:is|are|was|has been|have been) "
    r"(?:then |also |further |herein |therefore )?(?:proposed|introduced|presented|developed|designed)\b"
)
_TITLE = re.compile(
    rf"\s*{_WRAP}(?P<name>[^:\u2014?]{{2,60}}?)[\"'\u201d*_}}$]*(?:\s*\([^()]*\))?\s*(?::|\u2014| - | -- |\u2013 )"
)
_SKIP = re.compile(
    r"\s*(?:(?:the|a|an|our|its|this|novel|new|first|efficient|simple|effective|improved|lightweight|two|three|four|several"
    r"|design|implementation|evaluation|architecture|development|concept|and|of|both|also|method|framework|system|model"
    r"|algorithm|named|called|respectively|based|so-called|end-to-end|open-source|unified|generic|general|scalable)\b[ ,]*)*",
    re.IGNORECASE,
)
_EXTRA = re.compile(r"\s*(?:,|\u2014|:|-{1,3})\s*" + _WRAP)
_CLAUSE_END = re.compile(r"[.;!?](?:\s|$)|\n|\b(?:that|which|by|where|whose|to|using|with|for)\b")
_NOT_NAMES = frozenset(
    [
        "we",
        "this",
        "the",
        "a",
        "an",
        "our",
        "in",
        "to",
        "on",
        "for",
        "its",
        "it",
        "these",
        "those",
        "they",
        "to",
        "first",
        "second",
        "third",
        "finally",
        "moreover",
        "furthermore",
        "additionally",
        "specifically",
        "extensive",
        "experiments",
        "results",
        "experimental",
        "code",
        "codes",
        "evaluation",
        "evaluations",
        "based",
        "using",
        "unlike",
        "compared",
        "however",
        "while",
        "when",
        "by",
        "with",
        "from",
        "at",
        "as",
        "and",
        "or",
        "but",
        "both",
        "all",
        "each",
        "such",
        "here",
        "there",
        "gpu",
        "gpus",
        "cpu",
        "cpus",
        "fpga",
        "fpgas",
        "llm",
        "llms",
        "ai",
        "ml",
        "dnn",
        "dnns",
        "cnn",
        "cnns",
        "rnn",
        "asic",
        "asics",
        "npu",
        "npus",
        "tpu",
        "tpus",
        "iot",
        "nlp",
        "soc",
        "socs",
        "hpc",
        "api",
        "apis",
        "pytorch",
        "cuda",
        "transformer",
        "transformers",
        "mllm",
        "mllms",
        "vlm",
        "vlms",
        "moe",
        "rl",
        "rag",
        "bert",
        "gpt",
        "lora",
        "kv",
        "i",
        "ii",
        "iii",
        "github",
        "https",
        "http",
        "nvidia",
        "amd",
        "intel",
        "ieee",
        "acm",
        "arxiv",
    ]
)


def _type(context: str, name: str = "") -> str:
    """The type that the first head noun of the context suggests; a name that ends in Bench is a Dataset."""
    if re.search(r"(?:Bench|Set|Corpus|QA)\d*$", name):
        return "Dataset"
    match = _HEAD.search(context)
    return match.lastgroup if match and match.lastgroup else "Method"


def _usable(name: str) -> bool:
    return len(name) > 1 and name.lower() not in _NOT_NAMES and not name.isdigit()


def long_form(text: str, end: int, acronym: str, floor: int) -> int | None:
    """Where the long form of an acronym begins that stands in brackets after `end`, or None.

    >>> text = "we add a look-up table pool (LTP)"
    >>> text[long_form(text, 28, "LTP", 0):28]
    'look-up table pool'
    """
    letters = [c.lower() for c in acronym if c.isalpha()]
    if len(letters) < 2:
        return None
    words = [m for m in re.finditer(r"[A-Za-z0-9]+", text[floor:end])][-len(letters) * 2 - 2 :]
    want, k, first = len(letters) - 1, len(words) - 1, None
    skipped = 0
    while k >= 0 and want >= 0:
        if words[k].group()[0].lower() == letters[want]:
            want -= 1
            first = floor + words[k].start()
        else:
            skipped += 1
            if skipped > len(letters):
                return None
        k -= 1
    return first if want < 0 else None


def _name_at(text: str, at: int, limit: int) -> tuple[int, int] | None:
    """The name that begins at `at`, past emphasis and quotes; None where no capital or digit marks one."""
    wrap = _WRAP_RE.match(text, at, limit)
    at = wrap.end() if wrap else at
    match = _PHRASE.match(text, at, limit)
    if match is None or not _usable(match.group()):
        return None
    return match.span()


def proposed_names(doc: Doc) -> tuple[Announced, ...]:
    """The names that the text announces as the paper's own: title before a colon, "we propose X", "called X", "X, a ...".

    Long form and acronym are two spans with the same cue. Sorted by place; no span twice.
    """
    text = doc.text
    title, _, _ = text.partition("\n\n")
    found: dict[tuple[int, int], Announced] = {}

    def add(span: tuple[int, int], context: str, cue: str) -> None:
        start, end = span
        while end > start and text[end - 1] in "-–./*$^":
            end -= 1
        name = text[start:end]
        if _usable(name):
            found.setdefault((start, end), Announced(start, end, _type(context, name), cue))

    def bracket(start: int, end: int, floor: int, context: str, cue: str) -> None:
        """Add the acronym that follows in brackets, and its long form."""
        match = _ACRONYM.match(text, end)
        if match and _usable(match.group(1)):
            first = long_form(text, end, match.group(1), floor)
            if first is not None:
                add((first, end), context, cue)
                add(match.span(1), context, cue)
            elif _NAMEISH_RE.fullmatch(match.group(1)):
                add(match.span(1), context, cue)

    # "FlashX: fast attention on GPUs"
    match = _TITLE.match(title)
    if match:
        start, end = match.span("name")
        name = text[start:end]
        if len(name.split()) <= 3 and (_NAMEISH_RE.search(name) or (" " not in name and text.count(name) > 1)):
            add((start, end), title[end:], "title before a colon")

    # "we propose FlashX", "we propose a fast kernel (FK)", "we propose a kernel, FlashX, that"
    for match in _ANNOUNCE.finditer(text, len(title)):
        start, verb = match.end(), match.group(1).lower()
        stop = re.compile(r"[.;!?](?:\s|$)|\n").search(text, start)
        limit = stop.start() if stop else len(text)
        limit = min(limit, start + 220)
        context = text[start:limit]
        cue = f"“{match.group(0).split()[0].lower()} … {verb}”"
        skip = _SKIP.match(text, start, limit)
        at = skip.end() if skip else start
        span = _name_at(text, at, limit)
        if span:
            add(span, context[span[1] - start :], cue)
            bracket(*span, start, context, cue)
            continue
        clause = _CLAUSE_END.search(text, at, limit)
        edge = clause.start() if clause else limit
        for inner in re.finditer(r"\(", text[at:edge]):
            bracket(at, len(text[: at + inner.start()].rstrip()), start, context, cue)
        for comma in re.finditer(r",|:|—", text[at:edge]):
            span = _name_at(text, at + comma.end() + 1, limit)
            if span and re.match(r"[\"'”*_}$]*\s*(?:,|\(|\.|;|that|which|to|$|—)", text[span[1] :]):
                add(span, context, cue)
                break

    # "a kernel called FlashX"
    for match in _CALLED.finditer(text):
        skip = re.compile(r"(?:the |a |an |as )?").match(text, match.end())
        span = _name_at(text, skip.end() if skip else match.end(), min(len(text), match.end() + 120))
        if span:
            cue = f"“{match.group(1).lower()}”"
            add(span, text[max(0, match.start() - 80) : match.start()], cue)
            bracket(*span, match.end(), text[max(0, match.start() - 80) : match.start()], cue)

    # "FlashX, a novel kernel that"
    for match in _APPOSITION.finditer(text, len(title)):
        if _NAMEISH_RE.fullmatch(match.group(1)) and re.search(r"\b(?:novel|new|first|our|propos)", match.group(0)):
            add(match.span(1), match.group(2), "name, a novel …")

    # "our FlashX", "the proposed FlashX"
    for match in _OURS.finditer(text):
        add(match.span(1), text[match.end() : match.end() + 40], "“our …”")

    # "FlashX is proposed"
    for match in _PASSIVE.finditer(text, len(title)):
        if _NAMEISH_RE.fullmatch(match.group(1)):
            add(match.span(1), text[match.start(1) : match.end()], "“… is proposed”")
    return tuple(found[k] for k in sorted(found))
