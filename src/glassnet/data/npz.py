"""NumPy's own files: .npz archives, Keras's mnist.npz among them, and single arrays in .npy."""

import math
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from glassnet.data.dataset import Dataset
from glassnet.data.named_arrays import Loaded, array_roles, datasets_of
from glassnet.data.packed import check_unpacked_size
from glassnet.errors import DataError, quoted

__all__ = ["read_npy", "read_npz"]

_SAVE_AGAIN = "Save it again with numpy.savez_compressed(path, images=…, labels=…)."


def read_npz(path: Path) -> Loaded:
    """Read images and labels from an ``.npz`` file.

    Parameters
    ----------
    path : Path
        An archive with ``x_train, y_train, x_test, y_test`` as Keras has them, or
        with ``images, labels``, ``X, y`` or ``data, target``. ``class_names`` may
        name the classes.

    Returns
    -------
    Loaded
        Training, validation and test; the latter two are None when the archive has no such part.

    Raises
    ------
    DataError
        When the archive is damaged or its keys are unknown.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = {member.filename.removesuffix(".npy"): member for member in archive.infolist()}
            roles = array_roles(path, members)
            wanted = [*roles.values(), *({"class_names"} & set(members))]
            check_unpacked_size(path, sum(members[key].file_size for key in wanted), path.stat().st_size)
            arrays = {key: _member(path, archive, members[key]) for key in wanted}
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file. Check the path.") from error
    except DataError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise DataError(
            f"{path}: not an .npz archive of plain arrays, or damaged ({error}). {_SAVE_AGAIN}"
        ) from error
    return datasets_of(path, roles, arrays)


def read_npy(path: Path) -> Dataset:
    """Read the one array of an ``.npy`` file as images, and the labels beside it where they are found.

    Parameters
    ----------
    path : Path
        ``images.npy`` (with ``labels.npy``), ``X_train.npy`` (with ``y_train.npy``) and the like.

    Raises
    ------
    DataError
        When a file is damaged.
    """
    arrays = {"images": _npy(path)}
    beside = _labels_beside(path)
    if beside is not None:
        arrays["labels"] = _npy(beside)
    return datasets_of(path, array_roles(path, arrays), arrays).training


def _npy(path: Path) -> NDArray[Any]:
    try:
        with path.open("rb") as file:
            return _read_array(file, path.stat().st_size)
    except (EOFError, OSError, ValueError) as error:
        raise DataError(f"{path}: not an .npy file of a plain array, or damaged ({error}).") from error


def _labels_beside(path: Path) -> Path | None:
    """``y_train.npy`` for ``x_train.npy``, ``labels.npy`` for ``images.npy``."""
    for images, labels in (
        ("images", "labels"),
        ("X", "y"),
        ("x", "y"),
        ("data", "labels"),
        ("data", "target"),
    ):
        name = path.name.replace(images, labels, 1)
        if name != path.name and (path.with_name(name)).is_file():
            return path.with_name(name)
    return None


def _member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    with archive.open(member) as file:
        try:
            array = _read_array(file, member.file_size)
            file.read(1)  # at the end the check sum is compared
        except ValueError as error:
            raise DataError(
                f"{path}: not an .npz archive of plain arrays: {quoted(member.filename)}: {error}. "
                f"{_SAVE_AGAIN}"
            ) from error
    return array


def _read_array(file: IO[bytes], size: int) -> NDArray[Any]:
    """An array whose head promises as many bytes as there are; nothing is allocated before that is known."""
    version = npy.read_magic(file)
    heads = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    if version not in heads:
        raise ValueError(f"its format version {version[0]}.{version[1]} is for arrays with named fields")
    shape, fortran_order, dtype = heads[version](file)
    if dtype.hasobject:
        raise ValueError("it holds Python objects (pickled), which are not opened here")
    if dtype.names is not None:
        raise ValueError("it has named fields; one plain array each is expected")
    promised, found = math.prod(shape) * dtype.itemsize, size - file.tell()
    if promised != found or min(shape, default=1) < 0:
        raise ValueError(
            f"its head promises {' × '.join(map(str, shape))} values ({promised:,} bytes), but {found:,} "
            "bytes follow"
        )
    content = bytearray(promised)
    filled = 0
    while filled < promised and (count := file.readinto(memoryview(content)[filled:])):  # type: ignore[attr-defined]
        filled += count
    if filled < promised:
        raise ValueError(f"it is cut short: {filled:,} of {promised:,} bytes are there")
    return np.frombuffer(content, dtype).reshape(shape, order="F" if fortran_order else "C")
