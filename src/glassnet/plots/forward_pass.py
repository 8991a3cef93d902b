"""``forward_pass``: one example's way through every layer."""

from collections.abc import Sequence
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec, SubplotSpec
from matplotlib.image import AxesImage

from glassnet.explain import Names
from glassnet.explain.formulas import formula, is_idle, layer_of, letters
from glassnet.explain.forward import answer, said_target
from glassnet.nn import Activation, LayerTrace, Trace
from glassnet.plots.panels import bars, caption, cells, colour_bar, matrix, shared_scale
from glassnet.plots.style import figure, show_input

__all__ = ["forward_pass"]

MAX_NUMBERED_OUTPUTS = 3  # outputs that are told as numbers
MAX_LINE_LETTERS = 30  # in a line of what is said of the answer


def forward_pass(
    trace: Trace,
    sample: int = 0,
    *,
    class_names: Sequence[str] | None = None,
    image_shape: tuple[int, int] | None = None,
    feature_names: Sequence[str] | None = None,
) -> Figure:
    """Draw input, weights, Z, A and the answer, with the formula and the shapes at each station.

    Parameters
    ----------
    trace : Trace
        Of one sample or a batch.
    sample : int
        Which row of the batch.
    class_names, image_shape, feature_names
        What the outputs are called, and what the input is.

    Returns
    -------
    Figure
    """
    names = Names(
        None if class_names is None else tuple(class_names),
        image_shape,
        None if feature_names is None else tuple(feature_names),
    )
    n = len(trace.layers)
    title = f"Forward: one example through {n} layer{'s' if n > 1 else ''}"
    if len(trace.X) > 1:
        title += f" (sample {sample} of a batch of {len(trace.X)})"
    fig = figure(title, height=3.1 + 1.65 * n)
    grid = GridSpec(1 + n, 2, figure=fig, height_ratios=[1.5] + n * [1], width_ratios=[1, 50])
    _input_and_answer(fig, grid[0, :], trace, sample, names)
    scale = shared_scale(*(layer.W for layer in trace.layers))
    for row, layer in enumerate(trace.layers, 1):
        image = _station(fig, grid[row, 1], layer, sample, scale, names if layer.name == "output" else None)
    colour_bar(fig, grid[1:, 0], image, "weights W" + (": one scale for all layers" if n > 1 else ""))
    return fig


def _input_and_answer(fig: Figure, place: SubplotSpec, trace: Trace, sample: int, names: Names) -> None:
    left, middle, right = cells(place, 3, [1.2, 1, 1.6])
    ax = fig.add_subplot(left)
    show_input(ax, trace.X[sample], names.image_shape, feature_names=names.feature_names)
    target = said_target(trace, sample, names)
    caption(ax, f"X {trace.X.shape}{f': {target}' if target else ''}")
    _said(fig.add_subplot(middle), trace, sample, names, target)
    _answer(fig.add_subplot(right), trace, sample, names)


def _said(ax: Axes, trace: Trace, sample: int, names: Names, target: str) -> None:
    ax.set_axis_off()
    said = answer(trace, sample, names).removeprefix("The answer: ").rstrip(".")
    if target:
        name, sure = said.rsplit(", ", 1)
        right = target == f"it is {name}"
        lines = [fill(f"The answer: {name}", MAX_LINE_LETTERS), sure, ""]
        lines += ["That is right."] if right else ["That is wrong:", fill(f"{target}.", MAX_LINE_LETTERS)]
    else:
        more = ["…"] * (trace.A.shape[1] > MAX_NUMBERED_OUTPUTS)
        lines = ["The answer:", *said.split(", ")[:MAX_NUMBERED_OUTPUTS], *more, "", "The truth:"]
        lines += [*(f"{value:.4g}" for value in trace.Y[sample, :MAX_NUMBERED_OUTPUTS]), *more]
    loss = "Its loss" if len(trace.X) == 1 else "The batch's loss"
    lines += ["", f"{loss}: {trace.loss_before:.4g}"]
    ax.text(0.5, 0.5, "\n".join(lines), ha="center", va="center", fontsize=10, transform=ax.transAxes)


def _answer(ax: Axes, trace: Trace, sample: int, names: Names) -> None:
    """The outputs as bars, and what they should have been as diamonds."""
    A, Y = trace.A[sample], trace.Y[sample]
    K = len(A)
    bars(ax, A, [names.row(k, K) for k in range(K)])
    last = layer_of(trace.steps[-1])
    shares = isinstance(last, Activation) and last.probabilities
    ax.plot(
        range(K), Y, linestyle="none", marker="D", markersize=5 if K <= 20 else 2, markerfacecolor="none",
        markeredgecolor="black",
    )  # fmt: skip
    if shares:
        ax.set_yticks([0, 0.5, 1])
    low, high = (0.0, 1.0) if shares else (float(min(A.min(), Y.min(), 0)), float(max(A.max(), Y.max(), 0)))
    room = 0.08 * (high - low) or 1.0
    ax.set_ylim(low - room, high + room)
    what = "probabilities" if shares else "answer"
    caption(ax, f"The {what} A {trace.A.shape}; ◇ marks the truth Y")


def _station(
    fig: Figure, place: SubplotSpec, layer: LayerTrace, sample: int, scale: Normalize, names: Names | None
) -> AxesImage:
    """One layer: its weights, then what each of its parts gave."""
    pairs = letters(layer.steps)
    shown = [(s, *pair) for s, pair in zip(layer.steps, pairs, strict=True) if not is_idle(s)]
    places = cells(place, 1 + len(shown))
    first = fig.add_subplot(places[0])
    image = matrix(first, layer.W, scale, x="unit", y="input")
    idle = [f"\n{step.description} is idle here" for step in layer.steps if is_idle(step)]
    caption(first, "".join([f"{layer.name}: W {layer.W.shape}", *idle]))
    labels = None
    if names is not None:
        labels = [names.row(k, layer.A.shape[1]) for k in range(layer.A.shape[1])]
    for cell, (step, taken, given) in zip(places[1:], shown, strict=True):
        ax = fig.add_subplot(cell)
        values = step.output[sample]
        bars(ax, values, labels)
        part = layer_of(step)
        whole = f"{given} = {formula(part, taken)}".replace("σ² + ε", "σ²\N{NBSP}+\N{NBSP}ε")
        whole = whole.replace("+ β", "+\N{NBSP}β")
        text = f"{fill(whole, 135 // len(places))}\n{given} {step.output.shape}"
        if part.silences:
            text += f", {int(np.sum(values != 0)):,} active"
        caption(ax, text)
    return image
