"""Every place that data come from, and one door to all. A file is known by what it holds, not by its name."""

import logging
import os
import zipfile
from pathlib import Path

import numpy as np

from glassnet.data.arff import is_arff, read_arff
from glassnet.data.bundled import load_digits, load_iris
from glassnet.data.csv_file import read_csv
from glassnet.data.dataset import Dataset
from glassnet.data.folder import Entries, is_table, part_of, read_folder
from glassnet.data.formats import refuse_foreign
from glassnet.data.idx import find_idx_pair, is_idx, labels_path, read_idx_dataset
from glassnet.data.mat import read_mat
from glassnet.data.mnist import load_mnist
from glassnet.data.named_arrays import Loaded
from glassnet.data.npz import read_npy, read_npz
from glassnet.data.orientation import upright
from glassnet.data.packed import open_maybe_packed, unzipped
from glassnet.errors import DataError, listed, quoted
from glassnet.maths.names import nearest

__all__ = ["SOURCES", "Loaded", "load", "load_all", "load_pair"]

SOURCES = {
    "digits": "1,797 handwritten digits of 8×8 pixels, bundled (scikit-learn)",
    "iris": "150 irises of three species, four measurements each, bundled (scikit-learn)",
    "mnist": "70,000 handwritten digits of 28×28 pixels, downloaded once or from GLASSNET_DATA",
}

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_FIRST_BYTES = 1024

_log = logging.getLogger(__name__)


def load(
    source: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str] | None = None,
    label: str | None = None,
) -> Dataset:
    """Load a data set by its name or from a path.

    Parameters
    ----------
    source : str or path
        "digits", "iris", "mnist" (the training part), or the path of a CSV, IDX or
        ``.npz`` file, of a folder of IDX files, or of a folder of pictures sorted
        by class; docs/data.md lists all that is read. Where a file has a training
        and a test part, this is the first.
    data_dir : str or path, optional
        Where MNIST's files are; see `load_mnist`.
    label : str, optional
        Of a CSV file, the column that holds the labels: its name, "first", "last", or
        "none". Unless given, its name or its numbers tell.

    Raises
    ------
    DataError
        When it cannot be read; says which file, which line, and what to do.

    Notes
    -----
    What was noticed on the way, such as a column that only counts rows and was left
    out, is logged as a warning and stands in ``Dataset.notes``.

    Examples
    --------
    >>> load("digits")
    <Dataset 'digits': 1,797 images of 8×8 pixels, 10 classes>
    """
    if source == "mnist":
        return load_mnist("train", data_dir=data_dir)
    return load_all(source, data_dir=data_dir, label=label).training


def load_pair(
    source: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str] | None = None,
    label: str | None = None,
) -> tuple[Dataset, Dataset | None]:
    """Load a data set and, where its makers set one aside, its test set.

    Parameters
    ----------
    source, data_dir, label
        As for `load`.

    Returns
    -------
    training, test : Dataset, Dataset or None
        The official split of MNIST, of a folder of IDX files, of an archive as
        Keras's, of a folder with ``train`` and ``test``; for all else everything
        and None. Where there is a validation part and no test part, it is the second.
    """
    parts = load_all(source, data_dir=data_dir, label=label)
    return parts.training, parts.test or parts.validation


def load_all(
    source: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str] | None = None,
    label: str | None = None,
) -> Loaded:
    """Load a data set in the parts that its makers divided it into: training, validation, test.

    Parameters
    ----------
    source, data_dir, label
        As for `load`.
    """
    match source:
        case "mnist":
            return Loaded(load_mnist("train", data_dir=data_dir), None, load_mnist("test", data_dir=data_dir))
        case "digits":
            return Loaded(load_digits())
        case "iris":
            return Loaded(load_iris())
    _refuse_addresses(str(source))
    path = Path(source).expanduser()
    try:
        parts = _load_folder(path, label) if path.is_dir() else _load_file(path, label)
    except FileNotFoundError as error:
        raise DataError(_not_there(source)) from error
    except OSError as error:
        raise DataError(f"{_short(path)}: cannot be read ({error.strerror or error}).") from error
    parts = Loaded(
        _looked_at(parts.training),
        parts.validation and _looked_at(parts.validation),
        parts.test and _looked_at(parts.test),
    )
    for note in dict.fromkeys(note for part in parts if part is not None for note in part.notes):
        _log.warning("%s: %s", path.name, note)
    return parts


def _looked_at(part: Dataset) -> Dataset:
    """A part, with a note where its digits lie on their sides."""
    turn = upright(part)
    if turn is None:
        return part
    return part.noted(
        "the digits do not stand upright (EMNIST's files keep rows as columns). A model that learned upright "
        f"ones cannot read them, and one that learns these reads no photographs. Turn them: {turn}"
    )


