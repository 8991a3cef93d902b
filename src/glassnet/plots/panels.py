"""Panels that several pictures of a trace are put together from: bars for vectors, maps for matrices."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PolyCollection
from matplotlib.colors import BoundaryNorm, ListedColormap, Normalize, SymLogNorm
from matplotlib.figure import Figure
from matplotlib.gridspec import SubplotSpec
from matplotlib.image import AxesImage
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from numpy.typing import NDArray

from glassnet.plots.style import DIVERGING, symmetric_limits

__all__ = [
    "SMALL",
    "SMALLER",
    "bars",
    "caption",
    "cells",
    "colour_bar",
    "counted",
    "matrix",
    "percent",
    "quiet",
    "shared_scale",
    "short",
]

SMALL, SMALLER = 8.0, 7.0  # points: 11 and 10 pixels where a figure is 1000 wide
BELOW, ABOVE = "#2166ac", "#b2182b"  # the ends of the diverging map: a bar's sign
MAX_CELLS = 400  # rows and columns that a map shows; panels are smaller than that
MAX_LABELLED_BARS = 12  # so many bars can have a name each
MAX_LABEL_LETTERS = 16  # letters of it

Array = NDArray[Any]


def bars(ax: Axes, values: Array, labels: Sequence[str] | None = None) -> PolyCollection:
    """A bar for each number of a vector, red above 0 and blue below; one artist, however many there are.

    Parameters
    ----------
    ax : Axes
    values : (K,) array
        It stands behind the artist: ``get_array()``.
    labels : sequence of str, optional
        Names of the bars; shown where there is room.

    Returns
    -------
    PolyCollection
    """
    K = len(values)
    half = 0.4 if K <= 100 else 0.5  # no gaps where they would be narrower than a pixel
    corners = np.empty((K, 4, 2))
    centre = np.arange(K)
    corners[:, :2, 0], corners[:, 2:, 0] = (centre - half)[:, None], (centre + half)[:, None]
    corners[:, [0, 3], 1], corners[:, 1:3, 1] = 0, np.asarray(values)[:, None]
    signs = ListedColormap([BELOW, ABOVE])
    collection = PolyCollection(
        list(corners), cmap=signs, norm=BoundaryNorm([-np.inf, 0, np.inf], 2), linewidth=0
    )
    collection.set_array(np.asarray(values))
    ax.add_collection(collection, autolim=False)
    ax.axhline(0, color="0.3", linewidth=0.6)
    ax.set_xlim(-0.8, K - 0.2)
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    room = 0.08 * (high - low) or 1.0
    ax.set_ylim(low - (room if low < 0 else 0), high + (room if high > 0 else 0))
    quiet(ax)
    if labels is None:
        ax.set_xlabel("unit", fontsize=SMALLER, labelpad=1)
    if K <= MAX_LABELLED_BARS:
        names = (
            [short(name, MAX_LABEL_LETTERS) for name in labels]
            if labels is not None
            else list(map(str, range(K)))
        )
        crowded = sum(map(len, names)) > 24
        ax.set_xticks(
            range(K), names, rotation=35 if crowded else 0, ha="right" if crowded else "center",
            rotation_mode="anchor",
        )  # fmt: skip
    return collection


def matrix(ax: Axes, values: Array, norm: Normalize, x: str = "", y: str = "") -> AxesImage:
    """A matrix as a map of colours, its columns from left to right.

    Of a large one only every second or third row and column: the panel has no pixels for more.

    Parameters
    ----------
    ax : Axes
    values : (D, K) array
    norm : Normalize
        The scale that several maps share.
    x, y : str
        What columns and rows are.
    """
    D, K = values.shape
    thin = values[:: -(-D // MAX_CELLS), :: -(-K // MAX_CELLS)]
    extent = (-0.5, K - 0.5, D - 0.5, -0.5)
    image = ax.imshow(thin, cmap=DIVERGING, norm=norm, aspect="auto", interpolation="nearest", extent=extent)
    ax.set_xlabel(x, fontsize=SMALLER, labelpad=1)
    ax.set_ylabel(y, fontsize=SMALLER, labelpad=1)
    quiet(ax)
    ax.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    if K == 1:
        ax.set_xticks([0])
    if D == 1:
        ax.set_yticks([0])
    return image


class FixedScale(SymLogNorm):
    """A scale whose limits are given, so that no map has to be searched for them."""

    def autoscale_None(self, A: Any) -> None:  # noqa: N802
        """Leave the limits as they are."""


def shared_scale(*arrays: Array) -> SymLogNorm:
    """One diverging scale, centred on zero, on which the smallest matrix still shows its pattern.

    It is linear up to three times the typical size of the numbers in the matrix where they are
    smallest, and logarithmic beyond.

    >>> scale = shared_scale(np.array([[1.0, -2.0]]), np.array([[0.1]]))
    >>> scale.vmin, scale.vmax, float(scale(0.0)), float(scale(2.0))
    (-2.0, 2.0, 0.5, 1.0)
    """
    low, high = symmetric_limits(*arrays)
    typical = [float(np.sqrt(np.mean(np.square(array, dtype=np.float64)))) for array in arrays]
    smallest = min((size for size in typical if size > 0), default=high)
    return FixedScale(linthresh=float(np.clip(3 * smallest, high / 1000, high)), vmin=low, vmax=high)


def colour_bar(fig: Figure, place: SubplotSpec, image: ScalarMappable, text: str) -> Axes:
    """The scale of several maps, in a place of its own."""
    ax = fig.add_subplot(place)
    bar = fig.colorbar(image, cax=ax)
    bar.set_label(text, fontsize=SMALL)
    if isinstance(image.norm, FixedScale):
        greatest = image.norm.vmax or 1.0  # it is given; the type does not know
        ends = [image.norm.linthresh] * (image.norm.linthresh < greatest / 2) + [greatest]
        ticks = [-end for end in reversed(ends)] + [0.0, *ends]
        bar.set_ticks(ticks, labels=[f"{tick:.2g}" for tick in ticks])
    bar.ax.tick_params(labelsize=SMALLER)
    bar.minorticks_off()
    bar.ax.yaxis.set_ticks_position("left")
    bar.ax.yaxis.set_label_position("left")
    return ax


def cells(place: SubplotSpec, columns: int, width_ratios: Sequence[float] | None = None) -> list[SubplotSpec]:
    """A row of places side by side within a place."""
    grid = place.subgridspec(1, columns, width_ratios=width_ratios)
    return [grid[column] for column in range(columns)]


def quiet(ax: Axes, integer: bool = True) -> None:
    """Few and small numbers at the axes; whole ones at the lower axis."""
    ax.tick_params(labelsize=SMALLER, length=2, pad=1.5)
    for axis in (ax.xaxis, ax.yaxis):
        axis.get_offset_text().set_fontsize(SMALLER)
    ax.xaxis.set_major_locator(MaxNLocator(3, integer=integer))
    ax.yaxis.set_major_locator(MaxNLocator(3))


def counted(ax: Axes, counts: Array, edges: Array, colour: str, log: bool = False) -> None:
    """Draw a histogram."""
    ax.stairs(counts, edges, fill=True, color=colour)
    quiet(ax, integer=False)
    ax.set_ylabel("how many", fontsize=SMALLER, labelpad=1)
    if log:
        ax.set_yscale("log")
        ax.set_ylim(0.5, None)
        ax.yaxis.set_major_locator(LogLocator(numticks=4))
        ax.yaxis.set_minor_locator(NullLocator())
    else:
        ax.yaxis.set_major_locator(MaxNLocator(3, integer=True))


def caption(ax: Axes, text: str) -> None:
    """What a panel shows, above it."""
    ax.set_title(text, fontsize=SMALL, loc="left", pad=3)


def short(name: str, letters: int) -> str:
    """A name that is not longer than its place.

    >>> short("setosa", 8), short("versicolor", 8)
    ('setosa', 'versico…')
    """
    return name if len(name) <= letters else name[: letters - 1] + "…"


def percent(share: float) -> str:
    """A share of 1 in words that never claim too much.

    >>> percent(0.5), percent(0.99999), percent(0.00001), percent(1.0)
    ('50.0 %', '>99.9 %', '<0.1 %', '100.0 %')
    """
    if 0.9995 <= share < 1:
        return ">99.9 %"
    return "<0.1 %" if 0 < share < 0.0005 else f"{100 * share:.1f} %"
