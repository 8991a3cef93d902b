"""A network's outputs for pixels of any number of samples, prepared a chunk at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data.preparation import Preparation
from glassnet.maths.types import Array
from glassnet.nn import Network

__all__ = ["CHUNK", "outputs", "outputs_and_loss"]

CHUNK = 2048
"""Samples that are in memory as floats at any one time."""


def outputs(network: Network, preparation: Preparation, images: NDArray[Any], chunk: int = CHUNK) -> Array:
    """The network's outputs (m, k)."""
    A = np.empty((len(images), network.n_outputs), network.dtype)
    for part, X in _prepared(network, preparation, images, chunk):
        A[part] = network.forward(X)
    return A


def outputs_and_loss(
    network: Network, preparation: Preparation, images: NDArray[Any], y: NDArray[Any], chunk: int = CHUNK
) -> tuple[Array, float]:
    """The outputs (m, k) and their mean loss for targets that fit, from the logits where it can be."""
    A = np.empty((len(images), network.n_outputs), network.dtype)
    total = 0.0
    for part, X in _prepared(network, preparation, images, chunk):
        A[part], loss = network.outputs_and_loss(X, y[part])
        total += loss * len(X)
    return A, total / len(images)


def _prepared(
    network: Network, preparation: Preparation, images: NDArray[Any], chunk: int
) -> Iterator[tuple[slice, Array]]:
    """Each chunk's place and its inputs, which are valid until the next."""
    buffer = np.empty((min(len(images), chunk), network.n_inputs), network.dtype)
    for start in range(0, len(images), chunk):
        part = slice(start, start + chunk)
        pixels = images[part]
        yield part, preparation.apply(pixels, network.dtype, out=buffer[: len(pixels)])
