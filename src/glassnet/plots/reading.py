"""``reading``: a picture with what was read on it."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from glassnet.plots.panels import SMALL, percent, short
from glassnet.plots.style import CATEGORICAL, figure
from glassnet.reading import Digit, Reading, Rejected

__all__ = ["reading"]

MAX_SIDE_PIXELS = 1600  # pixels of the longer side that are drawn
MAX_HEIGHT_INCHES, MIN_HEIGHT_INCHES = 12.0, 2.2  # inches
MAX_DIGITS_WITH_WORDS = 12  # of more digits, a box has room for the digit alone
MIN_CONFIDENCE_WHEN_SURE = 0.9  # below it, the runner-up is told too


def reading(found: Reading) -> Figure:
    """Draw a picture with a box around each digit that was read, and a dashed one around what is no digit.

    Parameters
    ----------
    found : Reading

    Returns
    -------
    Figure
    """
    height, width = found.picture.shape
    said = f"Read: {' / '.join(found.text.splitlines())}" if found.digits else found.reason
    inches = float(np.clip(10 * height / width, MIN_HEIGHT_INCHES, MAX_HEIGHT_INCHES))
    fig = figure(short(said, 90), height=inches + 0.6)
    ax = fig.add_subplot()
    step = -(-max(height, width) // MAX_SIDE_PIXELS)
    ax.imshow(
        found.picture[::step, ::step], cmap="gray", vmin=0, vmax=255, extent=(0, width, height, 0),
        interpolation="nearest" if max(height, width) < 100 else "antialiased",
    )  # fmt: skip
    ax.set_axis_off()
    for digit in found.digits:
        _digit(ax, digit, few=len(found.digits) <= MAX_DIGITS_WITH_WORDS)
    for rejected in found.rejected:
        _rejected(ax, rejected, few=len(found.rejected) <= MAX_DIGITS_WITH_WORDS)
    # words above a box at the upper edge need room
    ax.set_xlim(-0.02 * width, 1.02 * width)
    ax.set_ylim(1.06 * height, -0.12 * height)
    return fig


def _digit(ax: Axes, digit: Digit, few: bool) -> None:
    text = digit.name
    if few:
        text += f"\n{percent(digit.confidence)}"
        if digit.confidence < MIN_CONFIDENCE_WHEN_SURE:
            text += f"\nor {digit.runner_up_name}"
    _box(ax, digit.box, text, CATEGORICAL[0], "-", 13)


def _rejected(ax: Axes, rejected: Rejected, few: bool) -> None:
    _box(ax, rejected.box, rejected.reason if few else "", CATEGORICAL[1], "--", SMALL)


def _box(ax: Axes, box: tuple[int, int, int, int], text: str, colour: str, line: str, size: float) -> None:
    left, top, right, bottom = box
    frame = Rectangle((left, top), right - left, bottom - top, fill=False, edgecolor=colour, linestyle=line)
    frame.set_linewidth(1.8)
    ax.add_patch(frame)
    if text:
        words = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
        ax.text(
            (left + right) / 2, top, text, color=colour, fontsize=size, ha="center", va="bottom", bbox=words,
            linespacing=1.0,
        )  # fmt: skip
