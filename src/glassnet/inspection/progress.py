"""A training at one moment: its first layer's weights, its gradients' lengths, what it still mistakes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.evaluation import evaluate
from glassnet.model import Model

__all__ = ["Mistake", "Snapshot", "snapshot"]


@dataclass(frozen=True)
class Mistake:
    """A sample that is taken for another class."""

    number: int
    label: int
    answer: int
    confidence: float


@dataclass(frozen=True)
class Snapshot:
    """What one sees of a training between two steps.

    Attributes
    ----------
    weights : (units, D) array
        Of the first layer, the first units.
    gradients : dict of str to float
        The length of each layer's dW in the last step, by the layer's name.
    accuracy : float or None
    confusion : (K, K) integers or None
        On the samples that were held out: rows are what they are, columns what they are taken for.
    mistakes : tuple of Mistake
        The most confident ones first.
    """

    weights: NDArray[np.float32]
    gradients: dict[str, float]
    accuracy: float | None
    confusion: NDArray[np.int64] | None
    mistakes: tuple[Mistake, ...]


def snapshot(model: Model, held_out: Dataset | None, units: int = 48, mistakes: int = 24) -> Snapshot:
    """Look at a model while it is trained.

    Parameters
    ----------
    model : Model
    held_out : Dataset, optional
        Samples that it does not learn from; without them there is no confusion matrix.
    units, mistakes : int
        How many at most.
    """
    network = model.network
    names = [name for name in network.parameters if name.endswith(".W")]
    titles = [f"hidden {i}" for i in range(1, len(names))] + ["output"]
    gradients = {
        title: float(np.linalg.norm(network.gradients[name]))
        for title, name in zip(titles, names, strict=True)
    }
    weights = np.ascontiguousarray(network.parameters[names[0]][:, :units].T, dtype=np.float32)
    if held_out is None:
        return Snapshot(weights, gradients, None, None, ())
    found = evaluate(model, held_out)
    confidence = found.probabilities.max(axis=1)
    wrong = np.flatnonzero(found.predictions != found.labels)
    wrong = wrong[np.argsort(-confidence[wrong], kind="stable")][:mistakes]
    listed = [
        Mistake(int(i), int(found.labels[i]), int(found.predictions[i]), float(confidence[i])) for i in wrong
    ]
    return Snapshot(weights, gradients, found.accuracy, found.confusion, tuple(listed))
