"""Reading picture files, many at a time, the unreadable ones told apart."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from glassnet.data.formats import what_it_is
from glassnet.errors import DataError, ImageError
from glassnet.model import Model
from glassnet.reading.reader import read
from glassnet.reading.records import Reading

__all__ = ["SUFFIXES", "is_picture", "pictures_among", "read_pictures"]

SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pgm", ".ppm"),
    *(".avif", ".heic", ".heif"),  # where Pillow cannot open these, it is said of each file
)


def is_picture(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a picture, by its name."""
    return Path(path).suffix.lower() in SUFFIXES


def pictures_among(files: Sequence[str]) -> list[Path] | None:
    """The picture files among some files, and all that lie in folders among them; None if these are data.

    Raises
    ------
    DataError
        If a folder is empty, or pictures and files of data are mixed.
    """
    found: list[Path] = []
    pictures = 0
    for file in files:
        path = Path(file)
        inside = _inside(path)
        if path.is_dir() and not any(path.iterdir()):
            raise DataError(f"{file}: the folder is empty. Pictures were expected in it.")
        if inside or is_picture(path):
            pictures += 1
            found += inside or [path]
    if pictures == 0:
        return None
    if pictures < len(files):
        odd = next(file for file in files if not is_picture(file) and not _inside(Path(file)))
        if not Path(odd).exists():
            raise DataError(f"{odd}: there is no such file.")
        what = "holds no pictures" if Path(odd).is_dir() else "is no picture, others are"
        raise DataError(f"{odd} {what}. Give either pictures or files of data.")
    return found


def _inside(folder: Path) -> list[Path]:
    """The pictures in a folder and its folders; what begins with a dot is the system's own."""
    if not folder.is_dir():
        return []
    files = sorted(path for path in folder.rglob("*") if is_picture(path) and path.is_file())
    return [path for path in files if not path.name.startswith(".")]


def read_pictures(
    files: Sequence[Path], model: Model | None = None, threshold: float | None = None
) -> Iterator[tuple[Path, Reading | ImageError]]:
    """Read pictures one after the other; of one that cannot be opened its error.

    Parameters
    ----------
    files : sequence of Path
    model : Model, optional
        The one that ships with the package by default.
    threshold : float, optional
        As in :func:`glassnet.reading.read`.
    """
    for file in files:
        try:
            yield file, read(file, model, threshold=threshold)
        except ImageError as error:
            said = what_it_is(file) or str(error)
            yield file, ImageError(said if str(file) in said else f"{file}: {said}")
