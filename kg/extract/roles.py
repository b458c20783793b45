"""The role of each piece of hardware in a paper: targets, evaluated_on, compared_with or mentioned.

In: a Doc, its entities and its proposals. Out: one role for each Hardware entity, with the words and the cues that
decided. The cues (see `kg.extract.role_cues`) are named features of a small linear model; the evidence is the sentence
of the mention that speaks most for the role.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.linear import load
from kg.extract.role_cues import features
from kg.extract.tokens import text_of
from kg.records import Evidence, Found, HardwareRole, Proposal

EXTRACTOR = "roles"


def roles(doc: Doc, found: Sequence[Found], proposals: Sequence[Proposal]) -> tuple[HardwareRole, ...]:
    """One role for each Hardware entity, in the order of `found`."""
    rows = features(doc, found, proposals)
    if not rows:
        return ()
    model = load("roles")
    out = []
    for hardware, whole, each in rows:
        probability = model.probability(whole)
        chosen = max(range(len(probability)), key=probability.__getitem__)
        best = max(range(len(each)), key=lambda k: (model.scores(each[k])[chosen], -k))
        a, b = hardware.mentions[best].sentence
        evidence = Evidence(
            a, b, text_of(doc)[a:b], EXTRACTOR, round(probability[chosen], 4), model.reasons(whole, chosen)
        )
        out.append(HardwareRole(hardware.canonical, model.classes[chosen], evidence))
    return tuple(out)
