"""Places and clusters for the nodes of a whole graph: edges as pairs of numbers in, two arrays out.

Force layouts that look at each pair of nodes do not reach 50,000 nodes. Here nodes are drawn to the mean of their
neighbours and pushed down the density of all nodes, which a Fourier transform smooths on a grid: a step costs as
much as there are nodes and edges. Seeded and rounded: the same edges give the same places.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: Places run from -EXTENT to EXTENT.
EXTENT = 10_000
_GRID = 256
_STEPS = 80
_GOLDEN = np.pi * (3 - 5**0.5)


class Layout(NamedTuple):
    """For each node its place, whole numbers, and its cluster; clusters are numbered by size, 0 is the largest."""

    x: Ints
    y: Ints
    cluster: Ints


def layout(nodes: int, sources: Ints, targets: Ints) -> Layout:
    """Places for nodes 0 to n-1 of an undirected graph; edges may repeat, and then weigh more."""
    if nodes == 0:
        empty: Ints = np.zeros(0, np.int64)
        return Layout(empty, empty, empty)
    ends, starts = np.concatenate([sources, targets]), np.concatenate([targets, sources])
    cluster = _clusters(nodes, starts, ends)
    degree = np.bincount(ends, minlength=nodes).astype(np.float64)
    xy = _begin(cluster, degree)
    weight = 1 / np.sqrt(np.maximum(1, degree[starts]) * np.maximum(1, degree[ends]))
    total = np.maximum(1e-9, np.bincount(ends, weight, nodes))
    for step in range(_STEPS):
        cooling = 1 - step / _STEPS
        mean = np.stack([np.bincount(ends, weight * xy[starts, k], nodes) / total for k in (0, 1)], axis=1)
        pull = np.where(degree[:, None] > 0, mean - xy, -0.02 * xy)
        xy = xy + 0.35 * cooling * pull + _push(xy, 0.035 * cooling + 0.004)
    spread = np.maximum(1e-9, np.abs(xy).max())
    places = np.rint(xy / spread * EXTENT).astype(np.int64)
    return Layout(places[:, 0], places[:, 1], cluster)


def _clusters(nodes: int, starts: Ints, ends: Ints, rounds: int = 24) -> Ints:
    """Label propagation: each node takes the commonest label beside it, a random half of the nodes at a time."""
    random = np.random.default_rng(7)
    label: Ints = np.arange(nodes)
    for _ in range(rounds if len(starts) else 0):
        pairs, count = np.unique(ends * np.int64(nodes) + label[starts], return_counts=True)
        node, candidate = pairs // nodes, pairs % nodes
        best = np.lexsort((candidate, -count, node))
        first = best[np.unique(node[best], return_index=True)[1]]
        moved = first[random.random(len(first)) < 0.5]
        label[node[moved]] = candidate[moved]
    names, inverse, sizes = np.unique(label, return_inverse=True, return_counts=True)
    rank = np.empty(len(names), np.int64)
    rank[np.lexsort((names, -sizes))] = np.arange(len(names))
    return rank[inverse]


def _begin(cluster: Ints, degree: Floats) -> Floats:
    """Clusters around the middle as seeds in a sunflower, the largest inmost, their nodes around them likewise."""
    order = np.lexsort((-degree, cluster))
    sizes = np.bincount(cluster)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    inside = np.empty(len(cluster), np.int64)
    inside[order] = np.arange(len(cluster)) - first[cluster[order]]
    reach = np.sqrt((first + sizes / 2)[cluster] / len(cluster))
    around = _GOLDEN * cluster
    centre = np.stack([reach * np.cos(around), reach * np.sin(around)], axis=1)
    near, turn = np.sqrt(inside / len(cluster)), _GOLDEN * inside
    return np.asarray(centre + np.stack([near * np.cos(turn), near * np.sin(turn)], axis=1))


def _push(xy: Floats, strength: float) -> Floats:
    """Down the smoothed density of the nodes, each by at most `strength` of the picture's width."""
    low, high = xy.min(axis=0), xy.max(axis=0)
    span = np.maximum(1e-9, (high - low).max()) * 1.1
    cell = np.clip(((xy - (low + high) / 2) / span + 0.5) * _GRID, 0, _GRID - 1).astype(np.int64)
    density = np.bincount(cell[:, 0] * _GRID + cell[:, 1], minlength=_GRID * _GRID).reshape(_GRID, _GRID)
    smooth = np.fft.irfft2(np.fft.rfft2(density) * _kernel(), (_GRID, _GRID))
    slope = np.stack([np.gradient(smooth, axis=k)[cell[:, 0], cell[:, 1]] for k in (0, 1)], axis=1)
    length = np.sqrt((slope**2).sum(axis=1, keepdims=True))
    return np.asarray(-slope / (length + np.median(length) + 1e-12) * strength * span)


@cache
def _kernel() -> NDArray[Any]:
    """Two Gaussians in the frequency domain: one keeps neighbours apart, one spreads the clusters."""
    fx, fy = np.meshgrid(np.fft.fftfreq(_GRID), np.fft.rfftfreq(_GRID), indexing="ij")
    square = fx**2 + fy**2
    return np.asarray(np.exp(-2 * (np.pi * 1.6) ** 2 * square) + 4 * np.exp(-2 * (np.pi * 9) ** 2 * square))
