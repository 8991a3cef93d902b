"""How much each sample counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.errors import TrainingError

__all__ = ["ClassWeight", "balanced", "sample_weights"]

ClassWeight = Mapping[int, float] | Mapping[str, float] | Literal["balanced"]


def sample_weights(
    m: int,
    classes: NDArray[Any] | None,
    class_names: Sequence[str] | None = None,
    sample_weight: ArrayLike | None = None,
    class_weight: ClassWeight | None = None,
) -> NDArray[np.float64] | None:
    """One weight for each of m samples: its own times its class's; None where all count the same.

    Parameters
    ----------
    m : int
    classes : (m,) integers or None
        None for a regression.
    class_names : sequence of str, optional
        Names that ``class_weight`` may use instead of numbers.
    sample_weight : (m,) array, optional
        Numbers of 0 or more.
    class_weight : dict or "balanced", optional
        A weight for some classes (the others count 1). "balanced": each class counts the same in all, see
        :func:`balanced`.

    Raises
    ------
    TrainingError
        If weights are missing, negative or not finite, or name a class that does not exist.

    Examples
    --------
    >>> sample_weights(4, np.array([0, 0, 0, 1]), class_weight="balanced").round(3)
    array([0.667, 0.667, 0.667, 2.   ])
    """
    weights = None if sample_weight is None else np.array(sample_weight, np.float64)
    if weights is not None:
        _check(weights, m)
    if class_weight is None:
        return weights
    if classes is None:
        raise TrainingError("class_weight needs labels that are classes.")
    if isinstance(class_weight, str):
        if class_weight != "balanced":
            raise TrainingError(f'class_weight must be "balanced" or a dictionary, not {class_weight!r}.')
        by_class = balanced(classes, weights)
    else:
        by_class = _by_class(classes, class_names or (), class_weight)
        _check(by_class, m)
    return by_class if weights is None else weights * by_class


def balanced(classes: NDArray[Any], weights: NDArray[Any] | None = None) -> NDArray[np.float64]:
    """A factor for each sample, with which each class counts the same in all.

    It is the weight of all samples over K times that of the class's, K classes being there, as in
    scikit-learn. A sample of weight 3 counts as three samples.

    Parameters
    ----------
    classes : (m,) integers
    weights : (m,) array, optional
        Numbers of 0 or more, not all 0.

    Examples
    --------
    >>> balanced(np.array([0, 0, 0, 1])).round(3)
    array([0.667, 0.667, 0.667, 2.   ])
    >>> balanced(np.array([0, 1]), np.array([3.0, 1.0])).round(3)
    array([0.667, 2.   ])
    """
    total = np.bincount(classes, weights)
    there = total > 0
    factors = np.zeros(len(total))  # who weighs nothing in all stays so
    factors[there] = total.sum() / (np.count_nonzero(there) * total[there])
    each: NDArray[np.float64] = factors[classes]
    return each


def _check(weights: NDArray[np.float64], m: int) -> None:
    if weights.shape != (m,):
        raise TrainingError(
            f"sample_weight has shape {weights.shape}, not one number for each of {m} samples."
        )
    bad = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if bad.size:
        raise TrainingError(f"Sample {bad[0]} has the weight {weights[bad[0]]}; it must be 0 or more.")
    if not weights.any():
        raise TrainingError("All weights are 0, so there is nothing to learn from.")


def _by_class(
    classes: NDArray[Any], names: Sequence[str], class_weight: Mapping[int, float] | Mapping[str, float]
) -> NDArray[np.float64]:
    weights = np.ones(max(int(classes.max(initial=-1)) + 1, len(names)))
    for key, weight in class_weight.items():
        place = names.index(key) if key in names else key
        if not isinstance(place, int | np.integer) or not 0 <= place < len(weights):
            known = ", ".join(names) or f"0 to {len(weights) - 1}"
            raise TrainingError(f"class_weight names class {key!r}; there are {known}.")
        weights[place] = weight
    each: NDArray[np.float64] = weights[classes]
    return each
