"""CSV files of pixels: Kaggle's train.csv and test.csv, MNIST-in-CSV, and their kind.

Such a file is tens of millions of small whole numbers. They are read straight
from the bytes with NumPy, a block at a time, about four times as fast as a
general CSV reader. The quick way knows only digits, delimiters and line ends, and
verifies each of them; whatever it does not know, it leaves to a careful second
look, which understands quotes and spaces and names the line and the column of
what it cannot accept.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data.csv_header import Layout
from glassnet.data.csv_rows import MAX_LINE_BYTES, csv_rows
from glassnet.errors import DataError, quoted

__all__ = ["LARGEST_LABEL", "Columns", "read_columns"]

_BLOCK = 1 << 18  # bytes; everything that is made of a block stays in the processor's cache
_BOM = b"\xef\xbb\xbf"
_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0*)?", re.ASCII)
_MAX_DIGITS = 9

LARGEST_LABEL = 999

Columns = tuple[NDArray[np.uint8], dict[int, NDArray[Any]]]
"""The pixels as rows, and the columns that are not pixels: whole numbers, or else words."""


class _UnknownError(Exception):
    """The quick way met something that it does not know."""


def read_columns(path: Path, file: io.BufferedIOBase, first: bytes, layout: Layout) -> Columns:
    """Read the columns of a CSV file of pixels.

    Parameters
    ----------
    path : Path
    file : binary file
        That file, opened, behind its first line.
    first : bytes
        The first line.
    layout : Layout

    Raises
    ------
    DataError
        When a cell cannot be accepted; names the line and the column.
    """
    try:
        return _read_quickly(path, file, b"" if layout.header else first, layout)
    except _UnknownError:
        return _read_carefully(path, layout)


def _aside(layout: Layout) -> tuple[int, ...]:
    """The columns that are kept apart; of unnamed ones the first and the last, which may be anything."""
    if layout.kind == "unnamed pixels":
        return 0, len(layout.names) - 1
    return layout.others if layout.label is None else (layout.label, *layout.others)


# ---------------------------------------------------------------- the quick way


def _read_quickly(path: Path, file: io.BufferedIOBase, start: bytes, layout: Layout) -> Columns:
    columns, aside = len(layout.names), _aside(layout)
    chosen = _as_slice(layout.pixels)
    checked = slice(1, -1) if layout.kind == "unnamed pixels" else chosen
    pixel_parts: list[NDArray[np.uint8]] = []
    aside_parts: dict[int, list[NDArray[np.intp]]] = {i: [] for i in aside}
    for block in _whole_lines(path, file, start.removeprefix(_BOM)):
        table = _numbers(block, columns, ord(layout.delimiter))
        if table[:, checked].max(initial=0) > 255:
            raise _UnknownError
        if layout.label is not None and table[:, layout.label].max() > LARGEST_LABEL:
            raise _UnknownError
        for i, parts in aside_parts.items():
            parts.append(table[:, i].astype(np.intp))
        pixel_parts.append(table[:, chosen].astype(np.uint8))
    if not pixel_parts:
        raise _UnknownError
    return np.concatenate(pixel_parts), {i: np.concatenate(parts) for i, parts in aside_parts.items()}


def _as_slice(columns: tuple[int, ...]) -> slice | list[int]:
    """Neighbouring columns as a slice, which copies nothing."""
    first, last = columns[0], columns[-1]
    return slice(first, last + 1) if last - first + 1 == len(columns) else list(columns)


def _whole_lines(path: Path, file: io.BufferedIOBase, rest: bytes) -> Iterator[bytes]:
    """Blocks of whole lines, each closed by a line feed alone."""
    pieces = [rest]
    length = len(rest)
    while block := file.read(_BLOCK):
        cut = block.rfind(b"\n") + 1
        if cut:
            lines = b"".join((*pieces, block[:cut]))
            yield lines.replace(b"\r\n", b"\n") if b"\r" in lines else lines
            pieces, length = [], 0
        pieces.append(block[cut:])
        length += len(block) - cut
        if length > MAX_LINE_BYTES:
            raise _UnknownError  # the careful look says which line it is
    rest = b"".join(pieces)
    if rest:
        yield rest.removesuffix(b"\r") + b"\n"


def _numbers(block: bytes, columns: int, delimiter: int) -> NDArray[Any]:
    """Every number of some whole lines, as a table of whole numbers.

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
    longest = int(lengths.max()) - 1
    if lengths.min() < 2 or longest > _MAX_DIGITS:
        raise _UnknownError
    ends -= 1
    values: NDArray[Any] = digits.take(ends).astype(np.uint16 if longest <= 3 else np.uint32)
    longer = np.flatnonzero(lengths > 2)
    for place in range(1, longest):
        values[longer] += digits[ends[longer] - place] * values.dtype.type(10**place)
        longer = longer[lengths[longer] > place + 2]
    return values.reshape(-1, columns)


