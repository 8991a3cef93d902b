"""The moving average of a network's weights, and putting it in the weights' place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from glassnet.maths.types import Array
from glassnet.nn import Network
from glassnet.optim import MovingAverage

__all__ = ["WeightAverage"]


class WeightAverage:
    """Averages parameters and, where there are any, BatchNorm's running statistics, which belong to them.

    Parameters
    ----------
    network : Network
    decay : float
        Memory, in [0, 1); 0.999 remembers about 1,000 steps.
    """

    def __init__(self, network: Network, decay: float) -> None:
        self.decay = decay
        self._network = network
        self._theta, self._state = MovingAverage(decay), MovingAverage(decay)

    def update(self) -> None:
        """Take the network's present weights in."""
        self._theta.update(self._network.theta)
        if self._network.state.size:
            self._state.update(self._network.state)

    @property
    def weights(self) -> tuple[Array, Array]:
        """Averaged (theta, state); the network's own before the first update."""
        theta, state = self._network.theta, self._network.state
        if self._theta.t == 0:
            return theta, state
        return self._theta.value, self._state.value if state.size else state

    def put_in(self) -> None:
        """Give the network the averaged weights."""
        theta, state = self.weights
        self._network.theta[...] = theta
        self._network.state[...] = state

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Within the block, the network holds the averaged weights."""
        theta, state = self._network.theta.copy(), self._network.state.copy()
        try:
            self.put_in()
            yield
        finally:
            self._network.theta[...] = theta
            self._network.state[...] = state

    def state_dict(self) -> dict[str, Any]:
        """Everything that the next update depends on."""
        return {"theta": self._theta.state_dict(), "state": self._state.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what :meth:`state_dict` gave."""
        self._theta.load_state_dict(state["theta"])
        self._state.load_state_dict(state["state"])
