"""A drawing's digits, found and brought to 28×28 as MNIST has them: enough for a clean pen on white."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FAINT", "Box", "Piece", "find_pieces"]

Box = tuple[int, int, int, int]
SIDE, INNER = 28, 20
FAINT = 12  # darkness, of 255, that is no ink yet


@dataclass(frozen=True)
class Piece:
    """Ink that belongs together.

    Attributes
    ----------
    box : (left, top, right, bottom)
    image : (28, 28) uint8 array
        Ink bright, its centre of mass in the middle.
    steps : tuple of (name, picture)
        From the drawing to there.
    """

    box: Box
    image: NDArray[np.uint8]
    steps: tuple[tuple[str, NDArray[np.uint8]], ...]


def find_pieces(picture: NDArray[np.uint8]) -> list[Piece]:
    """The pieces of ink of a dark-on-light drawing, from left to right.

    Parts that stand above one another belong to one digit.
    """
    from scipy import ndimage

    ink = (255 - picture).astype(np.uint8)
    ink[ink < FAINT] = 0
    labels, count = ndimage.label(ink > 0, structure=np.ones((3, 3)))
    if not count:
        return []
    least = max(6, round(0.01 * max(picture.shape)))
    boxes = []
    for rows, columns in ndimage.find_objects(labels):
        if max(rows.stop - rows.start, columns.stop - columns.start) >= least:
            boxes.append((columns.start, rows.start, columns.stop, rows.stop))
    return [_piece(ink, box) for box in _joined(sorted(boxes))]


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes that share most of their columns become one."""
    joined: list[Box] = []
    for box in boxes:
        if joined:
            last = joined[-1]
            overlap = min(last[2], box[2]) - max(last[0], box[0])
            if overlap > 0.3 * min(last[2] - last[0], box[2] - box[0]):
                joined[-1] = (
                    min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]),
                )  # fmt: skip
                continue
        joined.append(box)
    return joined


def _piece(ink: NDArray[np.uint8], box: Box) -> Piece:
    from PIL import Image

    left, top, right, bottom = box
    crop = ink[top:bottom, left:right]
    scale = INNER / max(crop.shape)
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    small = np.asarray(Image.fromarray(crop).resize(size, Image.Resampling.BOX))
    small = np.minimum(small.astype(np.float64) * 255 / max(int(small.max()), 1), 255)
    rows, columns = np.indices(small.shape)
    mass = small.sum() or 1.0
    y = round(SIDE / 2 - float((rows * small).sum() / mass))
    x = round(SIDE / 2 - float((columns * small).sum() / mass))
    y, x = min(max(y, 0), SIDE - small.shape[0]), min(max(x, 0), SIDE - small.shape[1])
    image = np.zeros((SIDE, SIDE), np.uint8)
    image[y : y + small.shape[0], x : x + small.shape[1]] = np.rint(small)
    centred = np.zeros((SIDE, SIDE), np.uint8)
    top_, left_ = (SIDE - small.shape[0]) // 2, (SIDE - small.shape[1]) // 2
    centred[top_ : top_ + small.shape[0], left_ : left_ + small.shape[1]] = np.rint(small)
    steps = (("the ink, cut out", crop), ("made 20 pixels large", centred), ("centred by its mass", image))
    return Piece(box, image, steps)
