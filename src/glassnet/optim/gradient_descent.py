"""Gradient descent, plain and with momentum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.optimizer import Optimizer
from glassnet.optim.settings import Positive, Share

__all__ = ["GradientDescent", "Momentum", "Nesterov"]


@dataclass(eq=False)
class GradientDescent(Optimizer):
    """theta <- theta - rate g

    Cauchy 1847, "Méthode générale pour la résolution des systèmes d'équations simultanées".

    Parameters
    ----------
    learning_rate : float
        Step size, > 0.

    >>> theta = np.array([1.0, 2.0])
    >>> GradientDescent(0.1).step(theta, np.array([1.0, -1.0]))
    >>> theta
    array([0.9, 2.1])
    """

    name = "gradient_descent"

    learning_rate: Positive = 0.1

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        theta -= np.multiply(g, rate, out=scratch[0])


@dataclass(eq=False)
class Momentum(Optimizer):
    """v <- momentum v - rate g        theta <- theta + v

    Polyak 1964, "Some methods of speeding up the convergence of iteration methods" (the "heavy ball"); in
    this form Sutskever et al. 2013, "On the importance of initialization and momentum", equations 1 and 2.

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

    name = "momentum"
    vectors = ("v",)

    learning_rate: Positive = 0.1
    momentum: Share = 0.9

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        (v,) = state
        v *= self.momentum
        v -= np.multiply(g, rate, out=scratch[0])
        theta += v


class Nesterov(Momentum):
    """v <- momentum v - rate g        theta <- theta + momentum v - rate g

    Nesterov 1983; in the form of Sutskever et al. 2013, equations 3 and 4, with theta standing at the point
    looked ahead to, as in scikit-learn.

    Parameters
    ----------
    learning_rate, momentum : float
        As in :class:`Momentum`.

    >>> theta = np.array([1.0])
    >>> Nesterov(0.1, momentum=0.5).step(theta, np.array([1.0]))
    >>> theta
    array([0.85])
    """

    name = "nesterov"

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        (v,) = state
        step, ahead = scratch
        np.multiply(g, rate, out=step)
        v *= self.momentum
        v -= step
        np.multiply(v, self.momentum, out=ahead)
        ahead -= step
        theta += ahead
