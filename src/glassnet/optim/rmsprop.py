"""RMSProp."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.optimizer import Optimizer, check

__all__ = ["RMSProp"]


class RMSProp(Optimizer):
    """s <- rho s + (1 - rho) g^2        theta <- theta - rate g / (sqrt(s) + epsilon).

    Tieleman and Hinton 2012, "Neural Networks for Machine Learning", lecture 6.5.

    Parameters
    ----------
    learning_rate : float
        Step size, > 0.
    rho : float
        Memory of the running mean of g^2, in [0, 1).
    epsilon : float
        Keeps the quotient finite, > 0.

    >>> theta = np.array([1.0])
    >>> RMSProp(0.1, rho=0.75).step(theta, np.array([2.0]))
    >>> theta.round(6)
    array([0.8])
    """

    vectors = ("s",)

    def __init__(self, learning_rate: float = 1e-3, rho: float = 0.9, epsilon: float = 1e-8) -> None:
        super().__init__(learning_rate)
        check("rho", rho, 0 <= rho < 1, "in [0, 1)")
        check("epsilon", epsilon, epsilon > 0, "above 0")
        self.rho = rho
        self.epsilon = epsilon

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        (s,) = state
        a, step = scratch
        s *= self.rho
        np.multiply(g, g, out=a)
        a *= 1 - self.rho
        s += a
        np.sqrt(s, out=a)
        a += self.epsilon
        np.divide(g, a, out=step)
        step *= rate
        theta -= step
