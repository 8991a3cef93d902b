"""CSV files of features: a line with names, then numbers, and one column of classes or targets."""

import math
from pathlib import Path

import numpy as np

from glassnet.data.dataset import Dataset
from glassnet.data.header import LABEL_NAMES, delimiter_of
from glassnet.data.idx import open_maybe_packed
from glassnet.data.rows import csv_rows
from glassnet.errors import DataError

__all__ = ["read_features"]


def read_features(path: Path) -> Dataset:
    """Read a table of numbers whose first line names the columns.

    The column called "label", "class", "target", "species" or the like holds the
    classes (names or whole numbers) or the targets of a regression (other numbers).

    Parameters
    ----------
    path : Path
        The file, packed with gzip or not.

    Raises
    ------
    DataError
        When a cell is no number; names the line and the column.
    """
    with open_maybe_packed(path) as file:
        delimiter = delimiter_of(file.readline().decode("utf-8", "replace"))
    lines = csv_rows(path, delimiter)
    names = [name.strip() for name in next(lines)[1]]
    label = _label_column(path, names)
    rows, labels = [], []
    for line, cells in lines:
        if label is not None:
            labels.append(_label(cells.pop(label), path, line, label, names))
        rows.append(_numbers(cells, path, line, names, label))
    if not rows:
        raise DataError(
            f"{path}: holds no samples, only the names of the columns. Expected a line for each sample."
        )
    features = [name for i, name in enumerate(names) if i != label]
    try:
        return Dataset(
            np.array(rows), _typed(labels) if labels else None, name=path.name, feature_names=features
        )
    except DataError as error:
        raise DataError(f"{path}: {error}") from error


def _label_column(path: Path, names: list[str]) -> int | None:
    found = [i for i, name in enumerate(names) if name.lower() in LABEL_NAMES]
    if len(found) > 1:
        raise DataError(
            f"{path}, line 1: the columns {', '.join(names[i] for i in found)} could all be the label. "
            "Keep one, or rename the others."
        )
    if len(names) == len(found) or not any(_number(name) is None for name in names):
        raise DataError(
            f"{path}, line 1: found {','.join(names)!r:.80}. Expected a line with the names of the columns "
            "and at least one feature, such as label,pixel0,pixel1 … or width,height,species."
        )
    return found[0] if found else None


def _label(cell: str, path: Path, line: int, column: int, names: list[str]) -> str:
    text = cell.strip()
    if text and not text.startswith("-") and text.lower() not in {"nan", "inf", "infinity"}:
        return text
    if "." in text and _number(text) is not None:
        return text  # a negative target of a regression
    found = f"found {cell!r}" if text else "the cell is empty"
    raise DataError(
        f"{path}, line {line}, column {column + 1} ({names[column]!r}): {found}. Expected a class (a name, "
        "or a whole number from 0) or a target with a decimal point."
    )


def _numbers(cells: list[str], path: Path, line: int, names: list[str], label: int | None) -> list[float]:
    try:
        numbers = list(map(float, cells))
        if all(map(math.isfinite, numbers)):
            return numbers
    except ValueError:
        pass
    i = next(i for i, cell in enumerate(cells) if _number(cell) is None)
    column = i + (label is not None and i >= label)
    raise DataError(
        f"{path}, line {line}, column {column + 1} ({names[column]!r}): found {cells[i]!r}. Expected a "
        "number; if the column holds the classes, call it label."
    )


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _typed(labels: list[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.generic]]":
    """Whole numbers, other numbers, or names."""
    for kind in (int, float):
        try:
            return np.array([kind(label) for label in labels])
        except ValueError:
            continue
    return np.array(labels)
