"""MLPRegressor."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import RegressorMixin
from sklearn.metrics import r2_score
from sklearn.utils import column_or_1d

from glassnet.errors import DataError
from glassnet.estimator.multilayer_perceptron import MultilayerPerceptron
from glassnet.estimator.parameters import parameters_of
from glassnet.estimator.solvers import where_it_has_epochs
from glassnet.maths.types import Array
from glassnet.model import Model, task_of

__all__ = ["MLPRegressor"]


class MLPRegressor(RegressorMixin, MultilayerPerceptron):  # type: ignore[misc]  # scikit-learn tells no types
    """A multi-layer perceptron that predicts numbers, one or several.

    Parameters
    ----------
    loss : {"squared_error", "poisson"}
        Half the squared error, or half the Poisson deviance (for counts; the network's outputs are their
        logarithms), each summed over the outputs.
    hidden_layer_sizes, activation, solver, alpha, batch_size, learning_rate, learning_rate_init, power_t
        As in :class:`MLPClassifier`.
    max_iter, max_epochs, shuffle, random_state, tol, verbose, warm_start, momentum, nesterovs_momentum
        As in :class:`MLPClassifier`.
    early_stopping, validation_fraction, beta_1, beta_2, epsilon, n_iter_no_change, max_fun
        As in :class:`MLPClassifier`. The score is R².
    dropout, batch_norm, init, max_norm, clip_norm, image_shape, dtype
        As in :class:`MLPClassifier`.

    Attributes
    ----------
    network_ : glassnet.Network
    history_ : glassnet.train.History
        Its ``validation_accuracy`` is R².
    coefs_, intercepts_ : list of array
    loss_, best_loss_, loss_curve_, n_iter_, t_
    validation_scores_, best_validation_score_
    n_features_in_, feature_names_in_, n_layers_, n_outputs_, out_activation_

    Examples
    --------
    >>> X = np.linspace(-1, 1, 50).reshape(-1, 1)
    >>> reg = MLPRegressor(hidden_layer_sizes=(16,), solver="lbfgs", random_state=0, max_epochs=100)
    >>> reg.fit(X, X.ravel() ** 2).score(X, X.ravel() ** 2) > 0.99
    True
    """

    losses = ("squared_error", "poisson")
    numeric = True

    _columns: int

    def __init__(
        self,
        loss: str = "squared_error",
        hidden_layer_sizes: Any = (100,),
        activation: Any = "relu",
        *,
        solver: Any = "adam",
        alpha: float = 0.0001,
        batch_size: Any = "auto",
        learning_rate: Any = "constant",
        learning_rate_init: float = 0.001,
        power_t: float = 0.5,
        max_iter: int = 200,
        max_epochs: int | None = None,
        shuffle: bool = True,
        random_state: Any = None,
        tol: float = 1e-4,
        verbose: Any = False,
        warm_start: bool = False,
        momentum: float = 0.9,
        nesterovs_momentum: bool = True,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
        n_iter_no_change: float = 10,
        max_fun: int = 15000,
        dropout: Any = 0.0,
        batch_norm: bool = False,
        init: str = "auto",
        max_norm: float | None = None,
        clip_norm: float | None = None,
        image_shape: tuple[int, int] | None = None,
        dtype: str = "auto",
    ) -> None:
        self._set_arguments(locals())

    def _parameters(self) -> dict[str, Any]:
        return parameters_of(self, MLPRegressor)

    def _learn_targets(self, y: Any) -> None:
        self._columns = 1 if np.ndim(y) == 1 else np.shape(y)[1]

    def _targets(self, y: Any) -> NDArray[Any]:
        targets = np.asarray(y, np.float64)
        columns = 1 if targets.ndim == 1 else targets.shape[1]
        if columns != self._columns:
            raise DataError(f"y has {columns} columns; {self._columns} are predicted.")
        if self._parameters()["loss"] == "poisson" and targets.min() < 0:
            raise DataError(f"loss='poisson' needs counts of 0 or more; y has {targets.min():g}.")
        return column_or_1d(targets, warn=True) if columns == 1 else targets

    def _head(self) -> tuple[int, str, str]:
        loss = "poisson" if self._parameters()["loss"] == "poisson" else "half_squared_error"
        return self._columns, "identity", loss

    def _restore(self, model: Model, facts: dict[str, Any]) -> None:
        super()._restore(model, facts)
        self._columns = model.network.n_outputs

    def _score_outputs(self, A: Array, y: NDArray[Any], weight: NDArray[Any] | None) -> float:
        return float(r2_score(y.reshape(A.shape), self._numbers(A), sample_weight=weight))

    def _numbers(self, A: Array) -> Array:
        """The predictions that outputs mean."""
        return task_of(self.network_).decide(A)

    @where_it_has_epochs
    def partial_fit(self, X: Any, y: Any, sample_weight: ArrayLike | None = None) -> Self:
        """Learn one epoch of these samples, and keep all that was learned before.

        Parameters
        ----------
        X, y, sample_weight
            As in :meth:`fit`.

        Returns
        -------
        self
        """
        return self._partial_fit(X, y, sample_weight, learn=True)

    def predict(self, X: Any) -> Array:
        """The number that belongs to each row, or the row of numbers.

        Parameters
        ----------
        X : (m, n) array, data frame or sparse matrix

        Returns
        -------
        (m,) or (m, k) array
        """
        A = self._numbers(self._outputs(X))
        answers: Array = A[:, 0] if A.shape[1] == 1 else A
        return answers

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
