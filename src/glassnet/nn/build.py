"""``mlp``: the usual stack of layers in one line."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from glassnet.nn.activation import activation_layer
from glassnet.nn.batch_norm import BatchNorm
from glassnet.nn.dense import Dense
from glassnet.nn.dropout import Dropout
from glassnet.nn.layer import Layer
from glassnet.nn.loss import loss_named
from glassnet.nn.network import Network

__all__ = ["mlp"]


def mlp(
    *sizes: int,
    activation: str = "relu",
    output: str | None = None,
    dropout: float = 0.0,
    batch_norm: bool = False,
    init: str = "he",
    loss: str = "cross_entropy",
    seed: int | np.random.Generator = 0,
    dtype: DTypeLike = "float32",
    l1: float = 0.0,
    l2: float = 0.0,
    max_norm: float | None = None,
    label_smoothing: float = 0.0,
) -> Network:
    """A multi-layer perceptron: Dense, (BatchNorm), activation, (Dropout) for each hidden layer.

    Parameters
    ----------
    *sizes : int
        Units from input to output, at least two numbers: ``mlp(784, 128, 10)``.
    activation : str
        Of the hidden layers (``glassnet.nn.ACTIVATIONS``).
    output : str, optional
        Activation of the last layer; by default the loss's own: softmax, sigmoid or identity.
    dropout : float
        Rate after each hidden layer, in [0, 1).
    batch_norm : bool
        Whether each hidden layer is normalised before its activation.
    init : str
        Initialiser of the weights; "auto" is what goes with the activation behind them.
    loss, seed, dtype, l1, l2, max_norm, label_smoothing
        As in :class:`Network`.

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        If there are fewer than two sizes, or a name or number is wrong.

    Examples
    --------
    >>> mlp(64, 32, 10, activation="tanh", dropout=0.2)
    ... # doctest: +NORMALIZE_WHITESPACE
    Network([Dense(n_inputs=64, n_outputs=32, init='he'), Tanh(), Dropout(rate=0.2),
             Dense(n_inputs=32, n_outputs=10, init='he'), Softmax()], loss='cross_entropy')
    """
    if len(sizes) < 2:
        raise ValueError(f"mlp needs the units of at least an input and an output, not {sizes}")
    layers: list[Layer] = []
    for D, K in pairwise(sizes[:-1]):
        f = activation_layer(activation)
        layers.append(Dense(D, K, f.init if init == "auto" else init))
        if batch_norm:
            layers.append(BatchNorm())
        layers.append(f)
        if dropout:
            layers.append(Dropout(dropout))
    f = activation_layer(output or loss_named(loss).output.name)
    layers += [Dense(sizes[-2], sizes[-1], f.init if init == "auto" else init), f]
    return Network(
        layers, loss, seed=seed, dtype=dtype, l1=l1, l2=l2, max_norm=max_norm, label_smoothing=label_smoothing
    )
