"""Uneven light: how bright the paper would be under the ink, and what share of that light the ink takes."""

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "COARSE_SIDE_PIXELS",
    "darkness",
    "paper_level",
    "sharp_paper_level",
    "shrink",
    "spread_out",
    "surface",
]

COARSE_SIDE_PIXELS = 72  # pixels of the longer side on which light is looked at: it changes slowly
MIN_SHADOW_TO_SHORTER_SIDE = 0.18  # of the shorter side: strokes are narrower, shadows and things are not
Levels = NDArray[np.float32]
Box = tuple[float, float, float, float]


def shrink(grey: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """A picture made smaller by a whole factor; each new pixel is the mean of its block."""
    from PIL import Image

    return grey if factor <= 1 else np.asarray(Image.fromarray(grey).reduce(factor))


def surface(levels: Levels, rounds: int = 8) -> Levels:
    """The smooth surface of second degree on which most pixels lie.

    Fitted again and again with less weight for what lies far from it: ink, whether darker or lighter, has no
    say as long as most pixels are paper.
    """
    h, w = levels.shape
    y, x = np.meshgrid(np.linspace(-1, 1, h), np.linspace(-1, 1, w), indexing="ij")
    terms = np.stack([np.ones(h * w), *(t.ravel() for t in (x, y, x * x, x * y, y * y))])
    values = levels.ravel().astype(np.float64)
    fitted = np.full(h * w, np.median(values))
    for _ in range(rounds):
        away = values - fitted
        spread = max(1.4826 * float(np.median(np.abs(away))), 1.0)
        weights = 1 / (1 + np.square(away / (2 * spread))) ** 2
        weighted = terms * weights
        ridge = 1e-3 * float(weights.sum()) * np.diag([0.0, 1, 1, 3, 3, 3])
        fitted = np.linalg.solve(weighted @ terms.T + ridge, weighted @ values) @ terms
    return fitted.reshape(h, w).astype(np.float32)


def paper_level(grey: NDArray[np.uint8]) -> Levels:
    """A coarse map of the paper's brightness, for dark ink on lighter paper.

    A smooth surface first; then what differs from it in patches larger than a stroke is wide (a shadow, a
    dark thing that lies on the paper) is taken for paper too, by a grey closing.
    """
    from scipy import ndimage

    coarse = shrink(grey, max(1, round(max(grey.shape) / COARSE_SIDE_PIXELS))).astype(np.float32)
    smooth = surface(coarse)
    wide = max(3, round(0.45 * min(coarse.shape)))
    rest = ndimage.grey_closing(coarse - smooth, (wide, wide), mode="nearest")
    if max(grey.shape) > 2 * COARSE_SIDE_PIXELS:
        rest = ndimage.gaussian_filter(rest, 1)
    level: Levels = np.clip(smooth + rest, 1, 255)
    return level


def sharp_paper_level(grey: NDArray[np.uint8]) -> Levels:
    """The same for shadows that end sharply, as fine as the picture.

    Whatever is broader than a stroke is paper. Edges stay where they are, so that no line of "ink" is left
    along a shadow's border.
    """
    from scipy import ndimage

    wide = max(5, round(MIN_SHADOW_TO_SHORTER_SIDE * min(grey.shape)))
    # what reaches the picture's border goes on outside
    padded = np.pad(ndimage.median_filter(grey, 3), wide, mode="edge")
    level = ndimage.grey_closing(padded, (wide, wide))[wide:-wide, wide:-wide]
    fine: Levels = np.maximum(level, 1).astype(np.float32)
    return fine


def spread_out(levels: Levels, shape: tuple[int, ...], box: Box | None = None) -> Levels:
    """A map of brightness, or a part of it, with as many pixels as a picture has."""
    from PIL import Image

    size = (shape[1], shape[0])
    return np.asarray(Image.fromarray(levels).resize(size, Image.Resampling.BILINEAR, box=box))


def darkness(grey: NDArray[np.uint8], paper: Levels, box: Box | None = None) -> Levels:
    """The share of the paper's light that is missing in each pixel; below 0 where it is brighter.

    Parameters
    ----------
    grey : (h, w) uint8 array
        The picture, or a part of it.
    paper : array
        From :func:`paper_level`.
    box : (left, top, right, bottom), optional
        Of the part, in pixels of ``paper``.
    """
    under = spread_out(paper, grey.shape, box)
    dimmest = np.float32(0.3 * np.median(paper))  # where hardly any light is left, noise is not blown up
    share: Levels = np.asarray((under - grey) / np.maximum(under, dimmest), np.float32)
    return share
