"""``reliability``: whether the network is as right as it is sure."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from glassnet.evaluation import Evaluation
from glassnet.plots.panels import SMALL
from glassnet.plots.style import CATEGORICAL, figure

__all__ = ["reliability"]


def reliability(evaluation: Evaluation) -> Figure:
    """Draw accuracy against confidence in 15 bins, with the expected calibration error (Guo et al. 2017).

    Parameters
    ----------
    evaluation : Evaluation
        Of a network whose outputs are probabilities.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If the outputs are no probabilities.
    """
    bins = evaluation.calibration
    if bins is None:
        raise ValueError("the outputs are no probabilities, so their confidence cannot be judged")
    fig = figure(f"Is it as right as it is sure? Calibration error {100 * bins.error:.2f} %", height=5.6)
    upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=[3, 1])
    left, width = 100 * bins.edges[:-1], 100 * np.diff(bins.edges)
    filled = bins.count > 0
    confidence, accuracy = 100 * bins.confidence[filled], 100 * bins.accuracy[filled]
    upper.bar(
        left[filled], accuracy, width[filled], align="edge", color=CATEGORICAL[5], edgecolor="white",
        label="how often it was right",
    )  # fmt: skip
    upper.plot([0, 100], [0, 100], color="0.3", linewidth=1, linestyle="--", label="as right as sure")
    gap = np.minimum(confidence, accuracy), np.maximum(confidence, accuracy)
    upper.vlines(confidence, *gap, color=CATEGORICAL[1])
    upper.plot(
        confidence, accuracy, linestyle="none", marker="o", color=CATEGORICAL[1], clip_on=False,
        label="at its mean confidence, and the gap",
    )  # fmt: skip
    upper.set_ylabel("accuracy, %", fontsize=SMALL)
    upper.set_ylim(0, 103)
    upper.set_xlim(0, 100)
    upper.legend(fontsize=SMALL, loc="upper left", frameon=False)
    lower.bar(left, bins.count, width, align="edge", color="0.7", edgecolor="white")
    lower.set_yscale("symlog", linthresh=1)
    lower.set_ylim(0, None)
    lower.set_ylabel("samples", fontsize=SMALL)
    lower.set_xlabel("confidence: the largest probability, %", fontsize=SMALL)
    lower.xaxis.set_major_locator(MaxNLocator(10))
    for ax in (upper, lower):
        ax.tick_params(labelsize=SMALL, length=2)
    return fig
