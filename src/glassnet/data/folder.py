"""A folder of pictures, sorted into one folder for each class."""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glassnet.data.dataset import Dataset
from glassnet.errors import DataError
from glassnet.preprocessing.open import open_grey

__all__ = ["read_folder"]

_CLUTTER = frozenset({"thumbs.db", "desktop.ini"})  # what file managers leave; dotfiles are passed over too


def read_folder(folder: Path) -> tuple[Dataset, Dataset | None]:
    """Read pictures whose folder is their class.

    Parameters
    ----------
    folder : Path
        ``folder/<class>/<picture>``; or the same below ``train`` and ``test``; or
        pictures alone, which then have no labels.

    Returns
    -------
    training, test : Dataset, Dataset or None
        The second is None without a folder ``test``.

    Raises
    ------
    DataError
        When the pictures differ in size, a class is empty, or folders are mixed.
    ImageError
        When a file is no picture.
    """
    entries = _entries(folder)
    folders = [entry for entry in entries if entry.is_dir()]
    pictures = [entry for entry in entries if not entry.is_dir()]
    if folders and pictures:
        raise DataError(
            f"{folder}: holds the folder {folders[0].name!r} and the file {pictures[0].name!r} side by side. "
            "Expected either one folder for each class, or pictures alone."
        )
    if {entry.name.lower() for entry in folders} == {"train", "test"}:
        test, training = sorted(folders, key=lambda entry: entry.name.lower())
        part = _read_classes(training)
        return part, _read_classes(test, part.class_names)
    if folders:
        return _read_classes(folder), None
    if not pictures:
        raise DataError(f"{folder}: the folder is empty. Expected pictures, one folder for each class.")
    return Dataset(_read_pictures(pictures), name=folder.name, names=_names(pictures, folder)), None


def _read_classes(folder: Path, class_names: tuple[str, ...] | None = None) -> Dataset:
    classes = [entry for entry in _entries(folder) if entry.is_dir()]
    names = class_names or tuple(entry.name for entry in classes)
    pictures: list[Path] = []
    labels: list[int] = []
    for entry in classes:
        if entry.name not in names:
            raise DataError(f"{entry}: no such class in training. Expected one of {', '.join(names)}.")
        files = _entries(entry)
        if not files or any(file.is_dir() for file in files):
            problem = "a folder lies within" if files else "empty"
            raise DataError(f"{entry}: {problem}. Expected the pictures of the class {entry.name!r}.")
        pictures += files
        labels += [names.index(entry.name)] * len(files)
    if not pictures:
        raise DataError(f"{folder}: holds no classes. Expected one folder of pictures for each class.")
    return Dataset(_read_pictures(pictures), labels, names, name=folder.name, names=_names(pictures, folder))


def _read_pictures(paths: list[Path]) -> NDArray[np.uint8]:
    """All pictures in one array; they must be of one size."""
    first = open_grey(paths[0])
    images = np.empty((len(paths), *first.shape), np.uint8)
    for i, path in enumerate(paths):
        image = open_grey(path) if i else first
        if image.shape != first.shape:
            raise DataError(
                f"{path}: {image.shape[1]}×{image.shape[0]} pixels, but {paths[0]} has "
                f"{first.shape[1]}×{first.shape[0]}. Expected pictures of one size: resize them first."
            )
        images[i] = image
    return images


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder, "2" before "10", without the clutter of file managers."""
    entries = [e for e in folder.iterdir() if not e.name.startswith(".") and e.name.lower() not in _CLUTTER]
    return sorted(
        entries, key=lambda entry: [(len(d), d, t) for d, t in re.findall(r"(\d*)(\D*)", entry.name)]
    )


def _names(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]
