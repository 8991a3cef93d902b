"""The lines of a CSV file, one at a time, each with its number."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from glassnet.data.packed import open_maybe_packed
from glassnet.errors import DataError

__all__ = ["MAX_LINE_BYTES", "check_length", "csv_rows"]

MAX_LINE_BYTES = 1 << 24  # a picture of a million pixels, each with its name


def csv_rows(path: Path, delimiter: str, columns: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each line.

    Empty lines at the end of the file hold nothing and are passed over; anywhere
    else they are lines with too few cells.

    Parameters
    ----------
    path : Path
        The file, packed or not, with or without a byte-order mark.
    delimiter : str
        What separates the cells.
    columns : int, optional
        How many cells each line must have; as many as the first unless given.

    Raises
    ------
    DataError
        When a line has more or fewer cells, or the file is not UTF-8 text.
    """
    with open_maybe_packed(path) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(_bounded(path, text), delimiter=delimiter, strict=True)
        empty = 0
        try:
            for cells in reader:
                line = reader.line_num
                if not cells:
                    empty = empty or line
                    continue
                columns = columns or len(cells)
                _check_cells(path, empty or line, 0 if empty else len(cells), columns)
                yield line, cells
        except UnicodeDecodeError as error:
            line, column = _where_not_utf8(path, delimiter)
            raise DataError(
                f"{path}, line {line}, column {column}: not UTF-8 text ({error.reason}). Save the file as "
                "“CSV UTF-8”."
            ) from error
        except csv.Error as error:
            raise DataError(
                f"{path}, line {reader.line_num}: not CSV ({error}). Correct the line."
            ) from error


def check_length(path: Path, number: int, length: int) -> None:
    """Refuse a line that is far too long to be a sample, before its cells are counted."""
    if length > MAX_LINE_BYTES:
        raise DataError(
            f"{path}, line {number}: longer than {MAX_LINE_BYTES >> 20} MB. Expected a line for each sample, "
            "closed by a line end."
        )


def _bounded(path: Path, text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(MAX_LINE_BYTES + 1):
        number += 1
        check_length(path, number, len(line))
        yield line


def _check_cells(path: Path, line: int, found: int, expected: int) -> None:
    if found != expected:
        problem = "a cell is missing or the line is cut short" if found < expected else "there are too many"
        raise DataError(
            f"{path}, line {line}: {found} columns where {expected} were expected: {problem}. Correct the "
            "line, or take it out."
        )


def _where_not_utf8(path: Path, delimiter: str) -> tuple[int, int]:
    """The line and the column of the first bytes that are no UTF-8."""
    with open_maybe_packed(path) as file:
        for line, content in enumerate(file, start=1):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError as error:
                return line, content[: error.start].count(delimiter.encode()) + 1
    return 1, 1  # pragma: no cover (the file was changed since it was read)
