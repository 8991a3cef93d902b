"""The learning rate: a schedule over the whole training, or scikit-learn's rules between epochs."""

from __future__ import annotations

from typing import Any

from glassnet.optim import SCHEDULES, Constant, Optimizer, Schedule

__all__ = ["LearningRate", "schedule_of"]

MIN_LEARNING_RATE = 1e-6
"""At it or below, ``learning_rate="adaptive"`` divides no more."""


def schedule_of(parameters: dict[str, Any]) -> Schedule | None:
    """The schedule over the whole training, if there is one; the other rates change between epochs."""
    rate = parameters["learning_rate"]
    if isinstance(rate, Schedule):
        return rate
    kind = SCHEDULES.get(rate, Constant)
    return None if kind is Constant else kind()


class LearningRate:
    """The learning rate between epochs: "constant", or with "sgd" also "invscaling" and "adaptive".

    Parameters
    ----------
    optimizer : Optimizer
        Its learning rate is changed.
    parameters : dict
        The estimator's: ``solver``, ``learning_rate``, ``learning_rate_init``, ``power_t``.
    """

    def __init__(self, optimizer: Optimizer, parameters: dict[str, Any]) -> None:
        self._optimizer = optimizer
        self._kind = parameters["learning_rate"] if parameters["solver"] == "sgd" else "constant"
        self._initial, self._power = float(parameters["learning_rate_init"]), parameters["power_t"]

    def epoch_ends(self, samples: int) -> None:
        """Take note that so many samples have been learned in all."""
        if self._kind == "invscaling":
            self._optimizer.learning_rate = self._initial / (samples + 1) ** self._power

    def lower(self) -> bool:
        """Training has come to a standstill: whether a smaller rate may help, which is then set."""
        if self._kind != "adaptive" or self._optimizer.learning_rate <= MIN_LEARNING_RATE:
            return False
        self._optimizer.learning_rate /= 5.0
        return True
