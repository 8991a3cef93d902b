"""``evidence``: which parts of the input spoke for an answer, and which against it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from numpy.typing import NDArray

from glassnet.explain import Names
from glassnet.nn import Evidence
from glassnet.plots.panels import ABOVE, BELOW, SMALL, SMALLER, caption, short
from glassnet.plots.style import DIVERGING, figure, show_input, symmetric_limits

__all__ = ["evidence"]

Contributions = NDArray[np.floating]


def evidence(
    found: Evidence,
    *,
    class_names: Sequence[str] | None = None,
    image_shape: tuple[int, int] | None = None,
    feature_names: Sequence[str] | None = None,
) -> Figure:
    """Draw the contributions to the winner's logit, to the runner-up's, and to their difference.

    Parameters
    ----------
    found : Evidence
        What ``glassnet.nn.find_evidence`` found.
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
    panels = _panels(found, names)
    what = "pixel" if image_shape else "feature"
    method = found.method if found.exact else f"{found.method}, which is not exact"
    height = 4.3 if image_shape else float(np.clip(2.0 + 0.3 * len(found.x), 3.1, 12))
    fig = figure(f"What each {what} says for and against an answer: {method}", height=height)
    below = [1] if image_shape is None else [24, 1]  # the colours' scale has a row of its own
    grid = GridSpec(len(below), 1 + len(panels), figure=fig, height_ratios=below)
    ax = fig.add_subplot(grid[0, 0])
    show_input(ax, found.x, image_shape, feature_names=feature_names)
    caption(ax, "the input, as the network sees it")
    limits = symmetric_limits(*(values for _, values, _, _ in panels))
    for column, (title, values, constant, total) in enumerate(panels, 1):
        ax = fig.add_subplot(grid[0, column])
        if image_shape is None:
            _features(ax, values, limits)
        else:
            _image(ax, values.reshape(image_shape), Normalize(*limits))
        rest = "bias" if found.exact else "unexplained"
        sums = "difference" if column == 3 else _sum_name(names)
        caption(ax, f"{title}\n{what}s {values.sum():.4g}\n+ {rest} {constant:.4g}\n= {sums} {total:.4g}")
        if image_shape is None:
            ax.set_xlabel(f"contribution to the {_sum_name(names)}", fontsize=SMALL)
    if image_shape is not None:
        bar = fig.colorbar(ax.images[0], cax=fig.add_subplot(grid[1, 1:]), orientation="horizontal")
        text = f"contribution to the {_sum_name(names)}: red speaks for it, blue against it"
        bar.set_label(text, fontsize=SMALL)
        bar.ax.tick_params(labelsize=SMALLER)
    return fig


Panel = tuple[str, Contributions, float, float]


def _panels(found: Evidence, names: Names) -> list[Panel]:
    """Title, contributions, constant and sum: winner, runner-up, difference; of one output, that alone."""

    def panel(k: int, title: str) -> Panel:
        return title, found.contributions[k], float(found.bias[k]), float(found.logits[k])

    K = len(found.logits)
    if K == 1:
        logit = (
            "the output"
            if names.class_names is None
            else f"“{names.output(1)}” rather than “{names.output(0)}”"
        )
        return [panel(0, logit)]
    best, second = int(found.ranking[0]), int(found.ranking[1])
    values, constant = found.difference(best, second)
    one, other = (f"“{short(names.output(k), 15)}”" for k in (best, second))
    first, next_one = "the winner", "the runner-up"
    if names.class_names is None:  # numbers do not compete
        one, other = f"output {best}", f"output {second}"
        first, next_one = "the largest", "the second"
    total = float(found.logits[best] - found.logits[second])
    return [
        panel(best, f"{first}, {one}"),
        panel(second, f"{next_one}, {other}"),
        (f"{one} rather than {other}", values, constant, total),
    ]


def _sum_name(names: Names) -> str:
    """What the contributions add up to: what goes into softmax or sigmoid, or a number itself."""
    return "output" if names.class_names is None else "logit"


def _image(ax: Axes, values: Contributions, scale: Normalize) -> None:
    ax.imshow(values, cmap=DIVERGING, norm=scale, interpolation="nearest")
    ax.set_xticks([])
    ax.set_yticks([])


def _features(ax: Axes, values: Contributions, limits: tuple[float, float]) -> None:
    """A bar for each feature, all panels on one scale."""
    places = np.arange(len(values))
    ax.barh(places, values, color=np.where(values > 0, ABOVE, BELOW), height=0.7)
    ax.axvline(0, color="0.3", linewidth=0.6)
    ax.set_xlim(1.08 * limits[0], 1.08 * limits[1])
    ax.set_ylim(len(values) - 0.4, -0.6)
    ax.set_yticks([])
    ax.tick_params(labelsize=SMALLER)
