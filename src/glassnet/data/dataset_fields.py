"""What may stand in a Dataset: pixels or features, labels, names. Everything else is named and refused."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.errors import DataError

__all__ = ["checked_images", "checked_labels", "checked_names"]

MOST_CLASSES = 65_536  # a greater label is an identity number or a target, not a class


def checked_images(
    images: NDArray[Any], pixel_max: float | None, name: str
) -> tuple[NDArray[Any], float | None]:
    """Give the samples as a read-only uint8 or float array, and the value of a full pixel."""
    if images.ndim == 4 and images.shape[3] == 1:  # one channel is no colour
        images = images[..., 0]
    if images.ndim not in (2, 3) or not len(images) or not math.prod(images.shape[1:]):
        raise DataError(
            f"{name}: the images have the shape {images.shape}. Expected (samples, height, width) or "
            "(samples, features) with at least one of each; make colour pictures grey first."
        )
    kind = images.dtype.kind
    if kind == "b":
        images, pixel_max = images.view(np.uint8), pixel_max or 1
    elif kind in "iu":
        images, pixel_max = _as_bytes(images, pixel_max or 255, name), pixel_max or 255
    elif kind == "f":
        images = _as_features(images, name)
    else:
        raise DataError(
            f"{name}: the images are {images.dtype}. Expected whole numbers from 0 to 255 (pixels) or floats."
        )
    images = np.ascontiguousarray(images).view()
    images.flags.writeable = False  # whoever holds a batch cannot change the data by accident
    return images, None if pixel_max is None else float(pixel_max)


def _as_bytes(images: NDArray[Any], pixel_max: float, name: str) -> NDArray[np.uint8]:
    if images.dtype == np.uint8 and pixel_max >= 255:
        return images
    wrong = (images < 0) | (images > min(pixel_max, 255))
    if wrong.any():
        place = np.unravel_index(int(wrong.argmax()), images.shape)
        largest = int(images.max())
        advice = "features of another range must be floats."
        if images.dtype == np.uint16 or 4 * 255 < largest < 1 << 16:
            advice = f"these go up to {largest:,}: divide pixels of 16 bits by 257."
        raise DataError(
            f"{name}: sample {place[0]} has the pixel {images[place]} at {tuple(map(int, place[1:]))}. "
            f"Expected whole numbers from 0 to {min(pixel_max, 255):g}; {advice}"
        )
    return images.astype(np.uint8)


def _as_features(images: NDArray[Any], name: str) -> NDArray[Any]:
    finite = np.isfinite(images)
    if not finite.all():
        place = np.unravel_index(int(finite.argmin()), images.shape)
        raise DataError(
            f"{name}: sample {place[0]} has the value {images[place]} at {tuple(map(int, place[1:]))}. "
            "Expected finite numbers: fill in or leave out such samples."
        )
    return images.astype(np.float64 if images.dtype.itemsize >= 8 else np.float32, copy=False)


def checked_labels(
    labels: ArrayLike | None, class_names: Sequence[str] | None, m: int, name: str
) -> tuple[NDArray[Any] | None, tuple[str, ...] | None]:
    """Give the labels as read-only integers or floats, and one name for each class."""
    names = None if class_names is None else tuple(map(str, class_names))
    if labels is None:
        return None, names
    values = np.asarray(labels)
    if values.shape[:1] != (m,) or values.ndim > 2:
        raise DataError(
            f"{name}: {m:,} images, but labels of the shape {values.shape}. Expected one label for each "
            "image."
        )
    if values.dtype.kind in "UO":
        values, names = _numbered(values, names, name)
    if values.dtype.kind in "biu" and values.ndim == 1:
        values = values.astype(np.intp)
        n_classes = min(int(values.max()) + 1, MOST_CLASSES) if names is None else len(names)
        _check_range(values, n_classes, name)
        names = names or tuple(map(str, range(n_classes)))
    elif values.dtype.kind in "biuf":
        values, names = _as_targets(values, name), None
    else:
        raise DataError(f"{name}: the labels are {values.dtype}. Expected integers, names, or floats.")
    values = np.ascontiguousarray(values).view()
    values.flags.writeable = False
    return values, names


def _numbered(
    values: NDArray[Any], names: tuple[str, ...] | None, name: str
) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    """Labels that are names, as numbers: in the order of ``names``, or sorted."""
    words = [str(value) for value in values.ravel().tolist()]
    if names is None:
        numeric = all(word.isdecimal() for word in words)
        names = tuple(sorted(set(words), key=int if numeric else None))
    number_of = {word: number for number, word in enumerate(names)}
    for i, word in enumerate(words):
        if word not in number_of:
            raise DataError(f"{name}: sample {i} has the label {word!r}. Expected one of {', '.join(names)}.")
    return np.array([number_of[word] for word in words], dtype=np.intp), names


def _check_range(labels: NDArray[np.intp], n_classes: int, name: str) -> None:
    wrong = (labels < 0) | (labels >= n_classes)
    if wrong.any():
        i = int(wrong.argmax())
        raise DataError(
            f"{name}: sample {i} has the label {labels[i]}. Expected a class, counted from 0"
            + (f" to {n_classes - 1}." if n_classes > 0 else ".")
        )


def _as_targets(values: NDArray[Any], name: str) -> NDArray[Any]:
    values = values.astype(np.float32 if values.dtype == np.float32 else np.float64)
    if not np.isfinite(values).all():
        i = int(np.isfinite(values.reshape(len(values), -1)).all(axis=1).argmin())
        raise DataError(f"{name}: sample {i} has the target {values[i]}. Expected finite numbers.")
    return values


def checked_names(names: Sequence[str] | None, n: int, what: str, name: str) -> tuple[str, ...] | None:
    """Give the names as a tuple, one for each of ``n``."""
    if names is None:
        return None
    if len(names) != n:
        raise DataError(f"{name}: {n:,} {what}, but {len(names):,} names for them. Expected one for each.")
    return tuple(map(str, names))
