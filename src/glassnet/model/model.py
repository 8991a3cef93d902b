"""Model: a trained network, how its input was prepared, and what its classes are called; in one file.

The file is in safetensors format: named arrays, and text beside them; nothing in it is ever executed.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.data import Dataset, Preparation
from glassnet.errors import DataError, ModelFileError
from glassnet.model.description import FORMAT, KEY, Description, refused
from glassnet.model.files import model_file, read_header, read_tensors, write_tensors
from glassnet.model.onnx_file import write_onnx_file
from glassnet.model.outputs import outputs
from glassnet.model.task import Task, task_of
from glassnet.nn import Network
from glassnet.version import __version__

if TYPE_CHECKING:
    from glassnet.maths.types import Array

__all__ = ["Model"]


class Model:
    """A trained network that takes pixels as they come.

    Parameters
    ----------
    network : Network
    preparation : Preparation
        What was done with the pixels before the network saw them.
    class_names : sequence of str, optional
        One for each class, those without by their number; None for a regression.
    image_shape : (height, width), optional
        Of the pictures it was trained on; None for features.
    metadata : dict, optional
        Anything that JSON can hold and that shall go into the file: recipe, figures, ...

    Raises
    ------
    DataError
        If the class names or the image shape do not fit the network.

    Examples
    --------
    >>> from glassnet.nn import mlp
    >>> model = Model(mlp(4, 3, seed=0), Preparation("unit", 0.0, 1 / 255), ["a", "b", "c"], (2, 2))
    >>> model.predict_proba(np.zeros((1, 2, 2), np.uint8)).round(3)
    array([[0.333, 0.333, 0.333]], dtype=float32)
    """

    def __init__(
        self,
        network: Network,
        preparation: Preparation,
        class_names: Sequence[str] | None = None,
        image_shape: tuple[int, int] | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        self.network = network
        self.preparation = preparation
        self.class_names = None if class_names is None else _named(class_names, max(network.n_outputs, 2))
        self.image_shape = None if image_shape is None else (int(image_shape[0]), int(image_shape[1]))
        self.metadata = dict(metadata or {})
        if self.image_shape is not None and math.prod(self.image_shape) != network.n_inputs:
            raise DataError(
                f"image_shape {self.image_shape[0]}×{self.image_shape[1]} does not give the network's "
                f"{network.n_inputs} inputs."
            )

    # --- answers -------------------------------------------------------------------------------------

    def predict(self, images: ArrayLike | Dataset) -> NDArray[Any]:
        """The answer for each picture.

        Parameters
        ----------
        images : (m, height, width) or (m, n) array, a Dataset, or a single picture (height, width)
            Pixels as in the training data. Where it is certain that they are in another range (0 to 1 for 0
            to 255, say), they are scaled.

        Returns
        -------
        (m,) integers
            Indices into ``class_names``. Without class names, several yes-or-no questions at once are
            (m, k) of 0 and 1, and a regression's are the outputs (m, k), of "poisson" their powers of e.
        """
        return self.task.decide(self.outputs(images))

    def predict_proba(self, images: ArrayLike | Dataset) -> Array:
        """The network's outputs for each picture, (m, k); one output for two classes becomes two columns."""
        return self.task.columns(self.outputs(images))

    @property
    def task(self) -> Task:
        """What the network is asked for: where its answers have names, they are classes."""
        return task_of(self.network, named=self.class_names is not None)

    def outputs(self, images: ArrayLike | Dataset) -> Array:
        """What the network gives for each picture, (m, k), before :attr:`task` makes an answer of it."""
        told: dict[str, Any] = {}
        if isinstance(images, Dataset):
            told = {"pixel_max": images.pixel_max, "name": images.name}
            images = images.images
        pixels = np.asarray(images)
        if pixels.shape == self.image_shape and pixels.shape[-1] != self.network.n_inputs:
            pixels = pixels[np.newaxis]
        self._check_shape(pixels)
        preparation = self.preparation.adapted_to(pixels, **told)
        with np.errstate(over="ignore", invalid="ignore"):  # the check says it better
            A = outputs(self.network, preparation, pixels)
        bad = np.flatnonzero(~np.isfinite(A).all(axis=1))
        if bad.size:
            raise DataError(
                f"Sample {bad[0]} gives no finite answer; look for NaN or infinite numbers in it."
            )
        return A

    def _check_shape(self, pixels: NDArray[Any]) -> None:
        n = self.network.n_inputs
        fits = pixels.ndim >= 2 and math.prod(pixels.shape[1:]) == n
        if pixels.ndim == 3 and self.image_shape is not None:
            fits = pixels.shape[1:] == self.image_shape
        if not fits:
            shape = "×".join(map(str, self.image_shape)) + " pixels" if self.image_shape else f"{n} numbers"
            raise DataError(f"The model reads samples of {shape}, not an array of shape {pixels.shape}.")

    # --- the file ------------------------------------------------------------------------------------

    def save(self, path: str | os.PathLike[str], *, half: bool = False) -> None:
        """Write the model as one file; a crash in between leaves the old one or the new one.

        Parameters
        ----------
        path : path
        half : bool
            Keep 16 bits of each number: half the size, three significant digits. Loading widens them again.
        """
        facts = {
            **self.metadata,
            "version": __version__,
            "format": FORMAT,
            "architecture": self.network.config(),
            "preparation": self.preparation.config(),
            "class_names": self.class_names,
            "image_shape": self.image_shape,
        }
        tensors = {**self.network.parameters, **self.network.statistics}
        if half:
            tensors = {name: array.astype(np.float16) for name, array in tensors.items()}
        write_tensors(path, tensors, {KEY: json.dumps(facts, ensure_ascii=False, allow_nan=False)})

    def to_onnx(self, path: str | os.PathLike[str]) -> None:
        """Write the model for other runtimes, with its input's preparation.

        The input ``pixels`` takes any number of samples, as they come and not divided by anything: uint8
        (N, height, width) for pictures, float32 for those that the model takes as numbers, else float32
        (N, n). The output is what :meth:`predict_proba` gives; of counts, what :meth:`predict` gives.
        Nodes and weights are named after the layers, as the textbook has it: ``0.W``, ``0.Z``, ``1.A``.

        Parameters
        ----------
        path : path

        Raises
        ------
        MissingExtraError
            If the package onnx is missing.
        """
        write_onnx_file(path, self.network, self.preparation, self.task, self.class_names, self.image_shape)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Model:
        """Read a model from its file, or from the run folder that holds it.

        Raises
        ------
        ModelFileError
            If there is none, or it is damaged, no model of Glassnet's, or written by a newer version.
        """
        file = model_file(Path(path))
        arrays, texts = read_header(file)
        told = Description.read(texts, file)
        told.check_arrays(arrays, file)
        with refused(file), np.errstate(all="ignore"):  # the weights that it draws are not kept
            network = Network.from_config(told.architecture)
            model = cls(network, told.preparation, told.class_names, told.image_shape, told.metadata)
        tensors, _ = read_tensors(file)
        for name, place in {**network.parameters, **network.statistics}.items():
            place[...] = tensors[name]
        if not (np.isfinite(network.theta).all() and np.isfinite(network.state).all()):
            raise ModelFileError(f"{file}: not all of its numbers are finite, so that it could not answer.")
        return model

    def __repr__(self) -> str:
        names = "" if self.class_names is None else f", {len(self.class_names)} classes"
        return f"<Model {self.network!r}{names}>"


def _named(names: Sequence[str], classes: int) -> tuple[str, ...]:
    """A name for each class: those that have none go by their number."""
    if len(names) > classes:
        raise DataError(f"{len(names)} class names, but the network tells {classes} classes apart.")
    return (*map(str, names), *map(str, range(len(names), classes)))
