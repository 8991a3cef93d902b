"""``weight_update``: the weights before a step of gradient descent, the step, and the weights after it."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from glassnet.nn import Trace
from glassnet.plots.panels import SMALL, SMALLER, caption, cells, colour_bar, counted, matrix, shared_scale
from glassnet.plots.style import CATEGORICAL, figure

__all__ = ["weight_update"]

BINS = 41  # odd, so that one stands around 0


def weight_update(trace: Trace) -> Figure:
    """Draw W before, the step, W after and the histogram of all changes for each layer, and both losses.

    Parameters
    ----------
    trace : Trace
        Of one sample or a batch.

    Returns
    -------
    Figure
    """
    n = len(trace.layers)
    fig = figure(
        f"The update: one step of gradient descent, α = {trace.learning_rate:g}", height=2.5 + 1.65 * n
    )
    grid = GridSpec(1 + n, 3, figure=fig, height_ratios=[0.65] + n * [1], width_ratios=[1, 1, 50])
    _losses(fig.add_subplot(grid[0, :]), trace)
    weights = shared_scale(*(w for layer in trace.layers for w in (layer.W, layer.W_updated)))
    changes = [layer.W_updated - layer.W for layer in trace.layers]
    steps = shared_scale(*changes)
    for row, (layer, change) in enumerate(zip(trace.layers, changes, strict=True), 1):
        before, step, after, histogram = (fig.add_subplot(cell) for cell in cells(grid[row, -1], 4))
        image = matrix(before, layer.W, weights, x="unit", y="input")
        caption(before, f"{layer.name}: W before {layer.W.shape}\n‖W‖ = {np.linalg.norm(layer.W):.4g}")
        step_image = matrix(step, change, steps, x="unit")
        plain = np.allclose(change, -trace.learning_rate * layer.dW, rtol=1e-2, atol=1e-6)
        caption(
            step,
            f"+ step {'−α dW' if plain else '−α dW, and max-norm'}\n‖ΔW‖ = {np.linalg.norm(change):.3g}",
        )
        matrix(after, layer.W_updated, weights, x="unit")
        caption(after, f"= W after\n‖W‖ = {np.linalg.norm(layer.W_updated):.4g}")
        for ax in (step, after):  # the same axes as those of W before
            ax.set(xticks=[], yticks=[])
        _histogram(histogram, change, layer.b_updated - layer.b)
    all_layers = "" if n == 1 else ": one scale for all layers"
    colour_bar(fig, grid[1:, 0], image, f"weights{all_layers}")
    colour_bar(fig, grid[1:, 1], step_image, f"steps{all_layers}")
    return fig


def _losses(ax: Axes, trace: Trace) -> None:
    losses = [trace.loss_before, trace.loss_after]
    ax.barh([0, 1], losses, color=[CATEGORICAL[0], CATEGORICAL[1]], height=0.7)
    ax.set_yticks([0, 1], ["loss before", "loss after"], fontsize=SMALL)
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set_xlim(left=0)
    ax.tick_params(axis="x", labelsize=SMALLER)
    for place, loss in enumerate(losses):
        ax.text(loss, place, f" {loss:.4g}", va="center", fontsize=SMALL + 1)
    change = trace.loss_after - trace.loss_before
    said = "falls" if change < 0 else "rises: this step was too long" if change > 0 else "stays the same"
    on = "this example" if len(trace.X) == 1 else f"these {len(trace.X)} samples"
    caption(ax, f"On {on} the loss {said}")


def _histogram(ax: Axes, of_W: np.ndarray, of_b: np.ndarray) -> None:
    """How many weights and biases change by how much; a logarithmic count, since most hardly move."""
    change = np.concatenate([of_W.ravel(), of_b])
    greatest = float(np.abs(change).max()) or 1.0
    counts, edges = np.histogram(change, bins=BINS, range=(-greatest, greatest))
    counted(ax, counts, edges, CATEGORICAL[0], log=True)
    ax.set_xlabel("change", fontsize=SMALLER, labelpad=1)
    still = int(np.sum(change == 0))
    caption(ax, f"{change.size:,} changes of W and b:\n{still:,} are exactly 0")
