"""Strokes of a pen become a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import ImageError

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

__all__ = ["Stroke", "rasterize"]

FINER = 2  # drawn so many times larger and then made smaller, for soft edges


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
    # around a photograph its own usual level: a white margin would be a thing with an edge
    picture = Image.new("L", size, 255 if paper is None else int(np.median(paper)))
    if paper is not None:
        sheet = Image.fromarray(paper)
        scale = min(size[0] / sheet.width, size[1] / sheet.height)
        sheet = sheet.resize((max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))))
        picture.paste(sheet, ((size[0] - sheet.width) // 2, (size[1] - sheet.height) // 2))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        _draw(pen, stroke)
    return np.asarray(picture.reduce(FINER))


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
