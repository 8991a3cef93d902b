"""A loss as a network uses it: labels to targets, the value, the derivative, the fused pair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from glassnet.maths import losses as f
from glassnet.maths.types import Array
from glassnet.nn.activations import Sigmoid, Softmax
from glassnet.nn.layer import Layer

__all__ = ["LOSSES", "OUTPUTS", "Loss", "check_targets"]


@dataclass(frozen=True)
class Loss:
    """One of ``LOSSES``.

    Attributes
    ----------
    name : str
        "cross_entropy", "log_loss", "mse" or "poisson".
    answers : {"classes", "yes or no", "numbers", "counts"}
        What a row of outputs is: probabilities of classes that sum to 1, a probability for each of several
        questions, numbers, or the logarithms of counts.
    fused_with : type of Layer or None
        The output layer with which ``from_logits`` and ``fused_vjp`` make one exact step.
    """

    name: str
    answers: Literal["classes", "yes or no", "numbers", "counts"]
    value: Callable[..., float] = field(repr=False)
    vjp: Callable[..., Array] = field(repr=False)
    fused_with: type[Layer] | None = field(default=None, repr=False)
    from_logits: Callable[..., float] | None = field(default=None, repr=False)
    fused_vjp: Callable[..., Array] | None = field(default=None, repr=False)

    def targets(self, y: np.ndarray, like: Array, smoothing: float = 0.0) -> Array:
        """Y (N, K) in the type of A: one column a class for integer labels, else y itself as a matrix."""
        N, K = like.shape
        if y.ndim == 1 and K > 1:
            Y = f.one_hot(y, K, like.dtype)
        else:
            Y = y.reshape(N, K).astype(like.dtype, copy=False)
        return f.smooth_labels(Y, smoothing) if smoothing else Y


LOSSES = {
    loss.name: loss
    for loss in (
        Loss(
            "cross_entropy",
            "classes",
            f.cross_entropy,
            f.cross_entropy_vjp,
            Softmax,
            f.softmax_cross_entropy,
            f.softmax_cross_entropy_vjp,
        ),
        Loss(
            "log_loss",
            "yes or no",
            f.log_loss,
            f.log_loss_vjp,
            Sigmoid,
            f.sigmoid_log_loss,
            f.sigmoid_log_loss_vjp,
        ),
        Loss("mse", "numbers", f.mean_squared_error, f.mean_squared_error_vjp),
        Loss("poisson", "counts", f.poisson, f.poisson_vjp),
    )
}


OUTPUTS = {"cross_entropy": "softmax", "log_loss": "sigmoid", "mse": "identity", "poisson": "identity"}
"""The activation that a network with this loss ends in, unless it is told otherwise."""


def check_targets(loss: str, y: np.ndarray, N: int, K: int) -> None:
    """Raise a ValueError that says what is wrong unless y suits a loss on outputs (N, K)."""
    if len(y) != N:
        raise ValueError(f"{N} samples, but {len(y)} targets")
    if y.ndim == 1 and K > 1:
        if not np.issubdtype(y.dtype, np.integer):
            raise ValueError(
                f"a network of {K} outputs needs integer labels or targets of shape ({N}, {K}), "
                f"not {y.dtype} of shape {y.shape}"
            )
        wrong = np.flatnonzero((y < 0) | (y >= K))
        if wrong.size:
            raise ValueError(f"labels must be 0 to {K - 1}, but target {wrong[0]} is {y[wrong[0]]}")
    elif y.shape not in {(N,), (N, K)}:
        raise ValueError(f"targets must be of shape ({N}, {K}), not {y.shape}")
    if loss == "cross_entropy" and K == 1:
        raise ValueError("cross_entropy needs an output for each class; with one output use log_loss or mse")
    if loss == "poisson":
        if not np.all(y >= 0):
            raise ValueError(f"poisson needs counts of 0 or more, not {y.min()}")
    elif loss != "mse" and not ((y.ndim == 1 and K > 1) or bool(np.all((y >= 0) & (y <= 1)))):
        raise ValueError(f"{loss} needs targets between 0 and 1, not {y.min()} to {y.max()}")
