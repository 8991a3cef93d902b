"""One part on all its cases: what the learner's code gave, what the reference gives, where they differ."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from glassnet.learn.exercise import Case, Part, Sizes
from glassnet.learn.judging.compare import close, fitted
from glassnet.learn.judging.outcome import Outcome, Program, fresh, outcome_of

__all__ = ["Trial"]


@dataclass(frozen=True)
class Trial:
    """A learner's outcomes beside the reference's.

    Attributes
    ----------
    part : Part
    reference : str
        The text of the solution.
    cases : list of Case
    expected, got : list of Outcome
        The reference's and the learner's, case by case.
    columns : bool
        The learner's samples stand in columns.
    """

    part: Part
    reference: str
    cases: Sequence[Case]
    expected: Sequence[Outcome]
    got: Sequence[Outcome]
    columns: bool = False
    _same: dict[tuple[int, str], bool] = field(default_factory=dict)

    @cached_property
    def judged(self) -> list[int]:
        """The cases that count: neither square ones nor such as are only worth a remark."""
        return [number for number, case in enumerate(self.cases) if not case.square and not case.remark]

    @cached_property
    def ordinary(self) -> list[int]:
        """The cases without anything special."""
        return [number for number in self.judged if self.cases[number].ordinary]

    @cached_property
    def outputs(self) -> list[str]:
        """The names of what is compared."""
        return list(dict.fromkeys(name for outcome in self.expected for name in outcome.measured))

    @cached_property
    def axes(self) -> dict[str, dict[str, int]]:
        """For each letter of the sizes, the inputs that have it, and along which axis."""
        cases = [self.cases[number] for number in self.ordinary if self.cases[number].sizes is not None]
        found: dict[str, dict[str, int]] = {}
        for name, value in cases[0].inputs.items() if len(cases) > 1 else ():
            for axis in range(np.ndim(value)):
                for letter in Sizes._fields:
                    if all(
                        np.shape(case.inputs[name])[axis] == getattr(case.sizes, letter) for case in cases
                    ):
                        found.setdefault(letter, {})[name] = axis
        return found

    def sizes(self, number: int) -> Sizes | None:
        """The sizes of a case, read from its arrays where it does not tell them; 0 for what cannot be known."""
        case = self.cases[number]
        if case.sizes is not None or not self.axes:
            return case.sizes
        known = {}
        for letter, inputs in self.axes.items():
            name, axis = next(iter(inputs.items()))
            shape = np.shape(case.inputs[name])
            known[letter] = shape[axis] if len(shape) > axis else 0
        return Sizes(*(known.get(letter, 0) for letter in Sizes._fields))

    def tolerance(self, output: str) -> float:
        """Relative, for one output."""
        given = self.part.tolerance
        return given if isinstance(given, float) else given.get(output, 1e-5)

    def right(self, number: int, output: str) -> bool:
        """Whether an output is right on a case."""
        key = (number, output)
        if key not in self._same:
            self._same[key] = self._right(number, output)
        return self._same[key]

    def touched(self, source: str | Program, among: Sequence[int]) -> set[str]:
        """The outputs in which ``source`` differs from the reference on some of the cases."""
        found: set[str] = set()
        for number in among:
            expected, other = self.expected[number], outcome_of(source, self.part, self.cases[number])
            if other.stopped:
                continue
            found |= {name for name in self.outputs if not self._alike(number, other, expected, name)}
        return found

    def _right(self, number: int, output: str) -> bool:
        got, expected = self.got[number], self.expected[number]
        return self._alike(number, got, expected, output)

    def _alike(self, number: int, one: Outcome, other: Outcome, output: str, program: bool = False) -> bool:
        if output not in one.measured or output not in other.measured:
            return output not in one.measured and output not in other.measured
        if program and np.size(one.measured[output]) == 1 and not np.any(one.measured[output]):
            return not np.any(other.measured[output])  # a sum of nothing is 0, whatever its shape
        first, second = (self._settled(number, output, outcome.measured[output]) for outcome in (one, other))
        return close(first, second, self.tolerance(output))

    def _settled(self, number: int, output: str, array: np.ndarray) -> np.ndarray:
        """The array with one value wherever several are right and it holds one of them."""
        if output not in self._ranges[number]:
            return array
        low, high = (np.asarray(end, dtype=float) for end in self._ranges[number][output])
        own = fitted(array, low)
        if own is None:
            return array
        slack = 1e-6 * np.maximum(np.abs(low), np.abs(high))  # the ends of a range, in float32
        return np.where((low < high) & (own >= low - slack) & (own <= high + slack), low, own)

    @cached_property
    def _ranges(self) -> list[dict[str, tuple[np.ndarray, np.ndarray]]]:
        if self.part.between is None:
            return [{} for _ in self.cases]
        with np.errstate(all="ignore"):
            return [
                self.part.between(fresh(case.inputs), outcome.measured)
                for case, outcome in zip(self.cases, self.expected, strict=True)
            ]

    @cached_property
    def wrong(self) -> list[str]:
        """The outputs that are not right on every judged case."""
        return [name for name in self.outputs if not all(self.right(number, name) for number in self.judged)]

    @cached_property
    def stopped(self) -> list[int]:
        """The judged cases on which there are no numbers."""
        return [number for number in self.judged if self.got[number].stopped]

    def failing(self, output: str, among: Iterable[int] | None = None) -> list[int]:
        """The cases on which an output is wrong, smallest first."""
        return [
            number for number in (self.judged if among is None else among) if not self.right(number, output)
        ]

    def like(self, program: str | Program, among: Sequence[int]) -> tuple[set[str], set[str]]:
        """The outputs in which the learner's numbers are a program's on all cases, and on the ordinary ones.

        Code that stops is like code that stops on the same cases (of several outputs one may be what stops it);
        without numbers that differ from the reference's somewhere, a wrong output is like nothing.
        """
        left: set[str] = set(self.outputs)
        told: Counter[str] = Counter()
        ordinary: set[str] | None = None
        for number in among:
            if ordinary is None and not self.cases[number].ordinary:
                ordinary = self._known(left, told, among)
            got, other = self.got[number], outcome_of(program, self.part, self.cases[number])
            if got.stopped and not other.stopped and len(self.outputs) > 1:
                continue  # another output's line may be what stops it
            if got.stopped or other.stopped:
                left = left if bool(got.error) and bool(other.error) else set()
            else:
                left = {name for name in left if self._alike(number, got, other, name, program=True)}
                told.update(name for name in left if not self.right(number, name))
            if not left:
                break
        everywhere = self._known(left, told, among)
        return everywhere, everywhere if ordinary is None else ordinary

    def _known(self, alike: set[str], told: Counter[str], among: Sequence[int]) -> set[str]:
        compared = [number for number in among if not self.got[number].stopped]
        fewest = 2 if self.stopped else 1  # where most cases stop, a single one proves little
        return {name for name in alike if told[name] >= fewest or not self.failing(name, compared)}
