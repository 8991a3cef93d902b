"""``class_report``: precision, recall, F1 and support of each class."""

import numpy as np
from matplotlib.figure import Figure

from glassnet.evaluation import Evaluation, precision_recall_f1
from glassnet.plots.panels import SMALL, SMALLER, short
from glassnet.plots.style import CATEGORICAL, figure

__all__ = ["class_report"]

KINDS = (("precision", "o"), ("recall", "s"), ("f1", "D"))


def class_report(evaluation: Evaluation) -> Figure:
    """Draw precision, recall and F1 of each class, and how many samples it has.

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
        If there are no classes.
    """
    if evaluation.confusion is None:
        raise ValueError("the network does not tell classes apart, so no class has a precision")
    table = precision_recall_f1(evaluation.confusion)
    K = len(evaluation.confusion)
    names = [short(str(name), 24) for name in evaluation.class_names or range(K)]
    worst = int(np.argmin(table["f1"]))
    title = f"Class by class: hardest is “{names[worst]}” (F1 {table['f1'][worst]:.3f})"
    fig = figure(title, height=float(np.clip(1.6 + 0.32 * K, 3, 12)))
    scores, support = fig.subplots(1, 2, sharey=True, width_ratios=[3, 1])
    places = np.arange(K)
    for i, (kind, marker) in enumerate(KINDS):
        # a little above one another, so that equal figures do not hide each other
        scores.plot(
            100 * table[kind], places + 0.22 * (i - 1), linestyle="none", marker=marker, markersize=6,
            color=CATEGORICAL[i], label="F1" if kind == "f1" else kind,
        )  # fmt: skip
    low = 100 * float(min(table[kind].min() for kind, _ in KINDS))
    scores.set_xlim(max(0.0, low - 0.15 * (100 - low) - 0.5), 100 + 0.05 * (100 - low) + 0.1)
    scores.set_yticks(places, names, fontsize=SMALL if K <= 30 else SMALLER - 1)
    scores.set_ylim(K - 0.4, -0.6)
    scores.set_xlabel("%", fontsize=SMALL)
    scores.grid(axis="x", color="0.9", linewidth=0.6)
    for edge in np.arange(K - 1) + 0.5:
        scores.axhline(edge, color="0.93", linewidth=0.6)
    scores.legend(fontsize=SMALL, ncols=3, loc="lower left", bbox_to_anchor=(0, 1), frameon=False)
    support.barh(places, table["support"], color="0.75", height=0.7)
    for place, count in zip(places, table["support"], strict=True):
        support.text(count, place, f" {count:,}", va="center", fontsize=SMALLER)
    support.margins(x=0.25)
    support.set_xlabel("samples (support)", fontsize=SMALL)
    for ax in (scores, support):
        ax.tick_params(axis="x", labelsize=SMALL)
        ax.tick_params(axis="y", length=0)
    return fig
