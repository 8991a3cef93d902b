"""One call of fit or partial_fit: from checked data to a trained network, an epoch at a time."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning

from glassnet.data import Distortion
from glassnet.errors import TrainingError
from glassnet.estimator.batches import Pictures, Rows
from glassnet.estimator.building import optimizer_of, schedule_of
from glassnet.estimator.lbfgs import minimize
from glassnet.estimator.stopping import Patience, Rate
from glassnet.estimator.validation import Judge
from glassnet.train import Epoch, Training

if TYPE_CHECKING:
    from glassnet.estimator.base import Perceptron

__all__ = ["Fitting"]

AUTO_BATCH = 200


class Fitting:
    """What happens in one call of fit.

    Parameters
    ----------
    estimator : Perceptron
        With a network that has its weights; gets ``loss_curve_`` and its like.
    data : (X, y, weight)
        Ready to be learned.
    judge : Judge or None
    random : RandomState
    augment : Distortion or None
    incremental : bool
        Whether this is partial_fit: one epoch, and the optimiser goes on where it stood.
    """

    def __init__(
        self,
        estimator: Perceptron,
        data: tuple[Any, NDArray[Any], NDArray[Any] | None],
        judge: Judge | None,
        random: np.random.RandomState,
        augment: Distortion | None,
        incremental: bool,
    ) -> None:
        self._estimator, self._judge, self._incremental = estimator, judge, incremental
        self._parameters = estimator.get_params(deep=False)
        self._network = estimator.network_
        self._epochs = 1 if incremental else self._parameters["max_epochs"] or self._parameters["max_iter"]
        m = len(data[1])
        self._lbfgs = self._parameters["solver"] == "lbfgs"
        how: dict[str, Any] = {
            "size": m if self._lbfgs else self._batch_size(m),
            "alpha": float(self._parameters["alpha"]),
            "random": random if self._parameters["shuffle"] and not self._lbfgs else None,
        }
        self._rows = Rows(*data, **how)
        if augment is not None:
            if self._lbfgs:
                raise TrainingError("lbfgs needs data that stand still: no augment, or another solver.")
            how["seed"] = int(random.randint(2**31 - 1))
            shape = self._parameters["image_shape"]
            self._rows = Pictures(*data, augment=augment, shape=shape, **how)

    def _batch_size(self, m: int) -> int:
        size = self._parameters["batch_size"]
        if size == "auto":
            return min(AUTO_BATCH, m)
        if size > m:
            warnings.warn(f"batch_size is {size}, but there are {m} samples; all are taken.", stacklevel=6)
        return min(int(size), m)

    def run(self) -> Generator[Epoch, None, None]:
        """Train; yield each epoch after the estimator has taken note of it."""
        if not self._lbfgs:
            yield from self._descend()
            return
        curve, iterations = minimize(self._network, self._rows, self._parameters, self._epochs)
        estimator = self._estimator
        estimator.loss_curve_ += curve
        estimator.loss_, estimator.n_iter_ = curve[-1], iterations
        estimator.best_loss_ = min(estimator.loss_curve_)
        if self._judge is not None:
            _, score = self._judge(self._network)
            estimator.validation_scores_, estimator.best_validation_score_ = [score], score

    def _descend(self) -> Generator[Epoch, None, None]:
        estimator, parameters = self._estimator, self._parameters
        optimizer = estimator._optimizer if self._incremental else None
        if optimizer is None:
            optimizer = optimizer_of(parameters)
        estimator._optimizer = optimizer
        kind = parameters["learning_rate"] if parameters["solver"] == "sgd" else "constant"
        rate = Rate(optimizer, kind, parameters["learning_rate_init"], parameters["power_t"])
        training = Training(
            self._network,
            optimizer,
            self._rows,
            epochs=self._epochs,
            validate=self._judge,
            schedule=schedule_of(parameters),
            clip_norm=parameters["clip_norm"],
        )
        estimator.history_ = training.history
        estimator.n_iter_ = 0
        patience = estimator._patience
        try:
            for event in training:
                if isinstance(event, Epoch):
                    self._note(event, patience)
                    yield event
                    rate.epoch_ends(estimator.t_)
                    if patience.waited > parameters["n_iter_no_change"]:
                        if not rate.goes_on():
                            training.stop("early stopping")
                            return
                        patience.waited = 0
            self._warn()
        finally:
            patience.restore(self._network)

    def _note(self, epoch: Epoch, patience: Patience) -> None:
        """Give the estimator what the epoch brought."""
        estimator, score = self._estimator, epoch.validation_accuracy
        if score is not None:
            estimator.validation_scores_ = [*(estimator.validation_scores_ or []), score]
        estimator.n_iter_ += 1
        estimator.t_ += self._rows.m
        estimator.loss_ = epoch.loss
        estimator.loss_curve_.append(epoch.loss)
        patience.note(epoch.loss, score, self._parameters["tol"], self._network)
        estimator.best_loss_, estimator.best_validation_score_ = patience.best_loss, patience.best_score
        if self._parameters["verbose"]:
            judged = "" if score is None else f", validation score = {score:.6f}"
            sys.stdout.write(f"Iteration {estimator.n_iter_}, loss = {epoch.loss:.8f}{judged}\n")

    def _warn(self) -> None:
        """Say that it may not have learned enough, unless the number of epochs was what was wanted."""
        if not self._incremental and self._parameters["max_epochs"] is None:
            warnings.warn(
                f"The loss was still falling after {self._epochs} epochs (max_iter). Raise max_iter, or say "
                "with max_epochs that so many are enough.",
                ConvergenceWarning,
                stacklevel=2,
            )
