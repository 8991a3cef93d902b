"""The figures of an evaluation, each a pure function of truth and answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["THRESHOLDS", "confusion_matrix", "precision_recall_f1", "r2_score", "rejection_table"]

THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
"""Confidences at which rejection is shown."""


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
