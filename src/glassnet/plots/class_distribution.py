"""``class_distribution``: how many samples each class has."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from glassnet.data import Dataset
from glassnet.plots.panels import SMALL, SMALLER, short
from glassnet.plots.style import CATEGORICAL, figure

__all__ = ["class_distribution"]


def class_distribution(data: Dataset | Mapping[str, Dataset]) -> Figure:
    """Draw the number of samples in each class.

    Parameters
    ----------
    data : Dataset or mapping of str to Dataset
        One data set, or several parts by their names.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If the labels are no classes.
    """
    parts = {"": data} if isinstance(data, Dataset) else dict(data)
    if not parts or not all(part.has_classes for part in parts.values()):
        raise ValueError("the labels are no classes, so they cannot be counted")
    first = next(iter(parts.values()))
    K = max(len(part.class_counts) for part in parts.values())
    names = [short(str(name), 24) for name in first.class_names or range(K)]
    counts = {
        name: np.pad(part.class_counts, (0, K - len(part.class_counts))) for name, part in parts.items()
    }
    total = sum(int(count.sum()) for count in counts.values())
    lying = K > 15 or max(map(len, names)) > 8
    title = f"{total:,} samples in {K} classes"
    fig = figure(title, height=float(np.clip(1.4 + 0.3 * K, 3, 12)) if lying else 3.8)
    axes = np.atleast_1d(np.asarray(fig.subplots(1, len(parts))))
    for i, (ax, (part, count)) in enumerate(zip(axes, counts.items(), strict=True)):
        draw = ax.barh if lying else ax.bar
        bars = draw(range(K), count, color=CATEGORICAL[i])
        if K <= 40:
            ax.bar_label(bars, [f"{n:,}" for n in count], fontsize=SMALLER - (len(parts) > 1), padding=1)
        ax.margins(**{"x" if lying else "y": 0.16})
        if lying:
            ax.set_yticks(range(K), names, fontsize=SMALL if K <= 40 else SMALLER - 2)
            ax.set_ylim(K - 0.4, -0.6)
        else:
            ax.set_xticks(range(K), names, fontsize=SMALL)
        (ax.set_xlabel if lying else ax.set_ylabel)("samples", fontsize=SMALL)
        ax.tick_params(labelsize=SMALL, length=2)
        ax.set_title(f"{part}: {count.sum():,}" if part else "", fontsize=SMALL, loc="left")
    return fig
