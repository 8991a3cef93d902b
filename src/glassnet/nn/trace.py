"""Trace: every array of one pass, frozen, for people to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from glassnet.maths.types import Array, DxK, NxD, NxK, VectorK
from glassnet.nn.activation import Activation
from glassnet.nn.layer import KINDS, Layer
from glassnet.nn.passes import Pass

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
    input: NxD
    output: NxK
    d_output: NxK | None
    d_input: NxD | None
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
    X: NxD
    Z: NxK
    A: NxK
    dA: NxK | None
    dZ: NxK
    dX: NxD | None
    W: DxK
    b: VectorK
    dW: DxK
    db: VectorK
    W_updated: DxK
    b_updated: VectorK
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

    X: NxD
    y: np.ndarray
    Y: NxK
    A: NxK
    layers: tuple[LayerTrace, ...]
    steps: tuple[StepTrace, ...]
    loss_name: str
    loss_before: float
    loss_after: float
    A_after: NxK
    learning_rate: float


def record(before: Pass, step: Callable[[], Pass], y: np.ndarray, learning_rate: float) -> Trace:
    """Keep everything of a pass forward and backward, then let ``step`` update the layers and pass again."""
    layers = before.layers
    outputs = [_frozen(output) for output in before.outputs]
    derivatives = [None if d is None else _frozen(d) for d in before.derivatives]
    old = [_arrays(layer, layer.shapes()) for layer in layers]
    after = step()
    steps = tuple(
        StepTrace(
            kind=type(layer).__name__,
            description=repr(layer),
            input=outputs[i],
            output=outputs[i + 1],
            d_output=derivatives[i + 1],
            d_input=derivatives[i],
            parameters=old[i],
            gradients=_arrays(layer, layer.shapes(), prefix="d"),
            updated=_arrays(layer, layer.shapes()),
        )
        for i, layer in enumerate(layers)
    )
    return Trace(
        X=outputs[0],
        y=_frozen(y),
        Y=_frozen(before.Y),
        A=outputs[-1],
        layers=_grouped(steps),
        steps=steps,
        loss_name=before.loss_name,
        loss_before=before.loss,
        loss_after=after.loss,
        A_after=_frozen(after.A),
        learning_rate=learning_rate,
    )


def _grouped(steps: Sequence[StepTrace]) -> tuple[LayerTrace, ...]:
    starts = [i for i, step in enumerate(steps) if step.kind == "Dense"]
    layers = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(steps)], strict=True), 1):
        group = steps[start:end]
        dense, last = group[0], group[-1]
        kinds = [s.kind for s in group[1:] if issubclass(KINDS[s.kind], Activation)]
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


def _arrays(layer: Layer, names: Iterable[str], prefix: str = "") -> Mapping[str, Array]:
    return MappingProxyType({name: _frozen(getattr(layer, prefix + name)) for name in names})


def _frozen(array: np.ndarray) -> np.ndarray:
    copy = array.copy()
    copy.flags.writeable = False
    return copy
