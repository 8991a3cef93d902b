"""A CSV file that names pictures and their classes: ``labels.csv`` beside a folder of pictures."""

from collections.abc import Mapping
from pathlib import Path

from glassnet.data.csv_header import delimiter_of, named_labels
from glassnet.data.csv_rows import csv_rows
from glassnet.errors import DataError, listed

__all__ = ["read_picture_table"]


def read_picture_table(table: Path, files: Mapping[str, Path]) -> tuple[list[Path], list[str]]:
    """Read which pictures there are, and the class of each.

    Parameters
    ----------
    table : Path
        A CSV file with a header. One column names the pictures, with or without folder and suffix; the
        one that is called label (or the only other one) holds the classes.
    files : mapping from names to paths
        The pictures.

    Raises
    ------
    DataError
        When a picture is not there, or it is not clear which column is which.
    """
    by_stem = {Path(name).stem: path for name, path in files.items()}
    with table.open(encoding="utf-8-sig") as text:
        delimiter = delimiter_of(text.readline())
    lines = csv_rows(table, delimiter)
    _, header = next(lines)
    rows = list(lines)

    def found(cell: str) -> Path | None:
        name = Path(cell.strip()).name
        return files.get(name) or by_stem.get(name)

    if not rows:
        raise DataError(
            f"{table}: holds no samples. Expected a line for each picture: its file and its class."
        )
    columns = [i for i, cell in enumerate(rows[0][1]) if found(cell) is not None]
    rest = [i for i in range(len(header)) if i not in columns[:1]]
    named = [i for i in named_labels([name.strip() for name in header]) if i in rest]
    if not columns or len(named or rest) != 1:
        raise DataError(
            f"{table}: its columns are {listed(header)}. Expected one with the names of the pictures beside "
            "it, and one called label."
        )
    pictures, labels = [], []
    for line, cells in rows:
        picture = found(cells[columns[0]])
        if picture is None:
            raise DataError(f"{table}, line {line}: there is no picture {cells[columns[0]]!r} beside it.")
        pictures.append(picture)
        labels.append(cells[(named or rest)[0]].strip())
    return pictures, labels
