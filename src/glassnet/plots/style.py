"""What all pictures have in common: size, colours, and how an input is shown."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

__all__ = ["CATEGORICAL", "DIVERGING", "INK", "SEQUENTIAL", "figure", "show_input", "symmetric_limits"]

# Okabe and Ito (2008), "Color Universal Design": distinct with every kind of colour vision.
CATEGORICAL = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000")
SEQUENTIAL = "cividis"
DIVERGING = "RdBu_r"
INK = "gray_r"  # a digit as it was written: dark on light

WIDTH = 10.0  # inches: 1000 pixels at Matplotlib's 100 dpi


def figure(title: str, width: float = WIDTH, height: float = 5.0) -> Figure:
    """Make an empty figure with its title: what one sees on it.

    It is not registered with pyplot, so nothing has to be closed, and no setting is changed for others.

    Parameters
    ----------
    title : str
    width, height : float
        In inches; 100 pixels each.
    """
    fig = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(fig)
    fig.suptitle(title, x=0.01, ha="left", fontsize=13, weight="bold")
    return fig


def symmetric_limits(*arrays: NDArray[Any]) -> tuple[float, float]:
    """Limits of a diverging colour scale: centred on zero, and wide enough for all arrays.

    >>> symmetric_limits(np.array([0.5, -2.0]), np.array([1.0]))
    (-2.0, 2.0)
    >>> symmetric_limits(np.zeros(3))
    (-1.0, 1.0)
    """
    greatest = max((float(np.abs(array).max()) for array in arrays if array.size), default=0.0)
    return (-greatest, greatest) if greatest > 0 else (-1.0, 1.0)


def show_input(
    ax: Axes,
    x: NDArray[Any],
    image_shape: tuple[int, int] | None,
    *,
    feature_names: Sequence[str] | None = None,
    limits: tuple[float, float] | None = None,
) -> None:
    """Draw one input: as an image, or as a bar for each feature where it is none.

    Parameters
    ----------
    ax : Axes
    x : (D,) array
    image_shape : (height, width) or None
        None for tabular input.
    feature_names : sequence of str, optional
        Names of the bars.
    limits : (low, high), optional
        White and black; those of `x` by default, with 0 among them.
    """
    x = np.asarray(x)
    if image_shape is not None:
        low, high = limits or (min(float(x.min()), 0.0), max(float(x.max()), 0.0) or 1.0)
        ax.imshow(x.reshape(image_shape), cmap=INK, vmin=low, vmax=high, interpolation="nearest")
        ax.set_xticks([])
        ax.set_yticks([])
        return
    D = x.size
    ax.barh(np.arange(D), x.ravel(), color=CATEGORICAL[0], height=0.7)
    ax.axvline(0, color="0.3", linewidth=0.6)
    ax.set_ylim(D - 0.4, -0.6)
    ax.tick_params(labelsize=7, length=2)
    if D <= 40:
        ax.set_yticks(range(D), feature_names or [f"feature {i}" for i in range(D)], fontsize=7)
    ax.set_xlabel("value", fontsize=7, labelpad=1)
