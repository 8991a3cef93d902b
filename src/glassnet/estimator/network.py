"""From an estimator's parameters to a network with its first weights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from glassnet.errors import TrainingError
from glassnet.estimator.parameters import per_layer
from glassnet.nn import BatchNorm, Dense, Dropout, Layer, Network
from glassnet.nn.activation import activation_layer

__all__ = ["adapt_network", "layers_of", "network_of", "start_weights"]


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


def adapt_network(network: Network, parameters: dict[str, Any], layers: Sequence[Layer], loss: str) -> None:
    """Let a network that goes on learning take what has changed in the parameters.

    Raises
    ------
    TrainingError
        If they now ask for another network.
    """
    if [layer.config() for layer in layers] != network.config()["layers"] or loss != network.loss.name:
        raise TrainingError(
            "The network has other layers or another loss than the parameters now say, so that it cannot "
            "learn on. Make a new estimator, or fit with warm_start=False."
        )
    network.max_norm = parameters["max_norm"]
    network.label_smoothing = parameters.get("label_smoothing", 0.0)


def start_weights(network: Network, activation: str | Sequence[str], random: np.random.RandomState) -> None:
    """Glorot and Bengio 2010, biases too, drawn in scikit-learn's order."""
    dense = [layer for layer in network.layers if isinstance(layer, Dense)]
    names = per_layer("activation", activation, len(dense) - 1)
    last = activation if isinstance(activation, str) else [*names, "relu"][len(names) - 1]
    names.append(last)  # the last layer is drawn as the one before it
    for layer, name in zip(dense, names, strict=True):
        bound = np.sqrt(activation_layer(name).glorot / (layer.n_inputs + layer.n_outputs))
        layer.W[...] = random.uniform(-bound, bound, layer.W.shape)
        layer.b[...] = random.uniform(-bound, bound, layer.b.shape)
