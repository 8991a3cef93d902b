"""What is asked of a network: which targets it takes, how its outputs decide, what an answer is.

====================  ==========================  ===============================  ==================
task                  targets                     outputs                          answer
====================  ==========================  ===============================  ==================
``CLASSES``           a class's number            one for each class               a class's number
``BINARY``            0 or 1                      one: how likely class 1 is       0 or 1
``MULTI_LABEL``       0 or 1 for each question    one for each question            0 or 1 for each
``REGRESSION``        numbers                     the numbers                      the numbers
``COUNTS``            numbers of 0 or more        their logarithms                 e to their power
====================  ==========================  ===============================  ==================
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.errors import DataError
from glassnet.maths.types import Array
from glassnet.nn import Network
from glassnet.nn.layer import Graph
from glassnet.nn.loss import Loss, check_targets

__all__ = [
    "BINARY", "CLASSES", "COUNTS", "MULTI_LABEL", "REGRESSION", "Task", "check_data",
    "decide", "task_for", "task_of",
]  # fmt: skip


class Task:
    """One kind of question; there is one object of each kind, and it remembers nothing.

    Attributes
    ----------
    name : str
    answer : {"probabilities", "outputs"}
        What the numbers are called that are given for each sample.
    has_classes : bool
        Whether each sample belongs to one class.
    metric : {"accuracy", "r2"}
        What says how good the answers are.
    """

    name: str
    answer: Literal["probabilities", "outputs"] = "probabilities"
    has_classes = False
    metric: Literal["accuracy", "r2"] = "accuracy"

    def classes(self, y: NDArray[Any]) -> NDArray[Any] | None:
        """The class of each sample as an integer, from the targets; None where there are no classes."""
        return None

    def decide(self, A: Array) -> NDArray[Any]:
        """The answer that each row of outputs gives."""
        return A

    def columns(self, A: Array) -> Array:
        """A number for each class or question, from the outputs."""
        return A

    def numbers(self, A: Array) -> Array:
        """What people are told of each sample as numbers: probabilities, or the numbers asked for."""
        return self.columns(A)

    def n_columns(self, n_outputs: int) -> int:
        """How many :meth:`columns` there are."""
        return n_outputs

    def export(self, graph: Graph, outputs: str) -> str:
        """Write :meth:`numbers` as nodes of an ONNX graph; gives the name of the last one's output."""
        return graph.add("Identity", [outputs], self.answer)

    def __repr__(self) -> str:
        return f"<Task {self.name}>"

    def __reduce__(self) -> str:  # of each there is one, also behind pickle
        return self.name.upper().replace("-", "_")


class _Classes(Task):
    name = "classes"
    has_classes = True

    def classes(self, y: NDArray[Any]) -> NDArray[Any]:
        numbers: NDArray[Any] = y if y.ndim == 1 else y.argmax(axis=1)
        return numbers

    def decide(self, A: Array) -> NDArray[np.int64]:
        return decide(A)


class _Binary(Task):
    name = "binary"
    has_classes = True

    def classes(self, y: NDArray[Any]) -> NDArray[Any]:
        return (y.reshape(-1) > 0.5).astype(np.int64)

    def decide(self, A: Array) -> NDArray[np.int64]:
        return decide(A)

    def columns(self, A: Array) -> Array:
        return np.hstack([1 - A, A])

    def n_columns(self, n_outputs: int) -> int:
        return 2

    def export(self, graph: Graph, outputs: str) -> str:
        rest = graph.add("Sub", [graph.weight("one", 1.0), outputs], "probability of the other class")
        return graph.add("Concat", [rest, outputs], self.answer, axis=1)


class _MultiLabel(Task):
    name = "multi-label"

    def decide(self, A: Array) -> NDArray[np.int64]:
        return (A > 0.5).astype(np.int64)


class _Regression(Task):
    name = "regression"
    answer = "outputs"
    metric = "r2"


class _Counts(_Regression):
    name = "counts"

    def decide(self, A: Array) -> Array:
        counts: Array = np.exp(A)
        return counts

    def numbers(self, A: Array) -> Array:
        return self.decide(A)

    def export(self, graph: Graph, outputs: str) -> str:
        return graph.add("Exp", [outputs], self.answer)


CLASSES: Task = _Classes()
BINARY: Task = _Binary()
MULTI_LABEL: Task = _MultiLabel()
REGRESSION: Task = _Regression()
COUNTS: Task = _Counts()


def task_of(network: Network, y: NDArray[Any] | None = None, *, named: bool = False) -> Task:
    """What a network is asked for: see :func:`task_for`.

    Examples
    --------
    >>> from glassnet.nn import mlp
    >>> task_of(mlp(4, 3)), task_of(mlp(4, 1, loss="log_loss")), task_of(mlp(4, 1, loss="mse"))
    (<Task classes>, <Task binary>, <Task regression>)
    """
    return task_for(network.loss, network.n_outputs, y, named=named)


def task_for(loss: Loss, n_outputs: int, y: NDArray[Any] | None = None, *, named: bool = False) -> Task:
    """What outputs are for that are judged by a loss.

    Parameters
    ----------
    loss : Loss
        Says what a row of outputs means.
    n_outputs : int
    y : array, optional
        Targets that fit. Several outputs learn classes where these are numbers (m,), and none where they
        are a matrix, unless the loss is for classes alone.
    named : bool
        Whether answers have names, so that they are classes; targets say it better.
    """
    several = n_outputs > 1
    if several and y is not None:
        named = y.ndim == 1
        if named:
            return CLASSES
    match loss.answers:
        case "classes":
            return CLASSES
        case "counts":
            return COUNTS
        case "yes or no":
            return BINARY if not several else CLASSES if named else MULTI_LABEL
        case "numbers":
            return REGRESSION if not named else CLASSES if several else BINARY


def decide(A: Array) -> NDArray[np.int64]:
    """The class that each row of outputs speaks for; a single output speaks for class 1 above one half."""
    if A.shape[1] == 1:
        return (A[:, 0] > 0.5).astype(np.int64)
    classes: NDArray[np.int64] = A.argmax(axis=1)
    return classes


def check_data(network: Network, dataset: Dataset) -> NDArray[Any]:
    """The labels of a data set that fits the network.

    Raises
    ------
    DataError
        If it has no labels, or does not fit.
    """
    if dataset.labels is None:
        raise DataError(f"{dataset.name}: the samples have no labels, and labels are needed here.")
    if dataset.n_features != network.n_inputs:
        raise DataError(
            f"{dataset.name}: a sample has {dataset.n_features} numbers, the network reads "
            f"{network.n_inputs}. Begin the network with {dataset.n_features} inputs, or use other data."
        )
    try:
        check_targets(network.loss.name, dataset.labels, len(dataset), network.n_outputs)
    except ValueError as error:
        raise DataError(f"{dataset.name}: the labels do not fit the network: {error}.") from None
    return dataset.labels