# ---------------------------------------------------------------- the careful second look


def _read_carefully(path: Path, layout: Layout) -> Columns:
    aside = _aside(layout)
    chosen = None if layout.kind == "unnamed pixels" else _as_slice(layout.pixels)
    lines = csv_rows(path, layout.delimiter, len(layout.names))
    if layout.header:
        next(lines)
    pixels = bytearray()
    kept: dict[int, list[str]] = {i: [] for i in aside}
    reader = _CarefulReader(path, layout)
    for line, cells in lines:
        reader.check_label(line, cells)
        for i, column in kept.items():
            column.append(cells[i].strip())
        pixels += reader.pixels(line, cells, chosen)
    if not pixels:
        raise DataError(
            f"{path}: holds no samples, only the names of the columns. Expected a line for each image."
        )
    rows = np.frombuffer(pixels, np.uint8).reshape(-1, len(layout.pixels))
    return rows, {i: _as_numbers(column) for i, column in kept.items()}


class _CarefulReader:
    """Looks at one line after the other; the first label says whether labels are numbers or words."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path, self._layout = path, layout
        self._words: bool | None = None

    def check_label(self, line: int, cells: list[str]) -> None:
        label = self._layout.label
        if label is None:
            return
        text = cells[label].strip()
        if self._words is None:
            self._words = bool(text) and not _looks_like_a_number(text)
        if not self._words or not text:
            self._whole_number(cells[label], line, label, LARGEST_LABEL)

    def pixels(self, line: int, cells: list[str], chosen: slice | list[int] | None) -> bytes:
        if chosen is None:
            # The ends of an unnamed row may be row numbers: as bytes they are looked at no more.
            ends = [self._whole_number(cells[i], line, i, 10**_MAX_DIGITS) % 256 for i in (0, -1)]
            inner = self._bytes(line, cells[1:-1], range(1, len(cells) - 1))
            return bytes([ends[0], *inner, ends[1]])
        if isinstance(chosen, slice):
            return self._bytes(line, cells[chosen], range(chosen.start, chosen.stop))
        return self._bytes(line, [cells[i] for i in chosen], chosen)

    def _bytes(self, line: int, cells: list[str], columns: "range | list[int]") -> bytes:
        together = "".join(cells)
        if together.isascii() and together.isdigit():
            try:
                return bytes(map(int, cells))
            except ValueError:  # an empty cell, or more than 255
                pass
        return bytes(self._whole_number(cell, line, i, 255) for cell, i in zip(cells, columns, strict=True))

    def _whole_number(self, cell: str, line: int, column: int, largest: int) -> int:
        text = cell.strip()
        number: Any = float(text) if _WHOLE.fullmatch(text) else None
        if number is not None and 0 <= number <= largest:
            return int(number)
        layout = self._layout
        column %= len(layout.names)
        name = f" ({quoted(layout.names[column])})" if layout.header or layout.kind == "pixels" else ""
        what = "label" if column == layout.label else "pixel"
        raise DataError(
            f"{self._path}, line {line}, column {column + 1}{name}: "
            f"{f'found {quoted(cell)}' if text else 'the cell is empty'}. Expected a {what}: a whole number "
            f"from 0 to {largest}. Correct the cell, or take the line out."
        )


def _looks_like_a_number(text: str) -> bool:
    return text[0] in "+-." or text[0].isdigit() or text.lower() in {"nan", "inf", "infinity"}


def _as_numbers(column: list[str]) -> NDArray[Any]:
    if all(map(_WHOLE.fullmatch, column)):
        return np.array([int(cell.partition(".")[0]) for cell in column], np.intp)
    return np.array(column)
