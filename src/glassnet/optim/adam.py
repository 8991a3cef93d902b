"""Adam and AdamW."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.optimizer import Optimizer
from glassnet.optim.settings import NonNegative, Positive, Share

__all__ = ["Adam", "AdamW"]


@dataclass(eq=False)
class Adam(Optimizer):
    """m <- beta1 m + (1 - beta1) g        v <- beta2 v + (1 - beta2) g^2

    theta <- theta - rate m^ / (sqrt(v^) + epsilon)

    Kingma and Ba 2015, "Adam: a method for stochastic optimization", algorithm 1. m^ = m / (1 - beta1^t) and
    v^ = v / (1 - beta2^t) undo the bias of starting at 0; their constant factors are gathered in two numbers
    for each step, so that no pass over memory is spent on them.

    Parameters
    ----------
    learning_rate : float
        Step size, > 0; the paper's alpha.
    beta1, beta2 : float
        Memories of the running means of g and of g^2, in [0, 1).
    epsilon : float
        Keeps the quotient finite, > 0.

    >>> theta = np.array([1.0, 1.0])
    >>> Adam(0.1).step(theta, np.array([3.0, -0.5]))
    >>> theta.round(6)
    array([0.9, 1.1])
    """

    name = "adam"
    vectors = ("m", "v")

    learning_rate: Positive = 1e-3
    beta1: Share = 0.9
    beta2: Share = 0.999
    epsilon: Positive = 1e-8

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        m, v = state
        a, step = scratch
        m *= self.beta1
        m += np.multiply(g, 1 - self.beta1, out=a)
        v *= self.beta2
        np.multiply(g, g, out=a)
        a *= 1 - self.beta2
        v += a
        # m^ / (sqrt(v^) + epsilon) = (unbias_v / unbias_m) m / (sqrt(v) + epsilon unbias_v)
        unbias_m, unbias_v = 1 - self.beta1**self.t, math.sqrt(1 - self.beta2**self.t)
        np.sqrt(v, out=a)
        a += self.epsilon * unbias_v
        np.divide(m, a, out=step)
        step *= rate * unbias_v / unbias_m
        theta -= step


@dataclass(eq=False)
class AdamW(Adam):
    """theta <- theta (1 - rate weight_decay) on the weights alone, then Adam's step

    Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2: the decay does not pass
    through the moments.

    Parameters
    ----------
    learning_rate, beta1, beta2, epsilon : float
        As in :class:`Adam`.
    weight_decay : float
        Share of the weights that is taken away per unit of learning rate, >= 0.

    >>> theta = np.array([1.0])
    >>> AdamW(0.1, weight_decay=1.0).step(theta, np.array([3.0]))
    >>> theta.round(6)
    array([0.8])
    """

    name = "adamw"

    weight_decay: NonNegative = 0.01

    def _decay(self, weights: Array, rate: float) -> None:
        weights *= 1 - rate * self.weight_decay
