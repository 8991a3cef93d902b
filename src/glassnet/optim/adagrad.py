"""Adagrad."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.optimizer import Optimizer, check

__all__ = ["Adagrad"]


class Adagrad(Optimizer):
    """s <- s + g^2        theta <- theta - rate g / (sqrt(s) + epsilon).

    Duchi, Hazan and Singer 2011, with the diagonal of G.

    Parameters
    ----------
    learning_rate : float
        Step size, > 0.
    epsilon : float
        Keeps the quotient finite, > 0.

    >>> theta = np.array([1.0])
    >>> Adagrad(0.1).step(theta, np.array([2.0]))
    >>> theta.round(6)
    array([0.9])
    """

    vectors = ("s",)

    def __init__(self, learning_rate: float = 1e-2, epsilon: float = 1e-8) -> None:
        super().__init__(learning_rate)
        check("epsilon", epsilon, epsilon > 0, "above 0")
        self.epsilon = epsilon

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        (s,) = state
        a, step = scratch
        s += np.multiply(g, g, out=a)
        np.sqrt(s, out=a)
        a += self.epsilon
        np.divide(g, a, out=step)
        step *= rate
        theta -= step
