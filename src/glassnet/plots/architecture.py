"""``architecture``: the network as a diagram."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, LineCollection
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from glassnet.explain import Names
from glassnet.nn import Dense, Layer, Network
from glassnet.plots.panels import SMALL, SMALLER, short
from glassnet.plots.style import CATEGORICAL, WIDTH, figure

__all__ = ["architecture"]

MAX_UNITS_DRAWN = 9  # units that are drawn in a column; of more, the first and the last ones
UNITS_AT_EACH_END = 4  # so many at each end
MAX_LAYERS_SIDE_BY_SIDE = 6  # of more layers, words that stand side by side would touch
TEXT_LINE_HEIGHT = 0.08  # height of a line of text, where the units are from -0.9 to 0.9


def architecture(
    network: Network,
    *,
    class_names: Sequence[str] | None = None,
    image_shape: tuple[int, int] | None = None,
) -> Figure:
    """Draw every layer with its units, activation, normalisation and dropout, and the parameters between.

    Parameters
    ----------
    network : Network
    class_names : sequence of str, optional
        What the outputs are called.
    image_shape : (height, width), optional
        What the input is.

    Returns
    -------
    Figure
    """
    groups = _groups(network)
    names = Names(None if class_names is None else tuple(class_names), image_shape)
    n = len(groups)
    lines = max(_below(group).count("\n") + 1 for group in groups)
    fig = figure(
        f"The network: {n} layer{'s' if n > 1 else ''}, "
        f"{network.n_parameters:,} parameters, {network.loss.title}",
        width=max(WIDTH, 0.9 * (n + 1)),
        height=5.6 + 0.11 * max(lines - 3, 0),
    )
    ax = fig.add_subplot(GridSpec(1, 1, figure=fig)[0])
    ax.set_axis_off()
    sizes = [network.n_inputs] + [group[0].n_outputs for group in groups]
    columns = [_places(K) for K in sizes]
    for x, (left, right) in enumerate(pairwise(columns)):
        _connections(ax, x, left, right)
    for x, (K, heights) in enumerate(zip(sizes, columns, strict=True)):
        colour = CATEGORICAL[0] if x == 0 else CATEGORICAL[2] if x == n else CATEGORICAL[1]
        _units(ax, x, K, heights, colour)
    # side by side with what stands below the units, or, where it is too narrow for that, below it
    lower = -1.1 if n <= MAX_LAYERS_SIDE_BY_SIDE else -1.1 - TEXT_LINE_HEIGHT * (lines + 0.5)
    _words(ax, groups, sizes, names, lower)
    K = sizes[-1]
    if K <= MAX_UNITS_DRAWN + 1:
        for k, y in enumerate(columns[-1]):
            ax.annotate(
                short(names.row(k, K), 32), (n, y), (12, 0), textcoords="offset points", va="center",
                fontsize=SMALL,
            )  # fmt: skip
    ax.set_xlim(-0.55, n + 0.55)
    ax.set_ylim(min(lower - 3 * TEXT_LINE_HEIGHT, -1.1 - TEXT_LINE_HEIGHT * lines) - 0.02, 1.32)
    return fig


def _groups(network: Network) -> list[list[Layer]]:
    """A Dense with all that follows it up to the next one."""
    groups: list[list[Layer]] = []
    for layer in network.layers:
        if isinstance(layer, Dense):
            groups.append([])
        groups[-1].append(layer)
    return groups


def _places(K: int) -> list[float]:
    """Heights of the units that are drawn, from top to bottom, with a gap in the middle of many."""
    if K <= MAX_UNITS_DRAWN + 1:
        half = 0.1 * (K - 1)
        return [float(y) for y in np.linspace(half, -half, K)]
    upper = np.linspace(0.9, 0.9 - 0.2 * (UNITS_AT_EACH_END - 1), UNITS_AT_EACH_END)
    return [float(y) for y in [*upper, *-upper[::-1]]]


def _connections(ax: Axes, x: int, left: list[float], right: list[float]) -> None:
    lines = [((x, y), (x + 1, z)) for y in left for z in right]
    ax.add_collection(LineCollection(lines, colors="0.75", linewidths=0.4, zorder=1))


def _units(ax: Axes, x: int, K: int, heights: list[float], colour: str) -> None:
    points = [(x, y) for y in heights]
    ax.add_collection(
        EllipseCollection(
            [12] * len(points), [12] * len(points), [0] * len(points), units="points", offsets=points,
            transOffset=ax.transData, facecolors=colour, edgecolors="black", linewidths=0.6, zorder=2,
        )
    )  # fmt: skip
    if len(heights) < K:
        dots = [0.09, 0.13, 0.17]
        ax.plot(
            [x] * 6, [*dots, *(-y for y in dots)], linestyle="none", marker=".", markersize=2, color="black"
        )
        box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"}
        more = f"{K - len(heights):,} more"
        ax.text(x, 0, more, ha="center", va="center", fontsize=SMALLER, bbox=box, zorder=3)


def _words(ax: Axes, groups: list[list[Layer]], sizes: list[int], names: Names, lower: float) -> None:
    """Names above the units; below them what else happens there; between them the parameters."""
    n = len(groups)
    pixels = "" if names.image_shape is None else f"\n{names.image_shape[0]} × {names.image_shape[1]} pixels"
    ax.text(0, 1.1, f"input\n{sizes[0]:,} numbers{pixels}", ha="center", va="bottom", fontsize=SMALL)
    for x, group in enumerate(groups, 1):
        name = "output" if x == n else f"hidden {x}"
        units = f"{sizes[x]:,} unit{'s' if sizes[x] > 1 else ''}"
        ax.text(x, 1.1, f"{name}\n{units}", ha="center", va="bottom", fontsize=SMALL, weight="bold")
        ax.text(x, -1.1, _below(group), ha="center", va="top", fontsize=SMALL)
        D, K = sizes[x - 1], sizes[x]
        ax.text(
            x - 0.5, lower, f"W {D:,} × {K:,}\nb {K:,}\n= {D * K + K:,}", ha="center", va="top",
            fontsize=SMALLER, color="0.25",
        )  # fmt: skip


def _below(group: list[Layer]) -> str:
    lines = []
    for layer in group[1:]:
        config = layer.config()
        if config["kind"] == "Dropout":
            lines.append(f"dropout {100 * config['rate']:g} %")
        elif config["kind"] == "BatchNorm":
            lines.append(f"BatchNorm\nγ, β: {2 * layer.n_outputs:,}")
        else:
            extra = [f"{key} {value:g}" for key, value in config.items() if isinstance(value, float)]
            lines.append("\n".join([config["kind"], *extra]))
    return "\n".join(lines) or "no activation"
