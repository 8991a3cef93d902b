"""ARFF, the format of Weka and OpenML: a head that names the columns, then the lines of a CSV file."""

import csv
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from glassnet.data.csv_file import read_csv
from glassnet.data.csv_header import named_labels
from glassnet.data.csv_rows import MAX_LINE_BYTES, check_length
from glassnet.data.dataset import Dataset
from glassnet.data.packed import open_maybe_packed
from glassnet.errors import DataError

__all__ = ["is_arff", "read_arff"]

_ATTRIBUTE = re.compile(r"@attribute\s+('[^']*'|\"[^\"]*\"|\S+)\s+(\S.*)", re.IGNORECASE)


def is_arff(start: bytes) -> bool:
    """Whether a text that starts so is ARFF: its first line that is no comment names the relation."""
    lines = (line.strip().lower() for line in start.splitlines())
    return next(
        (line.startswith(b"@relation") for line in lines if line and not line.startswith(b"%")), False
    )


def read_arff(path: Path, label: str | None = None) -> Dataset:
    """Read an ARFF file, by way of a CSV file.

    Parameters
    ----------
    path : Path
        The file, packed or not.
    label : str, optional
        The attribute with the labels. Unless given, the one called class, target and the
        like, else the only one whose values are listed.

    Raises
    ------
    DataError
        When it is damaged; line numbers count from the one behind ``@data``.
    """
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / path.name
        with open_maybe_packed(path) as file, table.open("w", encoding="utf-8", newline="") as out:
            lines = _lines(path, file)
            names, listed_ones = _attributes(path, lines)
            csv.writer(out).writerow(names)
            for line in lines:
                if line.startswith("{"):
                    raise DataError(f"{path}: a sparse ARFF file. In Weka, save it with all values.")
                out.write(line.replace("'", '"') + "\n")
        if label is None and len(listed_ones) == 1 and not named_labels(names):
            label = listed_ones[0]
        try:
            return read_csv(table, label)
        except DataError as error:
            raise DataError(str(error).replace(str(table), f"{path} (behind @data)")) from error


def _lines(path: Path, file: IO[bytes]) -> Iterator[str]:
    """The lines that are no comments."""
    number = 0
    while content := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        check_length(path, number, len(content))
        line = content.decode("utf-8", "replace").strip()
        if line and not line.startswith("%"):
            yield line


def _attributes(path: Path, lines: Iterator[str]) -> tuple[list[str], list[str]]:
    """The names of all columns, and of those whose values are listed."""
    names: list[str] = []
    listed_ones: list[str] = []
    for line in lines:
        if line.lower().startswith("@data"):
            return names, listed_ones
        match = _ATTRIBUTE.match(line)
        if match:
            names.append(match[1].strip("'\""))
            if match[2].startswith("{"):
                listed_ones.append(names[-1])
    raise DataError(f"{path}: the ARFF file ends before its data. Download or copy it again.")
