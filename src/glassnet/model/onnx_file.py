"""A model as an ONNX file: raw pixels in, probabilities out."""

import json
import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data.preparation import Preparation
from glassnet.extras import require
from glassnet.files import atomic_path
from glassnet.model.task import Task
from glassnet.nn import Network

__all__ = ["OPSET", "write_onnx_file"]

OPSET, IR_VERSION = 21, 10  # what runtimes of the last two years read; nothing here is newer than 20 (Gelu)
INPUT = "pixels"


def write_onnx_file(
    path: str | os.PathLike[str],
    network: Network,
    preparation: Preparation,
    task: Task,
    class_names: Sequence[str] | None,
    image_shape: tuple[int, int] | None,
) -> None:
    """Write an ONNX file: see :meth:`glassnet.Model.to_onnx`, which gives it the model's parts."""
    require("export", "An ONNX file")
    import onnx

    helper, tensor = onnx.helper, onnx.TensorProto
    bytes_in = image_shape is not None and not _is_plain(preparation)
    graph = _Graph()
    x = graph.add("Cast", [INPUT], "pixels as numbers", to=tensor.FLOAT) if bytes_in else INPUT
    if image_shape is not None:
        x = graph.add("Flatten", [x], "pixels in a row", axis=1)
    x = _prepared(graph, preparation, x)
    for number, layer in enumerate(network.layers):
        x = layer.onnx(graph, x, number)
    output = task.export(graph, x)
    shape = ["N", *(image_shape or [network.n_inputs])]
    columns = task.n_columns(network.n_outputs)
    proto = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "glassnet",
            [helper.make_tensor_value_info(INPUT, tensor.UINT8 if bytes_in else tensor.FLOAT, shape)],
            [helper.make_tensor_value_info(output, tensor.FLOAT, ["N", columns])],
            [onnx.numpy_helper.from_array(array, name) for name, array in graph.weights.items()],
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="glassnet",
    )
    helper.set_model_props(proto, {"class_names": json.dumps(class_names or [], ensure_ascii=False)})
    onnx.checker.check_model(proto, full_check=True)
    with atomic_path(path) as temporary:
        temporary.write_bytes(proto.SerializeToString())


class _Graph:
    """Nodes and weights as they come."""

    def __init__(self) -> None:
        self.weights: dict[str, NDArray[Any]] = {}
        self.nodes: list[Any] = []

    def weight(self, name: str, array: Any) -> str:
        """Keep a constant; gives its name."""
        self.weights[name] = np.ascontiguousarray(array, "float32")
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add a node; gives the name of its output."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"{kind} {output}", **attributes))
        return output


def _is_plain(preparation: Preparation) -> bool:
    """Whether nothing is done with the pixels: then they are numbers up to 1, and else bytes."""
    return bool(np.all(np.asarray(preparation.scale) == 1) and np.all(np.asarray(preparation.offset) == 0))


def _prepared(graph: _Graph, preparation: Preparation, x: str) -> str:
    """From raw pixels to the numbers that the network reads."""
    if np.any(np.asarray(preparation.offset) != 0):
        x = graph.add("Sub", [x, graph.weight("offset", preparation.offset)], "pixels - offset")
    if np.any(np.asarray(preparation.scale) != 1):
        x = graph.add("Mul", [x, graph.weight("scale", preparation.scale)], "X")
    return x
