"""What the two estimators share: the way through fit, and saving."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils import check_random_state
from sklearn.utils.validation import validate_data

from glassnet.data import Distortion, Preparation
from glassnet.data.pixel_range import PixelRange
from glassnet.errors import TrainingError
from glassnet.estimator.batches import RowBatches
from glassnet.estimator.early_stopping import EarlyStopping
from glassnet.estimator.files import Saveable
from glassnet.estimator.lbfgs import fit_lbfgs
from glassnet.estimator.learning_rate import schedule_of
from glassnet.estimator.network import adapt_network, layers_of, network_of
from glassnet.estimator.parameters import check_arguments, check_image_shape, check_parameters
from glassnet.estimator.samples import Samples, split
from glassnet.estimator.solvers import optimizer_of
from glassnet.estimator.stochastic import batches_of, epochs_of
from glassnet.estimator.user_warning import warn_user
from glassnet.estimator.validation_set import ValidationSet
from glassnet.maths.types import Array
from glassnet.model import Model
from glassnet.optim import Optimizer
from glassnet.train import Epoch, Training
from glassnet.train.sample_weights import sample_weights

__all__ = ["MultilayerPerceptron"]

Callback = Callable[["MultilayerPerceptron", Epoch], object]


class MultilayerPerceptron(Saveable, ABC):
    """A network behind scikit-learn's conventions. Not for use: see the two that are made of it."""

    losses: tuple[str, ...] = ()
    """What may stand in ``loss``."""
    numeric = False
    """Whether targets are numbers and no classes."""

    _stopping: EarlyStopping
    _optimizer: Optimizer | None

    def _set_arguments(self, arguments: dict[str, Any]) -> None:
        """Keep the constructor's arguments as they are, under their own names; fit looks at them."""
        for name, value in arguments.items():
            if name not in ("self", "__class__"):
                setattr(self, name, value)

    # --- what each of the two knows ------------------------------------------------------------------

    @abstractmethod
    def _parameters(self) -> dict[str, Any]:
        """All parameters, also those that a subclass does not have."""
        ...

    @abstractmethod
    def _learn_targets(self, y: Any) -> None:
        """Learn from y which classes there are, or how many numbers are to be predicted."""
        ...

    def _check_targets(self, y: Any) -> None:
        """Look at whether y goes with what was learned in an earlier fit."""

    @abstractmethod
    def _targets(self, y: Any) -> NDArray[Any]:
        """The network's targets for y."""
        ...

    @abstractmethod
    def _head(self) -> tuple[int, str, str]:
        """Number of outputs, their activation, and the network's loss."""
        ...

    @abstractmethod
    def _score_outputs(self, A: Array, y: NDArray[Any], weight: NDArray[Any] | None) -> float:
        """The score of outputs, as ``score`` gives it."""
        ...

    def _strata(self, y: NDArray[Any]) -> NDArray[Any] | None:
        """The classes of which a validation set gets its share."""
        return None

    def _weigh_classes(self, samples: Samples) -> Samples:
        """The same samples, with weights that count their classes too."""
        return samples

    def _restore(self, model: Model, facts: dict[str, Any]) -> None:
        super()._restore(model, facts)
        parameters = self._parameters()
        check_parameters(parameters, self.losses)
        self._optimizer, self._stopping = None, EarlyStopping(bool(parameters["early_stopping"]))

    # --- fitting -------------------------------------------------------------------------------------

    def fit(
        self,
        X: Any,
        y: Any,
        sample_weight: ArrayLike | None = None,
        *,
        validation_data: tuple[Any, ...] | None = None,
        X_val: Any = None,
        y_val: Any = None,
        augment: Distortion | None = None,
        callbacks: Callback | Iterable[Callback] | None = None,
    ) -> Self:
        """Learn.

        Parameters
        ----------
        X : (m, n) array, data frame or sparse matrix
        y : (m,) or (m, k) array
        sample_weight : (m,) array, optional
            How much each sample counts.
        validation_data : (X, y) or (X, y, sample_weight), optional
            One's own validation set: judged after each epoch (``validation_scores_``), and with
            ``early_stopping=True`` it decides, and nothing is taken away from the training set.
        X_val, y_val : optional
            The same in two arguments, as ``Pipeline(transform_input=["X_val"])`` needs it.
        augment : glassnet.data.Distortion, optional
            Distorts pictures anew for each epoch; rows of X are pixels, 0 for paper (``image_shape``).
        callbacks : callable or iterable of callable, optional
            Each is called after every epoch as ``callback(estimator, epoch)``, with a
            :class:`glassnet.train.Epoch`; training ends when one returns something true.

        Returns
        -------
        self

        Raises
        ------
        TrainingError
            If a parameter is out of its range, or the loss is no longer a finite number.
        DataError
            If y is not what the estimator learns, or leaves no validation set.
        """
        called = list(callbacks) if np.iterable(callbacks) else [callbacks] if callbacks else []
        if not all(map(callable, called)):
            raise TrainingError("callbacks must be functions that take the estimator and the epoch.")
        if called and self._parameters()["solver"] == "lbfgs":
            raise TrainingError("lbfgs has no epochs, so no callbacks can be called; use another solver.")
        epochs = self.iter_fit(
            X, y, sample_weight, validation_data=validation_data, X_val=X_val, y_val=y_val, augment=augment
        )
        try:
            for epoch in epochs:
                stops = [callback(self, epoch) for callback in called]
                if any(stops):
                    epochs.close()
        except KeyboardInterrupt:
            warn_user("Training interrupted by user.")
        return self

    def iter_fit(
        self,
        X: Any,
        y: Any,
        sample_weight: ArrayLike | None = None,
        *,
        validation_data: tuple[Any, ...] | None = None,
        X_val: Any = None,
        y_val: Any = None,
        augment: Distortion | None = None,
    ) -> Generator[Epoch, None, None]:
        """Learn while somebody iterates: an :class:`glassnet.train.Epoch` after each epoch.

        In between the estimator can predict. Leave the loop, and training has ended.

        Parameters
        ----------
        X, y, sample_weight, validation_data, X_val, y_val, augment
            As in :meth:`fit`.

        Returns
        -------
        generator of Epoch
        """
        if X_val is not None or y_val is not None:
            validation_data = (X_val, y_val)
        return self._start(X, y, sample_weight, validation_data, augment)

    def _partial_fit(self, X: Any, y: Any, sample_weight: ArrayLike | None, *, learn: bool) -> Self:
        parameters = self._parameters()
        if schedule_of(parameters) is not None:
            raise TrainingError("partial_fit cannot follow a schedule, which must know how long it lasts.")
        if parameters["early_stopping"]:
            raise TrainingError("partial_fit does not support early_stopping=True, it has no validation set.")
        for _ in self._start(X, y, sample_weight, None, None, incremental=True, learn=learn):
            pass
        return self

    def _start(
        self,
        X: Any,
        y: Any,
        sample_weight: ArrayLike | None,
        validation_data: tuple[Any, ...] | None,
        augment: Distortion | None,
        *,
        incremental: bool = False,
        learn: bool = True,
    ) -> Generator[Epoch, None, None]:
        """Do everything that comes before the first epoch; the epochs are for whoever iterates."""
        parameters = self._parameters()
        check_parameters(parameters, self.losses)
        check_arguments(parameters, validation_data, augment)
        first = not hasattr(self, "network_") or not (parameters["warm_start"] or incremental)
        samples = self._validated(X, y, sample_weight, first=first, learn=learn)
        check_image_shape(parameters, samples.X.shape[1])
        random = check_random_state(parameters["random_state"])
        self._make_network(parameters, samples, random, first)
        validation = None
        if validation_data is not None:
            held_out = self._validated(*(*validation_data, None)[:3])
            validation = ValidationSet(*held_out, self._score_outputs)
        elif parameters["early_stopping"] and parameters["solver"] != "lbfgs":
            samples, held_out = split(
                samples, parameters["validation_fraction"], random, self._strata(samples.y)
            )
            validation = ValidationSet(*held_out, self._score_outputs)
        samples = self._weigh_classes(samples)
        samples.check_weight("times that of its class")
        if parameters["solver"] == "lbfgs":
            return fit_lbfgs(self, samples, validation, parameters)
        batches = batches_of(samples, parameters, random, augment)
        return self._descend(batches, validation, parameters, incremental)

    def _descend(
        self,
        batches: RowBatches,
        validation: ValidationSet | None,
        parameters: dict[str, Any],
        incremental: bool,
    ) -> Generator[Epoch, None, None]:
        """The epochs of a solver that learns in steps; partial_fit keeps the optimiser that is there."""
        if self._optimizer is None or not incremental:
            self._optimizer = optimizer_of(parameters)
        training = Training(
            self.network_,
            self._optimizer,
            batches,
            epochs=1 if incremental else parameters["max_epochs"] or parameters["max_iter"],
            validate=validation,
            schedule=schedule_of(parameters),
            clip_norm=parameters["clip_norm"],
        )
        warn = not incremental and parameters["max_epochs"] is None
        return epochs_of(training, self, self._stopping, parameters, warn=warn)

    def _validated(
        self, X: Any, y: Any, sample_weight: ArrayLike | None, *, first: bool = False, learn: bool = False
    ) -> Samples:
        """Rows, the network's targets, and weights, all of them in the network's number type."""
        y = y.toarray() if hasattr(y, "toarray") else y  # yes or no for many questions may come sparse
        dtype = self._parameters()["dtype"]
        own: Any = (np.float64, np.float32) if dtype == "auto" else np.dtype(dtype)
        X, y = validate_data(
            self,
            X,
            y,
            accept_sparse="csr",
            multi_output=True,
            y_numeric=self.numeric,
            dtype=own if first else self.network_.dtype,
            reset=first,
        )
        if sample_weight is not None and not np.any(np.asarray(sample_weight)):
            raise TrainingError("Every sample weight is zero, so there is nothing to learn from.")
        weight = sample_weights(len(y), None, sample_weight=sample_weight)
        if learn:
            (self._learn_targets if first else self._check_targets)(y)
        targets = self._targets(y)
        if targets.dtype.kind != "i":
            targets = targets.astype(X.dtype, copy=False)
        return Samples(X, targets, None if weight is None else weight.astype(X.dtype))

    def _make_network(
        self, parameters: dict[str, Any], samples: Samples, random: np.random.RandomState, first: bool
    ) -> None:
        """A new network, or the one that is there with what may change in it."""
        n_outputs, output, loss = self._head()
        layers = layers_of(parameters, samples.X.shape[1], n_outputs, output)
        by_score = bool(parameters["early_stopping"])
        if first:
            self.network_ = network_of(parameters, layers, loss, samples.X.dtype, random)
            if isinstance(samples.X, np.ndarray):
                shape = getattr(self, "image_shape", None) or samples.X.shape[1:]
                pixels = PixelRange.of(samples.X.reshape(-1, *shape))
                self.network_.preparation = Preparation("none", pixels=pixels)
            self.n_iter_ = self.t_ = 0
            self.loss_curve_, self.best_loss_ = [], None
            self.validation_scores_ = self.best_validation_score_ = None
            self._optimizer, self._stopping = None, EarlyStopping(by_score)
        else:
            adapt_network(self.network_, parameters, layers, loss)
            if self._stopping.by_score != by_score:
                self._stopping = EarlyStopping(by_score)
