"""From an estimator's parameters to a network and an optimiser."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from glassnet.errors import TrainingError
from glassnet.estimator.parameters import per_layer
from glassnet.nn import BatchNorm, Dense, Dropout, Layer, Network
from glassnet.nn.activation import activation_layer
from glassnet.optim import (
    Adagrad,
    Adam,
    AdamW,
    Cosine,
    GradientDescent,
    Momentum,
    Nesterov,
    OneCycle,
    Optimizer,
    RMSProp,
    Schedule,
)

__all__ = ["layers_of", "network_of", "optimizer_of", "schedule_of", "start_weights"]


def layers_of(parameters: dict[str, Any], n_inputs: int, n_outputs: int, output: str) -> list[Layer]:
    """The layers that an estimator's parameters describe."""
    sizes = parameters["hidden_layer_sizes"]
    hidden = [int(size) for size in (sizes if np.iterable(sizes) else [sizes])]
    activations = per_layer("activation", parameters["activation"], len(hidden))
    rates = per_layer("dropout", parameters["dropout"], len(hidden))
    init = "xavier_uniform" if parameters["init"] == "auto" else parameters["init"]
    layers: list[Layer] = []
    try:
        for (D, K), name, rate in zip(pairwise([n_inputs, *hidden]), activations, rates, strict=True):
            layers.append(Dense(D, K, init))
            if parameters["batch_norm"]:
                layers.append(BatchNorm())
            layers.append(activation_layer(name))
            if rate:
                layers.append(Dropout(float(rate)))
        last = hidden[-1] if hidden else n_inputs
        return [*layers, Dense(last, n_outputs, init), activation_layer(output)]
    except (ValueError, TypeError) as error:
        raise TrainingError(f"{error}.") from None


def network_of(
    parameters: dict[str, Any],
    layers: Sequence[Layer],
    loss: str,
    dtype: np.dtype[Any],
    random: np.random.RandomState,
) -> Network:
    """A network with its first weights.

    Without dropout and with ``init="auto"`` they are scikit-learn's own for the same ``random_state``.
    """
    drawn = parameters["init"] != "auto" or any(isinstance(layer, Dropout) for layer in layers)
    try:
        network = Network(
            layers,
            loss,
            seed=int(random.randint(2**31 - 1)) if drawn else 0,
            dtype=dtype,
            max_norm=parameters["max_norm"],
            label_smoothing=parameters.get("label_smoothing", 0.0),
        )
    except ValueError as error:
        raise TrainingError(f"{error}.") from None
    if parameters["init"] == "auto":
        start_weights(network, parameters["activation"], random)
    return network


def start_weights(network: Network, activation: str | Sequence[str], random: np.random.RandomState) -> None:
    """Glorot and Bengio 2010, biases too, drawn in scikit-learn's order."""
    dense = [layer for layer in network.layers if isinstance(layer, Dense)]
    names = per_layer("activation", activation, len(dense) - 1)
    names.append(names[-1] if names else "relu")  # the last layer is drawn as the one before it
    for layer, name in zip(dense, names, strict=True):
        bound = np.sqrt(activation_layer(name).glorot / (layer.n_inputs + layer.n_outputs))
        layer.W[...] = random.uniform(-bound, bound, layer.W.shape)
        layer.b[...] = random.uniform(-bound, bound, layer.b.shape)


def optimizer_of(parameters: dict[str, Any]) -> Optimizer:
    """A fresh optimiser: the one that ``solver`` names, or a copy of the one that stands there."""
    solver, rate = parameters["solver"], float(parameters["learning_rate_init"])
    if isinstance(solver, Optimizer):
        fresh = copy.deepcopy(solver)
        fresh.load_state_dict({})
        return fresh
    if solver == "sgd":
        if not parameters["momentum"]:
            return GradientDescent(rate)
        return (Nesterov if parameters["nesterovs_momentum"] else Momentum)(rate, parameters["momentum"])
    if solver in ("adam", "adamw"):
        moments = (parameters["beta_1"], parameters["beta_2"], parameters["epsilon"])
        return (Adam if solver == "adam" else AdamW)(rate, *moments)
    return (RMSProp if solver == "rmsprop" else Adagrad)(rate)


def schedule_of(parameters: dict[str, Any]) -> Schedule | None:
    """The schedule over the whole training, if there is one; the other rates change between epochs."""
    rate = parameters["learning_rate"]
    if isinstance(rate, Schedule):
        return rate
    return {"cosine": Cosine(), "one_cycle": OneCycle()}.get(str(rate))
