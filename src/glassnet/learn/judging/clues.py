"""What is certain of wrong numbers when no known mistake made them: a factor, a transpose, a sign.

Each relation looks at all pairs of expected and given arrays of one output, and speaks only where it holds on
every one of them. A strong clue says everything about the numbers; a weak one says something.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from glassnet.learn.exercise import Inputs, Sizes
from glassnet.learn.judging.compare import close, fitted

__all__ = ["Clue", "Pair", "Pairs", "Relation"]


@dataclass(frozen=True)
class Pair:
    """An output on one case."""

    inputs: Inputs
    sizes: Sizes | None
    expected: np.ndarray
    got: np.ndarray
    about: str = ""

    @property
    def fits(self) -> bool:
        """The shapes are the same."""
        return fitted(self.got, self.expected) is not None

    @property
    def own(self) -> np.ndarray:
        """What was given, in the expected shape where that is possible."""
        array = fitted(self.got, self.expected)
        return np.asarray(self.got, dtype=float) if array is None else array


@dataclass(frozen=True)
class Pairs:
    """An output on all cases.

    Attributes
    ----------
    output : str
    pairs : list of Pair
    tolerance : float
    dims : dict
        What the letters of the sizes mean.
    others : list of dict
        For each pair, further arrays by name: other outputs, quantities of the exercise.
    """

    output: str
    pairs: Sequence[Pair]
    tolerance: float = 1e-5
    dims: Mapping[str, str] = field(default_factory=dict)
    others: Sequence[Mapping[str, np.ndarray]] = ()

    @property
    def fit(self) -> bool:
        """All shapes are as expected."""
        return all(pair.fits for pair in self.pairs)

    def same(self, one: np.ndarray, other: np.ndarray) -> bool:
        """Whether two arrays are equal by this output's tolerance."""
        return close(one, other, self.tolerance)

    def holds(self, relation: Callable[[np.ndarray], np.ndarray]) -> bool:
        """Whether what was given is everywhere ``relation`` of what was expected."""
        with np.errstate(all="ignore"):
            return all(self._holds(pair, relation) for pair in self.pairs)

    def _holds(self, pair: Pair, relation: Callable[[np.ndarray], np.ndarray]) -> bool:
        try:
            made = np.asarray(relation(np.asarray(pair.expected, dtype=float)), dtype=float)
        except (ValueError, IndexError):
            return False
        return close(pair.got, made, self.tolerance)


@dataclass(frozen=True)
class Clue:
    """Something true of an output.

    Attributes
    ----------
    name : str
        A key: "factor", "transposed", …
    title, says, asks : str
        As in a ``Twin``.
    strong : bool
        Nothing is left to be explained.
    factor : str
        For a constant factor: what it is ("1/N").
    """

    name: str
    title: str
    says: str
    asks: str
    strong: bool = True
    factor: str = ""


Relation = Callable[[Pairs], Clue | None]
