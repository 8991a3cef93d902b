"""Whether a network is right as often as it is sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Calibration", "calibration"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """Whether the network is right as often as it is sure.

    Attributes
    ----------
    edges : (B + 1,) array
        The bins divide confidence, the largest probability of a sample, evenly from 0 to 1.
    confidence, accuracy : (B,) arrays
        Means over each bin's samples; NaN where it has none.
    count : (B,) integers
    error : float
        Expected calibration error: the mean of ``|accuracy - confidence|``, weighted by count.
    """

    edges: Floats
    confidence: Floats
    accuracy: Floats
    count: NDArray[np.int64]
    error: float


def calibration(confidence: ArrayLike, right: ArrayLike, bins: int = 15) -> Calibration:
    """Compare confidence with accuracy in ``bins`` bins of equal width (Guo et al. 2017, section 2).

    >>> calibration(np.array([0.9, 0.9]), np.array([True, False])).error.__round__(4)
    0.4
    """
    confidence, right = np.asarray(confidence, np.float64), np.asarray(right, np.bool_)
    edges = np.linspace(0, 1, bins + 1)
    place = np.clip(np.digitize(confidence, edges[1:-1], right=True), 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    filled = np.where(count > 0, count, np.nan)
    mean_confidence = np.bincount(place, weights=confidence, minlength=bins) / filled
    accuracy = np.bincount(place, weights=right, minlength=bins) / filled
    error = float(np.nansum(count * np.abs(accuracy - mean_confidence)) / max(len(confidence), 1))
    return Calibration(edges, mean_confidence, accuracy, count, error)
