"""A validation set, and a network's outputs for rows of any number."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.maths.types import Array
from glassnet.nn import Network

__all__ = ["ValidationSet", "outputs_of"]

Score = Callable[[Array, NDArray[Any], NDArray[Any] | None], float]
CHUNK = 2048


def outputs_of(network: Network, X: Any) -> Array:
    """The network's outputs (m, k) for a matrix, a chunk at a time; rows of a sparse one are filled up."""
    return np.concatenate([network.forward(_dense(X[i : i + CHUNK])) for i in range(0, X.shape[0], CHUNK)])


def _dense(X: Any) -> NDArray[Any]:
    rows: NDArray[Any] = X.toarray() if hasattr(X, "tocsr") else X
    return rows


class ValidationSet:
    """Samples that are not learned: called with a network, it says how well the network does on them.

    Parameters
    ----------
    X : (m, n) array or CSR matrix
    y : array
        The network's targets.
    weight : (m,) array or None
    score : callable
        From outputs, targets and weights to a number that is 1 at best.
    """

    def __init__(self, X: Any, y: NDArray[Any], weight: NDArray[Any] | None, score: Score) -> None:
        self._X, self._y, self._weight, self._score = X, y, weight, score

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")  # the loss says it better
    def __call__(self, network: Network) -> tuple[float, float]:
        """Loss, without penalties, and score; no score (NaN) where the loss is not finite."""
        m = len(self._y)
        parts, losses, weights = [], [], []
        for start in range(0, m, CHUNK):
            rows = slice(start, start + CHUNK)
            weight = None if self._weight is None else self._weight[rows]
            A, loss = network.outputs_and_loss(_dense(self._X[rows]), self._y[rows], weight)
            parts.append(A)
            losses.append(loss)
            weights.append(len(A) if weight is None else float(weight.sum()))
        loss = float(np.average(losses, weights=weights))
        A = np.concatenate(parts)
        return loss, self._score(A, self._y, self._weight) if math.isfinite(loss) else math.nan
