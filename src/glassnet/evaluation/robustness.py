"""How well a network reads the same images when they are moved, turned, thickened, blurred, ..."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.data.preparation import Preparation
from glassnet.errors import DataError
from glassnet.model import Model, check_data, decide, outputs, task_of
from glassnet.nn import Network

__all__ = ["Condition", "Robustness", "robustness"]

Pixels = NDArray[np.float32]
FULL_SIDE_PIXELS = 28
"""Side of the images that distances are given for; on smaller ones they are smaller, in proportion."""


@dataclass(frozen=True, eq=False)
class Condition:
    """What was done to the images, and how many are still read.

    Attributes
    ----------
    name : str
        "as is", "shifted 2 px", ...
    accuracy : float
    example : (height, width) array
        One of the images, in the data's own pixel values.
    answer : str
        What it is read as.
    right : bool
        Whether that is its class.
    """

    name: str
    accuracy: float
    example: Pixels
    answer: str
    right: bool


@dataclass(frozen=True, eq=False)
class Robustness:
    """What :func:`robustness` found.

    Attributes
    ----------
    conditions : tuple of Condition
        The images as they are first.
    samples : int
        How many images each accuracy is taken on.
    label : str
        The class of the image that the examples show.
    pixel_max : float
        The value of a full pixel.
    """

    conditions: tuple[Condition, ...]
    samples: int
    label: str
    pixel_max: float

    @property
    def worst(self) -> Condition:
        """What hurts most."""
        return min(self.conditions, key=lambda condition: condition.accuracy)

    def to_dict(self) -> dict[str, Any]:
        """All figures as JSON can hold them, without the pictures."""
        rows = [{"name": c.name, "accuracy": c.accuracy} for c in self.conditions]
        return {"samples": self.samples, "conditions": rows}


def robustness(model: Model, dataset: Dataset, *, limit: int = 2000, seed: int = 0) -> Robustness | None:
    """Measure how much of its accuracy a network keeps on images that look the same to us.

    Shifts go up, down, left or right, and turns either way, by the luck of the seed. Distances are in
    pixels of a 28×28 image and smaller in proportion on smaller ones; their names say what was done.

    Parameters
    ----------
    model : Model
    dataset : Dataset
        With labels; best one that the network has not learned from.
    limit : int
        At most so many images, drawn from all classes alike.
    seed : int
        Draws images, directions and noise.

    Returns
    -------
    Robustness or None
        None where the input is no image, or the labels are no classes.

    Raises
    ------
    DataError
        If the data set has no labels, or does not fit the network.
    """
    if limit < 1:
        raise DataError(f"limit = {limit}, but at least 1 image is needed.")
    y = check_data(model.network, dataset)
    preparation = model.preparation.adapted_to(dataset.images, dataset.pixel_max, dataset.name)
    shape, pixel_max = dataset.image_shape, _full_pixel(dataset, preparation)
    task = task_of(model.network, y, named=model.class_names is not None)
    if shape is None or pixel_max is None or not task.has_classes:
        return None
    chosen = dataset.limit(limit, seed)
    truth = task.classes(check_data(model.network, chosen))
    assert truth is not None  # as above
    X = chosen.images.reshape(-1, *shape).astype(np.float32) / np.float32(pixel_max)
    names = model.class_names or tuple(map(str, range(model.network.n_outputs)))
    answers_to = partial(_answers, model.network, preparation)
    right = np.flatnonzero(answers_to(X * pixel_max) == truth)
    shown = int(right[0]) if right.size else 0  # read rightly as it is, so that one sees what a change does
    conditions = []
    for name, change in _changes(shape):
        # Each with the same luck, so that none depends on which others there are.
        images = np.clip(change(X, np.random.default_rng(seed)), 0, 1) * np.float32(pixel_max)
        answers = answers_to(images)
        right = answers == truth
        conditions.append(
            Condition(
                name, float(right.mean()), images[shown], names[int(answers[shown])], bool(right[shown])
            )
        )
    return Robustness(tuple(conditions), len(X), names[int(truth[shown])], float(pixel_max))


def _full_pixel(dataset: Dataset, preparation: Preparation) -> float | None:
    """The value of a full pixel, where an empty one is 0."""
    pixels = preparation.pixels
    if dataset.pixel_max is None and pixels is not None and pixels.low == 0:
        return pixels.high
    return dataset.pixel_max


def _answers(network: Network, preparation: Preparation, images: Pixels) -> NDArray[np.int64]:
    return decide(outputs(network, preparation, images.reshape(len(images), -1)))


# --- what is done, each from images (m, height, width) of 0 to 1 to the same ------------------------------

Change = Callable[[Pixels, np.random.Generator], Pixels]


def _changes(shape: tuple[int, int]) -> list[tuple[str, Change]]:
    scale = min(shape) / FULL_SIDE_PIXELS
    shifts = [pixels * scale for pixels in (1, 2, 4)]
    return [
        ("as is", lambda X, rng: X),
        *((f"shifted {d:.2g} px", partial(_shifted, pixels=d)) for d in shifts),
        *((f"turned {degrees}°", partial(_turned, degrees=degrees)) for degrees in (10, 20)),
        ("smaller, ×0.8", lambda X, rng: _scaled(X, 0.8)),
        ("larger, ×1.2", lambda X, rng: _scaled(X, 1.2)),
        ("thicker", lambda X, rng: _thicker(X, scale)),
        ("thinner", lambda X, rng: _thinner(X, scale)),
        ("blurred", lambda X, rng: _blurred(X, scale)),
        ("noisy", lambda X, rng: X + 0.2 * rng.standard_normal(X.shape, dtype=np.float32)),
        ("faded", lambda X, rng: 0.4 * X),
        ("inverted", lambda X, rng: 1 - X),
    ]


def _shifted(X: Pixels, rng: np.random.Generator, pixels: float) -> Pixels:
    """Up, down, left or right; no ink comes in from beyond the edge."""
    from scipy.ndimage import shift

    out = np.empty_like(X)
    way = rng.integers(4, size=len(X))
    for k, (dy, dx) in enumerate(((-1, 0), (1, 0), (0, -1), (0, 1))):
        out[way == k] = shift(X[way == k], (0, dy * pixels, dx * pixels), order=1)
    return out


def _turned(X: Pixels, rng: np.random.Generator, degrees: float) -> Pixels:
    """Clockwise or the other way, about the middle."""
    from scipy.ndimage import rotate

    out = np.empty_like(X)
    way = rng.integers(2, size=len(X))
    for k, sign in enumerate((-1, 1)):
        out[way == k] = rotate(X[way == k], sign * degrees, axes=(1, 2), reshape=False, order=1)
    return out


def _scaled(X: Pixels, factor: float) -> Pixels:
    """Smaller or larger about the middle; what is larger than the picture is cut off."""
    from scipy.ndimage import affine_transform

    middle = (np.array(X.shape[1:]) - 1) / 2
    offset = np.concatenate([[0.0], middle - middle / factor])
    return np.asarray(affine_transform(X, np.array([1, 1 / factor, 1 / factor]), offset, order=1))


def _thicker(X: Pixels, scale: float) -> Pixels:
    """Each pixel as dark as the darkest beside it: a stroke gains a pixel of a 28×28 image."""
    from scipy.ndimage import grey_dilation

    return np.asarray(X + np.float32(scale) * (grey_dilation(X, size=(1, 2, 2)) - X))


def _thinner(X: Pixels, scale: float) -> Pixels:
    from scipy.ndimage import grey_erosion

    return np.asarray(X + np.float32(scale) * (grey_erosion(X, size=(1, 2, 2)) - X))


def _blurred(X: Pixels, scale: float) -> Pixels:
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(X, (0, 1.2 * scale, 1.2 * scale), mode="constant"))
