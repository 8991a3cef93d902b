"""Adam and AdamW."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array
from glassnet.optim.optimizer import Optimizer, check

__all__ = ["Adam", "AdamW"]


class Adam(Optimizer):
    """m <- beta1 m + (1 - beta1) g        v <- beta2 v + (1 - beta2) g^2.

    theta <- theta - rate m^ / (sqrt(v^) + epsilon)

    m^ = m / (1 - beta1^t) and v^ = v / (1 - beta2^t) undo the bias of starting at 0 (Kingma and Ba 2015,
    algorithm 1). The vectors kept here are m / (1 - beta1) and v / (1 - beta2), and all constant factors are
    gathered in two numbers (the paper's last line of section 2): 10 passes over memory instead of 14.

    Parameters
    ----------
    learning_rate : float
        Step size, > 0.
    beta1, beta2 : float
        Memories of the running means of g and of g^2, in [0, 1).
    epsilon : float
        Keeps the quotient finite, > 0.

    >>> theta = np.array([1.0, 1.0])
    >>> Adam(0.1).step(theta, np.array([3.0, -0.5]))
    >>> theta.round(6)
    array([0.9, 1.1])
    """

    vectors = ("m", "v")

    def __init__(
        self, learning_rate: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8
    ) -> None:
        super().__init__(learning_rate)
        check("beta1", beta1, 0 <= beta1 < 1, "in [0, 1)")
        check("beta2", beta2, 0 <= beta2 < 1, "in [0, 1)")
        check("epsilon", epsilon, epsilon > 0, "above 0")
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        m, v = state
        a, step = scratch
        m *= self.beta1
        m += g
        v *= self.beta2
        v += np.multiply(g, g, out=a)
        unbiased_m = (1 - self.beta1) / (1 - self.beta1**self.t)
        unbiased_v = ((1 - self.beta2) / (1 - self.beta2**self.t)) ** 0.5
        np.sqrt(v, out=a)
        a += self.epsilon / unbiased_v
        np.divide(m, a, out=step)
        step *= rate * unbiased_m / unbiased_v
        theta -= step


class AdamW(Adam):
    """Adam, and before each step theta <- theta (1 - rate weight_decay) on the weights alone.

    The decay does not pass through the moments (Loshchilov and Hutter 2019, algorithm 2).

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

    def __init__(
        self,
        learning_rate: float = 1e-3,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        super().__init__(learning_rate, beta1, beta2, epsilon)
        check("weight_decay", weight_decay, weight_decay >= 0, "0 or more")
        self.weight_decay = weight_decay

    def _decay(self, weights: Array, rate: float) -> None:
        weights *= 1 - rate * self.weight_decay
