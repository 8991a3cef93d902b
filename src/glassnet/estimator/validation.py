"""A validation set, and the network's answers to rows of any number."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.maths.types import Array
from glassnet.nn import Network

__all__ = ["Judge", "outputs_of"]

Score = Callable[[Array, NDArray[Any], NDArray[Any] | None], float]
CHUNK = 2048


def outputs_of(network: Network, X: Any) -> Array:
    """The network's outputs (m, k) for a matrix, a chunk at a time; rows of a sparse one are filled up."""
    if not hasattr(X, "tocsr"):
        return network.predict_proba(X, CHUNK)
    parts = [network.forward(X[i : i + CHUNK].toarray()) for i in range(0, X.shape[0], CHUNK)]
    return np.concatenate(parts)


class Judge:
    """Says after each epoch how good a network is on samples that it does not learn.

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

    def __call__(self, network: Network) -> tuple[float, float]:
        """Loss, without penalties, and score."""
        A = outputs_of(network, self._X)
        loss = network.loss.value(A, network.loss.targets(self._y, A), self._weight)
        if not math.isfinite(loss):  # the training ends, and says so
            return loss, math.nan
        return loss, self._score(A, self._y, self._weight)
