"""``compare``: the curves of several runs together."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from glassnet.plots.learning_curves import draw_curve
from glassnet.plots.panels import SMALL
from glassnet.plots.style import CATEGORICAL, figure
from glassnet.train import History

__all__ = ["compare"]

LINES = ("-", "--", "-.", ":")


def compare(runs: Mapping[str, History]) -> Figure:
    """Draw the loss and the accuracy of several runs on the same axes.

    On the validation part where every run has one, else on the training part.

    Parameters
    ----------
    runs : mapping of str to History
        By the names that they shall have in the picture.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If there is no run.
    """
    if not runs:
        raise ValueError("there is no run to compare")
    watched = all(not np.isnan(history.validation_loss).all() for history in runs.values())
    classes = all(not np.isnan(history.accuracy).all() for history in runs.values())
    part = "validation" if watched else "training"
    fig = figure(f"{len(runs)} run{'s' if len(runs) > 1 else ''}, on the {part} part", height=4.8)
    axes = np.atleast_1d(np.asarray(fig.subplots(1, 1 + classes)))
    for k, (name, history) in enumerate(runs.items()):
        look = CATEGORICAL[k % len(CATEGORICAL)], LINES[k // len(CATEGORICAL) % len(LINES)]
        loss = history.validation_loss if watched else history.loss
        accuracy = history.validation_accuracy if watched else history.accuracy
        _draw(axes[0], history.epochs, loss, look, f"{name}: {loss[-1]:.4g}")
        if classes:
            _draw(axes[1], history.epochs, 100 * accuracy, look, f"{name}: {100 * accuracy[-1]:.2f} %")
    for ax, what in zip(axes, ("loss", "accuracy, %"), strict=False):
        ax.set_ylabel(what, fontsize=SMALL)
        ax.set_xlabel("epoch", fontsize=SMALL)
        ax.tick_params(labelsize=SMALL, length=2)
        ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        ax.grid(color="0.9", linewidth=0.6)
        ax.legend(fontsize=SMALL, frameon=False, title="at the end", title_fontsize=SMALL)
    axes[0].set_ylim(bottom=0)
    return fig


def _draw(
    ax: Axes, epochs: NDArray[np.int64], values: NDArray[np.float64], look: tuple[str, str], label: str
) -> None:
    draw_curve(ax, epochs, values, look[0], label, look[1])
