"""The borders of shadows and of dark things: they are no strokes, for they have paper on one side only."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["one_sided"]

STEP_TO_LONGER_SIDE = 0.012  # of the longer side, and
DISTANCES_IN_STEPS = (
    1,
    2,
    4,
)  # times that far beyond its border a stroke has paper again, however soft it is
MIN_SHARE_OF_PAPER_LIGHT = 0.5  # of the way from ink to paper: what is less bright is no paper
MAX_BORDER_SHARE_WITHOUT_PAPER = (
    0.3  # of a stroke's border that may have none: another stroke may run close by
)
MIN_BORDER_PLACES = 24  # places: a speck has no sides
DIRECTIONS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))


def one_sided(
    grey: NDArray[np.uint8], paper: NDArray[np.float32], ink: NDArray[np.bool_], lines: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which of the ink is a shadow's border, or the shadow, and not a stroke.

    A stroke lies between paper and paper. Of each connected piece of ink it is seen, a few pixels beyond
    its border, how many places are nearer to the ink's brightness than to the paper's.

    Parameters
    ----------
    grey : (h, w) uint8 array
        Dark on light.
    paper : (h, w) float array
        The paper's brightness.
    ink, lines : (h, w) bool arrays
        What was taken for ink, and ruled lines, which say nothing.

    Examples
    --------
    >>> grey = np.full((60, 60), 220, np.uint8)
    >>> grey[:, 40:] = 90  # a shadow
    >>> grey[10:50, 12:17] = 60  # a stroke
    >>> ink = grey < 200
    >>> ink[:, 45:] = False  # of the shadow its border alone
    >>> found = one_sided(grey, np.full((60, 60), 220, np.float32), ink, np.zeros_like(ink))
    >>> bool(found[:, 40:45].all()), bool(found[:, :40].any())
    (True, False)
    """
    from scipy import ndimage

    labels, count = ndimage.label(ink, structure=np.ones((3, 3)))
    if not count:
        return np.zeros(ink.shape, np.bool_)
    looked, dark = np.zeros(count + 1), np.zeros(count + 1)
    away = max(2, round(STEP_TO_LONGER_SIDE * max(ink.shape)))
    outside, inside = np.where(ink | lines, np.int16(-1), grey), np.where(ink, grey, np.int16(255))
    rows, columns = np.nonzero(ink)
    for down, right in DIRECTIONS:
        step = max(1, round(away * (0.7 if down and right else 1)))
        outwards = [(times * step * down, times * step * right) for times in DISTANCES_IN_STEPS]
        ends = ~_seen(ink, rows + down, columns + right, True)
        y, x = rows[ends], columns[ends]
        brightest = np.max([_seen(outside, y + dy, x + dx, -1) for dy, dx in outwards], axis=0)
        darkest = np.minimum(inside[y, x], _seen(inside, y - step * down, x - step * right, 255))
        halfway = darkest + MIN_SHARE_OF_PAPER_LIGHT * (paper[y, x] - darkest)
        which, free = labels[y, x], brightest >= 0
        looked += np.bincount(which[free], minlength=count + 1)
        dark += np.bincount(which[free & (brightest < halfway)], minlength=count + 1)
    found: NDArray[np.bool_] = (
        (dark > MAX_BORDER_SHARE_WITHOUT_PAPER * looked) & (looked > MIN_BORDER_PLACES)
    )[labels]
    return found


def _seen(
    values: NDArray[Any], rows: NDArray[np.intp], columns: NDArray[np.intp], beyond: int
) -> NDArray[Any]:
    """The values at some places; a constant beyond the picture."""
    h, w = values.shape
    inside = (rows >= 0) & (rows < h) & (columns >= 0) & (columns < w)
    seen = np.full(rows.shape, beyond, values.dtype)
    seen[inside] = values[rows[inside], columns[inside]]
    return seen
