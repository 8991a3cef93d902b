"""Networks that others have trained, read from their arrays: scikit-learn's and PyTorch's.

What is read is layers and what shall be in them: ``Network.from_sklearn`` and ``Network.from_state_dict``
make networks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from glassnet.nn.activation import activation_layer
from glassnet.nn.batch_norm import BatchNorm
from glassnet.nn.dense import Dense
from glassnet.nn.layer import Layer
from glassnet.nn.loss import LOSSES, loss_named

__all__ = ["Foreign", "read_sklearn", "read_state_dict"]

T = TypeVar("T")

Filled = tuple[Layer, dict[str, np.ndarray]]
"""A layer and what its parameters and statistics shall be, by their names in the layer."""


@dataclass(frozen=True)
class Foreign:
    """A network that somebody else has trained.

    Attributes
    ----------
    filled : sequence of (Layer, dict of str to array)
        From input to output; with each layer the arrays that belong into it.
    loss : str
    dtype : data type
        Of its numbers.
    """

    filled: Sequence[Filled]
    loss: str
    dtype: np.dtype

    def into(self, make: Callable[..., T]) -> T:
        """What ``make``, the class of networks, makes of it.

        Raises
        ------
        ValueError
            If an array is not of its place's shape.
        """
        network = make([layer for layer, _ in self.filled], self.loss, dtype=self.dtype)
        for i, (layer, arrays) in enumerate(self.filled):  # which have their places now
            for name, array in arrays.items():
                place = getattr(layer, name)
                if place.shape != array.shape:
                    raise ValueError(
                        f"layer {i}, a {layer!r}: {name} must be {place.shape}, not {array.shape}"
                    )
                place[...] = array
        return network


def read_sklearn(fitted: Any, dtype: DTypeLike | None = None) -> Foreign:
    """Layers of a fitted MLPClassifier or MLPRegressor.

    Parameters
    ----------
    fitted : estimator
        Only its attributes are read: ``coefs_``, ``intercepts_``, ``activation``, ``out_activation_``.
    dtype : {"float32", "float64"}, optional
        By default the type of its weights.

    Raises
    ------
    ValueError
        If it is not fitted, or ends in something that a Network has not.
    """
    needed = ("coefs_", "intercepts_", "activation", "out_activation_")
    missing = [name for name in needed if not hasattr(fitted, name)]
    if missing:
        raise ValueError(
            f"a {type(fitted).__name__} has no {', '.join(missing)}; give an MLPClassifier or MLPRegressor "
            "that has been fitted (of a pipeline its last step, of a search its best_estimator_)"
        )
    by_output = {loss.sklearn_output: loss for loss in LOSSES.values()}
    if fitted.out_activation_ not in by_output:
        known = ", ".join(by_output)
        raise ValueError(f"the output is {fitted.out_activation_!r}; a network can end in {known}")
    layers: list[Filled] = []
    for W, b in zip(fitted.coefs_, fitted.intercepts_, strict=True):
        layers += [_dense(np.asarray(W), np.asarray(b)), (activation_layer(fitted.activation), {})]
    loss = by_output[fitted.out_activation_]
    layers[-1] = (loss.output(), {})
    return _foreign(layers, loss.name, dtype)


def read_state_dict(
    arrays: Mapping[str, ArrayLike],
    activation: str | Sequence[str] = "relu",
    *,
    output: str | None = None,
    loss: str = "cross_entropy",
    epsilon: float = 1e-5,
    dtype: DTypeLike | None = None,
) -> Foreign:
    """Layers of a PyTorch ``Sequential`` of Linear and BatchNorm1d, from the arrays that it gives.

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
    loss : {"cross_entropy", "log_loss", "mse", "half_squared_error", "poisson"}
    epsilon : float
        Of the BatchNorm1d.
    dtype : {"float32", "float64"}, optional
        By default the type of the first weights.

    Raises
    ------
    ValueError
        If there are other layers, or shapes or activations do not fit.
    """
    if not isinstance(arrays, Mapping):
        raise ValueError(
            "a mapping of names to arrays was expected, as state_dict() gives it, "
            f"not a {type(arrays).__name__}"
        )
    modules = _modules(arrays)
    starts = [i for i, (_, module) in enumerate(modules) if not _is_norm(module)]
    if not starts or starts[0] != 0:
        raise ValueError("the arrays must begin with those of a Linear: a 'weight' of two axes, and a 'bias'")
    hidden = len(starts) - 1
    names = [activation] * hidden if isinstance(activation, str) else list(activation)
    if len(names) != hidden:
        raise ValueError(f"there are {hidden} hidden layers, but {len(names)} activations: {names}")
    layers: list[Filled] = []
    for name, (start, end) in zip([*names, None], pairwise([*starts, len(modules)]), strict=True):
        block = [_layer(prefix, module, epsilon) for prefix, module in modules[start:end]]
        place = len(block)
        if name is not None:
            numbers = [_number(prefix) for prefix, _ in modules[start : end + 1]]
            place = _place(numbers, modules[end][0], certain=not isinstance(activation, str))
        block.insert(place, (activation_layer(name or output or loss_named(loss).output.name), {}))
        layers += block
    return _foreign(layers, loss, dtype)


def _modules(arrays: Mapping[str, ArrayLike]) -> list[tuple[str, dict[str, np.ndarray]]]:
    """The arrays by module, in the order in which they work: by number where they have numbers."""
    modules: dict[str, dict[str, np.ndarray]] = {}
    for key, array in arrays.items():
        prefix, _, name = key.rpartition(".")
        if name != "num_batches_tracked":
            modules.setdefault(prefix, {})[name] = np.asarray(array)
    in_order = list(modules.items())
    numbers = {prefix: _number(prefix) for prefix in modules}
    if len({prefix.rpartition(".")[0] for prefix in modules}) == 1 and None not in numbers.values():
        in_order.sort(key=lambda entry: numbers[entry[0]] or 0)
    return in_order


def _number(prefix: str) -> int | None:
    last = prefix.rpartition(".")[2]
    return int(last) if last.isdecimal() else None


def _is_norm(module: Mapping[str, np.ndarray]) -> bool:
    return "running_mean" in module


def _layer(prefix: str, module: Mapping[str, np.ndarray], epsilon: float) -> Filled:
    if _is_norm(module):
        ours = {"weight": "gamma", "bias": "beta", "running_mean": "running_mean"}
        ours["running_var"] = "running_variance"
        return BatchNorm(epsilon=epsilon), {ours[name]: array for name, array in module.items()}
    W = module.get("weight")
    if W is None or W.ndim != 2 or not set(module) <= {"weight", "bias"}:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in module.items())
        raise ValueError(f"{prefix!r} holds {shapes}; only Linear and BatchNorm1d can be read")
    return _dense(W.T, module.get("bias", np.zeros(len(W), W.dtype)))


def _place(numbers: Sequence[int | None], following: str, certain: bool) -> int:
    """Where the activation of a block stands: at the first number that is missing, else at the end.

    ``numbers`` are those of the block's modules and of the one that follows it.
    """
    for i, (before, after) in enumerate(pairwise(numbers)):
        if before is None or after is None:
            break
        if after - before > 1:
            return i + 1
    else:
        if not certain:
            raise ValueError(
                f"no number is free before {following!r}, so a Sequential has no activation there; name the "
                "activation of each hidden layer ('identity' for none)"
            )
    return len(numbers) - 1


def _dense(W: np.ndarray, b: np.ndarray) -> Filled:
    return Dense(*W.shape), {"W": W, "b": b}


def _foreign(filled: Sequence[Filled], loss: str, dtype: DTypeLike | None) -> Foreign:
    own = filled[0][1]["W"].dtype
    usual = own if own in (np.dtype("float32"), np.dtype("float64")) else "float32"
    return Foreign(filled, loss, np.dtype(dtype or usual))
