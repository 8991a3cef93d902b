"""A picture with its light evened out and its ink found: what digits are looked for on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import ImageError
from glassnet.preprocessing.binarization import least_share, noise_level, separate
from glassnet.preprocessing.edges import one_sided
from glassnet.preprocessing.light import darkness, paper_level, sharp_paper_level, shrink, spread_out
from glassnet.preprocessing.lines import remove_lines
from glassnet.preprocessing.polarity import dark_on_light

__all__ = ["MIN_SIDE_PIXELS", "Sheet", "prepare"]

MIN_SIDE_PIXELS = 8  # pixels: less cannot hold a digit
MAX_WORK_PIXELS = 350_000  # pixels on which ink is looked for; digits are cut out of the full picture
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """A picture and what was found out about it.

    Attributes
    ----------
    grey : (h, w) uint8 array
        The picture.
    dark : bool
        Whether its ink is darker than its ground.
    turned : (h, w) uint8 array
        The picture dark on light.
    factor : int
        How many pixels of the picture are one pixel of `share`, `lines` and `ink`, along each side.
    paper : array
        The paper's brightness, coarse.
    share : float array
        What share of the paper's light is missing.
    noise : float
        The paper's own variation of that share.
    lines : bool array
        Ruled lines that were taken out.
    edges : bool array
        Borders of shadows and the like that were taken out.
    ink : bool array
        Where ink is.
    """

    grey: NDArray[np.uint8]
    dark: bool
    turned: NDArray[np.uint8]
    factor: int
    paper: NDArray[np.float32]
    share: NDArray[np.float32]
    noise: float
    lines: NDArray[np.bool_]
    edges: NDArray[np.bool_]
    ink: NDArray[np.bool_]

    def share_at(self, box: Box, longest: int = 120) -> tuple[NDArray[np.float32], float]:
        """The missing light of a part, given in pixels of `share`, as finely as the picture has it.

        Returns
        -------
        share, scale : array, float
            And how many of its pixels are one pixel of ``self.share``.
        """
        left, top, right, bottom = box
        f = self.factor
        finer = min(f, max(1, longest // max(right - left, bottom - top, 1)))
        if finer <= 1:
            return self.share[top:bottom, left:right], 1.0
        step = max(1, f // finer)
        part = self.turned[top * f : bottom * f, left * f : right * f]
        small = shrink(part, step)
        rows, columns = self.share.shape
        across, down = self.paper.shape[1] / columns, self.paper.shape[0] / rows
        return darkness(
            small, self.paper, (left * across, top * down, right * across, bottom * down)
        ), f / step


def prepare(grey: NDArray[np.uint8], *, dark: bool | None = None, sharp: bool = False) -> Sheet:
    """Even out the light, find the polarity, take out ruled lines, part ink from paper.

    Parameters
    ----------
    grey : (h, w) uint8 array
    dark : bool, optional
        Whether ink is darker than its ground; found out by default.
    sharp : bool
        Whether shadows may end sharply; otherwise light changes slowly from place to place.

    Raises
    ------
    ImageError
        If the picture is smaller than 8×8 pixels.
    """
    if min(grey.shape) < MIN_SIDE_PIXELS:
        raise ImageError(
            f"The picture is {grey.shape[1]}×{grey.shape[0]} pixels small. At least "
            f"{MIN_SIDE_PIXELS}×{MIN_SIDE_PIXELS} are needed to tell one digit from another."
        )
    factor = max(1, int(np.ceil(np.sqrt(grey.size / MAX_WORK_PIXELS))))
    work = shrink(grey, factor)
    if dark is None:
        dark = dark_on_light(work)
    if not dark:
        work = 255 - work
    paper = sharp_paper_level(work) if sharp else paper_level(work)
    turned = grey if dark else 255 - grey
    return Sheet(grey, dark, turned, factor, paper, *_parted(work, paper))


def _parted(
    work: NDArray[np.uint8], paper: NDArray[np.float32]
) -> tuple[NDArray[np.float32], float, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """The missing light, the paper's noise, ruled lines, edges and ink."""
    share = darkness(work, paper)
    noise = noise_level(share)
    under = spread_out(paper, work.shape)
    least = least_share(noise, under)
    ink = separate(share, least)
    lines = remove_lines(ink)
    if lines.any():
        ink = separate(np.where(lines, np.float32(0), share), least)
    edges = one_sided(work, under, ink, lines)
    return share, noise, lines, edges, ink & ~edges
