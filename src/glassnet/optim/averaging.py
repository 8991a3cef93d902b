"""An average of the weights over the training, which is often better than the last ones."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.settings import SHARE

__all__ = ["MovingAverage"]


class MovingAverage:
    """value <- d value + (1 - d) theta        d = min(decay, (1 + t) / (10 + t)).

    The exponential moving average of Polyak and Juditsky 1992 in the form of TensorFlow's: the shorter
    memory at the beginning lets go of the random first weights.

    Parameters
    ----------
    decay : float
        Memory, in [0, 1); 0.999 remembers about 1,000 steps.

    >>> average = MovingAverage(0.999)
    >>> for x in (1.0, 2.0):
    ...     average.update(np.array([x]))
    >>> average.value.round(4)
    array([1.8182])
    """

    def __init__(self, decay: float) -> None:
        SHARE.check("decay", decay)
        self.decay = decay
        self.t = 0
        self.value: Array = np.empty(0)

    def update(self, theta: Array) -> None:
        """Take the present weights in."""
        if self.t == 0:
            self.value = theta.copy()
            self._change = np.empty_like(theta)
        else:
            d = min(self.decay, (1 + self.t) / (10 + self.t))
            np.subtract(theta, self.value, out=self._change)
            self._change *= 1 - d
            self.value += self._change
        self.t += 1

    def state_dict(self) -> dict[str, np.ndarray]:
        """Everything that the next update depends on, as copies."""
        return {"t": np.array(self.t), "value": self.value.copy()}

    def load_state_dict(self, state: dict[str, np.ndarray]) -> None:
        """Go on from what :meth:`state_dict` gave."""
        self.t = int(state["t"])
        self.value = state["value"].copy()
        self._change = np.empty_like(self.value)
