"""When a training has learned enough, and the learning rate between epochs: scikit-learn's rules."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array
from glassnet.nn import Network
from glassnet.optim import Optimizer

__all__ = ["Patience", "Rate"]

SMALLEST_RATE = 1e-6
"""Below it ``learning_rate="adaptive"`` gives up."""


class Patience:
    """Counts the epochs without progress; with a validation set that decides, it keeps the best weights.

    Parameters
    ----------
    by_score : bool
        Whether the score on a validation set decides, and not the training loss.

    Attributes
    ----------
    best_loss, best_score : float or None
    waited : int
    """

    def __init__(self, by_score: bool) -> None:
        self.by_score = by_score
        self.best_loss = None if by_score else np.inf
        self.best_score = -np.inf if by_score else None
        self.waited = 0
        self._weights: tuple[Array, Array] | None = None

    def note(self, loss: float, score: float | None, tol: float, network: Network) -> None:
        """Take in an epoch's loss, or its score."""
        if self.best_score is not None:
            assert score is not None
            self.waited = self.waited + 1 if score < self.best_score + tol else 0
            if score > self.best_score:
                self.best_score = score
                self._weights = network.theta.copy(), network.state.copy()
        else:
            assert self.best_loss is not None
            self.waited = self.waited + 1 if loss > self.best_loss - tol else 0
            self.best_loss = min(loss, self.best_loss)

    def restore(self, network: Network) -> None:
        """Bring back the weights of the best score, if a score decides."""
        if self._weights is not None:
            network.theta[...], network.state[...] = self._weights


class Rate:
    """The learning rate between epochs: "constant", "invscaling" or "adaptive"; only "sgd" knows the others.

    Parameters
    ----------
    optimizer : Optimizer
        Its learning rate is changed.
    kind : str
    first : float
        The rate to begin with.
    power : float
        Of "invscaling".
    """

    def __init__(self, optimizer: Optimizer, kind: str, first: float, power: float) -> None:
        self._optimizer, self._kind, self._first, self._power = optimizer, kind, first, power

    def epoch_ends(self, samples: int) -> None:
        """So many samples have been learned in all."""
        if self._kind == "invscaling":
            self._optimizer.learning_rate = self._first / (samples + 1) ** self._power

    def goes_on(self) -> bool:
        """Patience is used up: whether a smaller rate may help, which is then set."""
        if self._kind != "adaptive" or self._optimizer.learning_rate <= SMALLEST_RATE:
            return False
        self._optimizer.learning_rate /= 5
        return True
