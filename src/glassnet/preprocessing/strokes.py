"""Connected strokes of ink, specks left out, and the lines of writing that they stand on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing.normalization import stroke_width

__all__ = ["Part", "lines_of", "parts_of"]

MIN_SHARE_OF_TOTAL_HEIGHT = 0.7  # of the height of all: a stroke that may be a digit of its own
MIN_SHARE_OF_ROW_LENGTH = 0.3  # of the length of all: a row of dots is no stroke
MIN_LENGTH_TO_WIDTH = 5  # times as long as wide
MIN_WIDTH_TO_PEN, MAX_WIDTH_TO_PEN = 0.75, 1.8  # times the pen: not of the same hand
MARGIN_TO_SHORTER_SIDE = 0.04  # of the picture's shorter side
MAX_SIZE_TO_LARGEST_INNER = 3.0  # times the largest stroke that does not touch the edge
MIN_AREA_OF_PICTURE = 2e-5  # of the picture's area: what is smaller is the paper's grain
MIN_LENGTH_TO_LARGEST = 0.13  # of the largest stroke's length: what is smaller is dirt


@dataclass(frozen=True, eq=False)
class Part:
    """A connected stroke of ink, or what a cut left of one.

    Attributes
    ----------
    left, top, right, bottom : int
    mask : (bottom - top, right - left) bool array
    origin : int
        The number of the connected stroke that it comes from.
    siblings : int
        Into how many parts that was cut.
    """

    left: int
    top: int
    right: int
    bottom: int
    mask: NDArray[np.bool_]
    origin: int
    siblings: int = 1

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """From the left."""
        return (self.left + self.right) / 2

    @property
    def size(self) -> int:
        """The longer side."""
        return max(self.height, self.width)


def parts_of(ink: NDArray[np.bool_]) -> list[Part]:
    """The connected strokes of some size."""
    from scipy import ndimage

    labels, _ = ndimage.label(ink, structure=np.ones((3, 3)))
    parts = []
    for number, (rows, columns) in enumerate(ndimage.find_objects(labels), 1):
        mask = labels[rows, columns] == number
        if mask.sum() >= max(3, MIN_AREA_OF_PICTURE * ink.size):
            parts.append(Part(columns.start, rows.start, columns.stop, rows.stop, mask, number))
    parts = _without_frame(parts, ink.shape)
    return _without_specks(_mended(parts, ink), ink.shape)


def _without_frame(parts: list[Part], shape: tuple[int, ...]) -> list[Part]:
    """Without what reaches in from the picture's edge and is not written with the same pen.

    Such are a form's boxes, a page's margin, the last rule of ruled paper, a finger, a shadow's corner.
    """
    parts = [part for part in parts if not (_margin(part, shape) or _surrounds(part, shape))]
    at_edge = [part for part in parts if _at_edge(part, shape)]
    others = [part for part in parts if part not in at_edge]
    if not at_edge or not others:
        return parts
    largest = max(others, key=lambda part: part.size)
    pen = stroke_width(largest.mask)
    return others + [
        part
        for part in at_edge
        if part.size < MAX_SIZE_TO_LARGEST_INNER * largest.size and not _foreign(part, pen, shape)
    ]


def _foreign(part: Part, pen: float, shape: tuple[int, ...]) -> bool:
    width = stroke_width(part.mask)
    straight = part.size >= MIN_LENGTH_TO_WIDTH * min(part.width, part.height)
    return width > MAX_WIDTH_TO_PEN * pen or (
        straight and (width < MIN_WIDTH_TO_PEN * pen or _along_edge(part, shape))
    )


def _margin(part: Part, shape: tuple[int, ...]) -> bool:
    """Whether it is a thin line along the edge of a picture that is much wider."""
    narrow = min(part.width, part.height)
    wide = narrow < MARGIN_TO_SHORTER_SIDE * min(shape) and part.size >= MIN_LENGTH_TO_WIDTH * narrow
    return wide and _at_edge(part, shape) and _along_edge(part, shape)


def _surrounds(part: Part, shape: tuple[int, ...]) -> bool:
    """Whether it goes along all of the picture's edge: a mount or the table, not a digit cut out closely."""
    sides = (part.mask[0], part.mask[-1], part.mask[:, 0], part.mask[:, -1])
    return part.mask.shape == shape and min(float(side.mean()) for side in sides) > 0.9


def _at_edge(part: Part, shape: tuple[int, ...]) -> bool:
    return min(part.left, part.top, shape[1] - part.right, shape[0] - part.bottom) <= 1


def _along_edge(part: Part, shape: tuple[int, ...]) -> bool:
    """Whether all of it lies near one edge."""
    near = 0.05 * min(shape)
    lying = part.width > part.height
    reach = (part.bottom, shape[0] - part.top) if lying else (part.right, shape[1] - part.left)
    return min(reach) <= near


