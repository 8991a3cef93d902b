"""Strokes of a pen become a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import ImageError
from glassnet.ink import open_grey

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

__all__ = ["Stroke", "evened", "open_picture", "rasterize"]

FINER = 2  # drawn so many times larger and then made smaller, for soft edges
LARGEST = 1600  # pixels of an opened picture's longer side


@dataclass(frozen=True)
class Stroke:
    """One movement of the pen.

    Attributes
    ----------
    points : sequence of (x, y)
        In units of the drawing.
    width : float
        Of the pen, in the same units.
    erase : bool
        Whether it takes ink away.
    """

    points: Sequence[tuple[float, float]]
    width: float
    erase: bool = False


def rasterize(
    strokes: Sequence[Stroke], width: int, height: int, paper: NDArray[np.uint8] | None = None
) -> NDArray[np.uint8]:
    """Draw strokes, dark on light.

    Parameters
    ----------
    strokes : sequence of Stroke
        In the order in which they were drawn.
    width, height : int
        Of the picture, in pixels.
    paper : (h, w) uint8 array, optional
        A picture to draw upon; it is fitted into the drawing. White without.

    Returns
    -------
    (height, width) uint8 array

    Raises
    ------
    ImageError
        If the drawing has no extent.

    Examples
    --------
    >>> picture = rasterize([Stroke([(2, 8), (14, 8)], 4)], 16, 16)
    >>> int(picture[8, 8]), int(picture[1, 8])
    (0, 255)
    """
    from PIL import Image, ImageDraw

    if width < 1 or height < 1:
        raise ImageError(f"A drawing of {width}×{height} pixels holds nothing.")
    size = (width * FINER, height * FINER)
    picture = Image.new("L", size, 255)
    if paper is not None:
        sheet = Image.fromarray(paper)
        scale = min(size[0] / sheet.width, size[1] / sheet.height)
        sheet = sheet.resize((max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))))
        picture.paste(sheet, ((size[0] - sheet.width) // 2, (size[1] - sheet.height) // 2))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        _draw(pen, stroke)
    return np.asarray(picture.reduce(FINER))


def open_picture(path: Path) -> NDArray[np.uint8]:
    """A picture file as grey levels, made smaller where it is larger than a drawing needs.

    Raises
    ------
    ImageError
        If it is no picture.
    """
    from PIL import Image

    grey = open_grey(path)
    if max(grey.shape) <= LARGEST:
        return grey
    picture = Image.fromarray(grey)
    picture.thumbnail((LARGEST, LARGEST), Image.Resampling.BOX)
    return np.asarray(picture)


def evened(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Dark ink on white paper, whatever the light was: light ink on a dark ground is turned over.

    >>> photo = np.full((40, 40), 150, np.uint8)
    >>> photo[10:30, 18:22] = 60
    >>> even = evened(photo)
    >>> int(even[0, 0]), int(even[20, 20])
    (255, 0)
    """
    from scipy import ndimage
    from skimage.filters import threshold_otsu

    levels = grey if np.median(grey) > 127 else 255 - grey
    step = max(1, max(levels.shape) // 64)
    coarse = levels[::step, ::step].astype(np.float64)
    # Without the ink: strokes are narrower than a quarter of the picture, and darker than what is around.
    paper = ndimage.gaussian_filter(ndimage.grey_closing(coarse, 17), 2)
    rows = np.minimum(np.arange(levels.shape[0]) // step, paper.shape[0] - 1)
    columns = np.minimum(np.arange(levels.shape[1]) // step, paper.shape[1] - 1)
    darker = np.clip(paper[np.ix_(rows, columns)] - levels, 0, 255)
    if darker.max() - darker.min() < 1:
        return np.full(grey.shape, 255, np.uint8)
    threshold = float(threshold_otsu(darker))  # type: ignore[no-untyped-call]
    ink = darker[darker > threshold]
    full = float(np.percentile(ink, 75)) if ink.size else 255.0
    share = np.clip((darker - 0.7 * threshold) / max(full - 0.7 * threshold, 1.0), 0, 1)
    return np.asarray(np.rint(255 * (1 - share)), np.uint8)


def _draw(pen: "ImageDraw", stroke: Stroke) -> None:
    """A line with round ends and joints."""
    points = [(x * FINER, y * FINER) for x, y in stroke.points]
    colour = 255 if stroke.erase else 0
    width = max(1.0, stroke.width * FINER)
    if len(points) > 1:
        pen.line(points, fill=colour, width=round(width), joint="curve")
    r = width / 2
    for x, y in (points[0], points[-1]) if points else ():
        pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)
