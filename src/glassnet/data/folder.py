"""A folder of pictures: sorted into a folder for each class, divided into parts, or named in a table."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glassnet.data.dataset import Dataset
from glassnet.data.formats import what_it_is
from glassnet.data.named_arrays import Loaded
from glassnet.data.packed import is_clutter
from glassnet.data.picture_table import read_picture_table
from glassnet.errors import DataError, ImageError, listed
from glassnet.preprocessing.open import open_grey

__all__ = ["Entries", "is_table", "part_of", "read_folder"]

_PARTS = {
    **dict.fromkeys(("train", "training"), "training"),
    **dict.fromkeys(("val", "valid", "validation", "dev"), "validation"),
    **dict.fromkeys(("test", "testing"), "test"),
}
_TEXTS = re.compile(r"(readme|license|licence|notice|citation|changelog)\b.*|.*\.md", re.IGNORECASE)


def part_of(name: str) -> str | None:
    """The part of a data set that a folder or file is by its name: training, validation, test, or None.

    >>> [part_of(name) for name in ("train", "trainingSet", "MNIST - JPG - testing", "mnist_val.csv", "7")]
    ['training', 'training', 'test', 'validation', None]
    """
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    found = {_PARTS[word.lower()] for word in words if word.lower() in _PARTS}
    return found.pop() if len(found) == 1 else None


def is_table(path: Path) -> bool:
    """Whether a file is a CSV file by its name."""
    return bool(re.search(r"\.(csv|tsv)(\.(gz|bz2|xz|zip))?$", path.name, re.IGNORECASE))


class Entries(NamedTuple):
    """What lies in a folder, "2" before "10"; clutter and texts about the data are passed over."""

    folders: list[Path]
    files: list[Path]
    passed: list[Path]

    @classmethod
    def of(cls, folder: Path) -> "Entries":
        """Look into a folder."""
        found = cls([], [], [])
        for entry in sorted(folder.iterdir(), key=_natural):
            clutter = is_clutter(entry.name) or (_TEXTS.fullmatch(entry.name) and entry.is_file())
            (found.passed if clutter else found.folders if entry.is_dir() else found.files).append(entry)
        return found


def read_folder(folder: Path) -> Loaded:
    """Read pictures whose folder is their class.

    Parameters
    ----------
    folder : Path
        ``folder/<class>/<picture>``; the same below ``train``, ``test`` and ``val``, or with these below
        the classes; pictures and a CSV file that names them and their classes; or pictures alone, which
        then have no labels.

    Raises
    ------
    DataError
        When the pictures differ in size, a class is empty, or folders are mixed.
    ImageError
        When a file is no picture.
    """
    reader = _FolderReader()
    parts = reader.read(folder)
    return parts if not reader.passed else parts._replace(training=parts.training.noted(reader.note()))


class _FolderReader:
    """Reads one folder, and remembers what was passed over."""

    def __init__(self) -> None:
        self.passed: list[Path] = []

    def note(self) -> str:
        """How much was passed over."""
        names = listed(sorted({path.name for path in self.passed}), most=5)
        return f"passed over what is no data: {len(self.passed)} × {names}."

    def look(self, folder: Path) -> Entries:
        entries = Entries.of(folder)
        self.passed += entries.passed
        return entries

    def read(self, folder: Path) -> Loaded:
        entries = self.look(folder)
        folders, files = entries.folders, entries.files
        tables = [file for file in files if is_table(file)]
        if len(tables) == 1 and (len(files) > 1 or len(folders) == 1):
            return self._named_in_a_table(folder, tables[0], entries)
        if folders and files:
            raise DataError(
                f"{folder}: holds the folder {folders[0].name!r} and the file {files[0].name!r} side by "
                "side. Expected either one folder for each class, or pictures alone."
            )
        if not folders:
            return Loaded(self._without_labels(folder, files))
        parts = self._parts(folder, folders)
        if parts:
            return self._divided(parts)
        if len(folders) == 1 and Entries.of(folders[0]).folders:
            return self.read(folders[0])  # all of it lies in one folder more
        within = {path: self.look(path) for path in folders}
        if all(found.folders and not found.files for found in within.values()):
            return self._divided_by_class(folder, within)
        return Loaded(self._classes({path.name: path for path in folders}, folder))

    # --- the parts -----------------------------------------------------------------------------------

    def _parts(self, folder: Path, folders: Sequence[Path]) -> dict[str, Path]:
        """The folders that are parts; none where these are classes."""
        found: dict[str, Path] = {}
        named = [path for path in folders if part_of(path.name)]
        # "train" beside "car" and "ship" may be a class; a part holds the classes.
        if not named or (len(named) < len(folders) and not any(Entries.of(path).folders for path in named)):
            return {}
        if len(named) < len(folders):
            other = next(path for path in folders if path not in named)
            raise DataError(
                f"{folder}: holds {named[0].name!r}, a part of the data, beside {other.name!r}, which is "
                "none. Expected parts alone (train, val, test), each with one folder for each class."
            )
        for path in named:
            part = part_of(path.name) or ""
            if part in found:
                raise DataError(
                    f"{folder}: both {found[part].name!r} and {path.name!r} could be the {part} part. "
                    "Keep one."
                )
            found[part] = path
        if "training" not in found:
            raise DataError(
                f"{folder}: holds {listed(path.name for path in named)}, but no part to train with. Give the "
                "path of one of them, or name one train."
            )
        return found

    def _divided(self, parts: dict[str, Path]) -> Loaded:
        training = self._part(parts["training"], None)
        others = {
            name: self._part(path, training.class_names) for name, path in parts.items() if name != "training"
        }
        for name, part in others.items():
            if part.labels is None:
                note = f"the pictures in {parts[name].name!r} have no labels, so they are not used."
                training = training.noted(note)
        return Loaded(training, **{name: part for name, part in others.items() if part.labels is not None})

    def _part(self, folder: Path, class_names: tuple[str, ...] | None) -> Dataset:
        entries = self.look(folder)
        if len(entries.folders) == 1 and not entries.files:
            inner = entries.folders[0]
            if part_of(inner.name) or inner.name == folder.name:
                return self._part(inner, class_names)
        if entries.files and not entries.folders and class_names is not None:
            return self._without_labels(folder, entries.files)
        if not entries.folders:
            raise DataError(f"{folder}: holds no classes. Expected one folder of pictures for each class.")
        return self._classes({path.name: path for path in entries.folders}, folder, class_names)

    def _divided_by_class(self, folder: Path, within: dict[Path, Entries]) -> Loaded:
        """``7/train/a.png``: the parts lie below the classes."""
        found: dict[str, dict[str, Path]] = {}
        for path, entries in within.items():
            for inner in entries.folders:
                part = part_of(inner.name)
                if part is None:
                    raise DataError(
                        f"{path}: a folder lies within ({inner.name!r}). Expected the pictures of the class "
                        f"{path.name!r}, or its parts train and test."
                    )
                found.setdefault(part, {})[path.name] = inner
        if "training" not in found:
            raise DataError(f"{folder}: its classes have no part to train with. Name one train.")
        training = self._classes(found.pop("training"), folder)
        names = training.class_names
        return Loaded(training, **{p: self._classes(paths, folder, names) for p, paths in found.items()})

    # --- one part ------------------------------------------------------------------------------------

    def _classes(
        self, folders: dict[str, Path], root: Path, class_names: tuple[str, ...] | None = None
    ) -> Dataset:
        names = class_names or tuple(folders)
        pictures: list[Path] = []
        labels: list[int] = []
        for name, folder in folders.items():
            if name not in names:
                raise DataError(f"{folder}: no such class in training. Expected one of {listed(names)}.")
            entries = self.look(folder)
            if not entries.files or entries.folders:
                problem = "a folder lies within" if entries.folders else "empty"
                raise DataError(f"{folder}: {problem}. Expected the pictures of the class {name!r}.")
            pictures += entries.files
            labels += [names.index(name)] * len(entries.files)
        images = _read_pictures(pictures)
        return Dataset(images, labels, names, name=root.name, names=_names(pictures, root))

    def _without_labels(self, folder: Path, pictures: list[Path]) -> Dataset:
        if not pictures:
            raise DataError(f"{folder}: the folder is empty. Expected pictures, one folder for each class.")
        return Dataset(_read_pictures(pictures), name=folder.name, names=_names(pictures, folder))

    def _named_in_a_table(self, folder: Path, table: Path, entries: Entries) -> Loaded:
        """``labels.csv`` beside the pictures, or beside the folder that holds them."""
        files = [file for file in entries.files if file != table]
        if entries.folders:
            files += self.look(entries.folders[0]).files
        names, labels = read_picture_table(table, {file.name: file for file in files})
        data = Dataset(_read_pictures(names), np.array(labels), name=folder.name, names=_names(names, folder))
        left = len(files) - len(names)
        note = f"{left:,} pictures are not named in {table.name}, so they are not used."
        return Loaded(data.noted(note) if left else data)


def _read_pictures(paths: list[Path]) -> NDArray[np.uint8]:
    """All pictures in one array; they must be of one size."""
    first = _opened(paths[0])
    images = np.empty((len(paths), *first.shape), np.uint8)
    for i, path in enumerate(paths):
        image = _opened(path) if i else first
        if image.shape != first.shape:
            raise DataError(
                f"{path}: {image.shape[1]}×{image.shape[0]} pixels, but {paths[0]} has "
                f"{first.shape[1]}×{first.shape[0]}. Expected pictures of one size: resize them first."
            )
        images[i] = image
    return images


def _opened(path: Path) -> NDArray[np.uint8]:
    try:
        return open_grey(path)
    except ImageError as error:
        raise ImageError(what_it_is(path) or str(error)) from error


def _natural(path: Path) -> list[tuple[int, str, str]]:
    return [(len(digits), digits, text) for digits, text in re.findall(r"(\d*)(\D*)", path.name)]


def _names(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]
