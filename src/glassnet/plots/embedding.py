"""``embedding``: the hidden activations of many inputs as a map."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox, OffsetImage
from numpy.typing import ArrayLike, NDArray

from glassnet.data import Dataset
from glassnet.plots.panels import SMALL
from glassnet.plots.style import CATEGORICAL, INK, figure

__all__ = ["embedding", "principal_components"]

MARKERS = "os^Dv<P"  # one less than colours, so that the pairs repeat late
Floats = NDArray[np.float64]


def principal_components(activations: ArrayLike) -> tuple[Floats, Floats]:
    """The two directions in which the rows differ most: places (m, 2), and shares of the variance (2,).

    >>> places, shares = principal_components([[0, 0], [2, 0], [4, 0]])
    >>> abs(places[0, 0] - places[2, 0]), shares
    (np.float64(4.0), array([1., 0.]))
    """
    H = np.asarray(activations, dtype=np.float64)
    H = H - H.mean(axis=0)
    if H.shape[1] == 1:
        H = np.hstack([H, np.zeros_like(H)])
    _, S, Vt = np.linalg.svd(H, full_matrices=False)
    total = float(np.sum(S**2)) or 1.0
    # The sign of a direction means nothing: let its largest part be positive, so that it is always the same.
    V = Vt[:2] * np.sign(Vt[:2][np.arange(2), np.abs(Vt[:2]).argmax(axis=1)])[:, np.newaxis]
    return H @ V.T, S[:2] ** 2 / total


def embedding(activations: ArrayLike, dataset: Dataset, *, method: str = "pca", seed: int = 0) -> Figure:
    """Draw each sample where its activations put it, with the sample next to the middle of each class.

    Parameters
    ----------
    activations : (m, K) array
        Such as ``trace.layers[-1].X``: what the last hidden layer gave.
    dataset : Dataset
        The samples, in the same order, with classes.
    method : {"pca", "tsne"}
        Two principal components, or t-SNE (van der Maaten and Hinton 2008) through scikit-learn, which
        keeps neighbours together but says nothing about distances.
    seed : int
        Of t-SNE.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If the numbers of rows differ, there are no classes, or the method is unknown.
    """
    H = np.asarray(activations, dtype=np.float64)
    if dataset.labels is None or not dataset.has_classes:
        raise ValueError("the samples have no classes, so the map would have no colours")
    if len(H) != len(dataset):
        raise ValueError(f"activations of {len(H):,} samples, but {len(dataset):,} samples are given")
    places, axes_named = _places(H, method, seed)
    names = [str(name)[:20] for name in dataset.class_names or ()]
    fig = figure(
        f"How it sees the classes: {H.shape[1]} activations of {len(H):,} samples, in two dimensions",
        height=7,
    )
    ax = fig.add_subplot()
    for k in np.unique(dataset.labels):
        own = places[dataset.labels == k]
        ax.scatter(
            own[:, 0], own[:, 1], s=14, alpha=0.6, linewidths=0.2, edgecolors="0.3",
            color=CATEGORICAL[k % len(CATEGORICAL)], marker=MARKERS[k % len(MARKERS)], label=names[k],
        )  # fmt: skip
    present = np.unique(dataset.labels)
    middles = np.array([np.median(places[dataset.labels == k], axis=0) for k in present])
    size = np.ptp(places, axis=0) + 1e-12
    for k, middle, place in zip(present, middles, size * _apart(middles / size), strict=True):
        _thumbnail(ax, places, dataset, int(k), names[k], middle, place)
    ax.set_xlabel(axes_named[0], fontsize=SMALL)
    ax.set_ylabel(axes_named[1], fontsize=SMALL)
    ax.tick_params(labelsize=SMALL, length=2)
    ax.legend(fontsize=SMALL, loc="center left", bbox_to_anchor=(1, 0.5), frameon=False, markerscale=1.8)
    return fig


def _places(H: Floats, method: str, seed: int) -> tuple[Floats, tuple[str, str]]:
    if method == "pca":
        places, shares = principal_components(H)
        first, second = (f"{100 * share:.2g} % of the variance" for share in shares)
        return places, (f"component 1 ({first})", f"component 2 ({second})")
    if method == "tsne":
        from sklearn.manifold import TSNE

        perplexity = min(30.0, (len(H) - 1) / 3)
        map_maker = TSNE(2, perplexity=perplexity, init="pca", random_state=seed)
        return np.asarray(map_maker.fit_transform(H), dtype=np.float64), ("t-SNE 1", "t-SNE 2")
    raise ValueError(f'the method is "pca" or "tsne", not {method!r}')


def _apart(points: Floats, distance: float = 0.055) -> Floats:
    """Push points that lie closer than a distance away from each other, a little at a time."""
    points = points + 1e-6 * np.arange(len(points))[:, np.newaxis]  # equal ones would not know where to go
    for _ in range(100):
        away = points[:, np.newaxis] - points
        far = np.linalg.norm(away, axis=2) + np.eye(len(points))
        push = np.maximum(distance - far, 0) / far
        if not push.any():
            break
        points = points + 0.5 * np.sum(push[..., np.newaxis] * away, axis=1)
    return points


def _thumbnail(
    ax: Axes, places: Floats, dataset: Dataset, k: int, name: str, middle: Floats, place: Floats
) -> None:
    """Near the median of a class: the sample that lies nearest to it, or the class's name."""
    own = np.flatnonzero(dataset.labels == k)
    colour = CATEGORICAL[k % len(CATEGORICAL)]
    frame = {"edgecolor": colour, "boxstyle": "round,pad=0.1", "linewidth": 1.5, "facecolor": "white"}
    where = float(place[0]), float(place[1])
    if dataset.image_shape is None:
        ax.annotate(name, where, ha="center", va="center", fontsize=SMALL + 1, weight="bold", bbox=frame)
        return
    nearest = own[np.argmin(np.sum((places[own] - middle) ** 2, axis=1))]
    picture = dataset.flat[nearest].reshape(dataset.image_shape)
    thumbnail = OffsetImage(picture, zoom=26 / dataset.image_shape[0], cmap=INK, interpolation="nearest")
    ax.add_artist(AnnotationBbox(thumbnail, where, pad=0.15, bboxprops=frame))
