"""The role of each piece of hardware in a paper: targets, evaluated_on, compared_with or mentioned.

In: a Doc, its entities and its proposals. Out: one role for each Hardware entity, with the words and the cues that
decided. The cues (see `kg.extract.role_cues`) are named features of a small linear model, which is weighed with what
the network says (`kg.extract.aspects`); the evidence is the sentence of the mention whose cues speak most for the role.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract import aspects
from kg.extract.linear import load
from kg.extract.role_cues import features
from kg.extract.tokens import text_of
from kg.records import Evidence, Found, HardwareRole, Proposal
from kg.schema import ROLES

EXTRACTOR = "roles"
_NAMES = tuple(role.name for role in ROLES)


def roles(doc: Doc, found: Sequence[Found], proposals: Sequence[Proposal]) -> tuple[HardwareRole, ...]:
    """One role for each Hardware entity, in the order of `found`."""
    rows = features(doc, found, proposals)
    if not rows:
        return ()
    model = load("roles")
    out = []
    for hardware, whole, each in rows:
        by_cues = dict(zip(model.classes, model.probability(whole), strict=True))
        said = aspects.of(doc, hardware.mentions)
        probability = dict(zip(_NAMES, aspects.roles([by_cues[n] for n in _NAMES], said), strict=True))
        role = max(_NAMES, key=probability.__getitem__)
        chosen = model.classes.index(role)
        best = max(range(len(each)), key=lambda k: (model.scores(each[k])[chosen], -k))
        a, b = hardware.mentions[best].sentence
        reasons = model.reasons(whole, chosen) + aspects.reason(said, _NAMES.index(role))
        evidence = Evidence(a, b, text_of(doc)[a:b], EXTRACTOR, round(probability[role], 4), reasons)
        out.append(HardwareRole(hardware.canonical, role, evidence))
    return tuple(out)
