"""What is asked of a network: whether targets fit it, which class each one is, and how its outputs decide."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.errors import DataError
from glassnet.maths.types import Array
from glassnet.nn import Network
from glassnet.nn.loss import check_targets

__all__ = ["check_data", "class_labels", "decide"]


def decide(A: Array) -> NDArray[np.int64]:
    """The class that each row of outputs speaks for; a single output speaks for class 1 above one half."""
    if A.shape[1] == 1:
        return (A[:, 0] > 0.5).astype(np.int64)
    classes: NDArray[np.int64] = A.argmax(axis=1)
    return classes


def check_data(network: Network, dataset: Dataset) -> NDArray[Any]:
    """The labels of a data set that fits the network.

    Raises
    ------
    DataError
        If it has no labels, or does not fit.
    """
    if dataset.labels is None:
        raise DataError(f"{dataset.name}: the samples have no labels, and labels are needed here.")
    if dataset.n_features != network.n_inputs:
        raise DataError(
            f"{dataset.name}: a sample has {dataset.n_features} numbers, the network reads "
            f"{network.n_inputs}. Begin the network with {dataset.n_features} inputs, or use other data."
        )
    try:
        check_targets(network.loss.name, dataset.labels, len(dataset), network.n_outputs)
    except ValueError as error:
        raise DataError(f"{dataset.name}: the labels do not fit the network: {error}.") from None
    return dataset.labels


def class_labels(network: Network, y: NDArray[Any]) -> NDArray[Any] | None:
    """The class of each sample as an integer; None for a regression and for several questions at once."""
    if y.ndim == 1 and network.n_outputs > 1:
        return y
    if network.loss.name == "cross_entropy":
        classes: NDArray[Any] = y.argmax(axis=1)
        return classes
    if network.loss.name == "log_loss" and network.n_outputs == 1:
        return (y.reshape(-1) > 0.5).astype(np.int64)
    return None
