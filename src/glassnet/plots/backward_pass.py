"""``backward_pass``: the error on its way back, and what each weight did."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import SymLogNorm
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec, SubplotSpec
from matplotlib.image import AxesImage
from matplotlib.ticker import LogLocator, NullFormatter

from glassnet.explain import Names
from glassnet.nn import LayerTrace, Trace
from glassnet.plots.panels import (
    MAX_LABELLED_BARS,
    SMALL,
    SMALLER,
    bars,
    caption,
    cells,
    colour_bar,
    matrix,
    shared_scale,
)
from glassnet.plots.style import CATEGORICAL, figure

__all__ = ["backward_pass"]


def backward_pass(trace: Trace, *, class_names: Sequence[str] | None = None) -> Figure:
    """Draw the error dZ, dW and db of each layer from the last to the first, and their norms.

    Parameters
    ----------
    trace : Trace
        Of one sample, whose errors are bars, or a batch, where each sample is a row.
    class_names : sequence of str, optional
        What the outputs are called.

    Returns
    -------
    Figure
    """
    n, N = len(trace.layers), len(trace.X)
    names = Names(None if class_names is None else tuple(class_names))
    on = "one example" if N == 1 else f"a batch of {N}"
    fig = figure(
        f"Backward: what each weight did to the loss {trace.loss_before:.4g} of {on}", height=2.9 + 1.65 * n
    )
    wide = [1, 50] if N == 1 else [1, 1, 50]
    grid = GridSpec(1 + n, len(wide), figure=fig, height_ratios=[1.3] + n * [1], width_ratios=wide)
    top = cells(grid[0, :], 2)
    _output_error(fig.add_subplot(top[0]), trace, names)
    _norms(fig.add_subplot(top[1]), trace)
    weights = shared_scale(*(layer.dW for layer in trace.layers))
    errors = shared_scale(*(layer.dZ for layer in trace.layers))
    for row, layer in enumerate(reversed(trace.layers), 1):
        labels = [names.row(k, trace.A.shape[1]) for k in range(trace.A.shape[1])] if row == 1 else None
        maps = _layer(fig, grid[row, -1], layer, weights, errors, labels)
    all_layers = "" if n == 1 else ": one scale for all layers"
    colour_bar(fig, grid[1:, 0], maps[-1], f"dW = ∂loss/∂W{all_layers}")
    if N > 1:
        colour_bar(fig, grid[1:, 1], maps[0], f"dZ = ∂loss/∂Z{all_layers}")
    return fig


def _output_error(ax: Axes, trace: Trace, names: Names) -> None:
    """The bars are dZ; of one example also the answer and the truth, whose difference they are."""
    last = trace.layers[-1]
    K = trace.A.shape[1]
    bars(ax, last.dZ.sum(axis=0), [names.row(k, K) for k in range(K)])
    fused = trace.steps[-1].d_output is None
    right = "A − Y" if fused else "dA ⊙ f'(Z)"
    if fused and len(trace.X) == 1 and K <= MAX_LABELLED_BARS:
        ax.plot(range(K), trace.A[0], "o", color="black", markerfacecolor="white", markersize=5, label="A")
        ax.plot(range(K), trace.Y[0], "D", color="black", markerfacecolor="none", markersize=6, label="Y")
        ax.set_ylim(min(-0.08, 1.08 * float(last.dZ.min())), 1.08)
        ax.legend(fontsize=SMALL, loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    if len(trace.X) > 1:
        caption(ax, f"Where it begins: dZ = ({right}) / {len(trace.X)} at the output,\nsummed over the batch")
    else:
        caption(ax, f"Where it begins: dZ = {right} at the output, the bars\n(below 0: this Z should grow)")


def _norms(ax: Axes, trace: Trace) -> None:
    """Lengths of dZ, dW and db, layer by layer; what is exactly 0 has no place on a logarithmic axis."""
    layers = trace.layers
    places = np.arange(len(layers))
    missing = []
    for i, (letter, marker) in enumerate((("dZ", "o"), ("dW", "s"), ("db", "^"))):
        norms = np.array([float(np.linalg.norm(getattr(layer, letter))) for layer in layers])
        missing += [f"‖{letter}‖ = 0 in {layers[k].name}" for k in np.flatnonzero(norms == 0)]
        drawn = np.where(norms > 0, norms, np.nan)
        # of one example ‖dZ‖ = ‖db‖: the first stays visible behind the last
        size = 10 if letter == "dZ" else 5
        ax.plot(places, drawn, color=CATEGORICAL[i], marker=marker, markersize=size, label=f"‖{letter}‖")
    ax.set_yscale("log")
    ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5), numticks=6))
    ax.yaxis.set_major_formatter("{x:g}")
    ax.margins(y=0.15)
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.set_xlim(-0.5, len(layers) - 0.5)
    ax.set_xticks(places, [layer.name for layer in layers])
    ax.tick_params(labelsize=SMALLER, length=2, pad=1.5)
    ax.grid(axis="y", color="0.9", linewidth=0.6)
    ax.legend(fontsize=SMALL, loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    caption(
        ax, "Length of each derivative, first layer to output" + "".join(f"\n{text}" for text in missing[:2])
    )


def _layer(
    fig: Figure,
    place: SubplotSpec,
    layer: LayerTrace,
    weights: SymLogNorm,
    errors: SymLogNorm,
    labels: list[str] | None,
) -> list[AxesImage]:
    N, maps = len(layer.X), []
    left, middle, right = (fig.add_subplot(cell) for cell in cells(place, 3))
    if N == 1:
        bars(left, layer.dZ[0], labels)
    else:
        maps.append(matrix(left, layer.dZ, errors, x="unit", y="sample"))
    caption(left, f"{layer.name}: dZ {layer.dZ.shape}\n‖dZ‖ = {np.linalg.norm(layer.dZ):.3g}")
    maps.append(matrix(middle, layer.dW, weights, x="unit", y="input"))
    caption(middle, f"dW = Xᵀ dZ {layer.dW.shape}\n‖dW‖ = {np.linalg.norm(layer.dW):.3g}")
    bars(right, layer.db, labels)
    caption(right, f"db = Σ dZ {layer.db.shape}\n‖db‖ = {np.linalg.norm(layer.db):.3g}")
    return maps
