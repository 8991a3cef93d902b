"""RMSProp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.optimizer import Optimizer
from glassnet.optim.settings import Positive, Share

__all__ = ["RMSProp"]


@dataclass(eq=False)
class RMSProp(Optimizer):
    """s <- rho s + (1 - rho) g^2        theta <- theta - rate g / (sqrt(s) + epsilon)

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

    name = "rmsprop"
    vectors = ("s",)

    learning_rate: Positive = 1e-3
    rho: Share = 0.9
    epsilon: Positive = 1e-8

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
