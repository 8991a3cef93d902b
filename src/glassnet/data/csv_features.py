"""CSV files of features: numbers, and one column of classes or targets."""

import math
from array import array
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from glassnet.data.columns import counts_rows, is_counter_name, one_hot_classes
from glassnet.data.csv_header import Layout, as_number, named_labels, one_hot_names
from glassnet.data.csv_rows import csv_rows
from glassnet.data.dataset import Dataset
from glassnet.errors import DataError, listed, quoted

__all__ = ["read_features"]


def read_features(path: Path, layout: Layout, label: str | None = None) -> Dataset:
    """Read a table of numbers.

    The column of the label holds classes (names or whole numbers) or the targets of
    a regression (numbers with a decimal point). Columns that only count rows are left out.

    Parameters
    ----------
    path : Path
        The file, packed or not.
    layout : Layout
        What its first line says.
    label : str, optional
        "none" leaves out what is called label.

    Raises
    ------
    DataError
        When a cell is no number; names the line and the column.
    """
    table = _Table(path, layout, without=named_labels(layout.names) if label == "none" else [])
    for line, cells in csv_rows(path, layout.delimiter, len(layout.names)):
        if line > 1 or not layout.header:
            table.add(line, cells)
    if not table.m:
        raise DataError(
            f"{path}: holds no samples, only the names of the columns. Expected a line for each sample."
        )
    labels = _typed(table.labels) if table.labels else None
    names, values = table.named_columns()
    notes, class_names = list(table.notes), None
    if labels is None and label is None and (group := one_hot_names(names)):
        labels = one_hot_classes(values[:, list(group)])
        if labels is not None:
            class_names = list(group.values())
            notes.append(f"the labels stand in {len(group)} columns, one for each class.")
            names, values = _without(names, values, set(group))
    if labels is not None and labels.dtype.kind != "f":
        counters = {i for i in range(len(names)) if table.is_whole[names[i]] and counts_rows(values[:, i])}
        if len(counters) < len(names):
            notes += [_left_out(names[i]) for i in sorted(counters)]
            names, values = _without(names, values, counters)
    _check_features(path, layout, names)
    if layout.image_shape != (0, 0):
        return _pictures(path, layout, names, values, labels, class_names, notes)
    try:
        return Dataset(values, labels, class_names, path.name, names, notes=notes)
    except DataError as error:
        raise DataError(f"{path}: {error}") from error


def _pictures(
    path: Path,
    layout: Layout,
    names: list[str],
    values: NDArray[np.float64],
    labels: NDArray[Any] | None,
    class_names: list[str] | None,
    notes: list[str],
) -> Dataset:
    """Pixels that are fractions, in the shape of the images."""
    pixels = {layout.names[i] for i in layout.pixels}
    other = next((name for name in names if name not in pixels), None)
    if other is not None:
        raise DataError(
            f"{path}, line 1: {quoted(other)} is neither a pixel nor the label. Take the column out, or "
            f"rename it; if it is the label, say so: --label {quoted(other, 30)}."
        )
    return Dataset(values.reshape(-1, *layout.image_shape), labels, class_names, path.name, notes=notes)


