"""From scikit-learn's y to a network's targets, and from its outputs back."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.utils import column_or_1d
from sklearn.utils.multiclass import check_classification_targets

from glassnet.errors import DataError
from glassnet.estimator.json_values import text_of
from glassnet.maths.types import Array

__all__ = ["ClassLabels"]

MAX_LABEL_BYTES = 4096
"""Longest label of a class that a file may announce: so much memory is taken for each."""


class ClassLabels:
    """The classes that a network tells apart.

    Parameters
    ----------
    classes : (K,) array
        In order; for several questions at once their numbers.
    multilabel : bool
        Whether each of them is a yes-or-no question of its own.

    Examples
    --------
    >>> labels = ClassLabels.of(["no", "yes", "no"])
    >>> labels.targets(["yes", "no"])
    array([1., 0.])
    >>> labels.answers(np.array([[0.7]]))
    array(['yes'], dtype='<U3')
    """

    def __init__(self, classes: NDArray[Any], multilabel: bool) -> None:
        self.classes, self.multilabel = classes, multilabel

    @classmethod
    def of(cls, y: Any) -> Self:
        """Those that occur in y (m,), or that have a column of y (m, k)."""
        y = _checked(y)
        return cls(np.arange(y.shape[1]) if y.ndim == 2 else np.unique(y), y.ndim == 2)

    @property
    def n_outputs(self) -> int:
        """One output answers for one or two classes."""
        K = len(self.classes)
        return K if self.multilabel or K > 2 else 1

    def targets(self, y: Any) -> NDArray[Any]:
        """The network's targets: a class's number, or 0 and 1 as floats where an output is a yes or no.

        Raises
        ------
        DataError
            If y has classes that are not known.
        """
        labels = _checked(y)
        if (labels.ndim == 2) != self.multilabel:
            raise DataError("y must have the same form as before: classes, or columns of yes and no.")
        if self.multilabel:
            if labels.dtype.kind not in "biuf" or not np.isin(labels, (0, 1)).all():
                raise DataError("Several questions at once need columns of 0 and 1; y has other values.")
            if labels.shape[1] != len(self.classes):
                raise DataError(f"y has {labels.shape[1]} columns; {len(self.classes)} are known.")
            return labels.astype(np.float64)
        unknown = np.setdiff1d(labels, self.classes)
        if unknown.size:
            raise DataError(f"y has the class {unknown[0]!r}; known are {self.classes}.")
        numbers = np.searchsorted(self.classes, labels)
        return numbers if self.n_outputs > 1 else numbers.astype(np.float64)

    def labels(self, targets: NDArray[Any]) -> NDArray[Any]:
        """The y that :meth:`targets` was given."""
        numbers = targets.astype(np.intp)
        labels: NDArray[Any] = numbers if self.multilabel else self.classes[numbers]
        return labels

    def answers(self, A: Array) -> NDArray[Any]:
        """The y that outputs speak for."""
        if self.multilabel:
            return (A > 0.5).astype(np.int64)
        if A.shape[1] > 1:
            numbers = A.argmax(axis=1)
        else:  # a single class is always the answer
            numbers = ((A[:, 0] > 0.5) & (len(self.classes) > 1)).astype(np.intp)
        answers: NDArray[Any] = self.classes[numbers]
        return answers

    def probabilities(self, A: Array) -> Array:
        """A column for each class, or for each question that of yes."""
        if self.n_outputs > 1 or self.multilabel:
            return A
        return np.hstack([1 - A, A]) if len(self.classes) > 1 else np.ones_like(A)

    def accuracy(self, A: Array, targets: NDArray[Any], weight: NDArray[Any] | None) -> float:
        """The share of rows that outputs answer right altogether."""
        right = self.answers(A) == self.labels(targets)
        return float(np.average(right.all(axis=1) if self.multilabel else right, weights=weight))

    def facts(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        values = text_of("classes_", self.classes)
        return {"values": values, "dtype": self.classes.dtype.str, "multilabel": self.multilabel}

    @classmethod
    def from_facts(cls, facts: dict[str, Any], n_outputs: int) -> Self:
        """What gave these facts, if so many outputs can speak for it.

        Raises
        ------
        ValueError, TypeError, KeyError
            If the facts are damaged.
        """
        values, dtype, multilabel = facts["values"], np.dtype(facts["dtype"]), facts["multilabel"]
        if dtype.kind not in "biufUO" or dtype.itemsize > MAX_LABEL_BYTES:
            raise TypeError(f"classes have the type {dtype}")
        if not isinstance(multilabel, bool) or not isinstance(values, list):
            raise TypeError(f"classes are {values!r}")
        labels = cls(np.array(values, dtype=dtype), multilabel)
        if not values or labels.n_outputs != n_outputs:
            raise ValueError(f"there are {len(values)} classes for {n_outputs} outputs")
        return labels


def _checked(y: Any) -> NDArray[Any]:
    """y as an array (m,), or (m, k) for several questions."""
    labels: NDArray[Any] = y.toarray() if hasattr(y, "toarray") else np.asarray(y)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = column_or_1d(labels, warn=True)
    check_classification_targets(labels)
    return labels
