"""Gradient descent, plain and with momentum."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.optimizer import Optimizer, check

__all__ = ["GradientDescent", "Momentum", "Nesterov"]


class GradientDescent(Optimizer):
    """theta <- theta - rate g        (Cauchy 1847).

    >>> theta = np.array([1.0, 2.0])
    >>> GradientDescent(0.1).step(theta, np.array([1.0, -1.0]))
    >>> theta
    array([0.9, 2.1])
    """

    def __init__(self, learning_rate: float = 0.1) -> None:
        super().__init__(learning_rate)

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        theta -= np.multiply(g, rate, out=scratch[0])


class Momentum(Optimizer):
    """v <- momentum v - rate g        theta <- theta + v        (Polyak 1964, "heavy ball").

    Parameters
    ----------
    learning_rate : float
        Step size, > 0.
    momentum : float
        Share of the last step that is kept, in [0, 1).

    >>> theta = np.array([1.0])
    >>> optimizer = Momentum(0.1, momentum=0.5)
    >>> for _ in range(2):
    ...     optimizer.step(theta, np.array([1.0]))
    >>> theta
    array([0.75])
    """

    vectors = ("v",)

    def __init__(self, learning_rate: float = 0.1, momentum: float = 0.9) -> None:
        super().__init__(learning_rate)
        check("momentum", momentum, 0 <= momentum < 1, "in [0, 1)")
        self.momentum = momentum

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        (v,) = state
        v *= self.momentum
        v -= np.multiply(g, rate, out=scratch[0])
        theta += v


class Nesterov(Momentum):
    """v <- momentum v - rate g        theta <- theta + momentum v - rate g        (Nesterov 1983).

    The form of Sutskever et al. 2013 with theta standing at the point looked ahead to, as in scikit-learn.

    >>> theta = np.array([1.0])
    >>> Nesterov(0.1, momentum=0.5).step(theta, np.array([1.0]))
    >>> theta
    array([0.85])
    """

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        (v,) = state
        step, ahead = scratch
        np.multiply(g, rate, out=step)
        v *= self.momentum
        v -= step
        np.multiply(v, self.momentum, out=ahead)
        ahead -= step
        theta += ahead
