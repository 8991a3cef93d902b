"""What the two estimators share: the way through fit, the network's numbers, saving."""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import train_test_split
from sklearn.utils import check_random_state
from sklearn.utils.validation import validate_data

from glassnet.data import Distortion
from glassnet.errors import TrainingError
from glassnet.estimator.building import layers_of, network_of, schedule_of
from glassnet.estimator.fitted import Fitted
from glassnet.estimator.fitting import Fitting
from glassnet.estimator.parameters import check_arguments, check_parameters
from glassnet.estimator.stopping import Patience
from glassnet.estimator.validation import Judge
from glassnet.maths.types import Array
from glassnet.nn.losses import HalfSquaredError
from glassnet.optim import Optimizer
from glassnet.train import Epoch
from glassnet.train.sample_weights import sample_weights

__all__ = ["Callback", "Perceptron"]

Callback = Callable[["Perceptron", Epoch], object]
Data = tuple[Any, NDArray[Any], NDArray[Any] | None]


class Perceptron(Fitted, ABC):
    """A network behind scikit-learn's conventions. Not for use: see the two that are made of it."""

    losses: tuple[str, ...] = ()
    """What may stand in ``loss``."""
    numeric = False
    """Whether targets are numbers and no classes."""

    dtype: Any
    early_stopping: Any
    random_state: Any
    solver: Any
    validation_fraction: Any
    warm_start: Any

    _patience: Patience
    _optimizer: Optimizer | None

    def _keep(self, arguments: dict[str, Any]) -> None:
        """Keep the constructor's arguments as they are, under their own names; fit looks at them."""
        for name, value in arguments.items():
            if name not in ("self", "__class__"):
                setattr(self, name, value)

    # --- what each of the two knows ------------------------------------------------------------------

    @abstractmethod
    def _learn(self, y: Any) -> None:
        """Learn from y which classes there are, or how many numbers are foretold."""
        ...

    @abstractmethod
    def _targets(self, y: Any) -> NDArray[Any]:
        """The network's targets for y."""
        ...

    @abstractmethod
    def _head(self, y: NDArray[Any]) -> tuple[int, str, str]:
        """Number of outputs, their activation, and the network's loss."""
        ...

    @abstractmethod
    def _score_of(self, A: Array, y: NDArray[Any], weight: NDArray[Any] | None) -> float:
        """The score of outputs, as ``score`` gives it."""
        ...

    def _by_class(self, data: Data) -> Data:
        """The same samples, with weights that count their classes too."""
        return data

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
        """
        called = list(callbacks) if np.iterable(callbacks) else [callbacks] if callbacks else []
        if not all(map(callable, called)):
            raise TrainingError("callbacks must be functions that take the estimator and the epoch.")
        epochs = self.iter_fit(
            X, y, sample_weight, validation_data=validation_data, X_val=X_val, y_val=y_val, augment=augment
        )
        if called and self.solver == "lbfgs":
            raise TrainingError("lbfgs has no epochs, so no callbacks can be called; use another solver.")
        try:
            for epoch in epochs:
                stops = [callback(self, epoch) for callback in called]
                if any(stops):
                    epochs.close()
        except KeyboardInterrupt:
            warnings.warn("Training interrupted by user.", stacklevel=2)
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
        return self._fitting(X, y, sample_weight, validation_data, augment, incremental=False).run()

    def _fitting(
        self,
        X: Any,
        y: Any,
        sample_weight: ArrayLike | None,
        validation_data: tuple[Any, ...] | None,
        augment: Distortion | None,
        *,
        incremental: bool,
        learn: bool = True,
    ) -> Fitting:
        """Everything that comes before the first epoch."""
        parameters = self.get_params(deep=False)
        check_parameters(parameters, self.losses)
        check_arguments(validation_data, augment)
        first = not hasattr(self, "network_") or not (self.warm_start or incremental)
        data = self._validated(X, y, sample_weight, first=first, learn=first and learn)
        shape, n = parameters["image_shape"], data[0].shape[1]
        if shape is not None and shape[0] * shape[1] != n:
            raise TrainingError(f"image_shape is {shape[0]}×{shape[1]}, but a row of X has {n} numbers.")
        random = check_random_state(self.random_state)
        self._make_network(parameters, data, random, first)
        judge = None
        if validation_data is not None:
            X, y, sample_weight = (*validation_data, None)[:3]
            held_out = self._validated(X, y, sample_weight)
            judge = Judge(*held_out, self._score_of)
        elif self.early_stopping and self.solver != "lbfgs":
            data, held_out = self._split(*data, random)
            judge = Judge(*held_out, self._score_of)
        return Fitting(self, self._by_class(data), judge, random, augment, incremental)

    def _validated(
        self, X: Any, y: Any, sample_weight: ArrayLike | None, *, first: bool = False, learn: bool = False
    ) -> Data:
        """Rows, the network's targets, and weights, all of them in the network's number type."""
        y = y.toarray() if hasattr(y, "toarray") else y  # yes or no for many questions may come sparse
        own: Any = (np.float64, np.float32) if self.dtype == "auto" else np.dtype(self.dtype)
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
            self._learn(y)
        targets = self._targets(y)
        if targets.dtype.kind != "i":
            targets = targets.astype(X.dtype, copy=False)
        return X, targets, None if weight is None else weight.astype(X.dtype)

    def _make_network(
        self, parameters: dict[str, Any], data: Data, random: np.random.RandomState, first: bool
    ) -> None:
        X, y, _ = data
        n_outputs, output, loss = self._head(y)
        layers = layers_of(parameters, X.shape[1], n_outputs, output)
        if first:
            self.network_ = network_of(parameters, layers, loss, X.dtype, random)
            self._forget()
        else:
            self._go_on(parameters, [layer.config() for layer in layers], loss)
        if loss == "mse":
            self.network_.loss = HalfSquaredError()  # a network from a pickle or a file has the plain one

    def _go_on(self, parameters: dict[str, Any], layers: list[dict[str, Any]], loss: str) -> None:
        """Let the network that is there take what has changed in the parameters."""
        if layers != self.network_.config()["layers"] or loss != self.network_.loss.name:
            raise TrainingError(
                "The network has other layers or another loss than the parameters now say, so that it cannot "
                "learn on. Make a new estimator, or fit with warm_start=False."
            )
        self.network_.max_norm = parameters["max_norm"]
        self.network_.label_smoothing = parameters.get("label_smoothing", 0.0)
        if self._patience.by_score != bool(self.early_stopping):
            self._patience = Patience(bool(self.early_stopping))

    def _forget(self) -> None:
        """Begin the notes anew."""
        self.n_iter_ = self.t_ = 0
        self.loss_curve_ = []
        self.validation_scores_ = None
        self._patience = Patience(bool(self.early_stopping))
        self._optimizer = None

    def _split(
        self, X: Any, y: NDArray[Any], weight: NDArray[Any] | None, random: np.random.RandomState
    ) -> tuple[Data, Data]:
        """The training and the validation part, which are scikit-learn's for the same random_state."""
        two_classes = self.network_.n_outputs == 1 and not self.numeric
        rows, held_out = train_test_split(
            np.arange(len(y)),
            random_state=random,
            test_size=self.validation_fraction,
            stratify=y if two_classes else None,
        )
        if len(held_out) < 2:
            raise TrainingError(
                "The validation set is too small: raise validation_fraction, or give more samples."
            )

        def part(index: NDArray[np.intp]) -> Data:
            return X[index], y[index], None if weight is None else weight[index]

        return part(rows), part(held_out)

    def _partial_fit(self, X: Any, y: Any, sample_weight: ArrayLike | None, *, learn: bool) -> Self:
        if self.solver == "lbfgs":
            raise TrainingError("partial_fit learns in steps, which lbfgs does not; use another solver.")
        if schedule_of(self.get_params(deep=False)) is not None:
            raise TrainingError("partial_fit cannot follow a schedule, which must know how long it lasts.")
        if self.early_stopping:
            raise TrainingError("partial_fit does not support early_stopping=True, it has no validation set.")
        for _ in self._fitting(X, y, sample_weight, None, None, incremental=True, learn=learn).run():
            pass
        return self
