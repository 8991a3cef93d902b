"""Models for other runtimes, and as a page that needs no server; figures for TensorBoard."""

import os

from glassnet.export.site_folder import SITE_FILES, write_site
from glassnet.export.tensorboard import EventFiles, make_events_folder, tensorboard
from glassnet.model import Model
from glassnet.model.onnx_file import OPSET

__all__ = [
    "OPSET",
    "SITE_FILES",
    "EventFiles",
    "make_events_folder",
    "tensorboard",
    "write_onnx",
    "write_site",
]


def write_onnx(model: Model, path: str | os.PathLike[str]) -> None:
    """Write a model as an ONNX file: see :meth:`glassnet.Model.to_onnx`."""
    model.to_onnx(path)
