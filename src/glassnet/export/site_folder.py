"""A model as a folder of static files: a page that draws, reads and shows, without a server."""

import base64
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError
from glassnet.files import atomic_path
from glassnet.model import Model
from glassnet.nn import BatchNorm, Dense, Dropout, Layer
from glassnet.preprocessing.normalization import CONTRAST, EDGE
from glassnet.reading.score import THRESHOLD

__all__ = ["write_site"]

PAGES = ("index.html", "style.css", "network.js", "page.js")
WHOLE = 10_000  # so few weights stay as they are: rounding the last layer's would cost more than all others'
STEPS = 127  # a weight is a whole number of so many steps either way, of a scale for each unit


def write_site(model: Model, folder: Path) -> int:
    """Write a page that reads drawings in the browser, from a file or any web host.

    Weights of large layers are kept in 8 bits with a scale for each unit, so that a network of 700,000
    stays below 1 MB.

    Parameters
    ----------
    model : Model
        Of pictures of 28×28 pixels and classes.
    folder : Path
        Made when it is missing; files of the same names in it are replaced.

    Returns
    -------
    int
        The bytes of all files together.

    Raises
    ------
    DataError
        If the model does not read such pictures.
    """
    if model.image_shape != (28, 28) or model.class_names is None:
        raise DataError("A page to draw on needs a model of 28×28 pictures and classes; this one is another.")
    scale, offset = np.asarray(model.preparation.scale), np.asarray(model.preparation.offset)
    if scale.ndim or offset.ndim:
        raise DataError('A page to draw on needs pixels prepared all alike: prepare = "unit".')
    if float(scale) == 1.0:
        raise DataError(
            "A page to draw on needs a model of pixels from 0 to 255; this one takes numbers as they are."
        )
    if model.network.n_outputs != len(model.class_names):
        raise DataError("A page to draw on needs an output for each class; this model has one for yes or no.")
    n = model.network.n_parameters
    content = {
        "classes": model.class_names,
        "scale": float(scale),
        "offset": float(offset),
        "contrast": CONTRAST,
        "edge": EDGE,
        "threshold": float(model.metadata.get("reading_threshold", THRESHOLD)),
        "about": f"Made by Glassnet: a network of {n:,} numbers, most kept in 8 bits.",
        "layers": [entry for layer in model.network.layers if (entry := _entry(layer)) is not None],
    }
    folder.mkdir(parents=True, exist_ok=True)
    pages = files("glassnet.export") / "site"
    texts = {name: (pages / name).read_text(encoding="utf-8") for name in PAGES}
    texts["model.js"] = f'"use strict";\nconst MODEL = {json.dumps(content)};\n'
    for name, text in texts.items():
        with atomic_path(folder / name) as temporary:
            temporary.write_text(text, encoding="utf-8")
    return sum((folder / name).stat().st_size for name in texts)


def _entry(layer: Layer) -> dict[str, Any] | None:
    """A layer as the page computes it."""
    if isinstance(layer, Dropout):
        return None
    if isinstance(layer, Dense):
        sizes = {"kind": "Dense", "inputs": layer.n_inputs, "outputs": layer.n_outputs}
        b = _text(layer.b.astype("<f4"))
        if layer.W.size <= WHOLE:
            return {**sizes, "W": _text(layer.W.astype("<f4")), "b": b}
        scale = np.maximum(np.abs(layer.W).max(axis=0), 1e-12) / STEPS
        rounded = np.rint(layer.W / scale).astype(np.int8)
        return {**sizes, "W": _text(rounded), "scale": _text(scale.astype("<f4")), "b": b}
    if isinstance(layer, BatchNorm):  # the running statistics make it one factor and one offset
        factor = layer.gamma / np.sqrt(layer.running_variance + layer.epsilon)
        moved = layer.beta - factor * layer.running_mean
        return {"kind": "Affine", "factor": _text(factor.astype("<f4")), "offset": _text(moved.astype("<f4"))}
    return layer.config()


def _text(array: NDArray[Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
