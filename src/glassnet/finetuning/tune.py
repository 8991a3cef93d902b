"""Teaching a model a few of somebody's own digits, and measuring what it learned and what it forgot."""

import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset, Distortion
from glassnet.errors import DataError
from glassnet.evaluation import evaluate
from glassnet.model import Model
from glassnet.optim import Adam
from glassnet.reading.scaling import pixel_max
from glassnet.train import Epoch, train
from glassnet.train.threads import choose_threads, limit_threads

__all__ = ["Lesson", "learn", "unseen"]

MAX_REHEARSED = 2000  # known samples that are learned again, so that they are not forgotten
SHARE_OF_OWN_DIGITS = 0.06  # of a lesson are one's own digits, repeated
SAMPLES_WITHOUT_REHEARSAL = 640  # samples of a lesson without rehearsal
EPOCHS = 25
BATCH_SIZE = 64
FOLDS = 4  # lessons more, to see what is learned about digits that were not taught
MIN_CONFIDENCE_TO_STOP = 0.8  # so sure of every digit, and the lesson is over
MAX_CHECKED = 2000  # samples on which forgetting is measured


@dataclass(frozen=True)
class Lesson:
    """What a lesson did.

    Attributes
    ----------
    model : Model
        The taught one; the one before stays as it was.
    before, after : (m, K) arrays
        The answers to one's own digits.
    known_before, known_after : float or None
        Accuracy on samples that have nothing to do with the lesson.
    known : int
        How many these are.
    """

    model: Model
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    known_before: float | None
    known_after: float | None
    known: int


def learn(
    model: Model,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    rehearsal: Dataset | None,
    check: Dataset | None,
    learning_rate: float = 3e-4,
) -> Lesson:
    """Teach a copy of a model.

    Parameters
    ----------
    model : Model
        Of pictures and classes.
    images : (m, height, width) uint8 array
        As the model reads them.
    labels : (m,) integers
        What they are.
    rehearsal : Dataset, optional
        Known samples to learn again meanwhile.
    check : Dataset, optional
        Other known samples, to see what is forgotten.
    learning_rate : float

    Raises
    ------
    DataError
        If the pictures do not fit the model.
    """
    if model.image_shape is None or images.shape[1:] != model.image_shape:
        raise DataError(f"The model reads pictures of {model.image_shape}, not {images.shape[1:]}.")
    taught = copy.copy(model)
    taught.network = model.network.copy()
    before = model.predict_proba(images).astype(np.float64)
    checked = None if check is None else check.limit(MAX_CHECKED)
    data = _mixed(model, images, labels, rehearsal)
    side = model.image_shape[0] / 28
    augment = Distortion(shift=1.5 * side, rotation=8.0, scale=0.08)
    training = train(
        taught.network, data, Adam(learning_rate), epochs=EPOCHS, batch_size=BATCH_SIZE,
        preparation=model.preparation, augment=augment,
    )  # fmt: skip
    with limit_threads(choose_threads(taught.network, BATCH_SIZE)):
        for event in training:
            if isinstance(event, Epoch) and _is_sure(taught, images, labels):
                break
    return Lesson(
        taught,
        before,
        taught.predict_proba(images).astype(np.float64),
        None if checked is None else evaluate(model, checked).accuracy,
        None if checked is None else evaluate(taught, checked).accuracy,
        0 if checked is None else len(checked),
    )


def unseen(
    model: Model,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    rehearsal: Dataset | None,
    folds: int | None = None,
) -> NDArray[np.float64]:
    """The answers to one's own digits, each by a copy that was taught all but it and a few others.

    Of few digits each alone is left out; of many, they are dealt into so many parts.

    Returns
    -------
    (m, K) array
    """
    m = len(images)
    parts = np.arange(m) % min(m, folds or FOLDS)
    answers = np.zeros((m, model.network.n_outputs))
    for part in range(int(parts.max()) + 1):
        kept = parts != part
        taught = learn(model, images[kept], labels[kept], rehearsal, None).model if kept.any() else model
        answers[~kept] = taught.predict_proba(images[~kept])
    return answers


def _mixed(
    model: Model, images: NDArray[np.uint8], labels: NDArray[np.int64], rehearsal: Dataset | None
) -> Dataset:
    """One's own digits, repeated, among known ones."""
    full = pixel_max(model)
    names = model.class_names
    if rehearsal is None:
        times = -(-SAMPLES_WITHOUT_REHEARSAL // len(images))
        return Dataset(
            np.repeat(images, times, axis=0), np.repeat(labels, times), names, "lesson", pixel_max=full
        )
    known = rehearsal.limit(MAX_REHEARSED, seed=0)
    assert known.labels is not None  # as the whole has them
    times = max(1, round(SHARE_OF_OWN_DIGITS / (1 - SHARE_OF_OWN_DIGITS) * len(known) / len(images)))
    pixels = np.concatenate([known.images.reshape(-1, *images.shape[1:]), np.repeat(images, times, axis=0)])
    classes = np.concatenate([known.labels, np.repeat(labels, times)])
    return Dataset(pixels, classes, names, "lesson", pixel_max=full)


def _is_sure(model: Model, images: NDArray[np.uint8], labels: NDArray[np.int64]) -> bool:
    right = model.predict_proba(images)[np.arange(len(labels)), labels]
    return bool((right >= MIN_CONFIDENCE_TO_STOP).all())
