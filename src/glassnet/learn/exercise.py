"""What an exercise is made of: functions to write, numbers they are tried on, mistakes that have a name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from glassnet.learn.source import bare, blank

__all__ = ["Case", "Exercise", "Inputs", "Part", "Sizes", "Twin"]

Inputs = dict[str, Any]
Outputs = dict[str, Any]


class Sizes(NamedTuple):
    """How large the arrays of a case are: samples, inputs, outputs (classes), hidden units."""

    N: int
    D: int
    K: int
    H: int


# No two alike, so that a transposed array cannot slip through; the first is the one that is shown.
ORDINARY = (Sizes(2, 3, 4, 5), Sizes(5, 3, 2, 4), Sizes(1, 4, 3, 2), Sizes(7, 2, 5, 3), Sizes(4, 6, 3, 5))
SQUARE = (Sizes(3, 3, 3, 3), Sizes(4, 4, 4, 4))
SIZE_WORDS = {
    "N": "the number of samples",
    "D": "the number of inputs",
    "K": "the number of outputs",
    "H": "the number of hidden units",
}


@dataclass(frozen=True)
class Case:
    """Inputs on which a solution is tried.

    Attributes
    ----------
    inputs : dict
        The arguments by name, in order. A ``worker.wire.Rng`` stands for a fresh generator of random numbers.
    about : str
        What is special about them, in words that complete "with …": ``"scores around 1000"``; empty for
        ordinary ones.
    sizes : Sizes or None
        What they were made of.
    remark : str
        Not judged: where the result is wrong here and right everywhere else, this is remarked.
    square : bool
        All sizes are equal: used to understand code that stops on the ordinary ones, never to judge.
    """

    inputs: Inputs
    about: str = ""
    sizes: Sizes | None = None
    remark: str = ""
    square: bool = False

    @property
    def ordinary(self) -> bool:
        """Neither special nor square."""
        return not self.about and not self.square


@dataclass(frozen=True)
class Twin:
    """The reference with one mistake in it.

    Attributes
    ----------
    name : str
        A key, ``snake_case``, for tables and tests.
    old, new : str
        The piece of ``solution.py`` that is replaced, and by what. ``old`` stands exactly once in its code
        (docstrings apart).
    title : str
        The mistake in at most ten words, without a full stop: "db is summed over the wrong axis".
    says : str
        One or two sentences that are true of every program with these numbers.
    breaks : str
        The line of mathematics that it breaks.
    asks : str
        A question that leads on, without the solution in it.
    seen : str
        Where it was seen in public (an address), if it was.
    also : sequence of (str, str)
        Further replacements.
    """

    name: str
    old: str
    new: str
    title: str
    says: str
    breaks: str
    asks: str
    seen: str = ""
    also: Sequence[tuple[str, str]] = ()

    @property
    def changes(self) -> tuple[tuple[str, str], ...]:
        """All replacements."""
        return ((self.old, self.new), *self.also)


@dataclass(frozen=True)
class Part:
    """One function (or class) that the learner writes.

    Attributes
    ----------
    name : str
        Its name in ``solution.py``.
    inputs : callable
        ``inputs(rng, sizes)``: the arguments by name, in order, as a real network could have produced them.
    outputs : tuple of str
        The names of what it returns, in order.
    sizes : sequence of Sizes
        For the ordinary cases.
    special : callable or None
        ``special(rng)``: further cases, each with ``about``.
    square : bool
        Whether ``inputs`` makes sense with all sizes equal (then code that mixes shapes up is understood).
    columns : tuple of str
        Inputs and outputs that stand transposed when samples stand in columns: a matrix as its
        transpose, a vector as a column. Empty where rows and columns make no difference.
    columns_if_said : bool
        Code for columns also runs on rows, and gives other numbers: it counts as right only where the file
        says ``SAMPLES = "columns"``, or where the marker is told.
    between : callable or None
        ``between(inputs, outputs)``: for outputs with more than one right value, ``{output: (low, high)}``.
    in_place : dict
        For an output, the input that may be changed instead of returning anything.
    frozen : tuple of str
        Inputs whose change in place is a mistake; of others it is remarked only.
    measure : callable or None
        ``measure(inputs, outputs)``: what is compared in the outputs' stead, by name (for random results).
    tolerance : float or dict
        Relative to an array's largest entry; by output, where they differ.
    drive : callable or None
        ``drive(learner, inputs)``: uses the learner's names (of a class, of several functions) and
        returns what the function would have. It is sent to the learner's process as text, and knows ``np``
        and nothing else from outside.
    quantities : callable or None
        ``quantities(inputs)``: arrays that a learner may have returned by mistake, by their names.
    dims : dict
        What the letters of ``Sizes`` mean here.
    """

    name: str
    inputs: Callable[[np.random.Generator, Sizes], Inputs]
    outputs: tuple[str, ...]
    sizes: Sequence[Sizes] = ORDINARY
    special: Callable[[np.random.Generator], Sequence[Case]] | None = None
    square: bool = True
    columns: tuple[str, ...] = ()
    columns_if_said: bool = False
    between: Callable[[Inputs, Outputs], dict[str, tuple[Any, Any]]] | None = None
    in_place: Mapping[str, str] = field(default_factory=dict)
    frozen: tuple[str, ...] = ()
    measure: Callable[[Inputs, Outputs], Outputs] | None = None
    tolerance: float | Mapping[str, float] = 1e-5
    drive: Callable[[Any, Inputs], Any] | None = None
    quantities: Callable[[Inputs], Mapping[str, Any]] | None = None
    dims: Mapping[str, str] = field(default_factory=lambda: SIZE_WORDS)

    @property
    def own(self) -> str:
        """The function whose lines are this part's; empty for all of a class."""
        return "" if self.drive is not None else self.name

    def cases(self, rng: np.random.Generator) -> list[Case]:
        """The cases, smallest first, then special ones, then square ones; other numbers each time."""
        cases = [Case(self.inputs(rng, sizes), sizes=sizes) for sizes in self.sizes]
        cases += self.special(rng) if self.special else []
        if self.square:
            cases += [Case(self.inputs(rng, sizes), sizes=sizes, square=True) for sizes in SQUARE]
        return cases


@dataclass(frozen=True)
class Exercise:
    """An exercise: a folder with ``solution.py`` and what this class holds.

    Attributes
    ----------
    name : str
        The folder's name.
    title : str
        As it stands in lists.
    folder : Path
        Where ``solution.py`` is.
    parts : tuple of Part
        What the learner writes, in order.
    twins : tuple of Twin
        The mistakes that have a name.
    hints : tuple of three str
        Each a little more.
    why : str
        One sentence with the solution: why it is so.
    station : str
        The array of a trace that belongs to it ("Z", "A", "dW", …), if one does.
    seconds : float
        How long all calls together may take.
    """

    name: str
    title: str
    folder: Path
    parts: tuple[Part, ...]
    twins: tuple[Twin, ...]
    hints: tuple[str, str, str]
    why: str
    station: str = ""
    seconds: float = 3.0

    @cached_property
    def solution(self) -> str:
        """The text of the solution."""
        return (self.folder / "solution.py").read_text(encoding="utf-8")

    @property
    def reference(self) -> str:
        """The solution's code without its docstrings: what is run, and what twins change."""
        return bare(self.solution)

    @property
    def task(self) -> str:
        """The file that a learner starts with: the solution without the bodies of what is to be written."""
        return blank(self.solution, [part.name for part in self.parts])
