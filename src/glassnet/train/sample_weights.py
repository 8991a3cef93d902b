"""How much each sample counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.errors import TrainingError

__all__ = ["ClassWeight", "sample_weights"]

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
        A weight for some classes (the others count 1). "balanced": m / (K times the class's samples), so
        that each of the K classes counts the same in all, as in scikit-learn.

    Raises
    ------
    TrainingError
        If weights are missing, negative or not finite, or name a class that does not exist.

    Examples
    --------
    >>> sample_weights(4, np.array([0, 0, 0, 1]), class_weight="balanced").round(3)
    array([0.667, 0.667, 0.667, 2.   ])
    """
    weights = None
    if sample_weight is not None:
        weights = np.array(sample_weight, np.float64)
        if weights.shape != (m,):
            raise TrainingError(
                f"sample_weight has shape {weights.shape}, not one number for each of {m} samples."
            )
    if class_weight is not None:
        if classes is None:
            raise TrainingError("class_weight needs labels that are classes.")
        by_class = _class_weights(classes, class_names or (), class_weight)[classes]
        weights = by_class if weights is None else weights * by_class
    if weights is not None:
        bad = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
        if bad.size:
            raise TrainingError(f"Sample {bad[0]} has the weight {weights[bad[0]]}; it must be 0 or more.")
        if not weights.any():
            raise TrainingError("All weights are 0, so there is nothing to learn from.")
    return weights


def _class_weights(
    classes: NDArray[Any], names: Sequence[str], class_weight: ClassWeight
) -> NDArray[np.float64]:
    counts = np.bincount(classes, minlength=len(names))
    if isinstance(class_weight, str):
        if class_weight != "balanced":
            raise TrainingError(f'class_weight must be "balanced" or a dictionary, not {class_weight!r}.')
        return len(classes) / (np.count_nonzero(counts) * np.maximum(counts, 1))
    weights = np.ones(len(counts))
    for key, weight in class_weight.items():
        place = names.index(key) if key in names else key
        if not isinstance(place, int | np.integer) or not 0 <= place < len(counts):
            known = ", ".join(names) or f"0 to {len(counts) - 1}"
            raise TrainingError(f"class_weight names class {key!r}; there are {known}.")
        weights[place] = weight
    return weights
