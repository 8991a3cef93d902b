"""The two doors to a training: ``train`` to watch it, ``fit`` to have it done."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from inspect import signature
from typing import Any, ParamSpec

from numpy.typing import ArrayLike

from glassnet.data import Dataset, Distortion, Preparation
from glassnet.errors import TrainingError
from glassnet.evaluation import score
from glassnet.model import check_data, task_of
from glassnet.nn import Network
from glassnet.optim import Optimizer, Schedule
from glassnet.train import listeners
from glassnet.train.batches import Batches
from glassnet.train.history import History
from glassnet.train.layer_watch import watch_layers
from glassnet.train.listeners import Listener
from glassnet.train.loop import Training, Validation
from glassnet.train.sample_weights import ClassWeight, sample_weights
from glassnet.train.state import TrainingState

__all__ = ["fit", "train"]

P = ParamSpec("P")


def train(
    network: Network,
    data: Dataset,
    optimizer: Optimizer,
    *,
    epochs: int,
    batch_size: int | None = 128,
    validation: Dataset | None = None,
    schedule: Schedule | None = None,
    seed: int = 0,
    preparation: Preparation | None = None,
    sample_weight: ArrayLike | None = None,
    class_weight: ClassWeight | None = None,
    clip_norm: float | None = None,
    clip_value: float | None = None,
    average: float | None = None,
    augment: Distortion | None = None,
    start: TrainingState | None = None,
    patience: int | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    monitor: bool = False,
) -> Training | Listener:
    """Train a network: an iterator of :class:`Step`, :class:`Epoch` and at last :class:`Finished`.

    Parameters
    ----------
    network : Network
        Changed in place.
    data : Dataset
        With labels: classes, or targets of a regression.
    optimizer : Optimizer
    epochs : int
        How often every sample is learned.
    batch_size : int or None
        Samples in a mini-batch; the last one may be shorter. None: all samples in each step, not shuffled.
    validation : Dataset, optional
        Evaluated after every epoch.
    schedule : Schedule, optional
        Factor on the optimiser's learning rate, from the share of all steps that is done.
    seed : int
        Of the order of the samples.
    preparation : Preparation, optional
        From pixels to numbers; by default ``Preparation.default(data)``: pixels to 0-1, features as they are.
    sample_weight : (m,) array, optional
        How much each sample counts.
    class_weight : dict or "balanced", optional
        How much each class counts, by its number or name.
    clip_norm, clip_value : float, optional
        Upper limits of the gradient's length, and of each of its numbers.
    average : float, optional
        Decay of a moving average of the weights, which is then what is validated and kept.
    augment : Distortion, optional
        Distorts the training images, all of them anew for each epoch.
    start : TrainingState, optional
        Where an earlier training with the same arguments stood. It goes on bit for bit.
    patience : int, optional
        Stop when the validation loss has not fallen for so many epochs, and take the best weights.
    checkpoint : path, optional
        After every epoch the state of the training is written there. After an interruption, go on with the
        same arguments and ``start=TrainingState.load(checkpoint)``.
    monitor : bool
        Note for each epoch how the layers do: see :func:`watch_layers`. The training stays the same.

    Returns
    -------
    Training or Listener
        The training itself, or the last of the listeners around it that ``patience``, ``checkpoint`` and
        ``monitor`` ask for.

    Raises
    ------
    DataError
        If the data do not fit the network.
    TrainingError
        If an argument is out of its range, ``start`` belongs to another training, or, while iterating, if
        the loss is no longer a finite number.

    Examples
    --------
    >>> from glassnet import Adam, load, mlp
    >>> for event in train(mlp(4, 8, 3, seed=0), load("iris"), Adam(0.01), epochs=2, batch_size=75):
    ...     print(type(event).__name__)
    Step
    Step
    Epoch
    Step
    Step
    Epoch
    Finished
    """
    _check("epochs", epochs, epochs >= 1, "1 or more")
    _check(
        "batch_size", batch_size, batch_size is None or batch_size >= 1, "1 or more, or None for all samples"
    )
    _check("clip_norm", clip_norm, clip_norm is None or clip_norm > 0, "above 0")
    _check("clip_value", clip_value, clip_value is None or clip_value > 0, "above 0")
    _check("average", average, average is None or 0 <= average < 1, "in [0, 1)")
    _check("seed", seed, seed >= 0, "a whole number of 0 or more")
    labels = check_data(network, data)
    classes = task_of(network, labels).classes(labels)
    if preparation is None:
        preparation = Preparation.default(data)
    else:
        preparation = preparation.adapted_to(data.images, data.pixel_max, data.name)
    network.preparation = preparation
    validate: Validation | None = None
    if validation is not None:
        check_data(network, validation)
        suited = preparation.adapted_to(validation.images, validation.pixel_max, validation.name)
        validate = partial(score, dataset=validation, preparation=suited)
    weight = sample_weights(len(data), classes, data.class_names, sample_weight, class_weight)
    training = Training(
        network,
        optimizer,
        Batches(network, data, classes, weight, preparation, batch_size, seed, augment, epochs),
        epochs=epochs,
        validate=validate,
        schedule=schedule,
        clip_norm=clip_norm,
        clip_value=clip_value,
        average=average,
    )
    if start is not None:
        training.restore(start)
    events: Training | Listener = watch_layers(training) if monitor else training
    if patience is not None:
        events = listeners.stop_early(events, patience=patience)
    if checkpoint is not None:
        events = listeners.checkpoint(events, checkpoint)
    return events


def _same_arguments(door: Callable[P, Any]) -> Callable[[Callable[..., History]], Callable[P, History]]:
    """The decorated function takes what ``door`` takes, and says so to people and to type checkers."""

    def decorate(function: Callable[..., History]) -> Callable[P, History]:
        named = signature(door).replace(return_annotation="History")
        function.__signature__ = named  # type: ignore[attr-defined]  # as inspect documents it
        return function

    return decorate


@_same_arguments(train)
def fit(*arguments: Any, **options: Any) -> History:
    """Train to the end: takes what :func:`train` takes, and gives the record of all epochs.

    Parameters
    ----------
    network, data, optimizer, epochs, batch_size, validation, schedule, seed, preparation
        As in :func:`train`.
    sample_weight, class_weight, clip_norm, clip_value, average, augment, start
        As in :func:`train`.
    patience, checkpoint, monitor
        As in :func:`train`.

    Returns
    -------
    History

    Raises
    ------
    DataError, TrainingError
        As :func:`train`.

    Examples
    --------
    >>> from glassnet import Adam, load, mlp
    >>> history = fit(mlp(4, 8, 3, seed=0), load("iris"), Adam(0.02), epochs=30, batch_size=16)
    >>> bool(history.accuracy[-1] > 0.9)
    True
    """
    training = train(*arguments, **options)
    for _ in training:
        pass
    return training.training.history


def _check(name: str, value: object, good: bool, expected: str) -> None:
    if not good:
        raise TrainingError(f"{name} must be {expected}, not {value!r}.")
