"""L-BFGS over all samples at once: for small data it is quicker than any descent in mini-batches."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning

from glassnet.errors import TrainingError
from glassnet.estimator.batches import RowBatches
from glassnet.estimator.fitted_attributes import FittedAttributes
from glassnet.estimator.samples import Samples
from glassnet.estimator.user_warning import warn_user
from glassnet.estimator.validation_set import ValidationSet
from glassnet.nn import BatchNorm, Network
from glassnet.train import Epoch, Finished, History
from glassnet.train.batches import Batch

__all__ = ["fit_lbfgs"]

ADVICE = "Scale the data, with a StandardScaler or the like."


def fit_lbfgs(
    estimator: FittedAttributes,
    samples: Samples,
    validation: ValidationSet | None,
    parameters: dict[str, Any],
) -> Generator[Epoch, None, None]:
    """Bring the loss to its minimum when somebody iterates; there are no epochs to yield.

    Parameters
    ----------
    estimator : FittedAttributes
        With a network; gets ``loss_curve_`` and its like. An epoch of its ``history_`` is an iteration.
    samples : Samples
    validation : ValidationSet or None
        Asked once, at the end.
    parameters : dict
        The estimator's.
    """
    yield from ()
    batches = RowBatches(samples, len(samples.y), float(parameters["alpha"]), None)
    (batch,) = batches.epoch(1)
    history, iterations = minimize(estimator.network_, batch, parameters)
    estimator.history_, estimator.n_iter_ = history, iterations
    estimator.loss_curve_ += history.loss.tolist()
    estimator.loss_ = estimator.loss_curve_[-1]
    estimator.best_loss_ = min(estimator.loss_curve_)
    if validation is not None:
        loss, score = validation(estimator.network_)
        if not math.isfinite(loss):
            raise TrainingError(f"The loss on the validation set became {loss}. {ADVICE}")
        history.records[-1] |= {"validation_loss": loss, "validation_accuracy": score}
        estimator.validation_scores_, estimator.best_validation_score_ = [score], score


def minimize(network: Network, batch: Batch, parameters: dict[str, Any]) -> tuple[History, int]:
    """Bring a network's loss on a batch to its minimum, and its weights with it.

    Returns
    -------
    history : History
        A record for each iteration, and one at least.
    iterations : int
    """
    from scipy import optimize

    most = parameters["max_epochs"] or parameters["max_iter"]
    history, started = History(), perf_counter()

    def note(intermediate_result: Any) -> None:
        seconds = perf_counter() - started
        speed = len(batch.y) * (len(history) + 1) / max(seconds, 1e-9)
        loss = float(intermediate_result.fun)
        history.append(Epoch(len(history) + 1, most, loss, None, None, None, math.nan, seconds, speed))
        history.records[-1]["learning_rate"] = None  # a search along the line finds each step

    result = optimize.minimize(
        _loss_and_gradient(network, batch),
        network.theta.astype(np.float64),
        method="L-BFGS-B",
        jac=True,
        callback=note,
        options={"maxfun": parameters["max_fun"], "maxiter": most, "gtol": parameters["tol"]},
    )
    if not history:
        note(result)
    history.records[-1]["loss"] = float(result.fun)
    history.finished = Finished(len(history), "done")
    network.theta[...] = result.x
    network.project()
    _settle(network, batch)
    if result.status != 0 and parameters["max_epochs"] is None:
        warn_user(
            f"lbfgs did not converge in {result.nit} of at most {most} iterations ({result.message}). "
            "Raise max_iter or max_fun, or scale the data, for instance with a StandardScaler.",
            ConvergenceWarning,
        )
    return history, int(result.nit)


def _loss_and_gradient(
    network: Network, batch: Batch
) -> Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]:
    """What SciPy asks for at each theta."""

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")  # what follows says it better
    def loss_and_gradient(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        network.theta[...] = theta
        loss, _ = network.step_gradients(batch.X, batch.y, batch.weight, batch.l2)
        if not math.isfinite(loss):
            raise TrainingError(f"The loss became {loss}. {ADVICE}")
        return loss, network.grad.astype(np.float64)

    return loss_and_gradient


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
