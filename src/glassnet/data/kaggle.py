"""CSV files of pixels: Kaggle's train.csv and test.csv, MNIST-in-CSV, and their kind.

Such a file is tens of millions of small whole numbers. They are read straight
from the bytes with NumPy, a block at a time, about four times as fast as a
general CSV reader. The quick way knows only digits, delimiters and line ends, and
verifies each of them; whatever it does not know, it leaves to a careful second
look, which understands quotes and spaces and names the line and the column of
what it cannot accept.
"""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data.dataset import Dataset
from glassnet.data.header import Layout, delimiter_of, pixel_layout
from glassnet.data.idx import open_maybe_packed
from glassnet.data.rows import csv_rows
from glassnet.errors import DataError

__all__ = ["read_csv"]

_BLOCK = 1 << 18  # bytes; everything that is made of a block stays in the processor's cache
_BOM = b"\xef\xbb\xbf"
_WHOLE = re.compile(r"[+-]?\d+(?:\.0*)?", re.ASCII)

LARGEST_LABEL = 999


class _UnknownError(Exception):
    """The quick way met something that it does not know."""


def read_csv(path: Path) -> Dataset:
    """Read a CSV file: pixels with or without labels, or a table of features.

    Parameters
    ----------
    path : Path
        The file, packed with gzip or not, in UTF-8, with commas, semicolons or tabs.

    Returns
    -------
    Dataset
        Pixels are uint8 in the shape of the images.

    Raises
    ------
    DataError
        When something in it cannot be accepted; names the line and the column.
    """
    try:
        with open_maybe_packed(path) as file:
            first = file.readline()
            layout = _layout(path, first)
            if layout is None:
                from glassnet.data.features import read_features

                return read_features(path)
            try:
                pixels, labels = _read_quickly(file, b"" if layout.header else first, layout)
            except _UnknownError:
                pixels, labels = _read_carefully(path, layout)
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file. Check the path.") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError(f"{path}: the gzip file is cut short or damaged ({error}). Copy it again.") from error
    return Dataset(pixels.reshape(-1, *layout.image_shape), labels, name=path.name)


def _layout(path: Path, first: bytes) -> Layout | None:
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
    return pixel_layout(path, cells, sample, delimiter)


# ---------------------------------------------------------------- the quick way


def _read_quickly(
    file: io.BufferedIOBase, start: bytes, layout: Layout
) -> tuple[NDArray[np.uint8], NDArray[np.intp] | None]:
    columns = len(layout.names)
    pixel_parts, label_parts = [], []
    for block in _whole_lines(file, start.removeprefix(_BOM)):
        table = _numbers(block, columns, ord(layout.delimiter))
        pixels = table
        if layout.label is not None:
            label_parts.append(table[:, layout.label].astype(np.intp))
            pixels = table[:, 1:] if layout.label == 0 else table[:, :-1]
        if pixels.max() > 255:
            raise _UnknownError
        pixel_parts.append(pixels.astype(np.uint8))
    if not pixel_parts:
        raise _UnknownError
    return np.concatenate(pixel_parts), np.concatenate(label_parts) if label_parts else None


def _whole_lines(file: io.BufferedIOBase, rest: bytes) -> Iterator[bytes]:
    """Blocks of whole lines, each closed by a line feed alone."""
    while block := file.read(_BLOCK):
        cut = block.rfind(b"\n") + 1
        lines = rest + block[:cut]
        rest = block[cut:] if cut else lines + block
        if cut:
            yield lines.replace(b"\r\n", b"\n") if b"\r" in lines else lines
    if rest:
        yield rest.removesuffix(b"\r") + b"\n"


def _numbers(block: bytes, columns: int, delimiter: int) -> NDArray[np.uint16]:
    """Every number of some whole lines, as a table.

    The digits of a number stand right before the delimiter or the line end that
    closes it: ones, tens, hundreds from right to left.
    """
    characters = np.frombuffer(block, np.uint8)
    digits = characters - np.uint8(ord("0"))  # everything that is no digit becomes greater than 9
    ends = np.flatnonzero(digits > 9).astype(np.int32)
    if len(ends) % columns:
        raise _UnknownError
    closing = characters.take(ends).reshape(-1, columns)
    if (closing[:, :-1] != delimiter).any() or (closing[:, -1] != ord("\n")).any():
        raise _UnknownError
    lengths = np.diff(ends, prepend=np.int32(-1))  # with the delimiter
    if lengths.min() < 2 or lengths.max() > 4:
        raise _UnknownError
    ends -= 1
    values = digits.take(ends).astype(np.uint16)
    tens = np.flatnonzero(lengths > 2)
    values[tens] += np.uint16(10) * digits[ends[tens] - 1]
    hundreds = tens[lengths[tens] > 3]
    values[hundreds] += np.uint16(100) * digits[ends[hundreds] - 2]
    return values.reshape(-1, columns)


# ---------------------------------------------------------------- the careful second look


def _read_carefully(path: Path, layout: Layout) -> tuple[NDArray[np.uint8], NDArray[np.intp] | None]:
    label = layout.label
    lines = csv_rows(path, layout.delimiter, len(layout.names))
    if layout.header:
        next(lines)
    pixels = bytearray()
    labels: list[int] = []
    for line, cells in lines:
        if label is not None:
            labels.append(_whole_number(cells.pop(label), path, line, label, layout, LARGEST_LABEL))
        first = 1 if label == 0 else 0
        try:
            pixels += _bytes(cells)
        except ValueError:
            pixels += bytes(
                _whole_number(cell, path, line, i, layout, 255) for i, cell in enumerate(cells, start=first)
            )
    if not pixels:
        raise DataError(
            f"{path}: holds no samples, only the names of the columns. Expected a line for each image."
        )
    n = len(layout.names) - (label is not None)
    return np.frombuffer(pixels, np.uint8).reshape(-1, n), np.array(labels) if label is not None else None


def _bytes(cells: list[str]) -> bytes:
    """A line whose cells are digits only; ValueError for anything else."""
    together = "".join(cells)
    if not (together.isascii() and together.isdigit()):
        raise ValueError
    return bytes(map(int, cells))


def _whole_number(cell: str, path: Path, line: int, column: int, layout: Layout, largest: int) -> int:
    what = "label" if column == layout.label else "pixel"
    text = cell.strip()
    number: Any = float(text) if _WHOLE.fullmatch(text) else None
    if number is not None and 0 <= number <= largest:
        return int(number)
    found = f"found {cell!r}" if text else "the cell is empty"
    raise DataError(
        f"{path}, line {line}, column {column + 1} ({layout.names[column]!r}): {found}. "
        f"Expected a {what}: a whole number from 0 to {largest}. Correct the cell, or take the line out."
    )
