"""``samples``: random inputs with what they are, and what the network takes them for."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.evaluation import Evaluation
from glassnet.plots.panels import SMALL, short
from glassnet.plots.style import CATEGORICAL, figure, show_input

__all__ = ["draw_samples", "samples"]

RIGHT, WRONG = CATEGORICAL[0], CATEGORICAL[1]


def samples(
    dataset: Dataset, *, evaluation: Evaluation | None = None, count: int | None = None, seed: int = 0
) -> Figure:
    """Draw inputs at random, each with its true label and, given an evaluation, the network's answer.

    Right answers carry a ✓; wrong ones a ✗, another colour and a thick dashed frame.

    Parameters
    ----------
    dataset : Dataset
    evaluation : Evaluation, optional
        Of this very data set.
    count : int, optional
        At most so many; by default 30 images or 15 rows of a table.
    seed : int
        Another one draws others.

    Returns
    -------
    Figure
    """
    m = len(dataset)
    count = count or (15 if dataset.image_shape is None else 30)
    chosen = np.sort(np.random.default_rng(seed).choice(m, min(count, m), replace=False))
    title = f"{len(chosen)} of {m:,} samples"
    if evaluation is not None:
        wrong = int(np.sum(evaluation.predictions[chosen] != evaluation.labels[chosen]))
        title += f": {len(chosen) - wrong} read right (✓), {wrong} wrong (✗)"
    return draw_samples(title, dataset, chosen, evaluation)


def draw_samples(
    title: str, dataset: Dataset, chosen: NDArray[np.intp] | Sequence[int], evaluation: Evaluation | None
) -> Figure:
    """Draw the chosen samples as tiles, row by row.

    Parameters
    ----------
    title : str
    dataset : Dataset
    chosen : integers
        Which ones, in which order.
    evaluation : Evaluation, optional
        Of this very data set.

    Returns
    -------
    Figure
    """
    table = dataset.image_shape is None
    columns = 5 if table else 10
    rows = -(-len(chosen) // columns)
    two_lines = evaluation is not None and bool(np.any((evaluation.predictions != evaluation.labels)[chosen]))
    tall = 0.25 * min(dataset.n_features, 12) + 0.9 if table else 1.25 + 0.15 * two_lines
    fig = figure(title, height=0.6 + tall * rows)
    axes = fig.subplots(rows, columns, squeeze=False, sharex=table).ravel()
    limits = None if table else (0.0, float(dataset.pixel_max or np.max(dataset.images)))
    for ax in axes[len(chosen) :]:
        ax.set_axis_off()
    for place, (ax, number) in enumerate(zip(axes, chosen, strict=False)):
        names = dataset.feature_names if place % columns == 0 else [""] * dataset.n_features
        show_input(ax, dataset.flat[number], dataset.image_shape, feature_names=names, limits=limits)
        if table:
            ax.set_xlabel("")
        _label(ax, dataset, int(number), evaluation)
    return fig


def _label(ax: Axes, dataset: Dataset, number: int, evaluation: Evaluation | None) -> None:
    if evaluation is None:
        ax.set_title(short(_truth(dataset, number), 14), fontsize=SMALL, pad=3)
        return
    truth, answer = int(evaluation.labels[number]), int(evaluation.predictions[number])
    names = evaluation.class_names or ()
    sure = f"{100 * float(evaluation.probabilities[number].max()):.0f} %"
    if truth == answer:
        ax.set_title(f"✓ {short(names[truth], 14)}  {sure}", fontsize=SMALL, pad=3, color=RIGHT)
        return
    text = f"✗ {short(names[answer], 14)}  {sure}\nis {short(names[truth], 14)}"
    ax.set_title(text, fontsize=SMALL, pad=3, color=WRONG, weight="bold")
    for spine in ax.spines.values():
        spine.set(color=WRONG, linewidth=2.5, linestyle="--")


def _truth(dataset: Dataset, number: int) -> str:
    if dataset.labels is None:
        return ""
    label = dataset.labels[number]
    if dataset.has_classes and dataset.class_names:
        return str(dataset.class_names[label])
    return f"{label:.4g}" if np.ndim(label) == 0 else ", ".join(f"{value:.3g}" for value in label[:3])
