"""What the first line of a CSV file says about its columns."""

import dataclasses
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from glassnet.data.columns import LABEL_NAMES
from glassnet.errors import DataError, listed, quoted
from glassnet.maths.names import nearest

__all__ = [
    "Layout",
    "as_number",
    "delimiter_of",
    "find_label",
    "is_square",
    "named_labels",
    "one_hot_names",
    "read_header",
]

_NUMBERED = re.compile(r"(?:(?:pixel|pix|px)[ _]?)?(\d{1,7})", re.IGNORECASE)  # pixel0, px1, 0
_ROW_COLUMN = re.compile(r"(\d{1,5})x(\d{1,5})", re.IGNORECASE)  # 1x1, 1x2 … 28x28
_ONE_OF_MANY = re.compile(
    r"([a-z]+)(?:[ _.:=-]+(.+)|(?<=[a-z])(?=\d)(\d+))", re.IGNORECASE
)  # label_3, label3


@dataclasses.dataclass(frozen=True)
class Layout:
    """What stands in the columns of a CSV file.

    Attributes
    ----------
    kind : {"pixels", "unnamed pixels", "features"}
        Where pixels have no names, only the numbers below can tell which column is the label.
    names : tuple of str
        One for each column.
    header : bool
        Whether the first line holds the names.
    delimiter : str
    label : int or None
        The column of the labels.
    pixels : tuple of int
        The columns of the pixels.
    image_shape : (int, int)
        The shape of the pictures; (0, 0) of unnamed pixels and of features. Pixels that are fractions are
        features with a shape.
    """

    kind: Literal["pixels", "unnamed pixels", "features"]
    names: tuple[str, ...]
    header: bool
    delimiter: str
    label: int | None = None
    pixels: tuple[int, ...] = ()
    image_shape: tuple[int, int] = (0, 0)

    @property
    def others(self) -> tuple[int, ...]:
        """The columns that are neither pixels nor the label."""
        pixels = {*self.pixels, self.label}
        return tuple(i for i in range(len(self.names)) if i not in pixels)


def delimiter_of(line: str) -> str:
    """The comma, unless the line has none and semicolons or tabs instead."""
    return next((mark for mark in ",;\t" if mark in line), ",")


def is_square(n: int) -> bool:
    """Whether so many pixels make a square picture."""
    return n > 0 and math.isqrt(n) ** 2 == n


def as_number(cell: str) -> float | None:
    """A cell as a finite number, or None."""
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def read_header(
    path: Path, cells: Sequence[str], sample: Sequence[str], delimiter: str, label: str | None = None
) -> Layout:
    """Understand the first line of a CSV file.

    Parameters
    ----------
    path : Path
        The file, for messages.
    cells : sequence of str
        The cells of its first line.
    sample : sequence of str
        The cells of its second line: fractions tell features from pixels where
        the columns are called 0, 1, 2 …
    delimiter : str
        What separates them.
    label : str, optional
        Which column is the label, where somebody says it: see `find_label`.

    Raises
    ------
    DataError
        When the columns are pixels, but one is missing.
    """
    names = tuple(cell.strip() for cell in cells)
    digits = [name.isascii() and name.isdigit() for name in names]
    if all(digits) and len(names) > 1:
        return _unnamed_pixels(names, delimiter)
    words = [i for i, name in enumerate(names) if as_number(name) is None]
    if len(words) == 1 and words[0] in (0, len(names) - 1) and _is_a_sample(names, words[0]):
        return _named_by_a_word(names, words[0], delimiter)
    pixels = tuple(i for i, name in enumerate(names) if digits[i] or _is_pixel(name))
    if len(pixels) < len(names) / 2 or not words:
        return _features(path, names, delimiter, label)
    if all(digits[i] for i in pixels) and any("." in cell for cell in sample):
        return _features(path, names, delimiter, label)
    column = find_label(path, names, label)
    pixels = tuple(i for i in pixels if i != column)
    if column is None and label is None:
        known = [i for i in set(range(len(names))).difference(pixels) if names[i].lower() in LABEL_NAMES]
        column = min(known, default=None)
    kind: Literal["pixels", "features"] = "features" if _has_fractions(sample, pixels) else "pixels"
    return Layout(kind, names, True, delimiter, column, pixels, _image_shape(path, names, pixels))


def find_label(path: Path, names: Sequence[str], label: str | None, *, header: bool = True) -> int | None:
    """The column that somebody calls the label: by its name, or "first", "last", or "none".

    Where the file has no names, a number means the column, counted from 1.
    """
    if label is None or (label == "none" and label not in names):
        return None
    if header and label in names:
        return names.index(label)
    place = {"first": 0, "last": len(names) - 1}.get(label)
    if not header and label.isdecimal() and 1 <= int(label) <= len(names):
        place = int(label) - 1
    if place is None:
        near = nearest(label, names) if header else None
        hint = f"did you mean {quoted(near)}? " if near else ""
        columns = f"Its columns are {listed(names)}" if header else f"Its {len(names)} columns have no names"
        raise DataError(
            f"{path}: there is no column {quoted(label)} that could be the label; {hint}{columns}. Give "
            "first, last or none otherwise."
        )
    return place


def named_labels(names: Sequence[str]) -> list[int]:
    """The columns that are called label, class, target and the like."""
    return [i for i, name in enumerate(names) if name.lower() in LABEL_NAMES]