def _mended(parts: list[Part], ink: NDArray[np.bool_]) -> list[Part]:
    """Broken strokes put together: a flag just above its 5, the two halves of an 8.

    What lies within about two widths of the pen belongs together, unless it is two tall strokes side by
    side (which may be two digits) or too wide for one digit.
    """
    from scipy import ndimage

    if len(parts) < 2:
        return parts
    largest = max(parts, key=lambda part: part.size)
    pen = max(stroke_width(largest.mask), 1.0)
    if not _near(parts, 2 * pen + 1):
        return parts
    reach = _within(ink, pen)
    areas, _ = ndimage.label(reach, structure=np.ones((3, 3)))
    groups: dict[int, list[Part]] = {}
    for part in parts:
        row, column = np.argwhere(part.mask)[0]
        groups.setdefault(int(areas[part.top + row, part.left + column]), []).append(part)
    return [
        whole
        for group in groups.values()
        for whole in (group if _stacked(group, parts) else _one_or_several(group))
    ]


def _near(parts: list[Part], distance: float) -> bool:
    """Whether any two boxes are that near."""
    left, top, right, bottom = (
        np.array([getattr(part, side) for part in parts]) for side in ("left", "top", "right", "bottom")
    )
    apart = np.maximum(left[:, None] - right, top[:, None] - bottom)
    np.fill_diagonal(apart, right.max() + bottom.max())
    return bool((np.maximum(apart, apart.T) <= distance).any())


def _within(ink: NDArray[np.bool_], distance: float) -> NDArray[np.bool_]:
    """What lies so near to ink: half the way by the chessboard's measure, half by the city's (an octagon)."""
    from scipy import ndimage

    square = round(distance) // 2
    near = ink.astype(np.uint8)
    for axis in (0, 1):
        near = ndimage.maximum_filter1d(near, 2 * square + 1, axis=axis, mode="constant")
    away = ndimage.distance_transform_cdt(near == 0, metric="taxicab")
    return np.asarray(away <= round(distance) - square)


def _stacked(group: list[Part], parts: list[Part]) -> bool:
    """Whether strokes one above the other are as tall as other digits: of two lines that lie close."""
    tallest = max(part.height for part in group)
    others = [part.height for part in parts if part not in group and part.height >= tallest / 2]
    if len(group) == 1 or len(others) < 2:
        return False
    tall = [part for part in group if part.height >= MIN_SHARE_OF_TOTAL_HEIGHT * float(np.median(others))]
    return any(upper.bottom <= lower.top for upper in tall for lower in tall)


def _one_or_several(group: list[Part]) -> list[Part]:
    """One part of all, where they look like the strokes of one digit."""
    if len(group) == 1:
        return group
    left, top = min(part.left for part in group), min(part.top for part in group)
    right, bottom = max(part.right for part in group), max(part.bottom for part in group)
    tall = sum(part.height > MIN_SHARE_OF_TOTAL_HEIGHT * (bottom - top) for part in group)
    dotted = max(part.size for part in group) < MIN_SHARE_OF_ROW_LENGTH * max(bottom - top, right - left)
    if dotted or tall > 1 or right - left > 1.15 * (bottom - top):
        return group
    mask = np.zeros((bottom - top, right - left), np.bool_)
    for part in group:
        place = (slice(part.top - top, part.bottom - top), slice(part.left - left, part.right - left))
        mask[place] |= part.mask
    return [Part(left, top, right, bottom, mask, group[0].origin)]


def _without_specks(parts: list[Part], shape: tuple[int, ...]) -> list[Part]:
    """The parts that are large enough: beside the largest, and beside the picture."""
    if not parts:
        return []
    largest = sorted((min(part.size, 3 * part.height) for part in parts), reverse=True)[0]
    least = max(MIN_LENGTH_TO_LARGEST * largest, 0.012 * max(shape), 2)
    return [part for part in parts if part.size >= least and part.mask.sum() >= 3]


def lines_of(parts: Sequence[Part]) -> list[list[Part]]:
    """Parts sorted into lines of writing, from top to bottom.

    Tall parts come first and make the lines; smaller ones join the line that they overlap or lie nearest to.
    """
    lines: list[list[Part]] = []
    for part in sorted(parts, key=lambda part: -part.height):
        best, most = None, 0.0
        for line in lines:
            fits = _fits(part, line)
            if fits > most:
                best, most = line, fits
        if best is None:
            lines.append([part])
        else:
            best.append(part)
    lines = _continued(lines)
    return sorted(lines, key=lambda line: float(np.mean([part.top + part.bottom for part in line])))


def _continued(lines: list[list[Part]]) -> list[list[Part]]:
    """Lines put together where one goes on to the right of another, as on a tilted picture."""
    whole: list[list[Part]] = []
    for line in sorted(lines, key=lambda line: min(part.left for part in line)):
        first = min(line, key=lambda part: part.left)
        before = [
            other for other in whole if max(part.right for part in other) <= first.left + first.width / 4
        ]
        best = max(before, key=lambda other: _fits(first, other), default=None)
        if best is not None and _fits(first, best) > 0:
            best.extend(line)
        else:
            whole.append(line)
    return whole


def _fits(part: Part, line: list[Part]) -> float:
    """How well a part stands on a line: the share of its height that its neighbours there have, too."""
    near = sorted(line, key=lambda other: max(other.left - part.right, part.left - other.right))[:2]
    shares = []
    for other in near:
        reach = 0.25 * other.height  # a flag stands a little above its digit
        overlap = min(part.bottom, other.bottom + reach) - max(part.top, other.top - reach)
        away = max(other.left - part.right, part.left - other.right, 0)
        shares.append(overlap / max(part.height, 1) - 0.4 - 0.02 * away / max(other.height, 1))
    return max(shares)
