"""Words and patterns that announce a paper's own names: verbs, subjects, head nouns, the forms of names.

Tables only, each line with an example; `kg.extract.announced` reads a text with them.
"""

from __future__ import annotations

import re

#: The type that a head noun suggests: "FlashX, a novel accelerator" is Hardware. First match in the text wins.
HEADS = {
    "Hardware": (
        "accelerators? chips? processors? micro-?controllers? co-?processors? NPUs? overlays? SoCs? ASICs? macros? "
        "CIM PIM "
        "micro-?architectures? hardware (?:processing|compute|memory)[ -](?:units?|elements?|subsystems?"
        "|architectures?)"
    ),
    "Dataset": "datasets? benchmarks? corpus corpora bench data[ ]?sets? leaderboards? test[ ]?suites? databases?",
    "Metric": "metrics? scores? index measures?",
    "Method": (
        "frameworks? systems? methods? algorithms? approach(?:es)? pipelines? library libraries compilers? "
        "runtimes? techniques? "
        "strateg(?:y|ies) schemes? paradigms? kernels? optimi[sz]ers? engines? loss(?:es)? modules? mechanisms? "
        "simulators? "
        "toolkits? tools? platforms? schedulers? protocols? agents? attention recipes? quanti[sz]ation layers? "
        "blocks? solvers? "
        "middleware stack infrastructure"
    ),
    "Model": "models? networks? transformers? autoencoders? architectures? [BCDGRS]NNs? U-?Nets? detectors? LLMs? "
    "VLMs? MLLMs?",
}
HEAD = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{'|'.join(nouns.split(' '))})\b)" for kind, nouns in HEADS.items()), re.IGNORECASE
)
DATASET_NAME = re.compile(r"(?:Bench|Set|Corpus|QA)\d*$")

_STEMS = {  # "we propose FlashX"; "this paper presents FlashX"
    "propose": "d s", "introduce": "d s", "describe": "d s", "release": "d s", "devise": "d s", "formulate": "d s",
    "contribute": "d s", "create": "d s", "curate": "d s", "present": "ed s", "develop": "ed s", "design": "ed s",
    "construct": "ed s", "unveil": "ed s", "implement": "ed s", "build": "s", "open-source": "d",
}  # fmt: skip
#: Each form of a verb that announces, with its plain form.
VERBS = {
    form: verb
    for verb, endings in _STEMS.items()
    for form in (verb, *(verb + e for e in endings.split()), (verb.removesuffix("e")) + "ing")
} | {"built": "build"}
#: Words that must stand before such a verb in its sentence, with how the cue names them.
SUBJECTS = {
    "we": "we", "i": "we", "paper": "this paper", "work": "this paper", "article": "this paper", "study": "this paper",
    "report": "this paper", "thesis": "this paper", "letter": "this paper", "research": "this paper",
    "manuscript": "this paper", "authors": "this paper", "here": "we", "and": "and",
}  # fmt: skip
#: Words right before a name: "a kernel called FlashX". The second is what must follow, if anything.
CALLED = {
    "called", "named", "dubbed", "termed", "coined", "namely", "titled", "denoted", "call", "name", "term", "dub",
    "calling",
}  # fmt: skip
#: What may stand between "we call" and the name: "we call this method FlashX".
CALLED_SKIP = re.compile(
    r"\s+(?:(?:it|this|them|our|the|as|by|resulting|proposed|new|novel|approach|method|system|framework|model|technique)\s+){0,4}",
    re.IGNORECASE,
)

# A word that can only be a name: capitals or digits inside it (FlashX, LoRA, GPT-X, P2P), or capitals throughout.
_LETTER = r"A-Za-z0-9\u0370-\u03ff"
_INNER = rf"[{_LETTER}]*(?:[a-z0-9][A-Z]|[A-Z][A-Z0-9]|[A-Za-z][0-9]|[0-9][A-Z])[{_LETTER}]*"
_TAIL = rf"(?:[-\u2010-\u2013/.+*@$^]+[{_LETTER}]+)*\+*"
NAMEISH_TEXT = rf"(?:{_INNER}{_TAIL}|[{_LETTER}]+[-\u2010-\u2013]{_INNER}{_TAIL})"
_CAPITAL = rf"[A-Z\u0391-\u03a9][{_LETTER}']*{_TAIL}"
_JOIN = r"(?:of|for|and|with|in|on|to|via|the|by|&|as|from)"
NAMEISH = re.compile(NAMEISH_TEXT)
PHRASE = re.compile(
    rf"{_CAPITAL}(?:[ ]+(?:{_JOIN}[ ]+){{0,2}}(?:{_CAPITAL}|{NAMEISH_TEXT}))*|{NAMEISH_TEXT}(?:[ ]+{_CAPITAL})*"
)
#: Emphasis and quotes before a name.
WRAP_TEXT = (
    r"(?:\\(?:textbf|textit|emph|texttt|textsc|underline|mathbf|text|ours|method|name)\s*\{\s*"
    r"|[\"'`\u201c\u2018*_{$]|\\)*"
)
WRAP = re.compile(WRAP_TEXT)
#: An acronym in brackets after a long form: "look-up table pool (LTP)".
ACRONYM = re.compile(
    r"\s*[\"'\u201d*_}$]*\s*\(\s*"
    + WRAP_TEXT
    + r"([A-Za-z](?:[A-Za-z0-9\-\u2013+*.$^/]{0,14}[A-Za-z0-9+*])?)\s*[}\"'*_]*\s*[),;:]"
)
#: "FlashX: fast attention on GPUs"; "FlashX - fast attention"
TITLE = re.compile(
    rf"\s*{WRAP_TEXT}(?P<name>[^:\u2014?]{{2,60}}?)[\"'\u201d*_}}$]*(?:\s*\([^()]*\))?\s*(?::|\u2014| - | -- |\u2013 )"
)
#: Determiners, praise and head nouns between the verb and the name: "we propose a novel framework, FlashX".
SKIP = re.compile(
    r"\s*(?:(?:the|an?|our|its|this|novel|new|first|efficient|simple|effective|improved|lightweight|two|three|four|several"
    r"|design|implementation|evaluation|architecture|development|concept|and|of|both|also|method|framework|system|model"
    r"|algorithm|named|called|respectively|based|so-called|end-to-end|open-source|unified|generic|general"
    r"|scalable)\b[ ,]*)*",
    re.IGNORECASE,
)
#: The end of a clause, beyond which no name is announced.
CLAUSE_END = re.compile(r"[.;!?](?:\s|$)|\n|\b(?:that|which|by|where|whose|to|using|with|for)\b")
STOP = re.compile(r"[.;!?](?:\s|$)|\n")
#: What a name may be followed by when it stands apart: "a kernel, FlashX, that".
APART = re.compile(r"[\"'\u201d*_}$]*\s*(?:,|\(|\.|;|that|which|to|$|\u2014)")
#: What makes "FlashX, a ..." an announcement.
NOVEL = re.compile(r"\b(?:novel|new|first|our|propos\w*)\b")
#: Names that look like names and announce nothing.
NOT_NAMES = frozenset(
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
#: Adjectives that only look like names: "a GPU-based kernel", "our FPGA-specific design".
NOT_ENDINGS = (
    "-based",
    "-specific",
    "-aware",
    "-like",
    "-driven",
    "-mediated",
    "-centric",
    "-enabled",
    "-oriented",
    "-level",
)