def one_hot_names(names: Sequence[str]) -> dict[int, str]:
    """Columns such as label_0, label_1 … or species_setosa …, and what follows in the name of each.

    >>> one_hot_names(["width", "species_setosa", "species_virginica"])
    {1: 'setosa', 2: 'virginica'}
    """
    found = {}
    for i, name in enumerate(names):
        match = _ONE_OF_MANY.fullmatch(name)
        if match and match[1].lower() in LABEL_NAMES:
            found[i] = match[2] or match[3]
    return found if len(found) > 1 and len(set(found.values())) == len(found) else {}


def _is_pixel(name: str) -> bool:
    return bool(_NUMBERED.fullmatch(name) or _ROW_COLUMN.fullmatch(name))


def _has_fractions(sample: Sequence[str], pixels: Sequence[int]) -> bool:
    """Whether pixels are fractions: numbers from -1 to 1, and not all of them whole."""
    numbers = [as_number(sample[i]) for i in pixels] if sample else []
    small = [number for number in numbers if number is not None and abs(number) <= 1]
    return bool(small) and len(small) == len(numbers) and any(n != int(n) for n in small)


def _is_a_sample(names: Sequence[str], word: int) -> bool:
    """Whether a line of numbers and one word is a sample, its class a word, and not the names of columns.

    Names differ, and they have no decimal points.
    """
    numbers = [name for i, name in enumerate(names) if i != word]
    repeated = len(set(numbers)) < len(numbers)
    return (
        names[word].lower() not in LABEL_NAMES
        and (repeated or all("." in n for n in numbers))
        and bool(numbers)
    )


def _unnamed_pixels(names: tuple[str, ...], delimiter: str) -> Layout:
    header = names == tuple(map(str, range(len(names))))  # what pandas writes when columns have no names
    return Layout("unnamed pixels", names, header, delimiter, pixels=tuple(range(len(names))))


def _named_by_a_word(cells: Sequence[str], word: int, delimiter: str) -> Layout:
    """Without names of columns, and with a class that is a word."""
    n = len(cells)
    others = tuple(i for i in range(n) if i != word)
    whole = all(cells[i].isascii() and cells[i].isdigit() for i in others)
    if whole and is_square(n - 1):
        names = tuple("label" if i == word else f"pixel{i - (word == 0)}" for i in range(n))
        side = math.isqrt(n - 1)
        return Layout("pixels", names, False, delimiter, word, others, (side, side))
    names = tuple("label" if i == word else f"column {i + 1}" for i in range(n))
    return Layout("features", names, False, delimiter, word)


def _features(path: Path, names: tuple[str, ...], delimiter: str, label: str | None) -> Layout:
    header = any(as_number(name) is None for name in names)
    column = find_label(path, names, label, header=header)
    if not header:
        if label is None:
            raise DataError(
                f"{path}, line 1: found {quoted(delimiter.join(names))}. Expected a line with the names of "
                "the columns and at least one feature, such as label,pixel0,pixel1 … or "
                "width,height,species; or say which column is the label (--label first, last or none)."
            )
        unnamed = tuple("label" if i == column else f"column {i + 1}" for i in range(len(names)))
        return Layout("features", unnamed, False, delimiter, column)
    if column is None and label is None:
        found = named_labels(names)
        if len(found) > 1:
            raise DataError(
                f"{path}, line 1: the columns {listed(names[i] for i in found)} could all be the label. "
                f"Keep one, rename the others, or say which (--label {names[found[0]]})."
            )
        column = found[0] if found else None
    return Layout("features", names, True, delimiter, column)


def _image_shape(path: Path, names: Sequence[str], pixels: Sequence[int]) -> tuple[int, int]:
    """The shape that the names of the pixels state; a gap in their sequence is an error."""
    if all(_ROW_COLUMN.fullmatch(names[i]) for i in pixels):
        return _shape_from_rows_and_columns(path, names, pixels)
    numbers = [_NUMBERED.fullmatch(names[i]) for i in pixels]
    first = int(numbers[0][1]) if numbers[0] else 0
    for k, (i, match) in enumerate(zip(pixels, numbers, strict=True)):
        if match is None or int(match[1]) != first + k:
            before = names[pixels[k - 1]] if k else "the beginning"
            raise DataError(
                f"{path}, line 1, column {i + 1}: {quoted(names[i])} follows {quoted(before)}. A column is "
                "missing between them, or the columns are out of order."
            )
    side = math.isqrt(len(pixels))
    if first > 1 or side * side != len(pixels):
        raise DataError(
            f"{path}, line 1: {len(pixels)} pixels, from {quoted(names[pixels[0]])} to "
            f"{quoted(names[pixels[-1]])}, are no square picture. A column is missing at the beginning or "
            "the end; if the pictures are not square, name the columns by row and column: 1x1,1x2 …"
        )
    return side, side


def _shape_from_rows_and_columns(path: Path, names: Sequence[str], pixels: Sequence[int]) -> tuple[int, int]:
    found = [f"{int(row)}x{int(column)}" for row, column in (names[i].lower().split("x") for i in pixels)]
    rows, columns = (sorted({int(name.split("x")[k]) for name in found}) for k in (0, 1))
    first = 0 if rows[0] == columns[0] == 0 else 1
    height, width = rows[-1] - first + 1, columns[-1] - first + 1
    for k in range(min(height * width, len(found) + 1)):
        expected = f"{k // width + first}x{k % width + first}"
        if k >= len(found) or found[k] != expected:
            here = (
                f"column {pixels[k] + 1}: found {quoted(names[pixels[k]])}"
                if k < len(found)
                else "the end: found nothing"
            )
            raise DataError(
                f"{path}, line 1, {here} where {expected} was expected. A column is missing, or the "
                "columns are out of order."
            )
    return height, width
