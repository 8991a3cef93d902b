"""Dropout as a layer."""

from __future__ import annotations

from typing import Any

import numpy as np

from glassnet.maths.dropout import dropout, dropout_mask, dropout_vjp
from glassnet.maths.types import Array, NxD
from glassnet.nn.layer import Graph, Layer

__all__ = ["Dropout"]


class Dropout(Layer):
    """A = X M        X, A (N, D)   M = 1 / (1 - rate) with probability 1 - rate, else 0: in training only.

    Parameters
    ----------
    rate : float
        The share that is dropped, in [0, 1).

    Raises
    ------
    ValueError
        If the rate is out of its range.

    Examples
    --------
    >>> layer = Dropout(0.5)
    >>> layer.start(np.random.default_rng(0))
    >>> X = np.array([[1.0, 2.0, 3.0]])
    >>> layer.forward(X, training=True), layer.forward(X)
    (array([[2., 0., 0.]]), array([[1., 2., 3.]]))
    """

    letter = "D"
    formula = "{z} ⊙ mask / {self.kept:g}"
    backward_formula = "d{a} ⊙ mask / {self.kept:g}"
    silences = training_only = piecewise_linear = True

    def __init__(self, rate: float = 0.5) -> None:
        if not 0 <= rate < 1:
            raise ValueError(f"rate must be in [0, 1), not {rate!r}")
        self.rate = rate
        self.mask: Array | None = None

    def start(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def forward(self, X: NxD, training: bool = False, remember: bool = False) -> NxD:
        if not training or self.rate == 0:
            if training or remember:
                self.mask = None
            return X
        self.mask = dropout_mask(self.rng, self.rate, self.buffer("mask", X, X.shape))
        return dropout(X, self.mask, out=self.buffer("A", X, X.shape))

    def backward(self, dA: NxD, input_gradient: bool = True) -> NxD | None:
        if self.mask is None or not input_gradient:
            return dA
        return dropout_vjp(dA, self.mask, out=self.buffer("dX", dA, dA.shape))

    @property
    def kept(self) -> float:
        """The share that is not dropped."""
        return 1 - self.rate

    def inference_vjp(self, dA: NxD, X: Array, A: Array) -> NxD:
        return dA

    def onnx(self, graph: Graph, x: str, k: int) -> str:
        return x  # it is idle once the training is over

    def javascript(self) -> tuple[str, str]:
        return "X", "dA"

    def config(self) -> dict[str, Any]:
        return {**super().config(), "rate": self.rate}
