"""What an estimator that has learned can be asked for: scikit-learn's attributes, seen in the network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted, validate_data

from glassnet.errors import DataError
from glassnet.estimator.validation_set import outputs_of
from glassnet.maths.types import Array
from glassnet.nn import Activation, Dense, Network
from glassnet.train import History

__all__ = ["FittedAttributes", "LayerArrays"]


class LayerArrays(list[Array]):
    """One array of each layer; what is put in the place of one is written into the network.

    >>> arrays = LayerArrays([np.zeros(2)])
    >>> inside = arrays[0]
    >>> arrays[0] = [1, 2]
    >>> inside
    array([1., 2.])
    """

    def __setitem__(self, index: Any, value: Any) -> None:
        one = not isinstance(index, slice)
        places, arrays = ([self[index]], [value]) if one else (self[index], list(value))
        shapes, given = [place.shape for place in places], [np.shape(array) for array in arrays]
        if shapes != given:
            raise DataError(f"The network's arrays have the shapes {shapes}, not {given}.")
        for place, array in zip(places, arrays, strict=True):
            place[...] = array


class FittedAttributes(BaseEstimator):  # type: ignore[misc]  # scikit-learn tells no types
    """An estimator with a network in it, under scikit-learn's names."""

    network_: Network
    history_: History
    loss_: float
    loss_curve_: list[float]
    best_loss_: float | None
    validation_scores_: list[float] | None
    best_validation_score_: float | None
    n_iter_: int
    t_: int

    @property
    def coefs_(self) -> LayerArrays:
        """The weight matrices, (units before, units after) each: the network's own, not copies."""
        return LayerArrays(layer.W for layer in self._dense())

    @coefs_.setter
    def coefs_(self, arrays: Iterable[Any]) -> None:
        self.coefs_[:] = arrays

    @property
    def intercepts_(self) -> LayerArrays:
        """The biases, likewise."""
        return LayerArrays(layer.b for layer in self._dense())

    @intercepts_.setter
    def intercepts_(self, arrays: Iterable[Any]) -> None:
        self.intercepts_[:] = arrays

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
        last, loss = self.network_.layers[-1], self.network_.loss
        if isinstance(last, loss.output):
            return loss.sklearn_output
        assert isinstance(last, Activation)  # an estimator's network ends in one
        return last.sklearn_name or last.name

    def _dense(self) -> list[Dense]:
        return [layer for layer in self.network_.layers if isinstance(layer, Dense)]

    def _outputs(self, X: Any) -> Array:
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=self.network_.dtype, reset=False)
        preparation = self.network_.preparation
        if isinstance(X, np.ndarray) and preparation is not None:
            suited = preparation.adapted_to(X)
            X = X if suited is preparation else suited.apply(X, self.network_.dtype)
        return outputs_of(self.network_, X)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "network_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
