"""One example's way through a model: its trace, its evidence, and one unit of it in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError
from glassnet.model import Model
from glassnet.nn import Evidence, LayerTrace, Trace
from glassnet.nn.attribution import find_evidence

__all__ = ["Connection", "UnitView", "evidence_of", "loss_curve", "prepared", "trace_one", "view_unit"]

Numbers = Sequence[float] | NDArray[Any]


def prepared(model: Model, pixels: Numbers) -> NDArray[Any]:
    """One sample, pixels or features as they come, as the row (1, n) that the network reads.

    Raises
    ------
    DataError
        If there are too many or too few, or not all are finite numbers.
    """
    values = np.asarray(pixels, np.float64).reshape(1, -1)
    n = model.network.n_inputs
    if values.shape[1] != n:
        raise DataError(f"The model reads {n} numbers, not {values.shape[1]}.")
    if not np.isfinite(values).all():
        raise DataError("Not all of these numbers are finite.")
    return model.preparation.adapted_to(values).apply(values, model.network.dtype)


def trace_one(model: Model, pixels: Numbers, label: int | None = None, learning_rate: float = 0.1) -> Trace:
    """One example through the network, back, and through an update; the model stays as it is.

    Parameters
    ----------
    model : Model
        Of classes.
    pixels : (n,) numbers
        As in the training data.
    label : int, optional
        What it should be; without it, what the network takes it for.
    learning_rate : float
        Of the update.

    Raises
    ------
    DataError
        If pixels or label do not fit the model.
    """
    X = prepared(model, pixels)
    classes = _classes(model)
    if label is None:
        label = int(model.task.decide(model.network.forward(X))[0])
    if not 0 <= label < classes:
        raise DataError(f"There is no class {label}; the model knows {classes}, counted from 0.")
    y = np.array([label]) if model.network.n_outputs > 1 else np.array([[float(label)]])
    return model.network.trace(X, y, learning_rate)


def _classes(model: Model) -> int:
    if model.class_names is None:
        raise DataError("This model predicts numbers, not classes; the pages show models of classes.")
    return max(model.network.n_outputs, 2)


def evidence_of(model: Model, pixels: Numbers) -> Evidence:
    """What each number of one sample says for and against each class."""
    return find_evidence(model.network, prepared(model, pixels)[0])


def loss_curve(
    model: Model, pixels: Numbers, label: int, learning_rates: Sequence[float]
) -> NDArray[np.float64]:
    """The loss after one step on one example, for each of several learning rates."""
    return np.array([trace_one(model, pixels, label, rate).loss_after for rate in learning_rates])


@dataclass(frozen=True)
class Connection:
    """A weight and what passes through it.

    Attributes
    ----------
    unit : int
        At the other end.
    value : float
        What the sending unit gives.
    weight : float
    contribution : float
        ``value * weight``.
    """

    unit: int
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True)
class UnitView:
    """One unit of a layer.

    Attributes
    ----------
    layer, unit : int
        Counted from 0.
    W : (D,) array
        Its incoming weights.
    contributions : (D,) array
        ``X * W``: what each input adds to Z.
    b, Z, A : float
    inputs : tuple of Connection
        The strongest ones.
    outputs : tuple of Connection
        The units of the next layer that it speaks to most; empty in the last layer.
    """

    layer: int
    unit: int
    W: NDArray[Any]
    contributions: NDArray[Any]
    b: float
    Z: float
    A: float
    inputs: tuple[Connection, ...]
    outputs: tuple[Connection, ...]


def view_unit(trace: Trace, layer: int, unit: int, most: int = 12) -> UnitView:
    """One unit in the trace of a single example.

    Parameters
    ----------
    trace : Trace
    layer, unit : int
        Counted from 0.
    most : int
        How many connections on either side.

    Raises
    ------
    DataError
        If there is no such unit.
    """
    if not 0 <= layer < len(trace.layers):
        raise DataError(f"There is no layer {layer + 1}; the network has {len(trace.layers)}.")
    here = trace.layers[layer]
    if not 0 <= unit < len(here.b):
        raise DataError(f"There is no unit {unit}; {here.name} has {len(here.b)}, counted from 0.")
    W = here.W[:, unit]
    contributions = here.X[0] * W
    return UnitView(
        layer=layer,
        unit=unit,
        W=W,
        contributions=contributions,
        b=float(here.b[unit]),
        Z=float(here.Z[0, unit]),
        A=float(here.A[0, unit]),
        inputs=_strongest(here.X[0], W, most),
        outputs=_fed(trace.layers[layer + 1], unit, most) if layer + 1 < len(trace.layers) else (),
    )


def _fed(following: LayerTrace, unit: int, most: int) -> tuple[Connection, ...]:
    W = following.W[unit]
    return _strongest(np.full(W.shape, following.X[0, unit]), W, most)


def _strongest(values: NDArray[Any], W: NDArray[Any], most: int) -> tuple[Connection, ...]:
    product = values * W
    # A silent unit sends nothing; then the weights alone say what it would speak to.
    size = np.abs(product) if np.any(product) else np.abs(W)
    chosen = np.argsort(-size, kind="stable")[:most]
    return tuple(
        Connection(int(i), float(values[i]), float(W[i]), float(product[i])) for i in chosen.tolist()
    )
