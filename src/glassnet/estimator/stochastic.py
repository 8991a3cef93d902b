"""Solvers that go through the samples in mini-batches: one call of fit or partial_fit, epoch by epoch."""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from glassnet.data import Distortion
from glassnet.estimator.batches import ImageBatches, RowBatches
from glassnet.estimator.early_stopping import EarlyStopping
from glassnet.estimator.fitted_attributes import FittedAttributes
from glassnet.estimator.learning_rate import LearningRate
from glassnet.estimator.samples import Samples
from glassnet.estimator.user_warning import warn_user
from glassnet.train import Epoch, Training

__all__ = ["batches_of", "epochs_of"]

AUTO_BATCH_SIZE = 200


def batches_of(
    samples: Samples, parameters: dict[str, Any], random: np.random.RandomState, augment: Distortion | None
) -> RowBatches:
    """The mini-batches that the parameters describe."""
    size, alpha = _batch_size(parameters["batch_size"], len(samples.y)), float(parameters["alpha"])
    order = random if parameters["shuffle"] else None
    if augment is None:
        return RowBatches(samples, size, alpha, order)
    seed = int(random.randint(2**31 - 1))
    return ImageBatches(samples, size, alpha, order, augment, parameters["image_shape"], seed)


def _batch_size(size: Any, m: int) -> int:
    if size == "auto":
        return min(AUTO_BATCH_SIZE, m)
    if size > m:
        warn_user(f"batch_size is {size}, but there are {m} samples; all are taken.")
    return min(int(size), m)


def epochs_of(
    training: Training,
    estimator: FittedAttributes,
    stopping: EarlyStopping,
    parameters: dict[str, Any],
    *,
    warn: bool,
) -> Generator[Epoch, None, None]:
    """Train; yield each epoch after the estimator has taken note of it.

    Parameters
    ----------
    training : Training
    estimator : FittedAttributes
        With a network; gets ``loss_curve_`` and its like.
    stopping : EarlyStopping
    parameters : dict
        The estimator's.
    warn : bool
        Whether to warn if the last epoch is reached.
    """
    estimator.history_, estimator.n_iter_ = training.history, 0
    rate = LearningRate(training.optimizer, parameters)
    try:
        for event in training:
            if isinstance(event, Epoch):
                stopping.update(event.loss, event.validation_accuracy, parameters["tol"], training.network)
                _note(estimator, event, training.batches.m, stopping)
                if parameters["verbose"]:
                    _tell(estimator.n_iter_, event)
                yield event
                rate.epoch_ends(estimator.t_)
                if stopping.no_improvement > parameters["n_iter_no_change"]:
                    if not rate.lower():
                        training.stop("early stopping")
                        return
                    stopping.no_improvement = 0
        if warn:
            warn_user(
                f"The loss was still falling after {training.epochs} epochs (max_iter). Raise max_iter, or "
                "say with max_epochs that so many are enough.",
                ConvergenceWarning,
            )
    finally:
        stopping.restore(training.network)


def _note(estimator: FittedAttributes, epoch: Epoch, samples: int, stopping: EarlyStopping) -> None:
    """Give the estimator what the epoch brought."""
    estimator.n_iter_ += 1
    estimator.t_ += samples
    estimator.loss_ = epoch.loss
    estimator.loss_curve_.append(epoch.loss)
    if epoch.validation_accuracy is not None:
        estimator.validation_scores_ = [*(estimator.validation_scores_ or []), epoch.validation_accuracy]
    estimator.best_loss_, estimator.best_validation_score_ = stopping.best_loss, stopping.best_score


def _tell(number: int, epoch: Epoch) -> None:
    score = epoch.validation_accuracy
    judged = "" if score is None else f", validation score = {score:.6f}"
    sys.stdout.write(f"Iteration {number}, loss = {epoch.loss:.8f}{judged}\n")
