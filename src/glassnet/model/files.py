"""Named arrays and texts as one file, with errors that say what is wrong; where a run keeps its model."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import ModelFileError
from glassnet.files import atomic_path

__all__ = ["MODEL_FILE", "model_file", "read_header", "read_tensors", "write_tensors"]

MODEL_FILE = "model.safetensors"
TYPES = {"F16": "float16", "F32": "float32", "F64": "float64"}
"""safetensors' names of number types, as NumPy has them."""


def model_file(path: Path) -> Path:
    """The model's file in a run folder, or the file itself."""
    if not path.is_dir():
        return path
    file = path / MODEL_FILE
    if file.exists():
        return file
    if (path / "diverged.json").exists():
        raise ModelFileError(f"{path} holds a training that diverged. See why: glassnet doctor {path}")
    if (path / "checkpoint.safetensors").exists() or (path / "members").exists():
        raise ModelFileError(
            f"{path} holds a training that was interrupted. Resume it, then there is a {MODEL_FILE}."
        )
    raise ModelFileError(f"{path} is no run folder: there is no {MODEL_FILE} in it.")


def write_tensors(
    path: str | os.PathLike[str], tensors: Mapping[str, NDArray[Any]], texts: Mapping[str, str]
) -> None:
    """Write named arrays and texts as one safetensors file, in one piece."""
    from safetensors.numpy import save

    with atomic_path(path) as temporary:
        arrays = {name: np.asarray(array, order="C") for name, array in tensors.items()}
        temporary.write_bytes(save(arrays, metadata=dict(texts)))  # save_file would make it private


def read_header(path: Path) -> tuple[dict[str, tuple[str, tuple[int, ...]]], dict[str, str]]:
    """Type and shape of each array of a safetensors file, and its texts; no array is read.

    Raises
    ------
    ModelFileError
        As :func:`read_tensors`.
    """
    with _opened(path) as file:
        slices = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118
        arrays = {
            name: (TYPES.get(part.get_dtype(), part.get_dtype()), tuple(part.get_shape()))
            for name, part in slices.items()
        }
        return arrays, dict(file.metadata() or {})


def read_tensors(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """Read the arrays and texts of a safetensors file.

    Raises
    ------
    ModelFileError
        If it is missing, unreadable, cut short, or in another format.
    """
    with _opened(path) as file:
        return {name: file.get_tensor(name) for name in file.keys()}, dict(file.metadata() or {})  # noqa: SIM118


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    from safetensors import SafetensorError, safe_open

    if not path.exists():
        raise ModelFileError(f"{path}: there is no such file.")
    try:
        with safe_open(str(path), framework="numpy") as file:
            yield file
    except (SafetensorError, TypeError, AttributeError) as error:  # the latter: types that NumPy has not
        raise ModelFileError(f"{path} is no safetensors file, or it is damaged ({error}).") from None
    except OSError as error:
        raise ModelFileError(f"{path} cannot be read: {error.strerror or error}.") from None
