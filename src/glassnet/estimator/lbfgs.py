"""L-BFGS over all samples at once: for small data it is quicker than any descent in mini-batches."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning

from glassnet.errors import TrainingError
from glassnet.estimator.batches import Rows
from glassnet.nn import BatchNorm, Network
from glassnet.train.batches import Batch

__all__ = ["minimize"]


def minimize(network: Network, rows: Rows, given: dict[str, Any], epochs: int) -> tuple[list[float], int]:
    """Bring a network's loss to its minimum.

    Parameters
    ----------
    network : Network
        Changed in place.
    rows : Rows
        All samples in one batch.
    given : dict
        The estimator's parameters: ``max_fun``, ``tol``.
    epochs : int
        Iterations at most.

    Returns
    -------
    losses : list of float
        After each iteration.
    iterations : int
    """
    from scipy import optimize

    (batch,) = rows.epoch(1)

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")  # what follows says it better
    def loss_and_gradient(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        network.theta[...] = theta
        loss, _ = network.step_gradients(batch.X, batch.y, batch.weight, batch.l2)
        if not math.isfinite(loss):
            raise TrainingError(f"The loss became {loss}. Scale the data, with a StandardScaler or the like.")
        return loss, network.grad.astype(np.float64)

    losses: list[float] = []

    def note(intermediate_result: Any) -> None:
        losses.append(float(intermediate_result.fun))

    result = optimize.minimize(
        loss_and_gradient,
        network.theta.astype(np.float64),
        method="L-BFGS-B",
        jac=True,
        callback=note,
        options={"maxfun": given["max_fun"], "maxiter": epochs, "gtol": given["tol"]},
    )
    network.theta[...] = result.x
    network.project()
    _settle(network, batch)
    if result.status != 0 and given["max_epochs"] is None:
        warnings.warn(
            f"lbfgs did not converge in {result.nit} of at most {epochs} iterations ({result.message}). "
            "Raise max_iter or max_fun, or scale the data, for instance with a StandardScaler.",
            ConvergenceWarning,
            stacklevel=2,
        )
    return [*losses[:-1], float(result.fun)], int(result.nit)


def _settle(network: Network, batch: Batch) -> None:
    """Running statistics of what was learned, for the weights that were found and not those on the way."""
    layers = [layer for layer in network.layers if isinstance(layer, BatchNorm)]
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    if layers:
        network.step_gradients(batch.X, batch.y, batch.weight, batch.l2)
    for layer, momentum in zip(layers, momenta, strict=True):
        layer.momentum = momentum
