"""``activation_functions``: the curve, its derivative, and what really went through it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from glassnet.explain.formulas import derivative, formula, layer_of, letters
from glassnet.maths.names import look_up
from glassnet.nn import Activation, Trace
from glassnet.nn.activation import activation_layer, elementwise_names
from glassnet.plots.panels import SMALL, SMALLER, caption, counted
from glassnet.plots.style import CATEGORICAL, figure

__all__ = ["activation_functions"]

Z = np.linspace(-4, 4, 401)
CURVE, SLOPE = CATEGORICAL[0], CATEGORICAL[1]
FEWEST, BINS = 10, 60  # of a histogram, by how many numbers there are


def activation_functions(names: Sequence[str] | None = None, *, trace: Trace | None = None) -> Figure:
    """Draw activations with their derivatives; of a trace, with the histograms of what they took and gave.

    Parameters
    ----------
    names : sequence of str, optional
        Of ``glassnet.nn.ACTIVATIONS``; all of them without names and trace. Softmax is no curve: each of its
        outputs depends on all inputs.
    trace : Trace, optional
        The activations of this network, layer by layer, with what really went through them.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If there is no activation of that name, or both names and a trace are given.
    """
    if trace is not None:
        if names is not None:
            raise ValueError("give names or a trace, not both: a trace has its own activations")
        return _of_a_trace(trace)
    curves = dict.fromkeys(elementwise_names())
    names = list(curves) if names is None else names
    for name in names or [""]:
        look_up("curve", name, curves)
    columns = min(len(names), 4 if len(names) > 3 else 3)
    rows = -(-len(names) // columns)
    fig = figure("Activation functions and their derivatives", height=0.9 + 2.6 * rows)
    grid = GridSpec(rows, columns, figure=fig)
    for i, name in enumerate(names):
        ax = fig.add_subplot(grid[i // columns, i % columns])
        layer = activation_layer(name)
        _curve(ax, layer, Z)
        caption(ax, _formulas(layer, name, separator="\n"))
        ax.set_xlabel("Z", fontsize=SMALLER, labelpad=1)
        if i == 0:
            ax.legend(fontsize=SMALL, loc="upper left", frameon=False)
    return fig


def _of_a_trace(trace: Trace) -> Figure:
    stations = []
    for layer in trace.layers:
        for step, (taken, given) in zip(layer.steps, letters(layer.steps), strict=True):
            activation = layer_of(step)
            if isinstance(activation, Activation):
                stations.append((layer.name, step, activation, taken, given))
    many = len(trace.X)
    title = f"What went through the activations: {many} sample{'s' if many > 1 else ''}"
    fig = figure(title, height=0.9 + 2.2 * max(len(stations), 1))
    if not stations:
        fig.text(0.5, 0.4, "This network has no activations: it is one affine map.", ha="center")
        return fig
    grid = GridSpec(len(stations), 3, figure=fig, width_ratios=[1.25, 1, 1])
    for row, (name, step, activation, taken, given) in enumerate(stations):
        left, middle, right = (fig.add_subplot(grid[row, column]) for column in range(3))
        title = f"{name}: {type(activation).__name__}"
        if not activation.elementwise:
            _pairs(left, step.input, step.output)
            right_side = formula(activation, taken)
            caption(left, f"{title}: {given} = {right_side}\na dot for each output of each sample")
        else:
            low, high = min(-1.0, float(step.input.min())), max(1.0, float(step.input.max()))
            _curve(left, activation, np.linspace(low, high, 401))
            caption(left, _formulas(activation, title, taken, given))
            if row == 0:
                left.legend(fontsize=SMALL, loc="upper left", frameon=False)
        left.set_xlabel(taken, fontsize=SMALLER, labelpad=1)
        left.set_ylabel(given, fontsize=SMALLER, labelpad=1)
        _histogram(middle, step.input, f"{taken}: {step.input.size:,} numbers that came in")
        _histogram(right, step.output, f"{given}: what it made of them")
    return fig


def _curve(ax: Axes, layer: Activation, z: np.ndarray) -> None:
    A = layer.forward(z[np.newaxis], training=False)
    slope = layer.vjp(np.ones_like(A), z[np.newaxis], A, **layer.arguments())
    ax.axhline(0, color="0.6", linewidth=0.6)
    ax.axvline(0, color="0.6", linewidth=0.6)
    ax.plot(z, A[0], color=CURVE, linewidth=1.8, label="activation")
    ax.plot(z, slope[0], color=SLOPE, linewidth=1.4, linestyle="--", label="derivative")
    ax.set_xlim(z[0], z[-1])
    ax.tick_params(labelsize=SMALLER, length=2)


def _pairs(ax: Axes, z: np.ndarray, a: np.ndarray) -> None:
    """No curve: the pairs (Z, A) that were met."""
    ax.plot(z.ravel(), a.ravel(), linestyle="none", marker=".", markersize=4, color=CURVE)
    ax.tick_params(labelsize=SMALLER, length=2)


def _formulas(layer: Activation, title: str, z: str = "Z", a: str = "A", separator: str = ": ") -> str:
    return f"{title}{separator}{a} = {formula(layer, z)}\nderivative: {derivative(layer, z, a)}"


def _histogram(ax: Axes, values: np.ndarray, text: str) -> None:
    bins = int(np.clip(2 * np.sqrt(values.size), FEWEST, BINS))
    counts, edges = np.histogram(values, bins=bins)
    counted(ax, counts, edges, CATEGORICAL[2])
    zeros = int(np.sum(values == 0))
    more = f", {zeros:,} are exactly 0" if zeros else ""
    caption(ax, f"{text}\nfrom {values.min():.3g} to {values.max():.3g}{more}")
