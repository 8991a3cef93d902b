"""What an optimiser is: ``step(theta, grad)`` in place on whole vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np

from glassnet.maths.names import look_up, register
from glassnet.maths.types import Array
from glassnet.optim.settings import Positive, check_settings

__all__ = ["OPTIMIZERS", "Optimizer", "optimizer_named"]

OPTIMIZERS: dict[str, type[Optimizer]] = {}
"""The names by which recipes and estimators know them; a class enters itself when it is defined."""

BLOCK = 1 << 16
"""Numbers that a step works on at once: with all of an optimiser's vectors they stay in the L2 cache."""

FLUSH_EVERY = 32
SMALLEST = 1e-30
"""Every 32 steps an optimiser's numbers below this become 0. A pixel that is never lit lets its moments
decay towards 0, and below 1e-38 a float32 is "denormal": processors calculate with it 100 times slower."""


@dataclass(eq=False)
class Optimizer:
    """Common ground of all optimisers.

    A subclass is a dataclass: its fields are what it can be set to, each with its default and its range.
    It says its ``name``, names its vectors in ``vectors``, and writes the paper's lines in ``_update``, which
    sees one block of every vector at a time. Recipes, pages and estimators offer what the class says.

    Parameters
    ----------
    learning_rate : float
        Step size, > 0.

    Raises
    ------
    ValueError
        If a parameter is out of its range.
    """

    name: ClassVar[str]
    vectors: ClassVar[tuple[str, ...]] = ()

    learning_rate: Positive

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if "name" in vars(cls):
            register(OPTIMIZERS, cls.name, cls)

    def __post_init__(self) -> None:
        check_settings(self)
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
        return {"kind": type(self).__name__, **asdict(self)}


def _blocks(size: int) -> Iterator[slice]:
    return (slice(start, start + BLOCK) for start in range(0, size, BLOCK))


def optimizer_named(name: str) -> type[Optimizer]:
    """The class of that name in ``OPTIMIZERS``.

    Raises
    ------
    ValueError
        If there is none.

    >>> optimizer_named("adam")(learning_rate=0.1)
    Adam(learning_rate=0.1, beta1=0.9, beta2=0.999, epsilon=1e-08)
    """
    return look_up("optimiser", name, OPTIMIZERS)
