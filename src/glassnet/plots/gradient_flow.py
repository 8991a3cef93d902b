"""``gradient_flow``: how strongly each layer learned, epoch by epoch."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from glassnet.plots.learning_curves import draw_curve
from glassnet.plots.panels import SMALL, caption
from glassnet.plots.style import CATEGORICAL, figure
from glassnet.train import History

__all__ = ["gradient_flow"]

LINES = ("-", "--", "-.", ":")
PANELS = (
    ("gradient_norm", "length of the gradient ‖dW‖", True),
    ("update_norm", "length of the step ‖ΔW‖", True),
    ("dead", "units that never answer, %", False),
    ("saturated", "saturated activations, %", False),
)


def gradient_flow(history: History) -> Figure:
    """Draw gradients and steps of each layer over the training, and the share of dead or saturated units.

    Parameters
    ----------
    history : History
        Recorded with ``monitor=True``, as ``glassnet train`` does.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If the gradients were not recorded.
    """
    columns = _columns(history)
    if not columns["gradient_norm"]:
        raise ValueError(
            "the gradients were not recorded: train with fit(..., monitor=True) or glassnet train"
        )
    panels = [panel for panel in PANELS if columns[panel[0]]]
    fig = figure("What flowed back: gradients and steps of each layer", height=2.6 * -(-len(panels) // 2) + 1)
    axes = fig.subplots(-(-len(panels) // 2), 2, squeeze=False, sharex=True).ravel()
    for ax, (name, what, logarithmic) in zip(axes, panels, strict=False):
        _panel(ax, history.epochs, columns[name], what, logarithmic)
    for ax in axes[len(panels) :]:
        ax.set_axis_off()
    for ax in axes[max(0, len(panels) - 2) : len(panels)]:
        ax.set_xlabel("epoch", fontsize=SMALL)
        ax.tick_params(labelbottom=True)
    return fig


def _columns(history: History) -> dict[str, dict[str, NDArray[np.float64]]]:
    """For each kind of column the layers' values, by the layer's name."""
    found: dict[str, dict[str, NDArray[np.float64]]] = {name: {} for name, _, _ in PANELS}
    for column in history.records[0] if len(history) else ():
        kind, _, layer = column.partition("/")
        if kind in found:
            found[kind][layer] = history.column(column)
    return found


def _panel(
    ax: Axes, epochs: NDArray[np.int64], layers: dict[str, NDArray[np.float64]], what: str, logarithmic: bool
) -> None:
    for k, (layer, values) in enumerate(layers.items()):
        look = CATEGORICAL[k % len(CATEGORICAL)], LINES[k // len(CATEGORICAL) % len(LINES)]
        shown = np.where(values > 0, values, np.nan) if logarithmic else 100 * values
        draw_curve(ax, epochs, shown, look[0], layer if logarithmic else f"layer {layer}", look[1])
    if logarithmic:
        ax.set_yscale("log")
    else:
        ax.set_ylim(-2, 102)
    ax.tick_params(labelsize=SMALL, length=2)
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ax.grid(color="0.9", linewidth=0.6)
    ax.legend(fontsize=SMALL, frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    caption(ax, what)
