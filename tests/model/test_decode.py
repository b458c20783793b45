"""Which of the overlapping spans stand."""

from __future__ import annotations

import numpy as np

from kg.model.decode import Scored, decode
from kg.model.spans import LABELS

HARDWARE, METRIC, METHOD = (LABELS.index(t) for t in ("Hardware", "Metric", "Method"))


def said(*spans: tuple[int, int, int, float]) -> list[tuple[int, int, int]]:
    table = np.zeros((6, 4, len(LABELS)), np.float32)
    for first, last, label, probability in spans:
        table[first, last - first, label] = probability
    return [s[:3] for s in decode(table, [0.4] * len(LABELS), nested=0.5)]


def test_of_overlapping_spans_of_one_type_the_most_probable_stands() -> None:
    assert said((0, 1, METHOD, 0.6), (0, 2, METHOD, 0.9), (2, 3, METHOD, 0.8)) == [(0, 2, METHOD)]


def test_hardware_inside_a_metric_stands_beside_it() -> None:
    assert said((0, 2, METRIC, 0.9), (0, 0, HARDWARE, 0.7)) == [(0, 0, HARDWARE), (0, 2, METRIC)]


def test_a_nested_name_needs_more_confidence_than_a_name_of_its_own() -> None:
    assert said((0, 2, METRIC, 0.9), (0, 0, HARDWARE, 0.45), (4, 4, HARDWARE, 0.45)) == [
        (0, 2, METRIC),
        (4, 4, HARDWARE),
    ]


def test_one_span_has_one_type_and_crossing_spans_never_stand_together() -> None:
    assert said((0, 1, METRIC, 0.9), (0, 1, METHOD, 0.8), (1, 2, HARDWARE, 0.8)) == [(0, 1, METRIC)]


def test_spans_below_the_threshold_are_left_out_and_nothing_gives_nothing() -> None:
    assert said((0, 1, METRIC, 0.39)) == []
    assert decode(np.zeros((0, 4, len(LABELS)), np.float32), [0.4] * len(LABELS)) == []


def test_spans_come_by_place_with_their_probability() -> None:
    table = np.zeros((3, 2, len(LABELS)), np.float32)
    table[2, 0, METRIC], table[0, 1, METHOD] = 0.75, 0.5
    assert decode(table, [0.4] * len(LABELS)) == [Scored(0, 1, METHOD, 0.5), Scored(2, 2, METRIC, 0.75)]
