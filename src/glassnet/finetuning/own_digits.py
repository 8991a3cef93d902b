"""Somebody's own digits from picture files."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glassnet.data.packed import is_clutter
from glassnet.errors import DataError, ImageError, listed
from glassnet.model import Model
from glassnet.reading import is_picture, read
from glassnet.reading.scaling import resized

__all__ = ["OwnDigits", "own_digits"]


@dataclass(frozen=True, eq=False)
class OwnDigits:
    """Digits that were found on pictures.

    Attributes
    ----------
    images : (m, height, width) uint8 array
        As the model reads them.
    labels : (m,) integers
    files : tuple of Path
        Where each comes from.
    left_out : tuple of str
        Which pictures could not be used, and why.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    files: tuple[Path, ...]
    left_out: tuple[str, ...]


def own_digits(folder: Path, model: Model) -> OwnDigits:
    """Find the one digit on each picture of a folder.

    What it is, the name of its folder says (``7/photo.png``), or, straight in the given one, the
    beginning of its own (``7_photo.png``). A folder that is no class is refused: the names of its pictures
    may be numbers of files.

    Parameters
    ----------
    folder : Path
    model : Model
        Whose classes these are, and for whom the digits are prepared.

    Raises
    ------
    DataError
        If a folder is no class, pictures are numbered, or none is usable.
    """
    names = model.class_names
    if names is None or model.image_shape is None:
        raise DataError("This model does not read pictures of digits, so it cannot be taught any.")
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder. Pictures of your digits were expected in it.")
    images, labels, files, left_out = [], [], [], []
    pictures = _pictures(folder)
    _check_names(pictures, folder, names)
    for path in pictures:
        name = _class_of(path, folder, names)
        if name is None:
            left_out.append(f"{path}: its name does not begin with what it shows, as 7_photo.png does.")
            continue
        try:
            # a threshold of 0: what the model does not take for a digit yet is worth teaching
            found = read(path, model, threshold=0.0)
        except ImageError as error:
            left_out.append(str(error))
            continue
        parts = [part.image for part in found.digits] + [part.image for part in found.rejected]
        if len(parts) != 1:
            what = f"{len(parts)} pieces of ink" if parts else found.reason.rstrip(".").lower()
            left_out.append(f"{path}: {what}; one digit on each picture is expected.")
            continue
        images.append(parts[0])
        labels.append(names.index(name))
        files.append(path)
    if not images:
        first = f" {left_out[0]}" if left_out else ""
        raise DataError(
            f"{folder}: no picture of a digit can be used.{first} Expected 7/photo.png or 7_photo.png."
        )
    pixels = resized(np.stack(images), model)
    return OwnDigits(pixels, np.array(labels, np.int64), tuple(files), tuple(left_out))


def _pictures(folder: Path) -> list[Path]:
    """All pictures in a folder and its folders, but what operating systems leave there."""
    found = (path for path in folder.rglob("*") if is_picture(path) and path.is_file())
    return sorted(path for path in found if not any(map(is_clutter, path.relative_to(folder).parts)))


def _check_names(pictures: list[Path], folder: Path, names: tuple[str, ...]) -> None:
    """Refuse folders that are no classes, and pictures that are only numbered."""
    for path in pictures:
        if path.parent != folder and path.parent.name not in names:
            raise DataError(
                f"{path.parent}: this folder is no class. Expected one of {listed(names)}: call it as what "
                f"its pictures show, or put them straight into {folder}, each called as it shows "
                f"({names[-1]}_a.png)."
            )
    numbers = [path for path in pictures if path.parent == folder and path.stem.isdecimal()]
    beyond = next((path for path in numbers if path.stem not in names), None)
    if beyond is not None and any(path.stem in names for path in numbers):
        raise DataError(
            f"{beyond}: these pictures seem to be numbered ({listed(path.name for path in numbers)}). "
            f"Expected names that begin with what a picture shows, as {names[-1]}_1.png, or a folder for "
            "each class."
        )


def _class_of(path: Path, folder: Path, names: tuple[str, ...]) -> str | None:
    """What a picture shows: as its folder is called, or, without one, as its own name begins."""
    if path.parent != folder:
        return path.parent.name
    begin = re.match(r"([^_\-. ]+)[_\-. ]", path.name)
    return begin.group(1) if begin and begin.group(1) in names else None
