"""A packaged network -> the tagger in torch that it was exported from, so that training can go on from it.

In: `tagger.onnx` as `kg.train.export` writes it, and a tagger of the same sizes. Out: the tagger with its weights;
those that were rounded to int8 stay rounded. The segments' second vector, which no text uses, is left as it is.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from kg.errors import ConfigurationError
from kg.train.network import Tagger

_SEGMENTS = "encoder.segments.weight"
_FAR = 6  # nodes between a product and the sum with its bias, at most
Array = npt.NDArray[np.float32]


def restore(path: Path, tagger: Tagger) -> Tagger:
    """Give a tagger the weights of a file.

    Raises ConfigurationError where the file lacks one of them, or has it in another size.
    """
    graph = onnx.load(path).graph
    kept = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name: array for name, array in kept.items() if name in tagger.state_dict()}
    for name in tagger.state_dict():
        if f"{name}_quantized" in kept:
            found[name] = _plain(kept, name)
    for node in graph.node:
        if node.op_type in ("MatMul", "MatMulInteger"):
            weight = node.input[1].removesuffix("_quantized")
            bias = _bias(graph, node, _FAR)
            if bias is not None and (weight in kept or f"{weight}_quantized" in kept):
                array = kept[weight] if weight in kept else _plain(kept, weight)
                found[bias.removesuffix("bias") + "weight"] = array.T
    state = tagger.state_dict()
    # All texts are of the first segment, whose vector the export has made a constant.
    constants = [array for name, array in kept.items() if name.startswith("onnx::Add")]
    if len(constants) == 1:
        found[_SEGMENTS] = state[_SEGMENTS].numpy().copy()
        found[_SEGMENTS][0] = constants[0]
    for name, before in state.items():
        if name not in found or found[name].shape != tuple(before.shape):
            raise ConfigurationError(f"{path}: no weights {name} of {tuple(before.shape)}; expected a packaged tagger")
        state[name] = torch.tensor(np.ascontiguousarray(found[name]), dtype=before.dtype)
    tagger.load_state_dict(state)
    return tagger


def _plain(kept: dict[str, npt.NDArray[np.generic]], name: str) -> Array:
    whole, zero, scale = (kept[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point", "scale"))
    return np.asarray((whole - zero) * scale, np.float32)


def _bias(graph: onnx.GraphProto, node: onnx.NodeProto, far: int) -> str | None:
    """The bias that is added to what a node gives."""
    for after in graph.node:
        if set(node.output) & set(after.input):
            named = next((name for name in after.input if after.op_type == "Add" and name.endswith(".bias")), None)
            named = named or (_bias(graph, after, far - 1) if far else None)
            if named:
                return named
    return None
