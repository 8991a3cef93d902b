"""How sure a model is of a digit, and how much the picture looks like a digit at all."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError
from glassnet.model import Model
from glassnet.reading.scaling import resized

__all__ = ["DEFAULT_THRESHOLD", "likeness", "probabilities", "unlikeness"]

DEFAULT_THRESHOLD = 0.5  # of a model that has no threshold of its own in its metadata

Images = NDArray[np.uint8]


def probabilities(model: Model, images: Images) -> NDArray[np.float64]:
    """The model's probabilities for digits as MNIST has them, (m, K).

    Raises
    ------
    DataError
        If the model does not read pictures of classes.
    """
    if model.class_names is None:
        raise DataError("This model predicts numbers, not classes, so it cannot read digits. Choose another.")
    if model.image_shape != images.shape[1:]:
        images = resized(images, model)
    return model.predict_proba(images).astype(np.float64)


def likeness(outputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each picture looks like a digit, from 0 to 1: what its best class reaches."""
    return np.asarray(outputs.max(axis=1))


def unlikeness(model: Model) -> Callable[[Images], NDArray[np.float64]]:
    """A judge for :func:`glassnet.preprocessing.find`: what it costs to take a picture for a digit."""

    def judge(images: Images) -> NDArray[np.float64]:
        return np.asarray(-np.log(np.clip(likeness(probabilities(model, images)), 1e-6, 1)))

    return judge
