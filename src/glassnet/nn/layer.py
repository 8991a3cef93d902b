"""What a layer is."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from glassnet.maths.types import Array

__all__ = ["Layer", "Shape"]

Shape = tuple[int, ...]


class Layer:
    """One station of a network: takes ``X (N, n_inputs)``, gives ``A (N, n_outputs)``.

    A layer's parameters are *views* into the network's ``theta`` and its derivatives into ``grad``; the
    network sets them as attributes by the names that :meth:`shapes` gives: ``W`` and ``dW``, ``b`` and
    ``db``. Running statistics are views into the network's ``state``, by the names of
    :meth:`state_shapes`.

    During training a layer writes its results into arrays that it keeps from batch to batch, so they are
    valid until the next batch; otherwise every result is a new array.
    """

    decayed: ClassVar[tuple[str, ...]] = ()
    """Names of the parameters that penalties and weight decay act on."""

    n_inputs: int
    n_outputs: int

    def connect(self, n_inputs: int) -> int:
        """Learn how many numbers come in; give how many go out.

        Raises
        ------
        ValueError
            If the layer was made for another number of inputs.
        """
        self.n_inputs = self.n_outputs = n_inputs
        return n_inputs

    def shapes(self) -> dict[str, Shape]:
        """Name and shape of every parameter."""
        return {}

    def state_shapes(self) -> dict[str, Shape]:
        """Name and shape of every running statistic."""
        return {}

    def start(self, rng: np.random.Generator) -> None:
        """Fill parameters and statistics with their first values."""

    def forward(self, X: Array, training: bool) -> Array:
        """Compute A from X, and keep what :meth:`backward` needs."""
        raise TypeError(f"{type(self).__name__} has no forward pass")

    def backward(self, dA: Array, input_gradient: bool = True) -> Array | None:
        """Fill the parameters' derivatives and give dX, or None when nobody needs it."""
        raise TypeError(f"{type(self).__name__} has no backward pass")

    def config(self) -> dict[str, Any]:
        """Kind and constructor's arguments, for a file."""
        return {"kind": type(self).__name__}

    def __repr__(self) -> str:
        arguments = ", ".join(f"{k}={v!r}" for k, v in self.config().items() if k != "kind")
        return f"{type(self).__name__}({arguments})"

    def _kept(self, name: str, like: Array, shape: Shape) -> Array:
        """Give a kept array; its first axis grows when a batch is larger than any before."""
        shelf: dict[str, Array] = self.__dict__.setdefault("_shelf", {})
        array = shelf.get(name)
        if array is None or array.shape[0] < shape[0]:
            array = shelf[name] = np.empty_like(like, shape=shape)
        return array[: shape[0]]
