"""NumPy's own archives, among them Keras's mnist.npz."""

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data.dataset import Dataset
from glassnet.errors import DataError

__all__ = ["read_npz"]

_IMAGES = {
    "train": ("x_train", "train_images", "images", "X", "x", "data", "arr_0"),
    "test": ("x_test", "test_images"),
}
_LABELS = {
    "x_train": "y_train", "train_images": "train_labels", "images": "labels", "X": "y", "x": "y",
    "data": "target", "arr_0": "arr_1", "x_test": "y_test", "test_images": "test_labels",
}  # fmt: skip


def read_npz(path: Path) -> tuple[Dataset, Dataset | None]:
    """Read images and labels from an ``.npz`` file.

    Parameters
    ----------
    path : Path
        An archive with ``x_train, y_train, x_test, y_test`` as Keras has them, or
        with ``images, labels``, ``X, y`` or ``data, target``. ``class_names`` may
        name the classes.

    Returns
    -------
    training, test : Dataset, Dataset or None
        The second is None when the archive has no test part.

    Raises
    ------
    DataError
        When the archive is damaged or its keys are unknown.
    """
    try:
        # Opened here, since np.load leaves a damaged file open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            training = _part(archive, "train", path)
            test = _part(archive, "test", path, training.class_names if training else None)
            found = ", ".join(archive.files)
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file. Check the path.") from error
    except DataError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise DataError(
            f"{path}: not an .npz archive of plain arrays, or damaged ({error}). Save it again with "
            "numpy.savez_compressed(path, images=…, labels=…)."
        ) from error
    if training is None:
        raise DataError(
            f"{path}: holds the arrays {found}. Expected x_train and y_train, or images and labels, or X "
            "and y."
        )
    return training, test


def _part(
    archive: Mapping[str, NDArray[Any]], part: str, path: Path, names: tuple[str, ...] | None = None
) -> Dataset | None:
    key = next((key for key in _IMAGES[part] if key in archive), None)
    if key is None:
        return None
    labels = archive.get(_LABELS[key])
    if labels is not None and labels.ndim == 2 and labels.shape[1] == 1 and labels.dtype.kind in "iu":
        labels = labels[:, 0]  # Keras keeps some labels as a column
    if "class_names" in archive:
        names = tuple(str(name) for name in archive["class_names"])
    try:
        return Dataset(
            archive[key], labels, names, name=path.name if part == "train" else f"{path.name} (test)"
        )
    except DataError as error:
        raise DataError(f"{path}, array {key!r} with {_LABELS[key]!r}: {error}") from error
