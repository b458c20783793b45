"""Places of a whole graph: the same every time, neighbours near, clusters by size."""

from __future__ import annotations

import numpy as np

from kg.view.layout import EXTENT, layout

# Two rings of ten nodes with all chords, joined by one edge, and a node that nothing is joined to.
PAIRS = [(a + k, b + k) for k in (0, 10) for a in range(10) for b in range(a)] + [(0, 10)]
SOURCES, TARGETS = (np.array(column) for column in zip(*PAIRS, strict=True))


def test_the_same_edges_give_the_same_places():
    first, again = layout(21, SOURCES, TARGETS), layout(21, SOURCES, TARGETS)
    assert all((a == b).all() for a, b in zip(first, again, strict=True))


def test_two_groups_are_two_clusters_and_stand_apart():
    found = layout(21, SOURCES, TARGETS)
    one, two = found.cluster[:10], found.cluster[10:20]
    assert len(set(one)) == len(set(two)) == 1
    assert one[0] != two[0]
    middle = [np.array([found.x[part].mean(), found.y[part].mean()]) for part in (slice(0, 10), slice(10, 20))]
    spread = max(found.x[:10].std(), found.y[:10].std())
    assert np.linalg.norm(middle[0] - middle[1]) > spread


def test_places_are_whole_numbers_within_the_picture():
    found = layout(21, SOURCES, TARGETS)
    assert np.abs(found.x).max() <= EXTENT
    assert found.x.dtype == np.int64


def test_no_nodes_and_no_edges_are_no_trouble():
    none = np.array([], np.int64)
    assert len(layout(0, none, none).x) == 0
    assert len(set(zip(*(column.tolist() for column in layout(3, none, none)[:2]), strict=True))) == 3
