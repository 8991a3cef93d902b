"""A model as an ONNX file: raw pixels in, probabilities out."""

import json
import os
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.extras import require
from glassnet.files import atomic_path
from glassnet.model import Model
from glassnet.nn import BatchNorm, Dense, Dropout, Layer

__all__ = ["OPSET", "write_onnx"]

OPSET, IR_VERSION = 21, 10  # what runtimes of the last two years read; nothing here is newer than 20 (Gelu)
INPUT = "pixels"


def write_onnx(model: Model, path: str | os.PathLike[str]) -> None:
    """Write a model with its input's preparation as an ONNX file.

    The input ``pixels`` takes any number of samples, as they come and not divided by anything: uint8
    (N, height, width) for pictures, float32 for those that the model takes as numbers, else float32
    (N, n). The output is what ``model.predict_proba`` gives; of a Poisson regression, ``model.predict``.
    Nodes and weights are named after the layers, as the textbook has it: ``0.W``, ``0.Z``, ``1.A``.

    Parameters
    ----------
    model : Model
    path : path

    Raises
    ------
    MissingExtraError
        If the package onnx is missing.
    """
    require("export", "An ONNX file")
    import onnx

    graph = _Graph()
    x = _prepared(graph, model)
    network = model.network
    for number, layer in enumerate(network.layers):
        x = _layer(graph, number, layer, x)
    output = _answer(graph, model, x)
    helper, tensor = onnx.helper, onnx.TensorProto
    shape = ["N", *(model.image_shape or [network.n_inputs])]
    columns = max(network.n_outputs, graph.columns)
    kind = tensor.UINT8 if _of_bytes(model) else tensor.FLOAT
    proto = helper.make_model(
        helper.make_graph(
            graph.nodes(),
            "glassnet",
            [helper.make_tensor_value_info(INPUT, kind, shape)],
            [helper.make_tensor_value_info(output, tensor.FLOAT, ["N", columns])],
            [onnx.numpy_helper.from_array(array, name) for name, array in graph.weights.items()],
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="glassnet",
    )
    helper.set_model_props(proto, {"class_names": json.dumps(model.class_names or [], ensure_ascii=False)})
    onnx.checker.check_model(proto, full_check=True)
    with atomic_path(path) as temporary:
        temporary.write_bytes(proto.SerializeToString())


class _Graph:
    """Nodes and weights as they come."""

    def __init__(self) -> None:
        self.weights: dict[str, NDArray[Any]] = {}
        self.columns = 1
        self._nodes: list[Any] = []

    def weight(self, name: str, array: Any, dtype: str = "float32") -> str:
        """Keep a constant."""
        self.weights[name] = np.ascontiguousarray(array, dtype)
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add a node; gives the name of its output."""
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, [output], name=f"{kind} {output}", **attributes))
        return output

    def nodes(self) -> list[Any]:
        """All of them, in order."""
        return self._nodes


def _of_bytes(model: Model) -> bool:
    """Whether pixels are whole numbers up to 255; where nothing divides them they are numbers up to 1."""
    preparation = model.preparation
    plain = np.all(np.asarray(preparation.scale) == 1) and np.all(np.asarray(preparation.offset) == 0)
    return model.image_shape is not None and not plain


def _prepared(graph: _Graph, model: Model) -> str:
    """From raw pixels to the numbers that the network reads."""
    from onnx import TensorProto

    x = INPUT
    if _of_bytes(model):
        x = graph.add("Cast", [x], "pixels as numbers", to=TensorProto.FLOAT)
    if model.image_shape is not None:
        x = graph.add("Flatten", [x], "pixels in a row", axis=1)
    preparation = model.preparation
    if np.any(np.asarray(preparation.offset) != 0):
        x = graph.add("Sub", [x, graph.weight("offset", preparation.offset)], "pixels - offset")
    if np.any(np.asarray(preparation.scale) != 1):
        x = graph.add("Mul", [x, graph.weight("scale", preparation.scale)], "X")
    return x


def _layer(graph: _Graph, k: int, layer: Layer, x: str) -> str:
    if isinstance(layer, Dropout):
        return x  # it is idle once the training is over
    if isinstance(layer, Dense):
        inputs = [x, graph.weight(f"{k}.W", layer.W), graph.weight(f"{k}.b", layer.b)]
        return graph.add("Gemm", inputs, f"{k}.Z")
    if isinstance(layer, BatchNorm):
        names = ("gamma", "beta", "running_mean", "running_variance")
        inputs = [x, *(graph.weight(f"{k}.{name}", getattr(layer, name)) for name in names)]
        return graph.add("BatchNormalization", inputs, f"{k}.normed", epsilon=layer.epsilon)
    return _ACTIVATIONS[type(layer).__name__](graph, layer, x, f"{k}.A")


_ACTIVATIONS: dict[str, Callable[[_Graph, Any, str, str], str]] = {
    "ReLU": lambda graph, layer, x, name: graph.add("Relu", [x], name),
    "LeakyReLU": lambda graph, layer, x, name: graph.add("LeakyRelu", [x], name, alpha=layer.slope),
    "ELU": lambda graph, layer, x, name: graph.add("Elu", [x], name, alpha=layer.alpha),
    "GELU": lambda graph, layer, x, name: graph.add(
        "Gelu", [x], name, approximate="tanh" if layer.approximate else "none"
    ),
    "SiLU": lambda graph, layer, x, name: graph.add(
        "Mul", [x, graph.add("Sigmoid", [x], f"{name} gate")], name
    ),
    "Sigmoid": lambda graph, layer, x, name: graph.add("Sigmoid", [x], name),
    "Tanh": lambda graph, layer, x, name: graph.add("Tanh", [x], name),
    "Softplus": lambda graph, layer, x, name: graph.add("Softplus", [x], name),
    "Softmax": lambda graph, layer, x, name: graph.add("Softmax", [x], name, axis=1),
    "Identity": lambda graph, layer, x, name: graph.add("Identity", [x], name),
}


def _answer(graph: _Graph, model: Model, x: str) -> str:
    """As ``predict_proba`` gives it: one output for two classes becomes two columns."""
    loss = model.network.loss.name
    if model.answers_yes_or_no:
        rest = graph.add("Sub", [graph.weight("one", 1.0), x], "probability of the other class")
        graph.columns = 2
        return graph.add("Concat", [rest, x], "probabilities", axis=1)
    if loss == "poisson":
        return graph.add("Exp", [x], "outputs")
    shares = loss in ("cross_entropy", "log_loss")
    return graph.add("Identity", [x], "probabilities" if shares else "outputs")
