"""What a walkthrough is made of: steps with a formula, shapes, sentences and a table of real numbers."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from glassnet.maths.types import Array

__all__ = ["Names", "Phase", "Step", "Table", "chosen", "number", "shape"]

Phase = Literal["forward", "loss", "backward", "update"]

MAX_FIRST_UNITS, MAX_LARGEST_UNITS = 3, 5  # units shown: the first ones, then the largest
MAX_UNITS_ALL_SHOWN = 10  # so few are shown all


@dataclass(frozen=True)
class Table:
    """Real numbers, a row for each unit.

    Attributes
    ----------
    columns : tuple of str
        The first one names what a row is.
    rows : tuple of tuples
        A name, then numbers as they stand in the trace.
    rest : str
        What is not shown, counted.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    rest: str = ""


@dataclass(frozen=True)
class Step:
    """One stop on the way forward or backward.

    Attributes
    ----------
    phase : Phase
        Forward, the loss, backward, or the update.
    title : str
    formula : str
        As the textbook writes it.
    shapes : str
        Of everything in the formula.
    text : tuple of str
        Sentences, with numbers of this example put into the formula.
    table : Table or None
    picture : tuple of str
        Lines of characters; of the input only.
    arrays : tuple of (letter, array)
        Those in the formula, whole, as they stand in the trace.
    """

    phase: Phase
    title: str
    formula: str
    shapes: str
    text: tuple[str, ...] = ()
    table: Table | None = None
    picture: tuple[str, ...] = ()
    arrays: tuple[tuple[str, Array], ...] = ()


@dataclass(frozen=True)
class Names:
    """What the input's numbers and the classes are called.

    Examples
    --------
    >>> names = Names(image_shape=(28, 28))
    >>> names.input(29), names.output(7)
    ('pixel (1, 1)', '7')
    """

    class_names: tuple[str, ...] | None = None
    image_shape: tuple[int, int] | None = None
    feature_names: tuple[str, ...] | None = None

    def input(self, i: int) -> str:
        """One number of the input: a pixel by row and column, a feature by its name."""
        if self.image_shape is not None:
            return f"pixel ({i // self.image_shape[1]}, {i % self.image_shape[1]})"
        return self.feature_names[i] if self.feature_names else f"feature {i}"

    def output(self, k: int) -> str:
        """One class."""
        return self.class_names[k] if self.class_names and k < len(self.class_names) else str(k)

    def row(self, k: int, K: int) -> str:
        """One of K outputs: its class; a single output speaks for class 1."""
        return self.output(1) if K == 1 and self.class_names else self.output(k)


def number(value: float) -> str:
    """Four digits, as many as one can compare by eye.

    >>> number(0.071349), number(-12.0), number(1.5e-9)
    ('0.07135', '-12', '1.5e-09')
    """
    return f"{value + 0.0:.4g}"  # and no minus before a zero


def shape(letter: str, array: Array) -> str:
    """A letter with its shape.

    >>> shape("X", np.zeros((1, 784)))
    'X (1, 784)'
    """
    return f"{letter} {array.shape}"


def chosen(values: Array, what: str = "units") -> tuple[list[int], str]:
    """Which of many units to show, and the others in a sentence.

    Parameters
    ----------
    values : (K,) array
        By their size the most active ones are found.
    what : str
        What they are, for the sentence.

    Returns
    -------
    list of int
        The first few, then those that are largest, by size.
    str
        "" when none is left.

    Examples
    --------
    >>> chosen(np.array([0, 0, 0, 0, 5.0, 0, 0, -7, 0, 1, 2, 3]))
    ([0, 1, 2, 7, 4, 11, 10, 9], '4 further units: all are 0')
    """
    K = len(values)
    if K <= MAX_UNITS_ALL_SHOWN:
        return list(range(K)), ""
    first = list(range(MAX_FIRST_UNITS))
    top = [
        int(i)
        for i in np.argsort(-np.abs(values), kind="stable")[: MAX_FIRST_UNITS + MAX_LARGEST_UNITS]
        if i >= MAX_FIRST_UNITS
    ][:MAX_LARGEST_UNITS]
    others = np.delete(values, first + top)
    zeros = int(np.sum(others == 0))
    said = f"{len(others):,} further {what}: "
    if zeros == len(others):
        return first + top, said + "all are 0"
    said += f"from {number(float(others.min()))} to {number(float(others.max()))}"
    return first + top, said + (f", {zeros:,} of them exactly 0" if zeros else "")
