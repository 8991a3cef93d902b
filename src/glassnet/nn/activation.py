"""What an activation is, and all of them by name."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import numpy as np

from glassnet.maths.names import look_up, register
from glassnet.maths.types import Array, NxD
from glassnet.nn.layer import Graph, Layer

__all__ = ["ACTIVATIONS", "Activation", "activation_layer", "elementwise_names"]

ACTIVATIONS: dict[str, Callable[[], Activation]] = {}
"""The names by which ``mlp`` and recipes know them; a class enters itself when it is defined."""

SKLEARN: dict[str, str] = {}
"""Names that are scikit-learn's alone, and ours."""


class Activation(Layer, abstract=True):
    """A = f(Z)        Z, A (N, D): the same number of units before and after.

    All that is known of an activation stands in its class: function and derivative (from ``glassnet.maths``),
    name, formulas, its forms in ONNX and JavaScript. Whatever draws, explains, checks, exports or offers
    activations asks the class. ``nn/activations.py`` holds the package's own; one that is defined elsewhere
    is an activation like them.
    """

    name: ClassVar[str]
    """By which ``mlp``, recipes and estimators know it."""
    variants: ClassVar[dict[str, dict[str, Any]]] = {}
    """Further names, with the constructor's arguments that they stand for."""
    sklearn_name: ClassVar[str] = ""
    """scikit-learn's name, where it is another one."""

    function: Callable[..., Array]
    vjp: Callable[..., Array]

    derivative: ClassVar[str]
    """Of A by Z, in letters: see :class:`Layer`."""
    js: ClassVar[str]
    """A as an expression of ``z``, in JavaScript, where ``sigmoid`` and ``erf`` are at hand."""
    js_slope: ClassVar[str] = ""
    """The derivative as such an expression; of piecewise linear ones only."""
    onnx_operator: ClassVar[str] = ""
    """The ONNX operator that it is; where it takes several, :meth:`onnx` adds them."""

    elementwise: ClassVar[bool] = True
    """Whether each output depends on the input of its own unit alone."""
    kinked: ClassVar[bool] = False
    """Has no derivative at 0; gradient checks keep away from there."""
    probabilities: ClassVar[bool] = False
    """Whether its outputs are probabilities, so that what comes in are logits."""
    limits: ClassVar[tuple[float, float]] = (-math.inf, math.inf)
    """What its outputs lie between; near a finite limit on either side it is flat."""
    init: ClassVar[str] = "he"
    """The initialiser that keeps the size of what passes: ``init="auto"``."""
    glorot: ClassVar[float] = 6.0
    """scikit-learn draws the weights before it from ±sqrt(glorot / (D + K))."""

    def __init_subclass__(cls, abstract: bool = False, **rest: Any) -> None:
        super().__init_subclass__(abstract=abstract, **rest)
        if cls.elementwise and hasattr(cls, "derivative"):
            cls.backward_formula = f"d{{a}} ⊙ ({cls.derivative})"
        if "name" in vars(cls):
            register(ACTIVATIONS, cls.name, cls)
            for name, arguments in cls.variants.items():
                ACTIVATIONS[name] = partial(cls, **arguments)
            if cls.sklearn_name:
                SKLEARN[cls.sklearn_name] = cls.name

    def arguments(self) -> dict[str, float]:
        """Parameters of the function, if it has any."""
        return {}

    def forward(self, X: NxD, training: bool = False, remember: bool = False) -> NxD:
        out = self.buffer("A", X, X.shape) if training else None
        A = self.function(X, **self.arguments(), out=out)
        if training or remember:
            self.Z, self.A = X, A
        return A

    def backward(self, dA: NxD, input_gradient: bool = True) -> NxD | None:
        if not input_gradient:
            return None
        dZ = self.buffer("dZ", self.Z, self.Z.shape)
        return self.vjp(dA, self.Z, self.A, **self.arguments(), out=dZ)

    def inference_vjp(self, dA: NxD, X: Array, A: Array) -> NxD:
        Z, A = np.broadcast_to(X, dA.shape), np.broadcast_to(A, dA.shape)
        return self.vjp(dA, Z, A, **self.arguments())

    def config(self) -> dict[str, Any]:
        return {**super().config(), **self.arguments()}

    def onnx_attributes(self) -> dict[str, Any]:
        """Of its operator."""
        return {}

    def onnx(self, graph: Graph, x: str, k: int) -> str:
        return graph.add(self.onnx_operator, [x], f"{k}.A", **self.onnx_attributes())

    def javascript(self) -> tuple[str, str]:
        slope = self.js_slope and f"dA.map((d, k) => {{ const z = X[k]; return d * ({self.js_slope}); }})"
        return f"X.map((z) => {self.js})", slope


def activation_layer(name: str) -> Activation:
    """A new activation layer by its name (``glassnet.nn.ACTIVATIONS``), or by scikit-learn's name for it.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    return look_up("activation", SKLEARN.get(name, name), ACTIVATIONS)()


def elementwise_names() -> list[str]:
    """The names of those that are curves: all but softmax, each of whose outputs depends on all inputs."""
    return [name for name, make in ACTIVATIONS.items() if make().elementwise]