class _Table:
    """The numbers of a table, gathered line by line; what may only count rows stays text until the end."""

    def __init__(self, path: Path, layout: Layout, without: list[int]) -> None:
        self.path, self.layout = path, layout
        self.m = 0
        self.labels: list[str] = []
        self.notes: list[str] = []
        kept = [i for i in range(len(layout.names)) if i != layout.label and i not in without]
        self._counters = {i: list[str]() for i in kept if layout.header and is_counter_name(layout.names[i])}
        self._features = [i for i in kept if i not in self._counters]
        self._numbers = array("d")
        self._lines: list[int] = []
        self.is_whole: dict[str, bool] = {}

    def add(self, line: int, cells: list[str]) -> None:
        """Take in a line."""
        if self.layout.label is not None:
            self.labels.append(self._label(cells[self.layout.label], line))
        if not self.m:  # a decimal point makes a measurement of what would count rows otherwise
            self.is_whole = {self.layout.names[i]: "." not in cell for i, cell in enumerate(cells)}
        for i, column in self._counters.items():
            column.append(cells[i].strip())
        if self._counters:
            self._lines.append(line)
        self._numbers.extend(self._row(cells, line))
        self.m += 1

    def named_columns(self) -> tuple[list[str], NDArray[np.float64]]:
        """The names of the features and their numbers; a counter that proves to be none is a feature."""
        names = self.layout.names
        values = np.array(self._numbers).reshape(self.m, len(self._features))
        columns = {i: values[:, k] for k, i in enumerate(self._features)}
        for i, texts in self._counters.items():
            numbers = [as_number(text) for text in texts]
            wrong = numbers.index(None) if None in numbers else None
            column = np.array(texts if wrong is not None else numbers)
            if self.is_whole[names[i]] and counts_rows(column, names[i]):
                self.notes.append(_left_out(names[i]))
            elif wrong is not None:
                self._no_number(texts[wrong], self._lines[wrong], i)
            else:
                columns[i] = column
        order = sorted(columns)
        if order == self._features:
            return [names[i] for i in order], values
        table = np.column_stack([columns[i] for i in order]) if order else np.empty((self.m, 0))
        return [names[i] for i in order], table

    def _row(self, cells: list[str], line: int) -> list[float]:
        chosen = [cells[i] for i in self._features]
        try:
            numbers = list(map(float, chosen))
            if all(map(math.isfinite, numbers)):
                return numbers
        except ValueError:
            pass
        i = next(i for i in self._features if as_number(cells[i]) is None)
        self._no_number(cells[i], line, i)

    def _no_number(self, cell: str, line: int, column: int) -> NoReturn:
        name = self.layout.names[column]
        raise DataError(
            f"{self.path}, line {line}, column {column + 1} ({quoted(name)}): found {quoted(cell)}. Expected "
            f"a number; if the column holds the classes, call it label, or say --label {quoted(name, 30)}."
        )

    def _label(self, cell: str, line: int) -> str:
        text = cell.strip()
        if text and not text.startswith("-") and text.lower() not in {"nan", "inf", "infinity"}:
            return text
        if "." in text and as_number(text) is not None:
            return text  # a negative target of a regression
        column = self.layout.label or 0
        found = f"found {quoted(cell)}" if text else "the cell is empty"
        raise DataError(
            f"{self.path}, line {line}, column {column + 1} ({quoted(self.layout.names[column])}): {found}. "
            "Expected a class (a name, or a whole number from 0) or a target with a decimal point."
        )


def _without(
    names: list[str], values: NDArray[np.float64], columns: set[int]
) -> tuple[list[str], NDArray[np.float64]]:
    kept = [i for i in range(len(names)) if i not in columns]
    return [names[i] for i in kept], values[:, kept] if columns else values


def _left_out(name: str) -> str:
    what = f"the column {quoted(name)}" if name else "the column without a name"
    return f"{what} only counts the rows and was left out; a measurement is written with a decimal point."


def _check_features(path: Path, layout: Layout, names: list[str]) -> None:
    if not names:
        found = f"the columns {listed(quoted(name) for name in layout.names)}"
        raise DataError(
            f"{path}: holds only {found}: nothing to learn from. A file of row numbers and labels (a "
            "submission) has no pixels; expected a line with the names of the columns and at least one "
            "feature, such as label,pixel0,pixel1 … or width,height,species."
        )


def _typed(labels: list[str]) -> NDArray[Any]:
    """Whole numbers, other numbers, or names."""
    for kind in (int, float):
        try:
            return np.array([kind(label) for label in labels])
        except ValueError:
            continue
    return np.array(labels)
