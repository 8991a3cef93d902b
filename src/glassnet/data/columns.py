"""What a column of a table is, by its numbers and its name: row numbers, classes, or one of many."""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LABEL_NAMES", "counts_rows", "holds_classes", "is_counter_name", "one_hot_classes"]

LABEL_NAMES = frozenset(
    {
        *("label", "labels", "class", "classes", "target", "targets", "digit", "character", "letter"),
        *("species", "variety", "category", "y"),
    }
)

MAX_CLASSES = 100
MAX_SHARE_OF_A_CLASS = 0.6  # a pixel at the rim is empty far more often
MIN_ROWS_TO_COUNT = 11  # of ten digits there can be one each, in order

_THING = r"(?:(?:image|img|picture|sample|row|record|example|case|observation|flower|digit)[ _-]?)?"
_ID = re.compile(rf"{_THING}ids?|unnamed: ?\d+|#|", re.IGNORECASE)  # without a name: a pandas index
_NUMBER = re.compile(rf"{_THING}(?:index|idx|no\.?|nr\.?|num|number)|row", re.IGNORECASE)


def is_counter_name(name: str) -> bool:
    """Whether a column of this name may do nothing but number the rows."""
    return bool(_ID.fullmatch(name.strip()) or _NUMBER.fullmatch(name.strip()))


def counts_rows(values: NDArray[Any], name: str | None = None) -> bool:
    """Whether a column only says which row it is: such a number is nothing to learn from.

    Parameters
    ----------
    values : (m,) array
        Numbers, or words.
    name : str, optional
        What the column is called. "Id" and its like may hold any values that differ; "index" and "number"
        must be in order, or be those of the rows; anything else is a counter when it counts from 0 or 1,
        row by row, in a table of more than ten.

    Examples
    --------
    >>> counts_rows(np.arange(1, 151)), counts_rows(np.array([3, 1, 2]), "Id")
    (True, True)
    >>> counts_rows(np.array([0, 0, 1, 2]))
    False
    """
    m = len(values)
    if m < 2:
        return False
    is_id = name is not None and _ID.fullmatch(name.strip()) is not None
    if values.dtype.kind not in "iuf":
        return is_id and len(np.unique(values)) == m
    steps = np.diff(values)
    in_order = values[0] in (0, 1) and bool((steps == 1).all())
    if in_order and (m >= MIN_ROWS_TO_COUNT or (name is not None and is_counter_name(name))):
        return True
    if name is None or not is_counter_name(name) or not _is_whole(values):
        return False
    different = np.unique(values)
    if len(different) < m:
        return False
    return (
        is_id or bool((steps > 0).all()) or (different[0] in (0, 1) and different[-1] - different[0] == m - 1)
    )


def holds_classes(values: NDArray[Any]) -> bool:
    """Whether a column reads like classes: 0, 1, 2 … or 1, 2, 3 … without a gap, none nearly everywhere.

    >>> holds_classes(np.array([2, 0, 1, 1])), holds_classes(np.array([0, 0, 0, 0, 1]))
    (True, False)
    """
    different, counts = np.unique(values, return_counts=True)
    consecutive = different[0] in (0, 1) and different[-1] - different[0] == len(different) - 1
    several = 2 <= len(different) <= MAX_CLASSES
    return bool(several and consecutive and counts.max() <= MAX_SHARE_OF_A_CLASS * len(values))


def one_hot_classes(block: NDArray[Any]) -> NDArray[np.intp] | None:
    """The classes of rows that hold a single 1 among zeros; None where a row holds anything else.

    >>> one_hot_classes(np.array([[0, 1, 0], [1, 0, 0]])), one_hot_classes(np.array([[1, 1], [0, 1]]))
    (array([1, 0]), None)
    """
    if block.ndim != 2 or block.shape[1] < 2 or block.dtype.kind not in "biuf":
        return None
    ones = block == 1
    if not (ones.sum(axis=1) == 1).all() or np.count_nonzero(block) != len(block):
        return None
    return np.asarray(ones.argmax(axis=1), np.intp)


def _is_whole(values: NDArray[Any]) -> bool:
    return bool((values == np.floor(values)).all())
