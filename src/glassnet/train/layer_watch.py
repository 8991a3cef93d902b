"""A listener that looks at each layer once an epoch: how strongly it learns, and whether its units live."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from glassnet.maths.types import Array
from glassnet.nn import Activation, Network
from glassnet.train.events import Epoch, Event, Step
from glassnet.train.listeners import Listener
from glassnet.train.loop import Training

__all__ = ["MAX_SAMPLES", "LayerWatch", "unit_shares", "watch_layers"]

MAX_SAMPLES = 512
"""Training inputs on which the units are looked at."""

MAX_SHARE_LOOKED_AT = 0.02
"""Inputs that may be looked at in an epoch, as a share of those that are learned: looking is a forward pass,
learning is three times that work and more, so it takes less than a hundredth of the time."""

MAX_SHARE_FROM_LIMIT = 0.01
"""Nearer to its limits than this share of its range, an output counts as saturated."""


class LayerWatch(Listener):
    """See :func:`watch_layers`."""

    name = "watch_layers"

    def __init__(self, events: Training | Listener) -> None:
        training = events.training
        batches = training.batches
        self._X = batches.sample(MAX_SAMPLES)
        self._every = max(1, math.ceil(len(self._X) / (MAX_SHARE_LOOKED_AT * batches.m)))
        # The last batch of an epoch may be short, and its gradient by chance long: take the last full one.
        whole = batches.m // batches.size
        self._at = max(whole, 1)
        network = training.network
        self._watched = [
            (
                network.gradients[name],
                W,
                np.empty_like(W),
                [f"{kind}/{name}" for kind in ("gradient_norm", "update_norm", "weight_norm")],
            )
            for name, W in network.parameters.items()
            if name.endswith(".W")
        ]
        self._columns = [column for *_, columns in self._watched for column in columns]
        self._norms: dict[str, float] = {}
        super().__init__(events)

    def watch(self, events: Iterator[Event]) -> Iterator[Event]:
        """Measure at one step of each epoch and at its end."""
        self._remember()  # a training that goes on may do so right before the step that is measured
        at, steps = self._at, self.training.steps
        for event in events:
            if isinstance(event, Step):
                done = (event.step - 1) % steps + 1
                if done == at:
                    self._measure_step()
                if done % steps == at - 1:
                    self._remember()
            elif isinstance(event, Epoch):
                self._record(event)
            yield event

    def _remember(self) -> None:
        for _, W, before, _ in self._watched:
            np.copyto(before, W)

    @np.errstate(over="ignore", invalid="ignore")  # a training that diverges is stopped elsewhere
    def _measure_step(self) -> None:
        for dW, W, before, columns in self._watched:
            np.subtract(W, before, out=before)
            for column, array in zip(columns, (dW, before, W), strict=True):
                self._norms[column] = math.sqrt(np.vdot(array, array))

    def _record(self, event: Epoch) -> None:
        records = self.training.history.records
        # A training that goes on behind the measured step of its epoch has not seen that step.
        records[-1].update({column: self._norms.get(column) for column in self._columns})
        self._norms.clear()
        earlier = records[-2] if len(records) > 1 else {}
        shares = {key: value for key, value in earlier.items() if key.startswith(("dead/", "saturated/"))}
        if not shares or event.epoch % self._every == 0 or event.epoch == event.epochs:
            shares = unit_shares(self.training.network, self._X)
        records[-1].update(shares)

    def state_dict(self) -> dict[str, float]:
        """What was measured in the epoch that is going on."""
        return dict(self._norms)

    def load_state_dict(self, state: dict[str, float]) -> None:
        """Remember it."""
        self._norms = {column: float(norm) for column, norm in state.items()}


def watch_layers(events: Training | Listener) -> Listener:
    """Add to each record of the history how the layers do.

    - ``"gradient_norm/0.W"``, ``"update_norm/0.W"``, ``"weight_norm/0.W"``: for each matrix W the lengths of
      the gradient (after clipping), of the change and of W itself, at the epoch's last full mini-batch;
    - ``"dead/1"``: where units can be silenced (ReLU), the share that give 0 for all of 512 training inputs;
    - ``"saturated/1"``: where outputs have two limits (sigmoid, tanh), the share within 1 % of one.

    The last two take a forward pass. Where that would cost much of a short epoch's time, it is done every
    few epochs only, at the first and the last among them; in between, the last measurement stands.
    The training itself is the same, bit for bit, with and without this listener.

    Parameters
    ----------
    events : Training or Listener

    Returns
    -------
    Listener
    """
    return LayerWatch(events)


def unit_shares(network: Network, X: Array) -> dict[str, float]:
    """The share of dead units and of saturated outputs in each hidden layer that can have them.

    >>> from glassnet import mlp
    >>> network = mlp(2, 4, 3, seed=0)
    >>> network.layers[0].b[:] = [-100, 0, 0, 0]
    >>> unit_shares(network, np.eye(2, dtype=np.float32))["dead/1"] >= 0.25
    True
    """
    shares = {}
    A = X
    for i, layer in enumerate(network.layers[:-1]):  # the output is meant to be near 0 or 1
        A = layer.forward(A, training=False)
        if not isinstance(layer, Activation) or not layer.elementwise:
            continue
        low, high = layer.limits
        if layer.silences:
            shares[f"dead/{i}"] = float(np.mean(A.max(axis=0) <= 0))
        elif np.isfinite([low, high]).all():
            middle, near = (low + high) / 2, MAX_SHARE_FROM_LIMIT * (high - low)
            shares[f"saturated/{i}"] = float(np.mean(abs(A - middle) > (high - low) / 2 - near))
    return shares
