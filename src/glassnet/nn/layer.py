"""What a layer is."""

from __future__ import annotations

import inspect
from functools import cached_property
from typing import Any, ClassVar, Protocol

import numpy as np

from glassnet.maths.names import look_up, register
from glassnet.maths.types import Array, NxD, NxK

__all__ = ["KINDS", "Graph", "Layer", "Shape", "layer_from_config"]

Shape = tuple[int, ...]

KINDS: dict[str, type[Layer]] = {}
"""Every kind of layer by its class's name, as files have it; a class enters itself when it is defined."""


class Graph(Protocol):
    """An ONNX graph that grows from the input to the answer."""

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add a node; gives the name of its output."""
        ...

    def weight(self, name: str, array: Any) -> str:
        """Keep a constant; gives its name."""
        ...


class Layer:
    """One station of a network: takes ``X (N, n_inputs)``, gives ``A (N, n_outputs)``.

    A layer's parameters are *views* into the network's ``theta`` and its derivatives into ``grad``; the
    network sets them as attributes by the names that :meth:`shapes` gives: ``W`` and ``dW``, ``b`` and
    ``db``. Running statistics are views into the network's ``state``, by the names of
    :meth:`state_shapes`.

    During training a layer writes its results into ``buffers`` that it keeps from batch to batch, so they
    are valid until the next batch; otherwise every result is a new array.
    """

    decayed: ClassVar[tuple[str, ...]] = ()
    """Names of the parameters that penalties and weight decay act on."""

    # What a layer says about itself: words, pictures, files and pages are made of it. In the formulas {z}
    # stands for the letter of what comes in, {a} for that of what goes out, {self} for the layer.
    letter: ClassVar[str] = "A"
    """Of what it gives."""
    formula: ClassVar[str]
    """The right-hand side of ``a = …``."""
    backward_formula: ClassVar[str]
    """The right-hand side of ``dz = …``."""
    note: ClassVar[str] = ""
    """A sentence that the formula needs."""
    silences: ClassVar[bool] = False
    """Whether units that it stops give exactly 0."""
    training_only: ClassVar[bool] = False
    """Whether it hands on what it gets once the training is over."""

    piecewise_linear: ClassVar[bool] = False
    """Whether it is, at inference, an affine map around almost every input."""

    n_inputs: int
    n_outputs: int

    def __init_subclass__(cls, abstract: bool = False, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if not abstract:
            register(KINDS, cls.__name__, cls)

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

    def forward(self, X: NxD, training: bool = False, remember: bool = False) -> NxK:
        """Compute A from X; in training, or when asked to, remember what :meth:`backward` needs.

        Otherwise nothing in the layer changes, so many threads may call it at once.
        """
        raise TypeError(f"{type(self).__name__} has no forward pass")

    def backward(self, dA: NxK, input_gradient: bool = True) -> NxD | None:
        """Fill the parameters' derivatives and give dX, or None when nobody needs it.

        All are taken at the batch that was remembered last.
        """
        raise TypeError(f"{type(self).__name__} has no backward pass")

    def inference_vjp(self, dA: NxK, X: NxD, A: NxK) -> NxD:
        """The product dX of dA at inference, where X gave A: one row each for all, or one for all."""
        raise TypeError(f"{type(self).__name__} does not say its derivative at inference")

    def inference_arrays(self) -> dict[str, Array]:
        """What it computes with once the training is over, by name."""
        return {}

    def onnx(self, graph: Graph, x: str, k: int) -> str:
        """Add the nodes that compute it at inference from the node ``x``; gives the name of their output.

        ``k`` is its place in the network, with which names begin: ``0.Z``.
        """
        raise TypeError(f"{type(self).__name__} does not say its ONNX form")

    def javascript(self) -> tuple[str, str]:
        """Two expressions in JavaScript, as ``export/site/network.js`` evaluates them.

        The first gives A of a row ``X`` and of ``l``, which holds what :meth:`config` and
        :meth:`inference_arrays` give; the second dX of ``dA``, ``X`` and ``l``, or is "" where contributions
        to an answer would not be exact.
        """
        raise TypeError(f"{type(self).__name__} does not say its JavaScript form")

    def config(self) -> dict[str, Any]:
        """Kind and constructor's arguments, for a file."""
        return {"kind": type(self).__name__}

    def __repr__(self) -> str:
        arguments = ", ".join(f"{k}={v!r}" for k, v in self.config().items() if k != "kind")
        return f"{type(self).__name__}({arguments})"

    @cached_property
    def buffers(self) -> dict[str, Array]:
        """The arrays that are kept from batch to batch, by name."""
        return {}

    def buffer(self, name: str, like: Array, shape: Shape) -> Array:
        """Give a kept array; its first axis grows when a batch is larger than any before."""
        array = self.buffers.get(name)
        if array is None or array.shape[0] < shape[0]:
            array = self.buffers[name] = np.empty_like(like, shape=shape)
        return array[: shape[0]]


def layer_from_config(config: dict[str, Any]) -> Layer:
    """Build the layer that :meth:`Layer.config` described.

    Raises
    ------
    ValueError
        If there is no such kind or it has no such parameter.
    """
    kind = look_up("layer", config.get("kind"), KINDS)
    arguments = {k: v for k, v in config.items() if k != "kind"}
    unknown = set(arguments) - set(inspect.signature(kind).parameters)
    if unknown:
        raise ValueError(f"a {kind.__name__} layer has no parameter {', '.join(sorted(unknown))}")
    return kind(**arguments)
