"""Two digits that touch: where a connected stroke may be cut."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing.strokes import Part

__all__ = ["cut"]

MIN_WIDTH_TO_HEIGHT = 0.62  # of the line's height: what is narrower is one digit
MIN_CUT_DISTANCE_TO_HEIGHT = 0.22  # of the height: two cuts are not closer
MAX_CUTS = 6
COST_OF_STEP_ASIDE = 0.35  # what a step aside costs, beside a pixel of full ink at 1
MAX_INK_CUT_TO_HEIGHT = 0.45  # of the height: a cut through more ink than that is none

Costs = NDArray[np.float64]


def cut(part: Part, share: NDArray[np.float32], height: float) -> list[Part]:
    """The parts that a stroke falls into when it is cut wherever two digits might touch.

    A cut is a path from top to bottom, a pixel aside at most in each row, through as little ink as it can.

    Parameters
    ----------
    part : Part
    share : array
        The missing light of the whole sheet: a path rather crosses a stroke where it is faint.
    height : float
        Of the digits on the part's line.
    """
    size = max(height, 0.8 * part.height)
    if part.width <= MIN_WIDTH_TO_HEIGHT * size:
        return [part]
    dark = np.where(part.mask, share[part.top : part.bottom, part.left : part.right], 0)
    full = max(float(np.percentile(dark[part.mask], 80)), 1e-6)
    paths = _paths(np.clip(dark / full, 0, 1.2).astype(np.float64) + 0.3 * part.mask, size)
    if not paths:
        return [part]
    columns = np.arange(part.width)
    sides = sum((columns[None, :] >= path[:, None]).astype(np.intp) for path in paths)
    pieces = [_trimmed(part, part.mask & (sides == k)) for k in range(len(paths) + 1)]
    whole = [piece for piece in pieces if piece is not None]
    return [replace(piece, siblings=len(whole)) for piece in whole]


def _paths(ink: Costs, size: float) -> list[NDArray[np.intp]]:
    """The cheapest paths, apart from one another, from left to right; each gives a column for each row."""
    total, steps = _downwards(ink)
    cheap = total[-1]
    margin = max(2, round(0.12 * size))
    gap = max(2, round(MIN_CUT_DISTANCE_TO_HEIGHT * size))
    chosen: list[int] = []
    for end in np.argsort(cheap, kind="stable"):
        if cheap[end] > MAX_INK_CUT_TO_HEIGHT * size or len(chosen) == MAX_CUTS:
            break
        path_middle = end
        if margin <= path_middle < ink.shape[1] - margin and all(abs(end - other) >= gap for other in chosen):
            chosen.append(int(end))
    paths = [_followed(steps, end) for end in sorted(chosen)]
    return [path for k, path in enumerate(paths) if k == 0 or np.any(path > paths[k - 1])]


def _downwards(ink: Costs) -> tuple[Costs, NDArray[np.intp]]:
    """For each place the cost of the cheapest path that reaches it from above, and its last step."""
    total = ink.copy()
    steps = np.zeros(ink.shape, np.intp)
    for row in range(1, len(ink)):
        before = np.pad(total[row - 1], 1, constant_values=np.inf)
        ways = np.stack([before[:-2] + COST_OF_STEP_ASIDE, before[1:-1], before[2:] + COST_OF_STEP_ASIDE])
        best = ways.argmin(axis=0)
        total[row] += np.take_along_axis(ways, best[None], 0)[0]
        steps[row] = best - 1
    return total, steps


def _followed(steps: NDArray[np.intp], end: int) -> NDArray[np.intp]:
    path = np.empty(len(steps), np.intp)
    path[-1] = end
    for row in range(len(steps) - 1, 0, -1):
        path[row - 1] = path[row] + steps[row, path[row]]
    return path


def _trimmed(part: Part, mask: NDArray[np.bool_]) -> Part | None:
    """A piece of a part in its own smallest box; None where hardly any ink is left."""
    if mask.sum() < max(4, 0.02 * part.mask.sum()):
        return None
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    return replace(
        part,
        left=part.left + int(left),
        top=part.top + int(top),
        right=part.left + int(right),
        bottom=part.top + int(bottom),
        mask=mask[top:bottom, left:right],
    )
