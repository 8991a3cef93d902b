"""Several digits on one picture: strokes joined, touching ones split, all put in reading order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing.normalization import cropped, normalize
from glassnet.preprocessing.sheet import Box, Sheet
from glassnet.preprocessing.strokes import Part, lines_of, parts_of
from glassnet.preprocessing.touching import cut

__all__ = ["Piece", "Row", "Unlikeness", "pieces", "rows_of"]

MAX_PARTS_OF_DIGIT = 8  # parts that one digit may have
MAX_WIDTH_TO_HEIGHT = 1.35  # of the line's height: what is wider is no digit, unless it is in one piece
MAX_GAP_TO_HEIGHT = 0.30  # of the line's height: a gap that no digit has within it
COST_OF_CUT = 1.6  # what a cut through ink costs, in the judge's units
MAX_UNLIKENESS_WHEN_SURE = 0.05  # so little unlike a digit
COST_OF_GAP = 6.0  # what a gap as wide as the line is high costs

Unlikeness = Callable[[NDArray[np.uint8]], NDArray[np.float64]]


@dataclass(frozen=True)
class Piece:
    """Ink that is read as one digit.

    Attributes
    ----------
    box : (left, top, right, bottom)
        In pixels of the picture.
    image : (28, 28) uint8 array
        As MNIST has it: ink bright on 0.
    line : int
        On which line it stands, from 0.
    space : bool
        Whether a wide gap stands before it.
    ink : (h, w) float array
        Its ink before it was brought to 28×28.
    cut_from : int
        The number of the connected stroke that it was cut out of, or 0.
    """

    box: Box
    image: NDArray[np.uint8]
    line: int
    space: bool
    ink: NDArray[np.float32]
    cut_from: int = 0


@dataclass(frozen=True)
class Row:
    """One line of writing: its parts from left to right, and how high its digits are."""

    parts: tuple[Part, ...]
    height: float


def rows_of(sheet: Sheet, judge: Unlikeness | None = None) -> list[Row]:
    """The lines of a sheet, from top to bottom; strokes that may be two digits are cut."""
    rows = []
    for line in lines_of(parts_of(sheet.ink)):
        height = float(np.percentile([part.height for part in line], 80))
        whole = [_surely_one(sheet, part, judge) for part in line]
        cuts = [
            piece
            for part, one in zip(line, whole, strict=True)
            for piece in ([part] if one else cut(part, sheet.share, height))
        ]
        rows.append(Row(tuple(sorted(cuts, key=lambda part: part.middle)), height))
    return rows


def _surely_one(sheet: Sheet, part: Part, judge: Unlikeness | None) -> bool:
    """Whether a stroke looks so much like one digit that nobody would cut it."""
    if judge is None or part.width > 1.2 * part.height:
        return False
    return float(judge(_piece(sheet, [part], 0).image[np.newaxis])[0]) < MAX_UNLIKENESS_WHEN_SURE


def pieces(sheet: Sheet, judge: Unlikeness | None = None) -> list[Piece]:
    """The pieces of ink on a sheet, in reading order.

    Parameters
    ----------
    sheet : Sheet
    judge : callable, optional
        Takes (m, 28, 28) pictures and says of each how unlike a digit it is, from 0. Of all ways to join
        and to split strokes the one is taken that costs least; without a judge by their shapes alone.
    """
    found = []
    for number, row in enumerate(rows_of(sheet, judge)):
        found += _read_row(sheet, row, number, judge)
    return found


def _read_row(sheet: Sheet, row: Row, number: int, judge: Unlikeness | None) -> list[Piece]:
    """The cheapest way to put a line's parts together, by dynamic programming from left to right."""
    parts, height = row.parts, row.height
    if not parts:
        return []
    spans = [
        (i, j)
        for i in range(len(parts))
        for j in range(i + 1, min(i + MAX_PARTS_OF_DIGIT, len(parts)) + 1)
        if _may_be_one(parts[i:j], height)
    ]
    made = {span: _piece(sheet, parts[slice(*span)], number) for span in spans}
    costs = {span: _shape_cost(parts[slice(*span)], height) for span in spans}
    if judge is not None and len(spans) > 1:
        judged = judge(np.stack([made[span].image for span in spans]))
        for span, cost in zip(spans, judged, strict=True):
            costs[span] += float(cost)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for j in range(1, len(parts) + 1):
        best.append(min((best[i][0] + costs[i, j], i) for i in range(j) if (i, j) in costs))
    ends, j = [], len(parts)
    while j:
        ends.append((best[j][1], j))
        j = best[j][1]
    chosen = [made[span] for span in reversed(ends)]
    return _spaced(chosen, height * sheet.factor)


