"""``prediction``: one input beside the probabilities that the network gives it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from glassnet.explain import Names
from glassnet.plots.panels import SMALL, SMALLER
from glassnet.plots.style import CATEGORICAL, figure, show_input

__all__ = ["prediction"]

MAX_CLASSES = 12  # classes that are shown; of more, the likeliest


def prediction(
    x: ArrayLike,
    probabilities: ArrayLike,
    *,
    label: int | None = None,
    class_names: Sequence[str] | None = None,
    image_shape: tuple[int, int] | None = None,
    feature_names: Sequence[str] | None = None,
) -> Figure:
    """Draw one input beside a bar for each class.

    Parameters
    ----------
    x : (D,) array
    probabilities : (K,) array
        A single one is that of the second of two classes.
    label : int, optional
        The true class; it is framed.
    class_names, image_shape, feature_names
        What the outputs are called, and what the input is.

    Returns
    -------
    Figure
    """
    names = Names(None if class_names is None else tuple(class_names))
    P = np.asarray(probabilities, dtype=np.float64).ravel()
    if P.size == 1:
        P = np.array([1 - P[0], P[0]])
    best = int(np.argmax(P))
    order = np.arange(P.size)
    if P.size > MAX_CLASSES:
        order = np.argsort(-P, kind="stable")[:MAX_CLASSES]
    said = f"Read as “{names.output(best)}”, {100 * P[best]:.1f} % sure"
    if label is not None:
        said += ": right" if label == best else f": wrong, it is “{names.output(label)}”"
    fig = figure(said, height=4.2)
    left, right = fig.subplots(1, 2, width_ratios=[1, 1.5])
    show_input(left, np.asarray(x).ravel(), image_shape, feature_names=feature_names)
    colours = [CATEGORICAL[0] if k == best else "0.7" for k in order]
    bars = right.barh(range(len(order)), 100 * P[order], color=colours, height=0.75)
    right.bar_label(bars, [f"{100 * P[k]:.1f} %" for k in order], fontsize=SMALL, padding=3)
    for place, k in enumerate(order):
        if k == label:
            bars[place].set(edgecolor="black", linewidth=1.8, linestyle="-" if k == best else "--")
    marks = [f"{names.output(int(k))[:24]}{' ←' if k == label else ''}" for k in order]
    right.set_yticks(range(len(order)), marks, fontsize=SMALL + 1)
    right.set_ylim(len(order) - 0.4, -0.6)
    right.set_xlim(0, 112)
    right.set_xticks(range(0, 101, 20))
    right.set_xlabel("probability, %" + ("   (← is the truth)" if label is not None else ""), fontsize=SMALL)
    right.tick_params(axis="x", labelsize=SMALLER)
    right.tick_params(axis="y", length=0)
    return fig
