"""Measuring a model on a data set: all figures at once, or loss and accuracy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset, Preparation
from glassnet.evaluation.calibration import Calibration, calibration
from glassnet.evaluation.metrics import (
    THRESHOLDS,
    confusion_matrix,
    precision_recall_f1,
    r2_score,
    rejection_table,
)
from glassnet.extras import require
from glassnet.maths.types import Array
from glassnet.model import Model, Task, check_data, outputs_and_loss, task_of
from glassnet.model.outputs import CHUNK
from glassnet.nn import Network

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Evaluation", "evaluate", "score"]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What :func:`evaluate` found.

    For a regression only ``loss`` and ``r2`` are given; for several yes-or-no questions at once
    ``accuracy`` is the share of right answers, and there is no confusion matrix.

    Attributes
    ----------
    loss : float
    accuracy : float or None
    r2 : float or None
        Coefficient of determination, the mean over outputs.
    confusion : (K, K) integers or None
        Rows are the true classes, columns the predicted ones.
    probabilities : (m, K) array
        The outputs; two columns where one output tells two classes apart.
    predictions, labels : arrays
    class_names : tuple of str or None
    calibration : Calibration or None
        None where the outputs are no probabilities.
    """

    loss: float
    accuracy: float | None
    r2: float | None
    confusion: NDArray[np.int64] | None
    probabilities: NDArray[Any]
    predictions: NDArray[Any]
    labels: NDArray[Any]
    class_names: tuple[str, ...] | None
    calibration: Calibration | None

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error over 15 bins (Guo et al. 2017)."""
        return None if self.calibration is None else self.calibration.error

    @property
    def per_class(self) -> pd.DataFrame | None:
        """Precision, recall, F1 and support of each class, by its name; 0 where nothing can be divided by."""
        if self.confusion is None:
            return None
        require("data", "A table of classes (per_class)")
        import pandas as pd

        return pd.DataFrame(
            precision_recall_f1(self.confusion), index=pd.Index(list(self.class_names or ()), name="class")
        )

    def rejection(self, thresholds: Sequence[float] = THRESHOLDS) -> pd.DataFrame | None:
        """What is gained when the network may stay silent below a confidence: see :func:`rejection_table`."""
        if self.confusion is None:
            return None
        require("data", "A table of rejections")
        import pandas as pd

        return pd.DataFrame(self._rejection(thresholds))

    def to_dict(self) -> dict[str, Any]:
        """All figures, without the arrays that have one entry per sample, as JSON can hold them."""
        figures: dict[str, Any] = {"samples": len(self.labels), "loss": self.loss}
        if self.r2 is not None:
            figures["r2"] = self.r2
        if self.accuracy is not None:
            figures["accuracy"] = self.accuracy
        if self.confusion is not None and self.class_names is not None:
            table = precision_recall_f1(self.confusion)
            figures["macro_f1"] = float(table["f1"].mean())
            figures["class_names"] = list(self.class_names)
            figures["per_class"] = _rows(table)
            figures["confusion"] = self.confusion.tolist()
            figures["rejection"] = _rows(self._rejection(THRESHOLDS))
        if self.calibration is not None:
            bins = self.calibration
            figures["calibration_error"] = bins.error
            columns = {"from": bins.edges[:-1], "to": bins.edges[1:], "confidence": bins.confidence}
            figures["calibration"] = _rows({**columns, "accuracy": bins.accuracy, "count": bins.count})
        return figures

    def _rejection(self, thresholds: Sequence[float]) -> dict[str, NDArray[Any]]:
        return rejection_table(self.probabilities.max(axis=1), self.predictions == self.labels, thresholds)

    def __repr__(self) -> str:
        figures = {"accuracy": self.accuracy, "r2": self.r2, "loss": self.loss}
        shown = ", ".join(f"{name} {value:.4f}" for name, value in figures.items() if value is not None)
        return f"<Evaluation of {len(self.labels):,} samples: {shown}>"


def evaluate(
    model: Model | Network, dataset: Dataset, preparation: Preparation | None = None, chunk: int = CHUNK
) -> Evaluation:
    """Measure a model on a data set.

    Parameters
    ----------
    model : Model or Network
        A model knows how its input is prepared.
    dataset : Dataset
        With labels.
    preparation : Preparation, optional
        For a network: how its input was prepared; by default as ``fit`` prepared it.
    chunk : int
        Samples that are in memory as floats at any one time.

    Returns
    -------
    Evaluation

    Raises
    ------
    DataError
        If the data set has no labels, or does not fit the network.
    """
    if isinstance(model, Model):
        network, preparation = model.network, model.preparation
    else:
        network, preparation = model, preparation or model.preparation
        preparation = preparation or Preparation.default(dataset)
    y = check_data(network, dataset)
    preparation = preparation.adapted_to(dataset.images, dataset.pixel_max, dataset.name)
    task = task_of(network, y, named=isinstance(model, Model) and model.class_names is not None)
    A, loss = outputs_and_loss(network, preparation, dataset.flat, y, chunk)
    truth = task.classes(y)
    if truth is None:
        return _without_classes(task, A, y.reshape(A.shape), loss)
    predictions = task.decide(A)
    probabilities = task.columns(A)
    K = probabilities.shape[1]
    proper = bool(((probabilities >= 0) & (probabilities <= 1)).all())
    right = predictions == truth
    return Evaluation(
        loss=loss,
        accuracy=float(right.mean()),
        r2=None,
        confusion=confusion_matrix(truth, predictions, K),
        probabilities=probabilities,
        predictions=predictions,
        labels=truth,
        class_names=_names(model, dataset, K),
        calibration=calibration(probabilities.max(axis=1), right) if proper else None,
    )


def score(
    network: Network, dataset: Dataset, preparation: Preparation, chunk: int = CHUNK
) -> tuple[float, float | None]:
    """Loss and accuracy alone (no accuracy where the targets are no classes).

    The preparation must suit the data: see ``Preparation.adapted_to``.
    """
    y = check_data(network, dataset)
    task = task_of(network, y)
    A, loss = outputs_and_loss(network, preparation, dataset.flat, y, chunk)
    truth = task.classes(y)
    return loss, None if truth is None else float(np.mean(task.decide(A) == truth))


def _without_classes(task: Task, A: Array, Y: NDArray[Any], loss: float) -> Evaluation:
    answers = task.decide(A)
    accuracy = float(np.mean(answers == (Y > 0.5))) if task.metric == "accuracy" else None
    r2 = r2_score(Y, answers) if task.metric == "r2" else None
    return Evaluation(loss, accuracy, r2, None, task.columns(A), answers, Y, None, None)


def _names(model: Model | Network, dataset: Dataset, K: int) -> tuple[str, ...]:
    names = (model.class_names if isinstance(model, Model) else None) or dataset.class_names or ()
    return (*names, *(str(k) for k in range(len(names), K)))


def _rows(table: dict[str, NDArray[Any]]) -> list[dict[str, Any]]:
    """Columns as a list of records; NaN becomes None, which JSON can say."""
    columns = [[None if x != x else x for x in column.tolist()] for column in table.values()]
    return [dict(zip(table, row, strict=True)) for row in zip(*columns, strict=True)]
