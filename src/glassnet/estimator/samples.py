"""The samples of one fit: and what is set apart for validation."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split

from glassnet.errors import DataError, TrainingError

__all__ = ["Samples", "split"]


class Samples(NamedTuple):
    """Checked rows, the network's targets for them, and weights.

    Attributes
    ----------
    X : (m, n) array or CSR matrix
    y : (m,) or (m, k) array
    weight : (m,) array or None
    """

    X: Any
    y: NDArray[Any]
    weight: NDArray[Any] | None

    def take(self, index: NDArray[np.intp]) -> Samples:
        """Some of them."""
        return Samples(self.X[index], self.y[index], None if self.weight is None else self.weight[index])

    def check_weight(self, whose: str) -> None:
        """Raise a TrainingError if no sample counts."""
        if self.weight is not None and not self.weight.any():
            raise TrainingError(f"Every sample weight {whose} is zero, so there is nothing to go by.")


def split(
    samples: Samples, share: float, random: np.random.RandomState, classes: NDArray[Any] | None
) -> tuple[Samples, Samples]:
    """The training and the validation part, which are scikit-learn's for the same random numbers.

    Parameters
    ----------
    samples : Samples
    share : float
        Of the validation part.
    random : RandomState
    classes : (m,) array or None
        Of which both parts get their share.

    Raises
    ------
    DataError, TrainingError
        If there are too few samples.
    """
    try:
        rows, held_out = train_test_split(
            np.arange(len(samples.y)), random_state=random, test_size=share, stratify=classes
        )
    except ValueError as error:
        raise DataError(f"No validation set can be set apart for early_stopping: {error}") from None
    if len(held_out) < 2:
        raise TrainingError(
            "The validation set is too small: raise validation_fraction, or give more samples."
        )
    training, validation = samples.take(rows), samples.take(held_out)
    training.check_weight("outside of the validation set")
    validation.check_weight("in the validation set that was set apart")
    return training, validation
