"""CSV files: pixels or features, with a label or without, whatever the columns are called."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data.columns import counts_rows, one_hot_classes
from glassnet.data.csv_features import read_features
from glassnet.data.csv_header import Layout, delimiter_of, named_labels, one_hot_names, read_header
from glassnet.data.csv_pixels import LARGEST_LABEL, read_columns
from glassnet.data.csv_rows import MAX_LINE_BYTES, check_length, csv_rows
from glassnet.data.csv_unnamed import settle
from glassnet.data.dataset import Dataset
from glassnet.data.packed import open_maybe_packed
from glassnet.errors import DataError, quoted

__all__ = ["read_csv"]

_BOM = b"\xef\xbb\xbf"


def read_csv(path: Path, label: str | None = None) -> Dataset:
    """Read a CSV file: pixels with or without labels, or a table of features.

    Parameters
    ----------
    path : Path
        The file, packed or not, in UTF-8, with commas, semicolons or tabs.
    label : str, optional
        The column of the labels: its name, "first", "last" or "none". Unless given, it is the one that is
        called label, class, target and the like; where columns have no names, the numbers tell.

    Returns
    -------
    Dataset
        Pixels are uint8 in the shape of the images. Columns that only count rows are left out, and
        ``notes`` says so.

    Raises
    ------
    DataError
        When something in it cannot be accepted; names the line and the column.
    """
    try:
        with open_maybe_packed(path) as file:
            first = file.readline(MAX_LINE_BYTES + 1)
            layout = _layout(path, first, label)
            if layout.kind == "features":
                return read_features(path, layout, label)
            pixels, aside = read_columns(path, file, first, layout)
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file. Check the path.") from error
    if layout.kind == "unnamed pixels":
        ends = aside[0], aside[len(layout.names) - 1]
        found = settle(path, layout, pixels, ends, label)
        shape, pixels, labels, notes = found.image_shape, found.pixels, found.labels, found.notes
        names = None
        _check_unnamed_labels(path, layout, labels)
    else:
        shape = layout.image_shape
        labels, names, notes = _labels_and_notes(path, layout, aside, label)
    try:
        return Dataset(pixels.reshape(-1, *shape), labels, names, name=path.name, notes=notes)
    except DataError as error:
        raise DataError(f"{path}: {error}") from error


def _layout(path: Path, first: bytes, label: str | None) -> Layout:
    check_length(path, 1, len(first))
    first = first.removeprefix(_BOM)
    if not first.strip():
        what = "the first line is empty" if first else "the file is empty"
        raise DataError(
            f"{path}: {what}. Expected a line with the names of the columns: label,pixel0,pixel1 …"
        )
    delimiter = delimiter_of(first.decode("utf-8", "replace"))
    lines = csv_rows(path, delimiter)
    _, cells = next(lines)
    try:
        _, sample = next(lines, (0, []))
    except DataError:  # the second line has another number of cells: whoever reads it will say so
        sample = []
    return read_header(path, cells, sample, delimiter, label)


def _check_unnamed_labels(path: Path, layout: Layout, labels: NDArray[Any] | None) -> None:
    if labels is not None and labels.max() > LARGEST_LABEL:
        row = int(labels.argmax())
        raise DataError(
            f"{path}, line {row + 1 + layout.header}: found the label {labels[row]}. Expected a whole "
            f"number from 0 to {LARGEST_LABEL}. Is a column missing? Otherwise give the columns names: "
            "label,1x1,1x2 …"
        )


def _labels_and_notes(
    path: Path, layout: Layout, aside: Mapping[int, NDArray[Any]], label: str | None
) -> tuple[NDArray[Any] | None, list[str] | None, tuple[str, ...]]:
    """The labels, the names of the classes where the columns say them, and what was left out."""
    labels = None if layout.label is None else aside[layout.label]
    class_names = None
    notes: list[str] = []
    open_columns = list(layout.others)
    if labels is None and label is None:
        group = one_hot_names([layout.names[i] for i in open_columns])
        block = np.column_stack([aside[open_columns[i]] for i in group]) if group else np.empty((0, 0))
        labels = one_hot_classes(block)
        if labels is not None:
            class_names = list(group.values())
            notes.append(f"the labels stand in {len(group)} columns, one for each class.")
            open_columns = [i for k, i in enumerate(open_columns) if k not in group]
    for i in open_columns:
        name = layout.names[i]
        if label == "none" and i in named_labels(layout.names):
            continue
        if not counts_rows(aside[i], name):
            raise DataError(
                f"{path}, line 1, column {i + 1}: {quoted(name)} is neither a pixel (pixel0, pixel1 … or "
                "1x1, 1x2 …) nor the label. Take the column out, or rename it; if it is the label, say so: "
                f"--label {quoted(name, 30)}."
            )
        notes.append(f"the column {quoted(name)} only counts the rows; it was left out.")
    return labels, class_names, tuple(notes)