def _load_folder(folder: Path, label: str | None) -> Loaded:
    training, test = find_idx_pair(folder)
    first = training or test
    if first is None:
        entries = Entries.of(folder)
        if len(entries.files) > 1 and not entries.folders and all(map(is_table, entries.files)):
            return _load_tables(folder, entries.files, label)
        return read_folder(folder)
    data = read_idx_dataset(first, labels_path(first))
    if training is None or test is None:
        return Loaded(data)
    return Loaded(data, None, read_idx_dataset(test, labels_path(test), class_names=data.class_names))


def _load_tables(folder: Path, files: list[Path], label: str | None) -> Loaded:
    """A folder of CSV files: the one to train with, and what else has labels."""
    found = {part_of(path.name): path for path in files}
    if len(found) < len(files) or "training" not in found:
        raise DataError(
            f"{folder}: holds {listed(path.name for path in files)}. Give the path of one of them, or call "
            "them train.csv and test.csv."
        )
    training = _load_file(found.pop("training"), label).training
    others = {}
    for part, path in found.items():
        data = None if part is None else _load_file(path, label).training
        if data is not None and part is not None and data.labels is not None:
            others[part] = _same_classes(data, training)
        else:
            training = training.noted(
                f"{path.name} beside it holds no samples with labels, so it is not used."
            )
    return Loaded(training, **others)


def _same_classes(data: Dataset, training: Dataset) -> Dataset:
    """A part whose classes are numbered as in training: it may hold only some of them."""
    if not (data.has_classes and training.has_classes) or data.class_names == training.class_names:
        return data
    names = np.array(data.class_names)[data.labels]
    return Dataset(data.images, names, training.class_names, data.name, pixel_max=data.pixel_max)


def _load_file(path: Path, label: str | None) -> Loaded:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        return _load_zip(path, label)
    if start.startswith(_PICTURES):
        raise DataError(f"{path}: a single picture. Expected a data set; to read a picture, use predict.")
    with open_maybe_packed(path) as unpacked:
        content = unpacked.read(_FIRST_BYTES)
    if not content:
        raise DataError(f"{path}: the file is empty. Expected a CSV, IDX or .npz file.")
    if content.startswith(b"\x93NUMPY"):
        return Loaded(read_npy(path))
    if content.startswith(b"MATLAB 5.0"):
        return read_mat(path)
    if is_arff(content):
        return Loaded(read_arff(path, label))
    refuse_foreign(path, content)
    # A file that calls itself IDX and is not shall hear about its magic number.
    if is_idx(content) or "-ubyte" in path.name:
        return Loaded(read_idx_dataset(path, labels_path(path)))
    if b"\0" in content:
        raise DataError(
            f"{path}: neither text nor a format that is known here. Expected CSV (in UTF-8), IDX, .npz, or "
            "a folder of pictures sorted by class."
        )
    return Loaded(read_csv(path, label))


def _load_zip(path: Path, label: str | None) -> Loaded:
    """NumPy's archives are zip files; so are Excel's workbooks, PyTorch's files and packed data sets."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        names = []  # whoever reads it says what is wrong
    if "[Content_Types].xml" in names:
        raise DataError(f"{path}: an Excel workbook. In Excel, save it as “CSV UTF-8”, and give that file.")
    if any(Path(name).name == "data.pkl" for name in names):
        raise DataError(
            f"{path}: a file of PyTorch's (a pickle); opening it can run code, so it is not opened here. In "
            "Python: numpy.savez_compressed('data.npz', images=tensor.numpy(), labels=…)."
        )
    if not names or any(name.endswith(".npy") for name in names):
        return read_npz(path)
    with unzipped(path) as file:
        try:
            return _load_file(file, label)
        except DataError as error:
            raise DataError(str(error).replace(str(file), f"{path} ({file.name})")) from error


def _refuse_addresses(source: str) -> None:
    if source.startswith("data:"):
        raise DataError(f"{_short(source)}: a data URL, not a file. Save the picture, and give its path.")
    if "://" in source:
        raise DataError(f"{_short(source)}: an address on the web. Download the file, and give its path.")


def _not_there(source: str | os.PathLike[str]) -> str:
    name = str(source)
    near = nearest(name, SOURCES)
    hint = f"Did you mean {near!r}? " if near else ""
    return (
        f"{_short(name)}: there is no such file or folder. {hint}Expected a path or one of "
        f"{', '.join(SOURCES)}."
    )


def _short(path: str | os.PathLike[str]) -> str:
    """A path as people see it; of a text that is none, the beginning."""
    name = str(path)
    return name if len(name) <= 300 else quoted(name)
