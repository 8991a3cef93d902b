"""What the first line of a CSV file says about its columns."""

import dataclasses
import math
import re
from pathlib import Path

from glassnet.errors import DataError

__all__ = ["LABEL_NAMES", "Layout", "delimiter_of", "pixel_layout"]

LABEL_NAMES = frozenset(
    {"label", "labels", "class", "target", "digit", "character", "species", "variety", "y"}
)

_NUMBERED = re.compile(r"(?:(?:pixel|pix|px)[ _]?)?(\d+)", re.IGNORECASE)  # pixel0, px1, 0
_ROW_COLUMN = re.compile(r"(\d+)x(\d+)", re.IGNORECASE)  # 1x1, 1x2 … 28x28


@dataclasses.dataclass(frozen=True)
class Layout:
    """Where a CSV file of pixels has its labels and what shape its images are.

    ``label`` is the column of the labels (the first, the last, or None); ``names``
    are the columns' names; ``header`` says whether the first line holds them.
    """

    names: tuple[str, ...]
    label: int | None
    image_shape: tuple[int, int]
    header: bool
    delimiter: str


def delimiter_of(line: str) -> str:
    """The comma, unless the line has none and semicolons or tabs instead."""
    return next((mark for mark in ",;\t" if mark in line), ",")


def pixel_layout(path: Path, cells: list[str], sample: list[str], delimiter: str) -> Layout | None:
    """Read the first line of a CSV file.

    Parameters
    ----------
    path : Path
        The file, for messages.
    cells : list of str
        The cells of its first line.
    sample : list of str
        The cells of its second line: fractions tell features from pixels where
        the columns are called 0, 1, 2 …
    delimiter : str
        What separates them.

    Returns
    -------
    Layout or None
        None when the columns are no pixels, but features.

    Raises
    ------
    DataError
        When the columns are pixels, but one is missing, or one is neither a pixel
        nor the label.
    """
    names = tuple(cell.strip() for cell in cells)
    if all(name.isascii() and name.isdigit() for name in names) and len(names) > 1:
        return _numbers_only(path, names, delimiter)
    pixels = [i for i, name in enumerate(names) if _NUMBERED.fullmatch(name) or _ROW_COLUMN.fullmatch(name)]
    if len(pixels) < len(names) / 2:
        return None
    if all(names[i].isdigit() for i in pixels) and any("." in cell for cell in sample):
        return None
    others = [i for i in range(len(names)) if i not in set(pixels)]
    labels = [i for i in others if names[i].lower() in LABEL_NAMES and i in (0, len(names) - 1)]
    for i in others:
        if i not in labels[:1]:
            raise DataError(
                f"{path}, line 1, column {i + 1}: {names[i]!r} is neither a pixel (pixel0, pixel1 … or 1x1, "
                "1x2 …) nor the label in the first or the last column. Take the column out, or rename it."
            )
    shape = _image_shape(path, names, pixels)
    return Layout(names, labels[0] if labels else None, shape, True, delimiter)


def _numbers_only(path: Path, names: tuple[str, ...], delimiter: str) -> Layout:
    """Without names of columns: a label and a square of pixels, or the square alone."""
    n = len(names)
    header = names == tuple(map(str, range(n)))  # 0,1,2 …: what pandas writes when columns have no names
    for label in (0, None):
        pixels = n if label is None else n - 1
        side = math.isqrt(pixels)
        if side * side == pixels:
            return Layout(_default_names(n, label), label, (side, side), header, delimiter)
    raise DataError(
        f"{path}, line 1: {n} columns without names. Expected a label and a square number of pixels (785 "
        "columns for 28×28), or the pixels alone. Is a column missing? Otherwise name them: label,1x1,1x2 …"
    )


def _default_names(n: int, label: int | None) -> tuple[str, ...]:
    first = () if label is None else ("label",)
    return (*first, *(f"pixel{i}" for i in range(n - len(first))))


def _image_shape(path: Path, names: tuple[str, ...], pixels: list[int]) -> tuple[int, int]:
    """The shape that the names of the pixels state; a gap in their sequence is an error."""
    if all(_ROW_COLUMN.fullmatch(names[i]) for i in pixels):
        return _shape_from_rows_and_columns(path, names, pixels)
    numbers = [_NUMBERED.fullmatch(names[i]) for i in pixels]
    first = int(numbers[0][1]) if numbers[0] else 0
    for k, (i, match) in enumerate(zip(pixels, numbers, strict=True)):
        if match is None or int(match[1]) != first + k:
            before = names[pixels[k - 1]] if k else "the beginning"
            raise DataError(
                f"{path}, line 1, column {i + 1}: {names[i]!r} follows {before!r}. A column is missing "
                "between them, or the columns are out of order."
            )
    side = math.isqrt(len(pixels))
    if first > 1 or side * side != len(pixels):
        raise DataError(
            f"{path}, line 1: {len(pixels)} pixels, from {names[pixels[0]]!r} to {names[pixels[-1]]!r}, "
            "are no square picture. A column is missing at the beginning or the end; if the pictures are not "
            "square, name the columns by row and column: 1x1,1x2 …"
        )
    return side, side


def _shape_from_rows_and_columns(path: Path, names: tuple[str, ...], pixels: list[int]) -> tuple[int, int]:
    found = [f"{int(row)}x{int(column)}" for row, column in (names[i].lower().split("x") for i in pixels)]
    rows, columns = (sorted({int(name.split("x")[k]) for name in found}) for k in (0, 1))
    first = 0 if rows[0] == columns[0] == 0 else 1
    height, width = rows[-1] - first + 1, columns[-1] - first + 1
    for k in range(height * width):
        expected = f"{k // width + first}x{k % width + first}"
        if k >= len(found) or found[k] != expected:
            here = (
                f"column {pixels[k] + 1}: found {names[pixels[k]]!r}"
                if k < len(found)
                else "the end: found nothing"
            )
            raise DataError(
                f"{path}, line 1, {here} where {expected} was expected. A column is missing, or the "
                "columns are out of order."
            )
    return height, width
