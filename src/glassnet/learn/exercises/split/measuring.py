"""What is true of every right split, whatever chance gave: how many, where from, in which order."""

from typing import Any

import numpy as np

from glassnet.learn.exercise import Inputs

__all__ = ["ORDER_OF_RESULTS", "measured"]

ORDER_OF_RESULTS = "X_train (M, D), y_train (M,), X_val (N − M, D), y_val (N − M,)"
NAMES = (
    "samples and labels are where they belong",
    "the number of validation samples",
    "there are rows of X that are no sample's (1: yes)",
    "there are training labels of other samples (1: yes)",
    "there are validation labels of other samples (1: yes)",
    "there are samples in both parts (1: yes)",
    "there are samples in neither part (1: yes)",
    "there are samples that occur twice (1: yes)",
    "each class gives its fraction (1: yes)",
    "all classes give equally many (1: yes)",
    "where in the file the validation samples come from (0: anywhere, −1: the beginning, 1: the end)",
    "the training part is in the old order (1: yes)",
    "the training part is sorted by class (1: yes)",
    "the validation part is sorted by class (1: yes)",
)


def measured(inputs: Inputs, outputs: dict[str, Any]) -> dict[str, Any]:
    """Each of ``NAMES`` as a number that is the same for every right split."""
    X, y, fraction = inputs["X"], inputs["y"], inputs["fraction"]
    parts = [(outputs["X_train"], outputs["y_train"]), (outputs["X_val"], outputs["y_val"])]
    if not all(_is_part(samples, labels, X) for samples, labels in parts):
        return dict.fromkeys(NAMES, np.nan) | {NAMES[0]: 0}
    (train, y_train), (val, y_val) = [(_found(samples, X), np.ravel(labels)) for samples, labels in parts]
    unknown = bool(np.any(train < 0) or np.any(val < 0))
    train_known, val_known = train[train >= 0], val[val >= 0]
    counts = [int(np.sum(y_val == label)) for label in np.unique(y)]
    wanted = [round(fraction * int(np.sum(y == label))) for label in np.unique(y)]
    together = np.concatenate([train_known, val_known])
    values = (
        1,
        len(val),
        unknown,
        bool(np.any(y_train[train >= 0] != y[train_known])),
        bool(np.any(y_val[val >= 0] != y[val_known])),
        len(np.intersect1d(train_known, val_known)) > 0,
        not unknown and len(np.unique(together)) < len(y),
        any(len(np.unique(part)) < len(part) for part in (train_known, val_known)),
        counts == wanted,
        len(set(counts)) == 1,
        _origin(val_known, y),
        not unknown and _in_order(train_known),
        _sorted_by_class(y_train),
        _sorted_by_class(y_val),
    )
    return dict(zip(NAMES, values, strict=True))


def _is_part(samples: np.ndarray, labels: np.ndarray, X: np.ndarray) -> bool:
    return samples.ndim == 2 and samples.shape[1] == X.shape[1] and labels.size == len(samples)


def _found(samples: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Which row of X each sample is; −1 where it is none."""
    order = np.argsort(X[:, 0])
    place = np.searchsorted(X[order, 0], np.asarray(samples[:, 0], dtype=float) - 1e-4)
    numbers = order[np.minimum(place, len(order) - 1)]
    return np.where(np.all(np.abs(samples - X[numbers]) < 1e-4, axis=1), numbers, -1)


def _origin(val: np.ndarray, y: np.ndarray) -> int:
    """Whether chance drew from each class's whole; by the mean place, which is certain to about 0.03."""
    if len(val) == 0:
        return 0
    places = np.empty(len(y))
    for label in np.unique(y):
        members = np.flatnonzero(y == label)
        places[members] = (np.arange(len(members)) + 0.5) / len(members)
    mean = float(np.mean(places[val]))
    return int(mean > 0.75) - int(mean < 0.25)


def _in_order(numbers: np.ndarray) -> bool:
    return len(numbers) > 2 and float(np.mean(np.diff(numbers) > 0)) > 0.9


def _sorted_by_class(labels: np.ndarray) -> bool:
    """Whether neighbours are of the same class nearly always."""
    return len(labels) > 2 and int(np.sum(np.diff(labels) != 0)) < 0.2 * len(labels)
