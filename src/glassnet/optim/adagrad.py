"""Adagrad."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.optimizer import Optimizer
from glassnet.optim.settings import Positive

__all__ = ["Adagrad"]


@dataclass(eq=False)
class Adagrad(Optimizer):
    """s <- s + g^2        theta <- theta - rate g / (sqrt(s) + epsilon)

    Duchi, Hazan and Singer 2011, "Adaptive subgradient methods", equation 1, with the diagonal of G.

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

    name = "adagrad"
    vectors = ("s",)

    learning_rate: Positive = 1e-2
    epsilon: Positive = 1e-8

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        (s,) = state
        a, step = scratch
        s += np.multiply(g, g, out=a)
        np.sqrt(s, out=a)
        a += self.epsilon
        np.divide(g, a, out=step)
        step *= rate
        theta -= step
