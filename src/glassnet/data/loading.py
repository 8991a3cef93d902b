"""load: one door for every source. A file is known by what it holds, not by what it is called."""

import difflib
import gzip
import os
import zlib
from pathlib import Path

from glassnet.data.bundled import load_digits, load_iris
from glassnet.data.dataset import Dataset
from glassnet.data.folder import read_folder
from glassnet.data.idx import find_idx_pair, is_idx, labels_path, open_maybe_packed, read_idx_dataset
from glassnet.data.kaggle import read_csv
from glassnet.data.mnist import load_mnist
from glassnet.data.npz import read_npz
from glassnet.errors import DataError

__all__ = ["SOURCES", "load", "load_pair"]

SOURCES = {
    "digits": "1,797 handwritten digits of 8×8 pixels, bundled (scikit-learn)",
    "iris": "150 irises of three species, four measurements each, bundled (scikit-learn)",
    "mnist": "70,000 handwritten digits of 28×28 pixels, downloaded once or from GLASSNET_DATA",
}

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")


def load(source: str | os.PathLike[str], *, data_dir: str | os.PathLike[str] | None = None) -> Dataset:
    """Load a data set by its name or from a path.

    Parameters
    ----------
    source : str or path
        "digits", "iris", "mnist" (the training part), or the path of a CSV, IDX or
        ``.npz`` file, of a folder of IDX files, or of a folder of pictures sorted
        by class. Where a file has a training and a test part, this is the first.
    data_dir : str or path, optional
        Where MNIST's files are; see `load_mnist`.

    Raises
    ------
    DataError
        When it cannot be read; says which file, which line, and what to do.

    Examples
    --------
    >>> load("digits")
    <Dataset 'digits': 1,797 images of 8×8 pixels, 10 classes>
    """
    if source == "mnist":
        return load_mnist("train", data_dir=data_dir)
    return load_pair(source, data_dir=data_dir)[0]


def load_pair(
    source: str | os.PathLike[str], *, data_dir: str | os.PathLike[str] | None = None
) -> tuple[Dataset, Dataset | None]:
    """Load a data set and, where its makers set one aside, its test set.

    Parameters
    ----------
    source, data_dir
        As for `load`.

    Returns
    -------
    training, test : Dataset, Dataset or None
        The official split of MNIST, of a folder of IDX files, of an archive as
        Keras's, of a folder with ``train`` and ``test``; for all else everything
        and None.
    """
    match source:
        case "mnist":
            return load_mnist("train", data_dir=data_dir), load_mnist("test", data_dir=data_dir)
        case "digits":
            return load_digits(), None
        case "iris":
            return load_iris(), None
    path = Path(source).expanduser()
    try:
        if path.is_dir():
            return _load_folder(path)
        return _load_file(path)
    except FileNotFoundError as error:
        raise DataError(_not_there(source)) from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error}).") from error


def _load_folder(folder: Path) -> tuple[Dataset, Dataset | None]:
    training, test = find_idx_pair(folder)
    first = training or test
    if first is None:
        return read_folder(folder)
    data = read_idx_dataset(first, labels_path(first))
    if training is None or test is None:
        return data, None
    return data, read_idx_dataset(test, labels_path(test), class_names=data.class_names)


def _load_file(path: Path) -> tuple[Dataset, Dataset | None]:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        return read_npz(path)
    if start.startswith(_PICTURES):
        raise DataError(f"{path}: a single picture. Expected a data set; to read a picture, use predict.")
    try:
        with open_maybe_packed(path) as unpacked:
            content = unpacked.read(1024)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError(
            f"{path}: the gzip file is cut short or damaged ({error}). Download or copy it again."
        ) from error
    if not content:
        raise DataError(f"{path}: the file is empty. Expected a CSV, IDX or .npz file.")
    # A file that calls itself IDX and is not shall hear about its magic number.
    if is_idx(content) or "-ubyte" in path.name:
        return read_idx_dataset(path, labels_path(path)), None
    if b"\0" in content:
        raise DataError(
            f"{path}: neither text nor a format that is known here. Expected CSV (in UTF-8), IDX, .npz, or "
            "a folder of pictures sorted by class."
        )
    return read_csv(path), None


def _not_there(source: str | os.PathLike[str]) -> str:
    near = difflib.get_close_matches(str(source).lower(), SOURCES, n=1)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return f"{source}: there is no such file or folder. {hint}Expected a path or one of {', '.join(SOURCES)}."
