"""``robustness``: how many of the same images are still read when they are moved, turned, blurred, ..."""

import numpy as np
from matplotlib.figure import Figure

from glassnet.evaluation.robustness import Robustness
from glassnet.plots.panels import SMALL, SMALLER, percent
from glassnet.plots.style import CATEGORICAL, INK, figure

__all__ = ["robustness"]

EXAMPLE_WIDTH = 0.085  # width of an example, as a share of the bars' axis


def robustness(found: Robustness) -> Figure:
    """Draw a bar for each thing that was done to the images, beside one example of it.

    Parameters
    ----------
    found : Robustness

    Returns
    -------
    Figure
    """
    conditions = found.conditions
    n, worst = len(conditions), found.worst
    fig = figure(_title(found), height=0.46 * n + 1.2)
    ax = fig.add_subplot()
    values = np.array([100 * condition.accuracy for condition in conditions])
    colours = [CATEGORICAL[1] if condition is worst else CATEGORICAL[0] for condition in conditions]
    ax.barh(range(n), values, color=colours, height=0.62)
    ax.axvline(values[0], color="0.35", linewidth=0.8, linestyle="--")
    for row, condition in enumerate(conditions):
        mark = "✓" if condition.right else "✗"
        answer = condition.answer if len(condition.answer) <= 16 else condition.answer[:15] + "…"
        said = f"{percent(condition.accuracy)}   this one: {answer} {mark}"
        inside = values[row] > 50
        ax.text(
            values[row] + (-1 if inside else 1), row, said, fontsize=SMALL, va="center",
            ha="right" if inside else "left", color="white" if inside else "black",
        )  # fmt: skip
        inset = ax.inset_axes(
            (-100 * EXAMPLE_WIDTH - 1, row - 0.44, 100 * EXAMPLE_WIDTH, 0.88), transform=ax.transData
        )
        inset.imshow(condition.example, cmap=INK, vmin=0, vmax=found.pixel_max, interpolation="nearest")
        inset.set_xticks([])
        inset.set_yticks([])
        inset.spines[:].set_color("0.7")
    ax.set_xlim(0, 100)
    ax.set_ylim(n - 0.5, -0.5)
    ax.set_yticks(range(n), [condition.name for condition in conditions], fontsize=SMALL)
    ax.tick_params(axis="y", length=0, pad=64)
    ax.tick_params(axis="x", labelsize=SMALLER)
    ax.spines[["top", "right"]].set_visible(False)
    ax.set_xlabel(f"read rightly, % of {found.samples:,} images (dashed: as they are)", fontsize=SMALL)
    return fig


def _title(found: Robustness) -> str:
    plain, worst = found.conditions[0], found.worst
    text = f"How robust it is: {percent(plain.accuracy)} of the images as they are"
    return text if worst is plain else f"{text}, {percent(worst.accuracy)} {worst.name}"
