"""What can be asked of an estimator that has learned: answers, the network's numbers, a file."""

from __future__ import annotations

import os
from typing import Any, Self

from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted, validate_data

from glassnet.estimator import saving
from glassnet.estimator.validation import outputs_of
from glassnet.maths.types import Array
from glassnet.model import Model, task_of
from glassnet.model.task import COUNTS
from glassnet.nn import Dense, Network
from glassnet.train import History

__all__ = ["Fitted"]


class Fitted(BaseEstimator):  # type: ignore[misc]  # scikit-learn tells no types
    """An estimator with a network in it."""

    network_: Network
    history_: History
    loss_: float
    loss_curve_: list[float]
    best_loss_: float | None
    validation_scores_: list[float] | None
    best_validation_score_: float | None
    n_iter_: int
    t_: int

    # --- answers -------------------------------------------------------------------------------------

    def _outputs(self, X: Any) -> Array:
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=self.network_.dtype, reset=False)
        return outputs_of(self.network_, X)

    # --- the network's numbers -----------------------------------------------------------------------

    @property
    def coefs_(self) -> list[Array]:
        """The weight matrices, (units before, units after) each: views, not copies."""
        return [layer.W for layer in self._dense()]

    @property
    def intercepts_(self) -> list[Array]:
        """The biases."""
        return [layer.b for layer in self._dense()]

    @property
    def n_layers_(self) -> int:
        """Layers of units, those of the input and the output too."""
        return len(self._dense()) + 1

    @property
    def n_outputs_(self) -> int:
        """Units at the end."""
        return self.network_.n_outputs

    @property
    def out_activation_(self) -> str:
        """Name of the activation at the end, as scikit-learn calls it."""
        if task_of(self.network_) is COUNTS:
            return "exp"
        name = type(self.network_.layers[-1]).__name__.lower()
        return {"sigmoid": "logistic"}.get(name, name)

    def _dense(self) -> list[Dense]:
        return [layer for layer in self.network_.layers if isinstance(layer, Dense)]

    # --- in and out ----------------------------------------------------------------------------------

    def to_model(self) -> Model:
        """The network as a :class:`glassnet.Model`, for pictures, reports, export and the command line.

        Returns
        -------
        Model
            It shares its numbers with the estimator.
        """
        check_is_fitted(self)
        return saving.model_of(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write everything but the optimiser's memory to one safetensors file, which holds no code.

        Parameters
        ----------
        path : path
            The file is a Glassnet model as well: ``glassnet.Model.load(path)``.
        """
        check_is_fitted(self)
        saving.model_of(self, whole=True).save(path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read an estimator that :meth:`save` wrote.

        Parameters
        ----------
        path : path

        Returns
        -------
        MLPClassifier or MLPRegressor

        Raises
        ------
        ModelFileError
            If it is no such file.
        """
        estimator: Self = saving.load(cls, path)
        return estimator

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "network_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
