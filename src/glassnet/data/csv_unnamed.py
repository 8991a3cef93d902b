"""CSV files of pixels whose columns have no names: the numbers tell which column is the label."""

import dataclasses
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data.columns import MAX_CLASSES, counts_rows, holds_classes, one_hot_classes
from glassnet.data.csv_header import Layout, find_label, is_square
from glassnet.errors import DataError, listed

__all__ = ["Settled", "settle"]

LARGEST_LABEL_BY_FAR = 99  # what is larger is a pixel where another column could be the label
MIN_ROWS_TO_TELL_CLASSES = 10  # in fewer, two pixels look like two classes
MIN_SHARE_OF_LABELS_ABOVE_0 = 0.3  # the rim of a picture is nearly always empty

Ends = tuple[NDArray[Any], NDArray[Any]]


@dataclasses.dataclass(frozen=True)
class Settled:
    """What the columns turned out to be."""

    pixels: NDArray[np.uint8]
    labels: NDArray[Any] | None
    notes: tuple[str, ...] = ()

    @property
    def image_shape(self) -> tuple[int, int]:
        """Of square pictures."""
        side = math.isqrt(self.pixels.shape[1])
        return side, side


def settle(path: Path, layout: Layout, table: NDArray[np.uint8], ends: Ends, label: str | None) -> Settled:
    """Tell pixels, labels and row numbers apart.

    Parameters
    ----------
    path : Path
        For messages.
    layout : Layout
        Of unnamed pixels.
    table : (m, n) uint8 array
        All columns as bytes.
    ends : pair of (m,) arrays
        The first and the last column as they are: row numbers do not fit into bytes.
    label : str, optional
        Which column is the label, where somebody says it.

    Raises
    ------
    DataError
        When there is no square number of pixels, or two columns could be the label.
    """
    if label is not None:
        return _as_told(path, layout, table, ends, label)
    n = table.shape[1]
    if is_square(n):
        return Settled(table, None)
    first, last = ends
    counts = counts_rows(first) and not (is_square(n - 1) and len(first) <= 10)
    if counts and is_square(n - 1):
        return Settled(table[:, 1:], None, (_left_out(),))
    if is_square(n - 1):
        at_the_end = _is_last(path, first, last, n, 1)
        return Settled(table[:, :-1], last) if at_the_end else Settled(table[:, 1:], first)
    if counts_rows(first, "index") and is_square(n - 2):
        second = table[:, 1]
        at_the_end = _is_last(path, second, last, n, 2)
        pixels, labels = (table[:, 1:-1], last) if at_the_end else (table[:, 2:], second)
        return Settled(pixels, labels, (_left_out(),))
    return _one_hot(table) or _no_square(path, n)


def _is_last(path: Path, front: NDArray[Any], last: NDArray[Any], n: int, number: int) -> bool:
    """Whether the last column holds the labels, and not the one with this number."""
    rules: tuple[Callable[[NDArray[Any]], bool], ...] = (
        lambda column: len(column) >= MIN_ROWS_TO_TELL_CLASSES and holds_classes(column),
        lambda column: bool(np.mean(column != 0) >= MIN_SHARE_OF_LABELS_ABOVE_0),
        lambda column: int(column.max()) <= LARGEST_LABEL_BY_FAR,
    )
    for rule in rules:
        is_front, is_last = rule(front), rule(last)
        if is_front != is_last:
            return is_last
    side = math.isqrt(n - number)
    options = {1: "first", 2: "2"}
    raise DataError(
        f"{path}: {n} columns without names hold a label and {side}×{side} pixels, but column {number} "
        f"({_examples(front)}) and the last one ({_examples(last)}) could both be the label. Say which: "
        f"--label {options[number]} or --label last (in Python label=…, in a recipe data.label), or give the "
        "columns names: label,pixel0,pixel1 …"
    )


def _as_told(path: Path, layout: Layout, table: NDArray[np.uint8], ends: Ends, label: str) -> Settled:
    n = table.shape[1]
    column = find_label(path, layout.names, label, header=layout.header)
    rest = [i for i in range(n) if i != column]
    notes: tuple[str, ...] = ()
    if (
        not is_square(len(rest))
        and is_square(len(rest) - 1)
        and column != 0
        and counts_rows(ends[0], "index")
    ):
        rest, notes = rest[1:], (_left_out(),)
    if not is_square(len(rest)):
        _no_square(path, n)
    if column is None:
        return Settled(table[:, rest], None, notes)
    labels = {0: ends[0], n - 1: ends[1]}.get(column, table[:, column])
    return Settled(table[:, rest], labels, notes)


def _one_hot(table: NDArray[np.uint8]) -> Settled | None:
    """A block of columns at one end in which each row has a single 1: its place is the class."""
    n = table.shape[1]
    found = []
    for k in range(2, min(MAX_CLASSES, n - 1) + 1):
        if is_square(n - k):
            for block, pixels in ((table[:, :k], table[:, k:]), (table[:, -k:], table[:, :-k])):
                classes = one_hot_classes(block)
                if classes is not None and block.any(axis=0).all():
                    note = f"the labels stand in {k} columns, one for each class, 0 to {k - 1}."
                    found.append(Settled(pixels, classes, (note,)))
    return found[0] if len(found) == 1 else None


def _no_square(path: Path, n: int) -> Settled:
    raise DataError(
        f"{path}, line 1: {n} columns without names. Expected a label and a square number of pixels (785 "
        "columns for 28×28), or the pixels alone. Is a column missing? Otherwise name them: label,1x1,1x2 …"
    )


def _left_out() -> str:
    return "the first column only counts the rows; it was left out."


def _examples(column: NDArray[Any]) -> str:
    return f"{listed(column[:5].tolist())}{' …' if len(column) > 5 else ''}"
