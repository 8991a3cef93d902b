"""What a network may be made of, and what may be fed to it; everything else is named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from glassnet.maths.types import Array
from glassnet.nn.dense import Dense
from glassnet.nn.layer import Layer
from glassnet.nn.loss import check_targets, loss_named

__all__ = ["check_batch", "check_inputs", "check_layers", "check_settings"]


def check_layers(layers: Sequence[Layer]) -> None:
    """Raise a ValueError unless a network can be made of these layers."""
    if not layers or not isinstance(layers[0], Dense):
        raise ValueError("a network begins with a Dense layer, which says how many inputs there are")
    if len({id(layer) for layer in layers}) != len(layers):
        raise ValueError("the same layer object stands twice in the network; make one for each place")


def check_settings(
    dtype: np.dtype, loss: str, l1: float, l2: float, max_norm: float | None, label_smoothing: float
) -> None:
    """Raise a ValueError unless these are as :class:`Network` documents them."""
    if dtype not in (np.dtype("float32"), np.dtype("float64")):
        raise ValueError(f"dtype must be float32 or float64, not {dtype}")
    if l1 < 0 or l2 < 0:
        raise ValueError(f"penalties must be 0 or more, not l1={l1}, l2={l2}")
    if max_norm is not None and not max_norm > 0:
        raise ValueError(f"max_norm must be above 0, not {max_norm}")
    if not 0 <= label_smoothing < 1:
        raise ValueError(f"label_smoothing must be in [0, 1), not {label_smoothing}")
    if label_smoothing and loss_named(loss).answers != "classes":
        raise ValueError(f"label_smoothing goes with cross_entropy, not with {loss}")


def check_inputs(X: ArrayLike, n_inputs: int, dtype: np.dtype) -> Array:
    """X as an array (N, n_inputs) of that type.

    Raises
    ------
    ValueError
        If it is of another shape.
    """
    X = np.asarray(X, dtype=dtype)
    if X.ndim != 2 or X.shape[1] != n_inputs:
        raise ValueError(f"X must be of shape (N, {n_inputs}), not {X.shape}")
    return X


def check_batch(
    X: Array, y: ArrayLike, sample_weight: ArrayLike | None, loss: str, n_outputs: int
) -> tuple[np.ndarray, Array | None]:
    """Targets and weights as arrays, the weights in the type of X.

    Raises
    ------
    ValueError
        If they do not suit X, the loss or the number of outputs.
    """
    y = np.asarray(y)
    check_targets(loss, y, len(X), n_outputs)
    if sample_weight is None:
        return y, None
    weight: Array = np.asarray(sample_weight, dtype=X.dtype)
    if weight.shape != (len(X),) or not np.all(weight >= 0):
        raise ValueError(f"sample_weight must be {len(X)} numbers, none below 0; has shape {weight.shape}")
    return y, weight
