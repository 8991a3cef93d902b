"""When a training has learned enough: scikit-learn's rules."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array
from glassnet.nn import Network

__all__ = ["EarlyStopping"]


class EarlyStopping:
    """Counts the epochs without improvement; where a validation score decides, it keeps the best weights.

    Parameters
    ----------
    by_score : bool
        Whether the score on a validation set decides, and not the training loss.

    Attributes
    ----------
    best_loss, best_score : float or None
    no_improvement : int
        Epochs since the last improvement.
    """

    def __init__(self, by_score: bool) -> None:
        self.by_score = by_score
        self.best_loss = None if by_score else np.inf
        self.best_score = -np.inf if by_score else None
        self.no_improvement = 0
        self._weights: tuple[Array, Array] | None = None

    def update(self, loss: float, score: float | None, tol: float, network: Network) -> None:
        """Take in an epoch's loss, or its score."""
        if self.best_score is not None:
            assert score is not None
            self.no_improvement = self.no_improvement + 1 if score < self.best_score + tol else 0
            if score > self.best_score:
                self.best_score = score
                self._weights = network.theta.copy(), network.state.copy()
        else:
            assert self.best_loss is not None
            self.no_improvement = self.no_improvement + 1 if loss > self.best_loss - tol else 0
            self.best_loss = min(loss, self.best_loss)

    def restore(self, network: Network) -> None:
        """Bring back the weights of the best score, if a score decides."""
        if self._weights is not None:
            network.theta[...], network.state[...] = self._weights
