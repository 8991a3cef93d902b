"""A training at one moment: its first layer's weights, its gradients' lengths, what it still mistakes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.evaluation import evaluate
from glassnet.model import Model
from glassnet.nn import Network

__all__ = ["Mistake", "Snapshot", "gradient_lengths", "snapshot"]


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
    accuracy : float or None
    confusion : (K, K) integers or None
        On the samples that were held out: rows are what they are, columns what they are taken for.
    mistakes : tuple of Mistake
        The most confident ones first.
    """

    weights: NDArray[np.float32]
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
    weights = np.ascontiguousarray(network.parameters[_weights(network)[0]][:, :units].T, dtype=np.float32)
    if held_out is None:
        return Snapshot(weights, None, None, ())
    found = evaluate(model, held_out)
    confidence = found.probabilities.max(axis=1)
    wrong = np.flatnonzero(found.predictions != found.labels)
    wrong = wrong[np.argsort(-confidence[wrong], kind="stable")][:mistakes]
    listed = [
        Mistake(int(i), int(found.labels[i]), int(found.predictions[i]), float(confidence[i])) for i in wrong
    ]
    return Snapshot(weights, found.accuracy, found.confusion, tuple(listed))


def gradient_lengths(model: Model) -> dict[str, float]:
    """The length of each layer's dW in the last step, by the layer's name."""
    gradients = model.network.gradients
    names = _weights(model.network)
    titles = [f"hidden {i}" for i in range(1, len(names))] + ["output"]
    return {title: float(np.linalg.norm(gradients[name])) for title, name in zip(titles, names, strict=True)}


def _weights(network: Network) -> list[str]:
    return [name for name in network.parameters if name.endswith(".W")]
