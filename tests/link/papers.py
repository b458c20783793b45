"""Hand-made papers with their records, and a catalogue of one chip, its class and its vendor."""

from __future__ import annotations

from kg.catalogue import Decisions
from kg.link.names import fold
from kg.records import Entity, Evidence, Found, HardwareRole, Mention, Paper, Proposal, Record

A100 = Entity("hardware/nvidia-a100", "Hardware", "NVIDIA A100", broader=("hardware/gpu",), vendor="vendor/nvidia")
GPU = Entity("hardware/gpu", "Hardware", "GPU")
NVIDIA = Entity("vendor/nvidia", "Vendor", "NVIDIA")


class Fake:
    """A catalogue of one chip, its class and its vendor."""

    def __init__(self, decisions: Decisions | None = None) -> None:
        self.decisions = decisions or Decisions()

    def resolve(self, name: str, kind: str) -> Entity | None:
        return {"a100": A100, "nvidiaa100": A100, "gpu": GPU}.get(fold(name)) if kind == "Hardware" else None

    def ending(self, name: str, kind: str) -> Entity | None:
        return self.resolve(name, kind)

    def entity(self, key: str) -> Entity | None:
        return {e.key: e for e in (A100, GPU, NVIDIA)}.get(key)


def found(text: str, kind: str, *names: str) -> Found:
    mentions = []
    for name in names:
        at = text.index(name)
        mentions.append(Mention(at, at + len(name), name, kind, "test", 1.0, (0, len(text))))
    return Found(kind, names[0], names, tuple(mentions))


def item(number: int, abstract: str, *entities: tuple[str, ...], proposes: str = "", role: str = "targets"):
    paper = Paper(id=f"p{number}", title=f"Paper {number}", abstract=abstract)
    all_found = tuple(found(paper.text, kind, *names) for kind, *names in entities)
    evidence = Evidence(0, 5, paper.text[:5], "test", 1.0)
    record = Record(
        id=paper.id,
        entities=all_found,
        proposes=tuple(Proposal(f.canonical, f.type, evidence) for f in all_found if f.canonical == proposes),
        hardware_roles=tuple(HardwareRole(f.canonical, role, evidence) for f in all_found if f.type == "Hardware"),
    )
    return paper, record


def label_of(tables, name):
    rows = tables.entities.to_pylist()
    return [r["key"] for r in rows if name == r["label"] or name in r["aliases"]]
