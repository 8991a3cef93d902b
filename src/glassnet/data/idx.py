"""IDX, the format of the original MNIST files, packed with gzip or not."""

import io
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data.dataset import Dataset
from glassnet.data.packed import open_maybe_packed
from glassnet.errors import DataError

__all__ = ["find_idx_pair", "is_idx", "labels_path", "read_idx", "read_idx_dataset"]

_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}

_FIRST = 1 << 26  # bytes; MNIST fits
_PIECE = 1 << 20  # a gzip file makes a copy of whatever is asked for at once


def is_idx(start: bytes) -> bool:
    """Whether a file that starts so is IDX: two zeros, a known type, one to four dimensions."""
    return len(start) >= 4 and start[:2] == b"\0\0" and start[2] in _TYPES and 1 <= start[3] <= 4


def read_idx(path: Path) -> NDArray[Any]:
    """Read one IDX file.

    Parameters
    ----------
    path : Path
        The file, packed with gzip or not.

    Returns
    -------
    ndarray
        With the type and the shape that the file's head states.

    Raises
    ------
    DataError
        When the file is empty, cut short, too long, or no IDX at all.
    """
    try:
        with open_maybe_packed(path) as file:
            return _read(file, path)
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file. Check the path.") from error


def _read(file: io.BufferedReader, path: Path) -> NDArray[Any]:
    head = file.read(4)
    if not head:
        raise DataError(f"{path}: the file is empty. Expected an IDX file: download or copy it again.")
    if not is_idx(head):
        raise DataError(
            f"{path}: wrong magic number 0x{head.hex()}. An IDX file of images starts with 0x00000803, "
            "one of labels with 0x00000801."
        )
    sizes = file.read(4 * head[3])
    if len(sizes) < 4 * head[3]:
        raise DataError(f"{path}: cut short within its head. Download or copy it again.")
    shape = tuple(int(size) for size in np.frombuffer(sizes, ">u4"))
    dtype = np.dtype(_TYPES[head[2]])
    expected = math.prod(shape) * dtype.itemsize
    content = _read_exactly(file, expected)
    if len(content) < expected or file.read(1):
        found = f"only {len(content):,} bytes follow" if len(content) < expected else "more bytes follow"
        raise DataError(
            f"{path}: its head promises {' × '.join(map(str, shape))} values ({expected:,} bytes), but "
            f"{found}. The file is cut short or damaged: download or copy it again."
        )
    return content.view(dtype).reshape(shape)


def _read_exactly(file: io.BufferedReader, size: int) -> NDArray[np.uint8]:
    """Read ``size`` bytes straight into an array, or as many as there are.

    The array grows with the bytes that really come: a damaged head may promise
    terabytes.
    """
    content = np.empty(min(size, _FIRST), np.uint8)
    filled = 0
    while filled < size:
        if filled == len(content):
            content = np.concatenate([content, np.empty(min(size - filled, len(content)), np.uint8)])
        count = file.readinto(content[filled : filled + _PIECE].data)
        if not count:
            break
        filled += count
    return content[:filled]


def labels_path(images: Path) -> Path | None:
    """Find the labels beside a file of images: the same name with "labels" for "images"."""
    name = images.name.replace("images", "labels").replace("idx3", "idx1")
    if name == images.name:
        return None
    plain = name.removesuffix(".gz")
    for candidate in (name, plain, plain + ".gz"):
        path = images.with_name(candidate)
        if path.is_file():
            return path
    return None


def read_idx_dataset(
    images_path: Path,
    labels: Path | None = None,
    name: str | None = None,
    class_names: tuple[str, ...] | None = None,
) -> Dataset:
    """Read images and, where they are known, their labels.

    Parameters
    ----------
    images_path : Path
        An IDX file of three dimensions.
    labels : Path, optional
        The IDX file of their labels.
    name : str, optional
        What to call the data; the name of the file unless given.
    class_names : tuple of str, optional
        One name for each class.
    """
    images = read_idx(images_path)
    if images.ndim == 1:
        raise DataError(
            f"{images_path}: holds {len(images):,} labels, not images. Give the file of images; the labels "
            "beside it are found by their name."
        )
    if images.ndim != 3 or images.dtype != np.uint8:
        raise DataError(
            f"{images_path}: holds {images.ndim} dimensions of {images.dtype}. Expected grey images: three "
            "dimensions of unsigned bytes (magic number 0x00000803)."
        )
    if labels is None:
        return Dataset(images, name=name or images_path.name)
    classes = read_idx(labels)
    if classes.ndim != 1 or classes.dtype.kind not in "iu":
        raise DataError(
            f"{labels}: holds {classes.ndim} dimensions of {classes.dtype}. Expected labels: one dimension "
            "of whole numbers (magic number 0x00000801)."
        )
    if len(classes) != len(images):
        raise DataError(
            f"{labels}: {len(classes):,} labels, but {len(images):,} images in {images_path}. Expected one "
            "label for each image: the two files do not belong together."
        )
    try:
        return Dataset(images, classes, class_names, name=name or images_path.name)
    except DataError as error:
        raise DataError(f"{labels}: {error}") from error


def find_idx_pair(folder: Path) -> tuple[Path | None, Path | None]:
    """Find the files of training and test images in a folder; None for one that is not there."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*images*idx3*")):
        part = "test" if "test" in path.name or "t10k" in path.name else "train"
        twin = found.setdefault(part, path)
        # The packed file and the same one unpacked are one; two different ones are a question.
        if twin.name.removesuffix(".gz") != path.name.removesuffix(".gz"):
            raise DataError(
                f"{folder}: both {twin.name} and {path.name} could be the {part} images. Give the path of "
                "one."
            )
    return found.get("train"), found.get("test")
