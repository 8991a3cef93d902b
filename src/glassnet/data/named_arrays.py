"""Arrays with names, from .npz and .mat files: which are images, which are labels, and of which part."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glassnet.data.columns import holds_classes, one_hot_classes
from glassnet.data.dataset import Dataset
from glassnet.data.pixel_range import PixelRange
from glassnet.errors import DataError, listed

__all__ = ["Loaded", "array_roles", "datasets_of"]


class Loaded(NamedTuple):
    """A data set, in the parts that its makers divided it into."""

    training: Dataset
    validation: Dataset | None = None
    test: Dataset | None = None


_PARTS = {
    "training": r"train(?:ing)?",
    "validation": r"val(?:id(?:ation)?)?|dev",
    "test": r"test(?:ing)?",
}
_IMAGES = ("images?", "imgs?", "x", "data", "pixels", "features", "inputs?", "fea", "arr_0")
_LABELS = ("labels?", "y", "targets?", "classes", "gnd", "arr_1")

Roles = dict[tuple[str, str], str]
"""From (part, "images" or "labels") to the name of the array."""


def array_roles(path: Path, names: Iterable[str]) -> Roles:
    """What arrays hold, by their names: x_train, y_train, images, labels, X, y, trainImages and the like.

    Raises
    ------
    DataError
        When none is called images, or two arrays could be the same thing.
    """
    known = list(names)
    roles: Roles = {}
    for what, words in (("images", _IMAGES), ("labels", _LABELS)):
        for part, prefix in {**_PARTS, "": None}.items():
            for word in words:
                pattern = word if prefix is None else rf"(?:{prefix})_?(?:{word})|(?:{word})_?(?:{prefix})"
                name = next((name for name in known if re.fullmatch(pattern, name, re.IGNORECASE)), None)
                if name is not None:
                    roles.setdefault((part or "training", what), name)
    if ("training", "images") not in roles:
        raise DataError(
            f"{path}: holds the arrays {listed(known)}. Expected x_train and y_train, or images and labels, "
            "or X and y."
        )
    return roles


def datasets_of(
    path: Path, roles: Roles, arrays: Mapping[str, NDArray[Any]], *, columns_too: bool = False
) -> Loaded:
    """Make data sets of arrays.

    Parameters
    ----------
    path : Path
        For messages.
    roles : dict
        What each array holds.
    arrays : mapping from names to arrays
    columns_too : bool
        Whether samples may stand in columns, as MATLAB's do.

    Raises
    ------
    DataError
        When images and labels do not fit; names the arrays.
    """
    given = arrays.get("class_names")
    names = None if given is None else tuple(str(name).strip() for name in given.ravel())
    training = _dataset(path, roles, arrays, "training", names, columns_too)
    names = names or training.class_names
    others = {
        part: _dataset(path, roles, arrays, part, names, columns_too)
        for part in ("validation", "test")
        if (part, "images") in roles
    }
    return Loaded(training, **others)


def _dataset(
    path: Path,
    roles: Roles,
    arrays: Mapping[str, NDArray[Any]],
    part: str,
    names: tuple[str, ...] | None,
    columns_too: bool,
) -> Dataset:
    key = roles[part, "images"]
    images = arrays[key]
    labels = None
    where = f"array {key!r}"
    notes: list[str] = []
    if (part, "labels") in roles:
        where += f" with {roles[part, 'labels']!r}"
        labels = _flat_labels(arrays[roles[part, "labels"]])
        if columns_too:
            images = _samples_first(images, len(labels), notes)
        if names is None and labels.ndim == 2:
            names = tuple(map(str, range(labels.shape[1])))  # of one-hot rows; targets have no names
        labels = _classes_of(labels, images, notes)
    if images.ndim == 4 and images.shape[1] == 1:  # PyTorch's order
        images = images[:, 0]
    try:
        name = path.name if part == "training" else f"{path.name} ({part})"
        return Dataset(images, labels, names if labels is not None else None, name=name, notes=notes)
    except DataError as error:
        raise DataError(f"{path}, {where}: {error}") from error


def _flat_labels(labels: NDArray[Any]) -> NDArray[Any]:
    """A column or a row as a list: Keras and MATLAB keep labels so."""
    return labels.reshape(-1) if labels.ndim == 2 and 1 in labels.shape else labels


def _samples_first(images: NDArray[Any], m: int, notes: list[str]) -> NDArray[Any]:
    """The samples along the first axis, where the labels say that they stand along the last."""
    if images.ndim < 2 or images.shape[0] == m or images.shape[-1] != m:
        return images
    notes.append("its samples stand in columns, and were made rows.")
    return np.moveaxis(images, -1, 0)


def _classes_of(labels: NDArray[Any], images: NDArray[Any], notes: list[str]) -> NDArray[Any]:
    """Classes where it is certain that they are meant: one-hot rows; whole floats that belong to pictures."""
    classes = one_hot_classes(labels)
    if classes is not None:
        notes.append(
            f"its labels are rows with a single 1; they were read as classes 0 to {labels.shape[1] - 1}."
        )
        return classes
    if labels.dtype.kind != "f" or labels.ndim != 1 or not np.isfinite(labels).all():
        return labels
    if images.ndim != 3 and PixelRange.of(images) is None:
        return labels  # of measurements they may be targets
    if (labels == np.floor(labels)).all() and holds_classes(labels):
        notes.append("its labels are floating-point numbers without fractions; they were read as classes.")
        return labels.astype(np.intp)
    return labels