def _may_be_one(parts: Sequence[Part], height: float) -> bool:
    """Whether parts that follow one another may be strokes of one digit at all."""
    if len(parts) == 1:
        return True
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    if _uncut(parts):
        return True
    return right - left <= MAX_WIDTH_TO_HEIGHT * height and _widest_gap(parts) <= MAX_GAP_TO_HEIGHT * height


def _uncut(parts: Sequence[Part]) -> bool:
    """Whether the parts are one connected piece of ink, all of it."""
    return len({part.origin for part in parts}) == 1 and len(parts) == parts[0].siblings


def _widest_gap(parts: Sequence[Part]) -> float:
    """Of columns without ink, from left to right."""
    widest, reached = 0.0, parts[0].right
    for part in sorted(parts, key=lambda part: part.left)[1:]:
        widest = max(widest, part.left - reached)
        reached = max(reached, part.right)
    return widest


def _shape_cost(parts: Sequence[Part], height: float) -> float:
    """How unlikely the shapes are: gaps within a digit, cuts through ink, a digit too wide."""
    cost = 0.5 + COST_OF_GAP * max(_widest_gap(parts), 0.0) / height
    for part in parts:  # each cut is paid for half by each side
        inside = sum(other.origin == part.origin for other in parts)
        cost += 0.5 * COST_OF_CUT * (part.siblings > 1) * (inside < part.siblings) * (1 / inside)
    width = max(part.right for part in parts) - min(part.left for part in parts)
    tall = max(part.bottom for part in parts) - min(part.top for part in parts)
    return cost + 4.0 * max(width / max(tall, 0.6 * height) - 1.0, 0.0)


def _piece(sheet: Sheet, parts: Sequence[Part], line: int) -> Piece:
    """Cut the ink of some parts out of the picture."""
    left, top = min(part.left for part in parts), min(part.top for part in parts)
    right, bottom = max(part.right for part in parts), max(part.bottom for part in parts)
    f = sheet.factor
    rows, columns = sheet.share.shape
    around = (max(left - 2, 0), max(top - 2, 0), min(right + 2, columns), min(bottom + 2, rows))
    share, scale = sheet.share_at(around)
    ink = soft_ink(share, _mask(parts, around), scale, sheet.noise)
    box = (left * f, top * f, min(right * f, sheet.grey.shape[1]), min(bottom * f, sheet.grey.shape[0]))
    origins = [part.origin for part in parts]
    cut = [part.origin for part in parts if origins.count(part.origin) < part.siblings]
    return Piece(box, normalize(ink), line, False, cropped(ink), cut[0] if cut else 0)


def _mask(parts: Sequence[Part], box: Box) -> NDArray[np.bool_]:
    """Where the parts are, and one pixel around them, but not where others begin."""
    left, top, right, bottom = box
    mask = np.zeros((bottom - top, right - left), np.bool_)
    for part in parts:
        mask[part.top - top : part.bottom - top, part.left - left : part.right - left] |= part.mask
    return mask


def soft_ink(
    share: NDArray[np.float32], mask: NDArray[np.bool_], scale: float, noise: float
) -> NDArray[np.float32]:
    """Ink from 0 to 1 with soft edges, of one piece alone."""
    from PIL import Image
    from scipy import ndimage

    near = ndimage.binary_dilation(mask, np.ones((3, 3), np.bool_))
    if share.shape != mask.shape:
        size = (share.shape[1], share.shape[0])
        mask = np.asarray(Image.fromarray(mask).resize(size, Image.Resampling.NEAREST))
        near = np.asarray(Image.fromarray(near).resize(size, Image.Resampling.NEAREST))
    full = float(np.percentile(share[mask], 85)) if mask.any() else 1.0
    floor = min(2.5 * noise, 0.35 * full)
    ink: NDArray[np.float32] = np.clip((share - floor) / max(full - floor, 1e-6), 0, 1) * near
    return ink


def _spaced(row: list[Piece], height: float) -> list[Piece]:
    """Mark the pieces before which a gap is wide, as between two numbers."""
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(row)]
    if len(gaps) < 2:
        wide = [gap > 1.5 * height for gap in gaps]
    else:
        usual = float(np.median(gaps))
        wide = [gap > max(1.0 * height, 2.2 * usual) for gap in gaps]
    return [replace(piece, space=space) for piece, space in zip(row, [False, *wide], strict=True)]
