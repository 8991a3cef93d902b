"""Models for other runtimes, and as a page that needs no server; figures for TensorBoard."""

from glassnet.export.onnx_file import OPSET, write_onnx
from glassnet.export.site_folder import write_site
from glassnet.export.tensorboard import EventFiles, make_events_folder, tensorboard

__all__ = ["OPSET", "EventFiles", "make_events_folder", "tensorboard", "write_onnx", "write_site"]
