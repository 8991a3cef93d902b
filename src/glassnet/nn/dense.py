"""The fully connected layer."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from glassnet.maths.affine import affine, affine_vjp, affine_vjp_parameters
from glassnet.maths.initializers import initializer
from glassnet.maths.types import Array, DxK, VectorK
from glassnet.nn.layer import Graph, Layer, Shape

__all__ = ["Dense"]

Inputs = Annotated[Array, "N {self.n_inputs}"]
Outputs = Annotated[Array, "N {self.n_outputs}"]


class Dense(Layer):
    """Z = X W + b        X (N, n_inputs)   W (n_inputs, n_outputs)   b (n_outputs,).

    Parameters
    ----------
    n_inputs, n_outputs : int
        Numbers of units before and after, >= 1.
    init : str
        Initialiser of W by name (``glassnet.maths.INITIALIZERS``, or ``"normal(0.1)"``); b begins at 0.

    Attributes
    ----------
    W, b, dW, db : arrays
        Views into the network's ``theta`` and ``grad``.

    Raises
    ------
    ValueError
        If a size is below 1 or there is no such initialiser.

    Examples
    --------
    >>> layer = Dense(2, 1)
    >>> layer.W, layer.b = np.array([[3.0], [4.0]]), np.array([5.0])
    >>> layer.forward(np.array([[1.0, 2.0]]))
    array([[16.]])
    """

    decayed = ("W",)
    letter = "Z"
    formula = "{z} W + b"
    backward_formula = "d{a} Wᵀ"
    piecewise_linear = True

    W: DxK
    b: VectorK
    dW: DxK
    db: VectorK

    def __init__(self, n_inputs: int, n_outputs: int, init: str = "he") -> None:
        if n_inputs < 1 or n_outputs < 1:
            raise ValueError(
                f"a Dense layer needs 1 input and 1 output at least, not {n_inputs}, {n_outputs}"
            )
        self.n_inputs = int(n_inputs)
        self.n_outputs = int(n_outputs)
        self.init = init
        self._initialize = initializer(init)

    def connect(self, n_inputs: int) -> int:
        if n_inputs != self.n_inputs:
            raise ValueError(f"{self!r} was made for {self.n_inputs} inputs, but {n_inputs} arrive")
        return self.n_outputs

    def shapes(self) -> dict[str, Shape]:
        return {"W": (self.n_inputs, self.n_outputs), "b": (self.n_outputs,)}

    def start(self, rng: np.random.Generator) -> None:
        self.W[...] = self._initialize(rng, self.n_inputs, self.n_outputs, self.W.dtype)
        self.b[...] = 0

    def forward(self, X: Inputs, training: bool = False, remember: bool = False) -> Outputs:
        if training or remember:
            self.X = X
        out = self.buffer("Z", X, (len(X), self.n_outputs)) if training else None
        return affine(X, self.W, self.b, out=out)

    def backward(self, dA: Outputs, input_gradient: bool = True) -> Inputs | None:
        if not input_gradient:
            affine_vjp_parameters(dA, self.X, out=(self.dW, self.db))
            return None
        dX = self.buffer("dX", self.X, self.X.shape)
        return affine_vjp(dA, self.X, self.W, out=(dX, self.dW, self.db))[0]

    def inference_vjp(self, dA: Outputs, X: Array, A: Array) -> Inputs:
        return dA @ self.W.T

    def inference_arrays(self) -> dict[str, Array]:
        return {"W": self.W, "b": self.b}

    def onnx(self, graph: Graph, x: str, k: int) -> str:
        arrays = [graph.weight(f"{k}.{name}", array) for name, array in self.inference_arrays().items()]
        return graph.add("Gemm", [x, *arrays], f"{k}.Z")

    def javascript(self) -> tuple[str, str]:
        return "affine(X, l.W, l.b)", "affineVjp(dA, l.W)"

    def config(self) -> dict[str, Any]:
        return {**super().config(), "n_inputs": self.n_inputs, "n_outputs": self.n_outputs, "init": self.init}
