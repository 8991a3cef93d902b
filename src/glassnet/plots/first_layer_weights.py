"""``first_layer_weights``: what each unit of the first layer looks for."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from numpy.typing import NDArray

from glassnet.explain import Names
from glassnet.nn import Dense, Network
from glassnet.plots.panels import SMALL, SMALLER, short
from glassnet.plots.style import DIVERGING, figure, symmetric_limits

__all__ = ["first_layer_weights", "importance"]


def importance(network: Network) -> NDArray[np.float64]:
    """How much each unit of the first layer can pass on: ‖weights in‖ · ‖weights out‖.

    The length of its incoming weights alone where the first layer is the last.
    """
    dense = [layer for layer in network.layers if isinstance(layer, Dense)]
    arriving = np.linalg.norm(dense[0].W.astype(np.float64), axis=0)
    leaving = np.linalg.norm(dense[1].W.astype(np.float64), axis=1) if len(dense) > 1 else 1.0
    return np.asarray(arriving * leaving)


def first_layer_weights(
    network: Network,
    *,
    image_shape: tuple[int, int] | None = None,
    feature_names: Sequence[str] | None = None,
    class_names: Sequence[str] | None = None,
    most: int = 96,
) -> Figure:
    """Draw each unit's incoming weights as an image, the most important first, on one colour scale.

    Parameters
    ----------
    network : Network
    image_shape : (height, width), optional
        Without it a row of colours for each feature.
    feature_names, class_names : sequence of str, optional
        What the inputs are called; what the units are, where the first layer is the last.
    most : int
        So many units are shown.

    Returns
    -------
    Figure
    """
    dense = [layer for layer in network.layers if isinstance(layer, Dense)]
    W = dense[0].W
    K = W.shape[1]
    only = len(dense) == 1
    order = np.argsort(-importance(network), kind="stable")[:most]
    shown = f"{len(order)} of {K:,}" if len(order) < K else f"{K:,}"
    what = (
        "outputs look for, the one with the longest weights" if only else "units look for, the most important"
    )
    title = f"What the {'' if only else 'first layer’s '}{what} first ({shown})"
    names = Names(None if class_names is None else tuple(class_names), image_shape)
    labels = [names.row(int(k), K) if only else str(k) for k in order]
    scale = Normalize(*symmetric_limits(W))
    if image_shape is None:
        fig = _as_columns(title, W[:, order], labels, scale, feature_names)
    else:
        fig = _as_images(title, W[:, order], labels, scale, image_shape)
    return fig


def _as_images(
    title: str, W: np.ndarray, labels: list[str], scale: Normalize, image_shape: tuple[int, int]
) -> Figure:
    """All in one map, with a gap around each: one artist is drawn much faster than a hundred."""
    height, width = image_shape
    K = W.shape[1]
    columns = min(K, 12 if K > 40 else 8 if K > 10 else 5)
    rows = -(-K // columns)
    room = max(1, round(0.28 * height))  # for the unit's number above its image
    gap = max(1, width // 14)
    mosaic = np.full((rows * (height + room), columns * (width + gap) - gap), np.nan)
    places = []
    for k in range(K):
        top, left = (k // columns) * (height + room) + room, (k % columns) * (width + gap)
        mosaic[top : top + height, left : left + width] = W[:, k].reshape(image_shape)
        places.append((left + (width - 1) / 2, top - 0.8))
    inches = 8.9 * mosaic.shape[0] / mosaic.shape[1]
    fig = figure(title, height=0.7 + inches)
    grid = GridSpec(1, 1, figure=fig)
    ax = fig.add_subplot(grid[0])
    image = ax.imshow(np.ma.masked_invalid(mosaic), cmap=DIVERGING, norm=scale, interpolation="nearest")
    ax.set_axis_off()
    for label, (x, y) in zip(labels, places, strict=True):
        ax.text(x, y, short(label, 150 // columns), ha="center", va="bottom", fontsize=SMALL)
    _scale(fig, ax, image)
    return fig


def _as_columns(
    title: str, W: np.ndarray, labels: list[str], scale: Normalize, feature_names: Sequence[str] | None
) -> Figure:
    """Features have no picture: a row for each feature, a column for each unit."""
    D, K = W.shape
    fig = figure(title, height=float(np.clip(1.6 + 0.35 * D, 3.4, 10)))
    ax = fig.add_subplot(GridSpec(1, 1, figure=fig)[0])
    image = ax.imshow(W, cmap=DIVERGING, norm=scale, aspect="auto", interpolation="nearest")
    every = -(-K // 25)
    shown = [short(label, max(5, 150 // K)) for label in labels[::every]]
    ax.set_xticks(range(0, K, every), shown, fontsize=SMALL)
    if D <= 40:
        rows = feature_names or [f"feature {i}" for i in range(D)]
        ax.set_yticks(range(D), [short(name, 32) for name in rows], fontsize=SMALL)
    ax.set_xlabel("unit", fontsize=SMALL)
    _scale(fig, ax, image)
    return fig


def _scale(fig: Figure, ax: Axes, image: object) -> None:
    bar = fig.colorbar(image, ax=ax, fraction=0.03, pad=0.02)  # type: ignore[arg-type]
    bar.set_label("weight\n(red speaks for the unit, blue against it)", fontsize=SMALL)
    bar.ax.tick_params(labelsize=SMALLER)
