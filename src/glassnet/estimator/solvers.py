"""From the name of a solver to an optimiser, and to what an estimator can do with it."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from sklearn.utils.metaestimators import available_if

from glassnet.maths.types import Array
from glassnet.optim import Adam, GradientDescent, Momentum, Nesterov, Optimizer, optimizer_named
from glassnet.optim.settings import settings_of

__all__ = ["ScikitLearnAdam", "optimizer_of", "where_it_has_epochs"]

Method = TypeVar("Method", bound=Callable[..., Any])

SKLEARN_NAMES = {"learning_rate": "learning_rate_init", "beta1": "beta_1", "beta2": "beta_2"}
"""What the estimators' parameters are called, where an optimiser's settings have other names."""


class ScikitLearnAdam(Adam):
    """Adam as scikit-learn computes it, bit for bit: epsilon is added before the bias is undone.

    theta <- theta - rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon), the last line of section
    2 in Kingma and Ba 2015. Algorithm 1, which :class:`glassnet.optim.Adam` follows, adds epsilon after it.

    >>> theta = np.array([1.0])
    >>> ScikitLearnAdam(0.1, beta2=0.75, epsilon=1.5).step(theta, np.array([3.0]))
    >>> theta
    array([0.95])
    """

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        m, v = state
        a, step = scratch
        m *= self.beta1
        m += np.multiply(g, 1 - self.beta1, out=a)
        v *= self.beta2
        np.multiply(g, g, out=a)
        a *= 1 - self.beta2
        v += a
        np.sqrt(v, out=a)
        a += self.epsilon
        np.multiply(m, rate * math.sqrt(1 - self.beta2**self.t) / (1 - self.beta1**self.t), out=step)
        step /= a
        theta -= step


def optimizer_of(parameters: dict[str, Any]) -> Optimizer:
    """A fresh optimiser: the one that ``solver`` names, or a copy of the one that stands there."""
    solver, rate = parameters["solver"], float(parameters["learning_rate_init"])
    if isinstance(solver, Optimizer):
        fresh = copy.deepcopy(solver)
        fresh.load_state_dict({})
        return fresh
    if solver == "sgd":
        if not parameters["momentum"]:
            return GradientDescent(rate)
        return (Nesterov if parameters["nesterovs_momentum"] else Momentum)(rate, parameters["momentum"])
    kind = ScikitLearnAdam if solver == ScikitLearnAdam.name else optimizer_named(solver)
    theirs = {key: SKLEARN_NAMES.get(key, key) for key in settings_of(kind)}
    return kind(**{key: float(parameters[name]) for key, name in theirs.items() if name in parameters})


def where_it_has_epochs(method: Method) -> Method:
    """A method that an estimator has unless its solver is lbfgs, as in scikit-learn."""
    conditional: Method = available_if(_has_epochs)(method)
    return conditional


def _has_epochs(estimator: object) -> bool:
    if getattr(estimator, "solver", None) == "lbfgs":
        raise AttributeError("partial_fit learns in steps, which lbfgs does not; use another solver.")
    return True
