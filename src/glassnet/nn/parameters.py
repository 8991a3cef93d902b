"""One vector for all parameters, one for all derivatives, one for all running statistics."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from glassnet.maths.types import Array
from glassnet.nn.layer import Layer

__all__ = ["Parameters"]


class Parameters:
    """Lays all layers' parameters into flat vectors and hands the layers their views.

    Those that penalties act on (the weights) come first, so that they are one slice: ``decayed``.

    Attributes
    ----------
    theta, grad : (P,) arrays
        Parameters and derivatives.
    state : (S,) array
        Running statistics; empty without BatchNorm.
    values, gradients, statistics : dict
        Views by name, such as ``"0.W"``: the layer's place in the network, a dot, its name in the layer.
    decayed : slice
        The weights' part of theta.
    """

    def __init__(self, layers: Sequence[Layer], dtype: np.dtype) -> None:
        entries = [(i, name, s) for i, layer in enumerate(layers) for name, s in layer.shapes().items()]
        entries.sort(key=lambda entry: entry[1] not in layers[entry[0]].decayed)  # stable: weights first
        self.decayed = slice(0, sum(math.prod(s) for i, name, s in entries if name in layers[i].decayed))
        size = sum(math.prod(shape) for _, _, shape in entries)
        self.theta: Array = np.zeros(size, dtype)
        self.grad: Array = np.zeros(size, dtype)
        values: dict[str, Array] = {}
        gradients: dict[str, Array] = {}
        start = 0
        for i, name, shape in entries:
            part = slice(start, start := start + math.prod(shape))
            values[f"{i}.{name}"] = self.theta[part].reshape(shape)
            gradients[f"{i}.{name}"] = self.grad[part].reshape(shape)
            setattr(layers[i], name, values[f"{i}.{name}"])
            setattr(layers[i], f"d{name}", gradients[f"{i}.{name}"])
        in_order = [f"{i}.{name}" for i, layer in enumerate(layers) for name in layer.shapes()]
        self.values = {name: values[name] for name in in_order}
        self.gradients = {name: gradients[name] for name in in_order}
        self._lay_statistics(layers, dtype)

    def _lay_statistics(self, layers: Sequence[Layer], dtype: np.dtype) -> None:
        self.statistics: dict[str, Array] = {}
        size = sum(math.prod(s) for layer in layers for s in layer.state_shapes().values())
        self.state: Array = np.zeros(size, dtype)
        start = 0
        for i, layer in enumerate(layers):
            for name, shape in layer.state_shapes().items():
                view = self.state[start : (start := start + math.prod(shape))].reshape(shape)
                self.statistics[f"{i}.{name}"] = view
                setattr(layer, name, view)
