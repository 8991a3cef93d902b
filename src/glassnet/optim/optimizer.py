"""What an optimiser is: ``step(theta, grad)`` in place on whole vectors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from glassnet.maths.types import Array

__all__ = ["Optimizer", "check"]

BLOCK = 1 << 16
"""Numbers that a step works on at once: with all of an optimiser's vectors they stay in the L2 cache."""

FLUSH_EVERY = 32
SMALLEST = 1e-30
"""Every 32 steps an optimiser's numbers below this become 0. A pixel that is never lit lets its moments
decay towards 0, and below 1e-38 a float32 is "denormal": processors calculate with it 100 times slower."""


class Optimizer:
    """Common ground of all optimisers.

    A subclass names its vectors in ``vectors`` and writes the paper's lines in ``_update``, which sees one
    block of every vector at a time.

    Parameters
    ----------
    learning_rate : float
        Step size, > 0.

    Raises
    ------
    ValueError
        If a parameter is out of its range.
    """

    vectors: tuple[str, ...] = ()

    def __init__(self, learning_rate: float) -> None:
        check("learning_rate", learning_rate, 0 < learning_rate < np.inf, "a number above 0")
        self.learning_rate = learning_rate
        self.t = 0
        self._state: dict[str, Array] = {}
        self._scratch: Array | None = None

    def step(
        self, theta: Array, grad: Array, learning_rate: float | None = None, decayed: slice | None = None
    ) -> None:
        """Move ``theta`` one step, in place.

        Parameters
        ----------
        theta, grad : (P,) arrays
            All parameters and the loss's derivatives; ``grad`` is left as it is.
        learning_rate : float, optional
            Used for this step instead of the optimiser's own (a schedule gives it).
        decayed : slice, optional
            The part of theta that weight decay may shrink (the weights, not the biases); without it, all.
        """
        rate = self.learning_rate if learning_rate is None else learning_rate
        if self.t == 0:
            self._state = {name: np.zeros_like(theta) for name in self.vectors}
        if self._scratch is None:
            self._scratch = np.empty((2, min(BLOCK, theta.size)), theta.dtype)
        self.t += 1
        self._decay(theta[decayed] if decayed is not None else theta, rate)
        for block in _blocks(theta.size):
            state = [self._state[name][block] for name in self.vectors]
            g = grad[block]
            self._update(theta[block], g, rate, self._scratch[:, : g.size], *state)
        if self.t % FLUSH_EVERY == 0:
            for vector in self._state.values():
                vector[np.abs(vector) < SMALLEST] = 0

    def _decay(self, weights: Array, rate: float) -> None:
        """Shrink the weights before the step; only decoupled weight decay does."""

    def _update(self, theta: Array, g: Array, rate: float, scratch: Array, *state: Array) -> None:
        raise TypeError(f"{type(self).__name__} does not say how to step")

    def state_dict(self) -> dict[str, np.ndarray]:
        """Everything that the next step depends on, as copies; empty before the first step."""
        if self.t == 0:
            return {}
        return {"t": np.array(self.t), **{name: vector.copy() for name, vector in self._state.items()}}

    def load_state_dict(self, state: dict[str, np.ndarray]) -> None:
        """Go on from what :meth:`state_dict` gave.

        Raises
        ------
        ValueError
            If it is another optimiser's.
        """
        if not state:
            self.t, self._state = 0, {}
            return
        expected = {"t", *self.vectors}
        if set(state) != expected:
            kind = type(self).__name__
            raise ValueError(f"another optimiser's state: {sorted(state)}; {kind} needs {sorted(expected)}")
        self.t = int(state["t"])
        self._state = {name: state[name].copy() for name in self.vectors}

    def config(self) -> dict[str, Any]:
        """Kind and parameters, for a file."""
        public = {k: v for k, v in vars(self).items() if not k.startswith("_") and k != "t"}
        return {"kind": type(self).__name__, **public}

    def __repr__(self) -> str:
        parameters = ", ".join(f"{k}={v!r}" for k, v in self.config().items() if k != "kind")
        return f"{type(self).__name__}({parameters})"


def _blocks(size: int) -> Iterator[slice]:
    return (slice(start, start + BLOCK) for start in range(0, size, BLOCK))


def check(name: str, value: float, good: bool, expected: str) -> None:
    """Raise a ValueError that names the parameter unless it is good."""
    if not good:
        raise ValueError(f"{name} must be {expected}, not {value!r}")
