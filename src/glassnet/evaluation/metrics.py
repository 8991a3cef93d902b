"""How good a network is: accuracy, confusion, precision and recall, calibration, rejection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.data import Dataset, Preparation
from glassnet.extras import require
from glassnet.model import Model, check_data, class_labels, decide, outputs
from glassnet.nn import Network

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Calibration", "Evaluation", "calibration", "confusion_matrix", "evaluate",
    "precision_recall_f1", "r2_score", "rejection_table", "score",
]  # fmt: skip

Floats = NDArray[np.float64]
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)


@dataclass(frozen=True)
class Calibration:
    """Whether the network is right as often as it is sure.

    Attributes
    ----------
    edges : (B + 1,) array
        The bins divide confidence, the largest probability of a sample, evenly from 0 to 1.
    confidence, accuracy : (B,) arrays
        Means over each bin's samples; NaN where it has none.
    count : (B,) integers
    error : float
        Expected calibration error: the mean of ``|accuracy - confidence|``, weighted by count.
    """

    edges: Floats
    confidence: Floats
    accuracy: Floats
    count: NDArray[np.int64]
    error: float


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
    model: Model | Network, dataset: Dataset, preparation: Preparation | None = None, chunk: int = 2048
) -> Evaluation:
    """Measure a model on a data set.

    Parameters
    ----------
    model : Model or Network
        A model knows how its input is prepared.
    dataset : Dataset
        With labels.
    preparation : Preparation, optional
        For a network: how its input was prepared; by default as ``fit`` does by default.
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
        network, preparation = model, preparation or Preparation.default(dataset)
    y = check_data(network, dataset)
    A = outputs(network, preparation, dataset.flat, chunk)
    loss = _loss(network, A, y)
    truth = class_labels(network, y)
    if truth is None:
        return _without_classes(network, A, y, loss)
    predictions = decide(A)
    K = max(A.shape[1], 2)
    probabilities = np.hstack([1 - A, A]) if A.shape[1] == 1 else A
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
    network: Network, dataset: Dataset, preparation: Preparation, chunk: int = 2048
) -> tuple[float, float | None]:
    """Loss and accuracy alone (no accuracy where the targets are no classes)."""
    y = check_data(network, dataset)
    A = outputs(network, preparation, dataset.flat, chunk)
    truth = class_labels(network, y)
    return _loss(network, A, y), None if truth is None else float(np.mean(decide(A) == truth))


def _loss(network: Network, A: NDArray[Any], y: NDArray[Any]) -> float:
    return network.loss.value(A, network.loss.targets(y, A))


def _without_classes(network: Network, A: NDArray[Any], y: NDArray[Any], loss: float) -> Evaluation:
    Y = y.reshape(A.shape)
    if network.loss.name == "log_loss":
        answers = (A > 0.5).astype(np.int64)
        accuracy = float(np.mean(answers == (Y > 0.5)))
        return Evaluation(loss, accuracy, None, None, A, answers, Y, None, None)
    answers = np.exp(A) if network.loss.name == "poisson" else A
    return Evaluation(loss, None, r2_score(Y, answers), None, A, answers, Y, None, None)


def _names(model: Model | Network, dataset: Dataset, K: int) -> tuple[str, ...]:
    names = (model.class_names if isinstance(model, Model) else None) or dataset.class_names or ()
    return (*names, *(str(k) for k in range(len(names), K)))


# --- the figures, each a pure function -------------------------------------------------------------------


def confusion_matrix(truth: NDArray[Any], predictions: NDArray[Any], K: int) -> NDArray[np.int64]:
    """How often class i (row) was taken for class j (column).

    >>> confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    return np.bincount(truth * K + predictions, minlength=K * K).reshape(K, K)


def precision_recall_f1(confusion: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Precision, recall, F1 and support of each class; 0 where nothing can be divided by.

    >>> table = precision_recall_f1(np.array([[1, 1], [0, 1]]))
    >>> table["precision"], table["recall"]
    (array([1. , 0.5]), array([0.5, 1. ]))
    """
    hits = np.diag(confusion).astype(np.float64)
    support, claimed = confusion.sum(axis=1), confusion.sum(axis=0)
    precision = hits / np.maximum(claimed, 1)
    recall = hits / np.maximum(support, 1)
    f1 = 2 * hits / np.maximum(support + claimed, 1)
    return {"precision": precision, "recall": recall, "f1": f1, "support": support}


def calibration(confidence: ArrayLike, right: ArrayLike, bins: int = 15) -> Calibration:
    """Compare confidence with accuracy in ``bins`` bins of equal width (Guo et al. 2017, section 2).

    >>> calibration(np.array([0.9, 0.9]), np.array([True, False])).error.__round__(4)
    0.4
    """
    confidence, right = np.asarray(confidence, np.float64), np.asarray(right, np.bool_)
    edges = np.linspace(0, 1, bins + 1)
    place = np.clip(np.digitize(confidence, edges[1:-1], right=True), 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    filled = np.where(count > 0, count, np.nan)
    mean_confidence = np.bincount(place, weights=confidence, minlength=bins) / filled
    accuracy = np.bincount(place, weights=right, minlength=bins) / filled
    error = float(np.nansum(count * np.abs(accuracy - mean_confidence)) / max(len(confidence), 1))
    return Calibration(edges, mean_confidence, accuracy, count, error)


def rejection_table(
    confidence: NDArray[Any], right: NDArray[Any], thresholds: Sequence[float] = THRESHOLDS
) -> dict[str, NDArray[Any]]:
    """Coverage and accuracy when only answers of at least a confidence are given.

    ``accuracy`` is NaN where no answer is left.

    >>> rejection_table(np.array([0.6, 0.9]), np.array([False, True]), [0.0, 0.8])["accuracy"]
    array([0.5, 1. ])
    """
    given = confidence[:, np.newaxis] >= np.asarray(thresholds)
    count = given.sum(axis=0)
    hits = (given & np.asarray(right, np.bool_)[:, np.newaxis]).sum(axis=0)
    return {
        "threshold": np.asarray(thresholds, np.float64),
        "coverage": count / max(len(confidence), 1),
        "accuracy": hits / np.where(count > 0, count, np.nan),
        "count": count,
    }


def r2_score(Y: NDArray[Any], A: NDArray[Any]) -> float:
    """1 - (sum of squared errors) / (sum of squares about the mean), the mean over outputs.

    An output that never changes counts 1 when it is met exactly and 0 otherwise.

    >>> r2_score(np.array([[0.0], [2.0]]), np.array([[0.0], [1.0]]))
    0.5
    """
    Y, A = np.asarray(Y, np.float64), np.asarray(A, np.float64)
    error = ((Y - A) ** 2).sum(axis=0)
    spread = ((Y - Y.mean(axis=0)) ** 2).sum(axis=0)
    ratio = np.where(spread > 0, error / np.where(spread > 0, spread, 1), error > 0)
    return float(np.mean(1 - ratio))


def _rows(table: dict[str, NDArray[Any]]) -> list[dict[str, Any]]:
    """Columns as a list of records; NaN becomes None, which JSON can say."""
    columns = [[None if x != x else x for x in column.tolist()] for column in table.values()]
    return [dict(zip(table, row, strict=True)) for row in zip(*columns, strict=True)]
