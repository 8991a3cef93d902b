"""All kinds of layer by name, for files."""

from __future__ import annotations

import inspect
from typing import Any

from glassnet.nn.activation import (
    ELU,
    GELU,
    Identity,
    LeakyReLU,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)  # fmt: skip
from glassnet.nn.batch_norm import BatchNorm
from glassnet.nn.dense import Dense
from glassnet.nn.dropout import Dropout
from glassnet.nn.layer import Layer

__all__ = ["KINDS", "layer_from_config"]

KINDS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in (
        Dense, Dropout, BatchNorm,
        ReLU, LeakyReLU, ELU, GELU, SiLU, Sigmoid, Tanh, Softplus, Softmax, Identity,
    )
}  # fmt: skip


def layer_from_config(config: dict[str, Any]) -> Layer:
    """Build the layer that :meth:`Layer.config` described.

    Raises
    ------
    ValueError
        If there is no such kind or it has no such parameter.
    """
    kind = config.get("kind")
    if kind not in KINDS:
        raise ValueError(f"no layer is called {kind!r}; there are {', '.join(KINDS)}")
    arguments = {k: v for k, v in config.items() if k != "kind"}
    unknown = set(arguments) - set(inspect.signature(KINDS[kind]).parameters)
    if unknown:
        raise ValueError(f"a {kind} layer has no parameter {', '.join(sorted(unknown))}")
    return KINDS[kind](**arguments)
