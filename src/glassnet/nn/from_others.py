"""The doors through which other people's networks come in; how they are read stands in conversion.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import ArrayLike, DTypeLike

if TYPE_CHECKING:
    from glassnet.nn.network import Network

__all__ = ["FromOthers"]


class FromOthers:
    """What :class:`Network` can be made of besides its own layers."""

    @classmethod
    def from_sklearn(cls, fitted: Any, dtype: DTypeLike | None = None) -> Network:
        """The network inside a fitted MLPClassifier or MLPRegressor, scikit-learn's or Glassnet's.

        Parameters
        ----------
        fitted : estimator
            Only its attributes are read: ``coefs_``, ``intercepts_``, ``activation``, ``out_activation_``.
        dtype : {"float32", "float64"}, optional
            By default the type of its weights.

        Returns
        -------
        Network
            An independent one, with the same answers; of ``loss="poisson"`` with their logarithms.

        Raises
        ------
        ValueError
            If it is not fitted, or ends in something that a Network has not.
        """
        from glassnet.nn import conversion  # which is made of networks, so not at the top

        return conversion.from_sklearn(fitted, dtype)

    @classmethod
    def from_state_dict(
        cls,
        arrays: Mapping[str, ArrayLike],
        activation: str | Sequence[str] = "relu",
        *,
        output: str | None = None,
        loss: str = "cross_entropy",
        epsilon: float = 1e-5,
        dtype: DTypeLike | None = None,
    ) -> Network:
        """The network whose arrays a PyTorch ``Sequential`` of Linear and BatchNorm1d gives.

        Parameters
        ----------
        arrays : mapping of str to array
            ``{"0.weight": (units after, units before), "0.bias": ..., "2.weight": ...}``.
        activation : str or sequence of str
            Of the hidden layers, one name for all or one for each: a state does not tell. It stands where a
            number is free between two Linear, so before or after a BatchNorm1d; where both are free (one
            of them a Dropout), before it.
        output : str, optional
            At the end; by default what belongs to the loss: softmax, sigmoid or identity.
        loss : {"cross_entropy", "log_loss", "mse", "poisson"}
        epsilon : float
            Of the BatchNorm1d.
        dtype : {"float32", "float64"}, optional
            By default the type of the first weights.

        Returns
        -------
        Network

        Raises
        ------
        ValueError
            If there are other layers, or shapes or activations do not fit.
        """
        from glassnet.nn import conversion

        return conversion.from_state_dict(
            arrays, activation, output=output, loss=loss, epsilon=epsilon, dtype=dtype
        )
