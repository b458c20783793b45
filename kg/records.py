"""The records that the stages hand to one another, frozen and typed.

Spans are half-open character offsets (Unicode code points) into the unchanged text `title + "\\n\\n" + abstract`:
`paper.text[m.start:m.end] == m.text`, always. `to_json` and `from_json` round-trip every record; `guideline` gives the
form that the annotation guideline describes and the scorer reads.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec


class Paper(msgspec.Struct, frozen=True, omit_defaults=True):
    """A title and an abstract. `sources` says where it was read, as `file:line`."""

    id: str
    title: str
    abstract: str
    year: int | None = None
    date: str | None = None  # ISO 8601, as precise as the source
    url: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that all spans point into."""
        return f"{self.title}\n\n{self.abstract}"


class Rejected(msgspec.Struct, frozen=True):
    """An item of input that was set aside: where it stands, what is wrong, what to do next."""

    file: str
    line: int | None
    reason: str
    hint: str
    excerpt: str = ""


class Mention(msgspec.Struct, frozen=True):
    """A span of a paper's text that names an entity. `rule` is the rule or network that said so."""

    start: int
    end: int
    text: str
    type: str
    rule: str
    confidence: float
    sentence: tuple[int, int]


class Evidence(msgspec.Struct, frozen=True):
    """The words that a statement was read from. `text[start:end] == quote`; `cues` name what decided."""

    start: int
    end: int
    quote: str
    extractor: str
    score: float
    cues: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """One entity of one paper: every name that the text uses for it, and where.

    A product's name holds another, with its class or without ("A100 GPUs", "A100"), which has no mention of its own.

    `id` is the catalogue's id (`hardware/nvidia-a100`) where the catalogue knows it, else None.
    """

    type: str
    canonical: str
    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    id: str | None = None


class Proposal(msgspec.Struct, frozen=True):
    """An entity that this paper itself introduces; `entity` is a canonical name of the record."""

    entity: str
    type: str
    evidence: Evidence


class HardwareRole(msgspec.Struct, frozen=True):
    """The strongest role that the text supports for a Hardware entity; `hardware` is its canonical name."""

    hardware: str
    role: str
    evidence: Evidence


class Result(msgspec.Struct, frozen=True):
    """A quantity that the text reports for a metric.

    `value` and `metric` as written; `low` and `high` are the same number where the value is single, None for an open
    end ("over 3x" has no high); `unit` is a QUDT code (`PERCENT`, `MilliSEC`, `GigaBYTE`), or "x" for a ratio;
    `better` says whether more or less of the metric is better; `change` is "gain" or "loss" where the text says so.
    `hardware`, `dataset` and `baseline` are canonical names of the record.
    """

    value: str
    metric: str
    evidence: Evidence
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    better: str | None = None  # "higher" or "lower"
    change: str | None = None  # "gain" or "loss"
    hardware: str | None = None
    dataset: str | None = None
    baseline: str | None = None


class Relationship(msgspec.Struct, frozen=True):
    """A statement between two entities of one paper; subject and object are (type, canonical name)."""

    subject: tuple[str, str]
    relation: str
    object: tuple[str, str]
    evidence: Evidence


class Record(msgspec.Struct, frozen=True):
    """What extraction says of one paper."""

    id: str
    entities: tuple[Found, ...] = ()
    proposes: tuple[Proposal, ...] = ()
    hardware_roles: tuple[HardwareRole, ...] = ()
    results: tuple[Result, ...] = ()
    relationships: tuple[Relationship, ...] = ()

    def guideline(self) -> dict[str, Any]:
        """The record in the form of the annotation guideline, ready for `json.dumps`."""
        return {
            "id": self.id,
            "entities": [{"type": e.type, "names": list(e.names), "canonical": e.canonical} for e in self.entities],
            "proposes": list(dict.fromkeys(p.entity for p in self.proposes)),
            "hardware_roles": [
                {"hardware": r.hardware, "role": r.role, "evidence": r.evidence.quote} for r in self.hardware_roles
            ],
            "results": [{"value": r.value, "metric": r.metric, "evidence": r.evidence.quote} for r in self.results],
        }


class Entity(msgspec.Struct, frozen=True, omit_defaults=True):
    """A node of the knowledge graph that is not a paper; `key` is `<type slug>/<id>`, as in its IRI."""

    key: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    vendor: str | None = None
    family: str | None = None
    broader: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    year: int | None = None
    wikidata: str | None = None
    specs: tuple[Spec, ...] = ()
    inferred: bool = False  # resolved by form, not listed
    source: str = "text"  # "catalogue", "user" or "text"


class Spec(msgspec.Struct, frozen=True):
    """A figure of a piece of hardware, with the source that it was taken from.

    `name` is one of memory, bandwidth, peak, power, process; `format` the number format of a peak rate.
    """

    name: str
    value: float
    unit: str  # QUDT code: GigaBYTE, GigaBYTE-PER-SEC, TeraFLOPS, W, NanoM
    source: str
    format: str | None = None


class Fact(msgspec.Struct, frozen=True):
    """A statement with one evidence; the same triple in several papers is several facts and one edge."""

    subject: str
    relation: str
    object: str
    paper: str
    evidence: Evidence


T = TypeVar("T")


def to_json(record: msgspec.Struct) -> str:
    """A record as one line of JSON, keys in the order of the definition."""
    return msgspec.json.encode(record).decode()


def from_json(text: str | bytes, kind: type[T]) -> T:
    """The record of that kind, checked field by field.

    Raises msgspec.ValidationError where the text does not fit.
    """
    return msgspec.json.decode(text, type=kind)
