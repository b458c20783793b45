"""The table: entity types, hardware roles and relations.

Everything that names a type, a role or a relation (tagger, graph, RDF, legend, page) reads it here. Definitions follow
the annotation guideline. Colours are the Okabe-Ito palette, which stays apart for colour-blind readers.
"""

from __future__ import annotations

from typing import NamedTuple


class EntityType(NamedTuple):
    """A kind of node. `slug` begins its keys and IRIs (`hardware/nvidia-a100`)."""

    name: str
    plural: str
    slug: str
    colour: str
    shape: str  # a vis-network node shape
    definition: str


class Role(NamedTuple):
    """What a paper does with a piece of hardware; a lower `rank` is the stronger role."""

    name: str
    label: str
    relation: str
    rank: int
    colour: str
    definition: str


class Relation(NamedTuple):
    """An edge type: `subjects` and `objects` are the slugs of the node kinds that it may join."""

    name: str
    label: str
    term: str  # local name in the ontology
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    definition: str


MODEL = EntityType(
    "Model", "Models", "model", "#009E73", "dot",
    "A named neural network, a family of them, or an established class of architecture.",
)  # fmt: skip
METHOD = EntityType(
    "Method", "Methods", "method", "#0072B2", "dot",
    "A named or established technique, algorithm or approach, or a system that a paper proposes.",
)  # fmt: skip
SOFTWARE = EntityType(
    "Software", "Software", "software", "#CC79A7", "dot",
    "An existing library, framework, compiler, runtime, language or interface used as a tool or baseline.",
)  # fmt: skip
DATASET = EntityType(
    "Dataset", "Datasets", "dataset", "#E69F00", "dot",
    "A named dataset, corpus, benchmark or leaderboard.",
)  # fmt: skip
HARDWARE = EntityType(
    "Hardware", "Hardware", "hardware", "#D55E00", "square",
    "Compute, memory, storage or interconnect hardware: a product, architecture, unit, machine or class of device.",
)  # fmt: skip
METRIC = EntityType(
    "Metric", "Metrics", "metric", "#56B4E9", "triangle",
    "A named measure of quality or cost that is measured, compared or optimised.",
)  # fmt: skip
TASK = EntityType(
    "Task", "Tasks", "task", "#F0E442", "diamond",
    "A problem that the paper addresses or evaluates on.",
)  # fmt: skip

#: The types of the annotation guideline, in its order.
ENTITY_TYPES = (MODEL, METHOD, SOFTWARE, DATASET, HARDWARE, METRIC, TASK)
TYPE = {t.name: t for t in ENTITY_TYPES}

PAPER = EntityType("Paper", "Papers", "paper", "#5A5A5A", "star", "A research paper: title and abstract.")
VENDOR = EntityType("Vendor", "Vendors", "vendor", "#000000", "hexagon", "Who makes a piece of hardware.")

#: Every kind of node, by the first part of its key.
NODE_KINDS = {t.slug: t for t in (*ENTITY_TYPES, PAPER, VENDOR)}

ROLES = (
    Role("targets", "targets", "targets", 0, "#D55E00",
         "The contribution is designed for, optimised for, deployed on, or is itself this hardware."),
    Role("evaluated_on", "evaluated on", "evaluated_on", 1, "#0072B2",
         "Experiments, measurements or training ran on it, without the contribution being made for it."),
    Role("compared_with", "compared with", "compared_with", 2, "#E69F00",
         "It is the baseline or the competing platform."),
    Role("mentioned", "mentioned", "mentions", 3, "#999999",
         "Background, motivation, a resource in passing, or a contrast."),
)  # fmt: skip
ROLE = {r.name: r for r in ROLES}

_ANY = tuple(t.slug for t in ENTITY_TYPES)
_PAPER = ("paper",)
_MADE = ("paper", "method", "model", "software")

RELATIONS = (
    Relation("mentions", "mentions", "mentions", _PAPER, _ANY, "The title or abstract names it."),
    Relation("proposes", "proposes", "proposes", _PAPER, _ANY, "The paper introduces it."),
    Relation("uses_model", "uses model", "usesModel", _MADE, ("model",), "Builds on or evaluates the model."),
    Relation("uses_method", "uses method", "usesMethod", _MADE, ("method",), "Uses or studies the method."),
    Relation("uses_software", "uses software", "usesSoftware", _MADE, ("software",), "Uses it as tool or baseline."),
    Relation("uses_dataset", "uses dataset", "usesDataset", _MADE, ("dataset",), "Trains or evaluates on it."),
    Relation("addresses_task", "addresses task", "addressesTask", _MADE, ("task",), "Addresses the problem."),
    Relation("reports_metric", "reports metric", "reportsMetric", _MADE, ("metric",), "Measures or optimises it."),
    Relation("targets", "targets", "targetsHardware", _MADE, ("hardware",), ROLE["targets"].definition),
    Relation("evaluated_on", "evaluated on", "evaluatedOn", _MADE, ("hardware", "dataset"),
             "Experiments, measurements or training ran on it."),
    Relation("compared_with", "compared with", "comparedWith", _MADE, _ANY,
             "It is the baseline or the competitor."),
    Relation("broader", "broader", "broader", _ANY, _ANY, "The wider thing of the same kind: chip, family, class."),
    Relation("made_by", "made by", "madeBy", ("hardware",), ("vendor",), "The vendor of the hardware."),
    Relation("part_of", "part of", "partOf", ("hardware",), ("hardware",), "The machine or chip that contains it."),
)  # fmt: skip
RELATION = {r.name: r for r in RELATIONS}

#: The relation that a paper has to every entity of a type, where nothing more is known. Hardware has its roles.
USES = {
    "Model": "uses_model",
    "Method": "uses_method",
    "Software": "uses_software",
    "Dataset": "uses_dataset",
    "Metric": "reports_metric",
    "Task": "addresses_task",
}
