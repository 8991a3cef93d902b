"""``mistakes``: the wrong answers of which the network was surest."""

import numpy as np
from matplotlib.figure import Figure

from glassnet.data import Dataset
from glassnet.evaluation import Evaluation
from glassnet.plots.samples import draw_samples
from glassnet.plots.style import figure

__all__ = ["mistakes", "worst"]


def worst(evaluation: Evaluation) -> np.ndarray:
    """Numbers of the wrongly read samples, the most confident mistake first."""
    wrong = np.flatnonzero(evaluation.predictions != evaluation.labels)
    return wrong[np.argsort(-evaluation.probabilities[wrong].max(axis=1), kind="stable")]


def mistakes(dataset: Dataset, evaluation: Evaluation, *, count: int = 20) -> Figure:
    """Draw the most confident mistakes, largest first, each with answer and truth.

    Parameters
    ----------
    dataset : Dataset
    evaluation : Evaluation
        Of this very data set.
    count : int
        At most so many.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If there are no classes, or the evaluation is of other data.
    """
    if evaluation.confusion is None:
        raise ValueError("the network does not tell classes apart, so no answer is a mistake")
    if len(evaluation.labels) != len(dataset):
        raise ValueError(
            f"an evaluation of {len(evaluation.labels):,} samples, but {len(dataset):,} are given"
        )
    wrong = worst(evaluation)
    if not wrong.size:
        fig = figure("No mistakes", height=2)
        fig.text(0.5, 0.4, f"All {len(dataset):,} answers are right.", ha="center", fontsize=12)
        return fig
    shown = wrong[:count]
    which = f": the {len(shown)} most confident" if len(shown) < wrong.size else ""
    title = f"{wrong.size:,} mistake{'s' if wrong.size > 1 else ''} in {len(dataset):,} answers{which}"
    return draw_samples(title, dataset, shown, evaluation)
