"""``confusion_matrix``: what was taken for what."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from glassnet.evaluation import Evaluation
from glassnet.plots.panels import SMALL, SMALLER, caption, short
from glassnet.plots.style import SEQUENTIAL, figure

__all__ = ["confused_pairs", "confusion_matrix"]

MAX_NUMBERED_CLASSES = 20  # classes up to which each cell says its number
MAX_NAME_LETTERS = 14  # letters of a class's name that fit at an axis


def confused_pairs(confusion: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """The mistakes: (how often, true class, answer), most often first.

    >>> confused_pairs(np.array([[5, 1], [2, 5]]))
    [(2, 1, 0), (1, 0, 1)]
    """
    true, answer = np.nonzero(confusion)
    pairs = [(int(confusion[i, j]), int(i), int(j)) for i, j in zip(true, answer, strict=True) if i != j]
    return sorted(pairs, key=lambda pair: -pair[0])


def confusion_matrix(evaluation: Evaluation) -> Figure:
    """Draw how often each class was taken for each, in counts and as a share of its row.

    Parameters
    ----------
    evaluation : Evaluation
        Of a network that tells classes apart.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If the evaluation has no confusion matrix.
    """
    counts = evaluation.confusion
    if counts is None:
        raise ValueError("the network does not tell classes apart, so nothing is confused")
    K = len(counts)
    names = [str(name) for name in evaluation.class_names or range(K)]
    wrong = int(counts.sum() - np.trace(counts))
    height = float(np.clip(2.2 + 0.33 * K, 4.4, 9))
    fig = figure(f"What it takes for what: {wrong:,} of {counts.sum():,} answers are wrong", height=height)
    grid = fig.add_gridspec(2, 2, height_ratios=[12, 1])
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    left, right = fig.add_subplot(grid[0, 0]), fig.add_subplot(grid[0, 1])
    # Mistakes are rare beside right answers: on a logarithmic scale both have a colour.
    scale = LogNorm(1, max(2, int(counts.max())))
    in_counts = [[f"{n:,}" if n else "" for n in row] for row in counts]
    _matrix(left, np.where(counts > 0, counts, np.nan), in_counts, names, scale)
    caption(left, "counts (logarithmic colours)")
    in_percent = [[f"{100 * share:.1f}" if share else "" for share in row] for row in shares]
    _matrix(right, np.where(counts > 0, 100 * shares, np.nan), in_percent, names, LogNorm(0.1, 100))
    caption(right, "share of each row, %")
    text = fig.add_subplot(grid[1, :])
    text.set_axis_off()
    text.text(
        0, 0.5, _most_confused(counts, names), fontsize=SMALL + 1, va="center", transform=text.transAxes
    )
    return fig


def _matrix(
    ax: Axes, values: NDArray[np.float64], texts: list[list[str]], names: Sequence[str], norm: LogNorm
) -> None:
    K = len(names)
    ax.imshow(
        np.ma.masked_invalid(values), cmap=SEQUENTIAL, norm=norm, aspect="auto", interpolation="nearest"
    )
    ax.set_facecolor("white")
    labels = [short(name, MAX_NAME_LETTERS) for name in names]
    every = -(-K // 40)
    turned = sum(len(label) + 1 for label in labels[::every]) > 50
    ax.set_xticks(range(0, K, every), labels[::every], rotation=90 if turned else 0, fontsize=SMALLER)
    ax.set_yticks(range(0, K, every), labels[::every], fontsize=SMALLER)
    ax.tick_params(length=0)
    ax.set_xlabel("answer", fontsize=SMALL)
    ax.set_ylabel("truth", fontsize=SMALL)
    ax.set_xticks(np.arange(K + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(K + 1) - 0.5, minor=True)
    ax.tick_params(which="minor", length=0)
    ax.grid(which="minor", color="0.85", linewidth=0.5)
    if K > MAX_NUMBERED_CLASSES:
        return
    size = SMALL if K <= 10 else SMALLER - 1.5
    for i, row in enumerate(texts):
        for j, text in enumerate(row):
            if text:
                dark = float(norm(values[i, j])) < 0.55
                ax.text(
                    j, i, text, ha="center", va="center", fontsize=size, color="white" if dark else "black"
                )


def _most_confused(counts: NDArray[np.int64], names: Sequence[str], most: int = 5) -> str:
    pairs = confused_pairs(counts)[:most]
    if not pairs:
        return "No class was ever taken for another one."
    said = [
        f"“{short(names[i], 2 * MAX_NAME_LETTERS)}” for “{short(names[j], 2 * MAX_NAME_LETTERS)}” {n:,}×"
        for n, i, j in pairs
    ]
    rows = [", ".join(said[:3]), ", ".join(said[3:])]
    return "Most often taken: " + ",\n".join(row for row in rows if row)
