"""A digit's ink brought to 28×28 as MNIST's were: 20 pixels long, pen as wide, centred by its mass."""

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "INNER",
    "SIDE",
    "centred",
    "cropped",
    "enlarged",
    "normalize",
    "shrunk",
    "stroke_width",
    "with_stroke",
]

SIDE, INNER = 28, 20
MIN_SOFT_INK, MIN_BOX_INK = 0.1, 0.3  # of full ink: where its soft edge ends, and where the box of a digit
FINE_SIDE_PIXELS = 80  # pixels of the longer side on which a stroke's width is measured and changed
CONTRAST = 1.12  # shrinking dims edges more than whoever made MNIST did: so its mass comes out right
MIN_STROKE_PIXELS, MAX_STROKE_PIXELS = (
    1.7,
    4.2,
)  # pixels of a stroke where the digit is 20 long; nearly all of MNIST lies between

Ink = NDArray[np.float32]


def normalize(ink: Ink) -> NDArray[np.uint8]:
    """Bring one digit's ink to 28×28.

    Parameters
    ----------
    ink : (h, w) float array
        From 0, paper, to 1, full ink.

    Returns
    -------
    (28, 28) uint8 array
        Ink bright on 0. All zeros when there is no ink.
    """
    crop = cropped(enlarged(ink), MIN_BOX_INK)
    if not crop.size:
        return np.zeros((SIDE, SIDE), np.uint8)
    return centred(shrunk(with_stroke(crop)))


def enlarged(ink: Ink) -> Ink:
    """A small picture a whole number of times as large: the box of its digit may end within a pixel."""
    from PIL import Image

    times = -(-FINE_SIDE_PIXELS // max(ink.shape))
    if times == 1:
        return ink
    size = (times * ink.shape[1], times * ink.shape[0])
    return np.asarray(Image.fromarray(ink.astype(np.float32)).resize(size, Image.Resampling.BICUBIC))


def cropped(ink: Ink, edge: float = MIN_SOFT_INK) -> Ink:
    """The part of a picture that holds its ink, as far as there is more than ``edge`` of it."""
    there = ink > edge
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    if not rows.size:
        return ink[:0, :0]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def stroke_width(mask: NDArray[np.bool_]) -> float:
    """The width of the pen, in pixels.

    Across a stroke of width w the distance to its edge rises from 0 to w/2, so its mean is w/4.

    >>> bar = np.zeros((40, 60), bool)
    >>> bar[10:18, 5:55] = True
    >>> round(stroke_width(bar))
    8
    """
    from scipy import ndimage

    if not mask.any():
        return 0.0
    distance = ndimage.distance_transform_edt(np.pad(mask, 1))
    return max(4 * (float(distance[distance > 0].mean()) - 0.5), 1.0)


def with_stroke(crop: Ink, thinnest: float = MIN_STROKE_PIXELS, widest: float = MAX_STROKE_PIXELS) -> Ink:
    """The same digit with a pen not thinner and not wider than MNIST's; unchanged where it is neither.

    Parameters
    ----------
    crop : array
        One digit, cut out.
    thinnest, widest : float
        In pixels of a digit 20 long.
    """
    from scipy import ndimage

    fine = _resized(crop, FINE_SIDE_PIXELS / max(crop.shape))
    mask = fine > 0.5 * min(1.0, float(fine.max()))
    length = max(mask.shape)
    width = stroke_width(mask) * INNER / length
    wanted = min(max(width, thinnest), widest)
    if abs(wanted - width) < 0.05:
        return crop
    # The digit grows with its stroke: this much on each side makes the width right once it is 20 long again.
    more = (wanted - width) * length / INNER / (2 * (1 - wanted / INNER))
    room = int(np.ceil(max(more, 0))) + 1
    mask = np.pad(mask, room)
    outside = ndimage.distance_transform_edt(~mask)
    inside = ndimage.distance_transform_edt(mask)
    drawn: Ink = np.clip(more + 0.5 + inside - outside + 0.5 * (outside > 0) - 0.5 * (inside > 0), 0, 1)
    again = cropped(drawn.astype(np.float32), MIN_BOX_INK)
    return again if again.size else crop


def shrunk(crop: Ink) -> Ink:
    """The digit with its longer side 20 pixels long: each new pixel the mean of what it covers."""
    small = _resized(crop, INNER / max(crop.shape))
    brightest = float(small.max())
    return small if brightest <= 0 else np.clip(CONTRAST * small / min(max(brightest, 0.3), 1.0), 0, 1)


def centred(small: Ink) -> NDArray[np.uint8]:
    """A picture of 28×28 with the digit's centre of mass nearest to pixel index (14, 14).

    MNIST's were moved by whole pixels: no second smoothing.
    """
    ink = small.astype(np.float64)
    mass = max(float(ink.sum()), 1e-9)
    places = []
    for axis, length in enumerate(ink.shape):
        centre = float((ink.sum(axis=1 - axis) * np.arange(length)).sum()) / mass
        places.append(min(max(round(SIDE / 2 - centre), 0), SIDE - length))
    picture = np.zeros((SIDE, SIDE), np.uint8)
    top, left = places
    picture[top : top + ink.shape[0], left : left + ink.shape[1]] = np.rint(255 * ink)
    return picture


def _resized(ink: Ink, scale: float) -> Ink:
    """Smaller by averaging, larger by interpolation."""
    from PIL import Image

    height, width = (max(1, round(length * scale)) for length in ink.shape)
    if (height, width) == ink.shape:
        return ink
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    picture = Image.fromarray(np.ascontiguousarray(ink, np.float32))
    return np.asarray(picture.resize((width, height), way))
