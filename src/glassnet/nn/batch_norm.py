"""Batch normalisation as a layer."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from glassnet.maths.normalization import (
    batch_norm,
    batch_norm_affine,
    batch_norm_vjp,
    normalize,
    running_average,
)
from glassnet.maths.types import Array, VectorD
from glassnet.nn.layer import Graph, Layer, Shape

__all__ = ["BatchNorm"]

Units = Annotated[Array, "N {self.n_inputs}"]


class BatchNorm(Layer):
    """A = gamma (X - mean) / sqrt(variance + epsilon) + beta        X, A (N, D)   all others (D,).

    Each unit is brought to mean 0 and variance 1 over the batch, then scaled by gamma and moved by beta.
    At inference the running statistics stand in for the batch's, so that a sample's result does not
    depend on its neighbours (Ioffe and Szegedy 2015, algorithm 2).

    Parameters
    ----------
    momentum : float
        Memory of the running statistics, in [0, 1).
    epsilon : float
        Added to the variance, > 0.

    Raises
    ------
    ValueError
        If a parameter is out of its range.

    Examples
    --------
    >>> layer = BatchNorm()
    >>> layer.gamma, layer.beta = np.array([2.0]), np.array([3.0])
    >>> layer.running_mean, layer.running_variance = np.array([5.0]), np.array([4.0])
    >>> layer.forward(np.array([[7.0]])).round(4)
    array([[5.]])
    """

    letter = "N"
    formula = "γ ({z} − μ) / √(σ² + ε) + β"
    backward_formula = "d{a} γ / √(σ² + ε); in training also through μ and σ²"
    piecewise_linear = True
    note = "μ and σ² are the running mean and variance; in training those of the batch."

    gamma: VectorD
    beta: VectorD
    dgamma: VectorD
    dbeta: VectorD
    running_mean: VectorD
    running_variance: VectorD

    def __init__(self, momentum: float = 0.9, epsilon: float = 1e-5) -> None:
        if not 0 <= momentum < 1:
            raise ValueError(f"momentum must be in [0, 1), not {momentum!r}")
        if not epsilon > 0:
            raise ValueError(f"epsilon must be above 0, not {epsilon!r}")
        self.momentum = momentum
        self.epsilon = epsilon

    def shapes(self) -> dict[str, Shape]:
        return {"gamma": (self.n_inputs,), "beta": (self.n_inputs,)}

    def state_shapes(self) -> dict[str, Shape]:
        return {"running_mean": (self.n_inputs,), "running_variance": (self.n_inputs,)}

    def start(self, rng: np.random.Generator) -> None:
        self.gamma[...] = 1
        self.beta[...] = 0
        self.running_mean[...] = 0
        self.running_variance[...] = 1

    def forward(self, X: Units, training: bool = False, remember: bool = False) -> Units:
        mean, variance = self.running_mean, self.running_variance
        if training:
            N = len(X)
            mean, variance = X.mean(axis=0), X.var(axis=0)
            running_average(self.running_mean, mean, self.momentum)
            running_average(self.running_variance, variance * (N / max(N - 1, 1)), self.momentum)
        out = self.buffer("normed", X, X.shape) if training else None
        normed, inverse_deviation = normalize(X, mean, variance, self.epsilon, out=out)
        if training or remember:
            self.normed, self.inverse_deviation, self.training = normed, inverse_deviation, training
        return batch_norm(
            normed, self.gamma, self.beta, out=self.buffer("A", X, X.shape) if training else None
        )

    def backward(self, dA: Units, input_gradient: bool = True) -> Units | None:
        dX = self.buffer("dX", dA, dA.shape)
        batch_norm_vjp(dA, self.normed, self.inverse_deviation, self.gamma, out=(dX, self.dgamma, self.dbeta))
        if not self.training:  # running statistics are constants: they do not depend on X
            np.multiply(dA, self.gamma * self.inverse_deviation, out=dX)
        return dX if input_gradient else None

    def inference_vjp(self, dA: Units, X: Array, A: Array) -> Units:
        return dA * self.inference_arrays()["factor"]

    def inference_arrays(self) -> dict[str, Array]:
        factor, offset = batch_norm_affine(
            self.gamma, self.beta, self.running_mean, self.running_variance, self.epsilon
        )
        return {"factor": factor, "offset": offset}

    def onnx(self, graph: Graph, x: str, k: int) -> str:
        names = ("gamma", "beta", "running_mean", "running_variance")
        arrays = [graph.weight(f"{k}.{name}", getattr(self, name)) for name in names]
        return graph.add("BatchNormalization", [x, *arrays], f"{k}.normed", epsilon=self.epsilon)

    def javascript(self) -> tuple[str, str]:
        return "X.map((x, k) => x * l.factor[k] + l.offset[k])", "dA.map((d, k) => d * l.factor[k])"

    def config(self) -> dict[str, Any]:
        return {**super().config(), "momentum": self.momentum, "epsilon": self.epsilon}
