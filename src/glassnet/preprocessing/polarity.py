"""Polarity: whether the ink is darker than its ground, or lighter."""

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing.light import COARSE_SIDE_PIXELS, shrink, surface

__all__ = ["dark_on_light"]


def dark_on_light(grey: NDArray[np.uint8]) -> bool:
    """Whether the picture is written dark on light.

    Most of a picture is its ground. So a smooth surface through most pixels is the ground, whatever the
    light; ink lies below it or above it, and the side with more of it wins.

    Examples
    --------
    >>> page = np.full((28, 28), 200, np.uint8)
    >>> page[4:24, 12:16] = 90
    >>> dark_on_light(page), dark_on_light(255 - page)
    (True, False)
    """
    coarse = shrink(grey, max(1, round(max(grey.shape) / (2 * COARSE_SIDE_PIXELS)))).astype(np.float32)
    away = coarse - surface(coarse)
    noise = 3 * 1.4826 * float(np.median(np.abs(away - np.median(away))))
    below = np.clip(-away - noise, 0, None).sum(dtype=np.float64)
    above = np.clip(away - noise, 0, None).sum(dtype=np.float64)
    return bool(below >= above)
