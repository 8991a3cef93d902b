"""A model as a folder of static files: a page that draws, reads and shows, without a server."""

import base64
import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError
from glassnet.files import atomic_path
from glassnet.model import Model
from glassnet.nn import Activation, Layer
from glassnet.preprocessing.normalization import CONTRAST, MIN_BOX_INK
from glassnet.reading.score import DEFAULT_THRESHOLD

__all__ = ["SITE_FILES", "write_site"]

PAGES = ("index.html", "style.css", "network.js", "page.js")
SITE_FILES = ("model.js", *PAGES)
"""What a page without a server is made of."""
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
    layers = [layer for layer in model.network.layers if not layer.training_only]
    content = {
        "classes": model.class_names,
        "scale": float(scale),
        "offset": float(offset),
        "contrast": CONTRAST,
        "edge": MIN_BOX_INK,
        "threshold": float(model.metadata.get("reading_threshold", DEFAULT_THRESHOLD)),
        "about": f"Made by Glassnet: a network of {n:,} numbers, most kept in 8 bits.",
        "layers": [_entry(layer) for layer in layers],
    }
    pages = files("glassnet.export") / "site"
    texts = {name: (pages / name).read_text(encoding="utf-8") for name in PAGES}
    texts["model.js"] = f'"use strict";\nconst MODEL = {json.dumps(content)};\n' + (
        "// Of each kind of layer: A of a row X; dX of dA, where contributions to an answer are exact.\n"
        "const LAYERS = ({ affine, affineVjp, erf, sigmoid, softmax }) => ({\n" + _functions(layers) + "});\n"
    )
    for name in SITE_FILES:
        with atomic_path(folder / name) as temporary:
            temporary.write_text(texts[name], encoding="utf-8")
    return sum((folder / name).stat().st_size for name in SITE_FILES)


def _entry(layer: Layer) -> dict[str, Any]:
    """What a layer computes with, for ``site/network.js`` to unpack."""
    arrays = {name: _packed(array) for name, array in layer.inference_arrays().items()}
    return {**layer.config(), "activation": isinstance(layer, Activation), "arrays": arrays}


def _packed(array: NDArray[Any]) -> dict[str, Any]:
    if array.ndim == 1 or array.size <= WHOLE:
        return {"values": _text(array.astype("<f4"))}
    scale = np.maximum(np.abs(array).max(axis=0), 1e-12) / STEPS
    return {"values": _text(np.rint(array / scale).astype(np.int8)), "scale": _text(scale.astype("<f4"))}


def _functions(layers: Iterable[Layer]) -> str:
    """The two functions of each kind of layer, as its class says them."""
    lines = {}
    for layer in layers:
        forward, backward = layer.javascript()
        product = f"(dA, X, l) => {backward}" if backward else "null"
        lines[type(layer).__name__] = f"  {type(layer).__name__}: [(X, l) => {forward}, {product}],\n"
    return "".join(lines.values())


def _text(array: NDArray[Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
