"""Trace: every array of one pass, frozen, for people to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from glassnet.maths.types import Array

if TYPE_CHECKING:
    from glassnet.nn.network import Network

__all__ = ["LayerTrace", "StepTrace", "Trace", "record"]


@dataclass(frozen=True)
class StepTrace:
    """What one layer object took, gave and learned.

    Attributes
    ----------
    kind, description : str
        ``"Dense"`` and the layer's constructor call.
    input, output : (N, D), (N, K) arrays
    d_output, d_input : arrays or None
        The loss's derivatives by them; None where it was not needed: the first layer's input, and the
        output of a softmax that was derived together with the loss.
    parameters, gradients, updated : mappings of str to array
        By the layer's own names: "W", "b".
    """

    kind: str
    description: str
    input: Array
    output: Array
    d_output: Array | None
    d_input: Array | None
    parameters: Mapping[str, Array]
    gradients: Mapping[str, Array]
    updated: Mapping[str, Array]


@dataclass(frozen=True)
class LayerTrace:
    """A layer as the textbook draws it: a Dense with all that follows it up to the next one.

    Attributes
    ----------
    name : str
        "hidden 1", "hidden 2", ..., "output".
    activation : str
        Kind of its activation, "Identity" without one.
    X, Z, A : arrays
        Input (N, D), affine map (N, K), output (N, K).
    dA, dZ, dX : arrays or None
        The loss's derivatives by A, Z and X; None where they were not needed.
    W, b, dW, db : arrays
        Weights (D, K) and biases (K,), and the loss's derivatives by them.
    W_updated, b_updated : arrays
        After the step.
    steps : tuple of StepTrace
        The layer objects that it consists of, one by one.
    """

    name: str
    activation: str
    X: Array
    Z: Array
    A: Array
    dA: Array | None
    dZ: Array
    dX: Array | None
    W: Array
    b: Array
    dW: Array
    db: Array
    W_updated: Array
    b_updated: Array
    steps: tuple[StepTrace, ...]


@dataclass(frozen=True)
class Trace:
    """All of one pass forward, backward and one step of gradient descent.

    Attributes
    ----------
    X : (N, n_inputs) array
    y : array
        Labels or targets as they were given.
    Y : (N, n_outputs) array
        The targets that the loss saw.
    A : (N, n_outputs) array
        The network's answer.
    layers : tuple of LayerTrace
        From input to output.
    steps : tuple of StepTrace
        The same, layer object by layer object.
    loss_name : str
    loss_before, loss_after : float
        On the same samples before and after the step, penalties included.
    A_after : (N, n_outputs) array
        The answer after the step.
    learning_rate : float
    """

    X: Array
    y: np.ndarray
    Y: Array
    A: Array
    layers: tuple[LayerTrace, ...]
    steps: tuple[StepTrace, ...]
    loss_name: str
    loss_before: float
    loss_after: float
    A_after: Array
    learning_rate: float


def record(
    network: Network, X: Array, y: np.ndarray, weight: Array | None, learning_rate: float, training: bool
) -> Trace:
    """Run one pass and one step on ``network``, which is used up, and keep everything."""
    rng_state = network.rng.bit_generator.state
    outputs = network._forward(X, training)
    Y = network.loss.targets(y, outputs[-1], network.label_smoothing)
    before = network._loss_value(outputs, Y, weight) + network._penalty()
    derivatives = network._backward(outputs, Y, weight)
    outputs = [_frozen(output) for output in outputs]
    derivatives = [None if d is None else _frozen(d) for d in derivatives]
    old = {name: _frozen(value) for name, value in network.parameters.items()}
    network.theta -= learning_rate * network.grad
    network.project()
    network.rng.bit_generator.state = rng_state  # the same units are dropped again
    after_outputs = network._forward(X, training)
    after = network._loss_value(after_outputs, Y, weight) + network._penalty()
    steps = []
    for i, layer in enumerate(network.layers):
        names = layer.shapes()
        steps.append(
            StepTrace(
                kind=type(layer).__name__,
                description=repr(layer),
                input=outputs[i],
                output=outputs[i + 1],
                d_output=derivatives[i + 1],
                d_input=derivatives[i],
                parameters=MappingProxyType({n: old[f"{i}.{n}"] for n in names}),
                gradients=MappingProxyType({n: _frozen(network.gradients[f"{i}.{n}"]) for n in names}),
                updated=MappingProxyType({n: _frozen(network.parameters[f"{i}.{n}"]) for n in names}),
            )
        )
    return Trace(
        X=outputs[0],
        y=_frozen(y),
        Y=_frozen(Y),
        A=outputs[-1],
        layers=_grouped(steps),
        steps=tuple(steps),
        loss_name=network.loss.name,
        loss_before=before,
        loss_after=after,
        A_after=_frozen(after_outputs[-1]),
        learning_rate=learning_rate,
    )


def _grouped(steps: list[StepTrace]) -> tuple[LayerTrace, ...]:
    starts = [i for i, step in enumerate(steps) if step.kind == "Dense"]
    layers = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(steps)], strict=True), 1):
        group = steps[start:end]
        dense, last = group[0], group[-1]
        kinds = [s.kind for s in group[1:] if s.kind not in ("BatchNorm", "Dropout")]
        assert dense.d_output is not None  # only a fused softmax or sigmoid lacks it
        layers.append(
            LayerTrace(
                name="output" if end == len(steps) else f"hidden {number}",
                activation=kinds[0] if kinds else "Identity",
                X=dense.input,
                Z=dense.output,
                A=last.output,
                dA=last.d_output,
                dZ=dense.d_output,
                dX=dense.d_input,
                W=dense.parameters["W"],
                b=dense.parameters["b"],
                dW=dense.gradients["W"],
                db=dense.gradients["b"],
                W_updated=dense.updated["W"],
                b_updated=dense.updated["b"],
                steps=tuple(group),
            )
        )
    return tuple(layers)


def _frozen(array: np.ndarray) -> np.ndarray:
    copy = array.copy()
    copy.flags.writeable = False
    return copy
