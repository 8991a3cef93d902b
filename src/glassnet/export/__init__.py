"""Models for other runtimes, and as a page that needs no server."""

from glassnet.export.onnx_file import OPSET, write_onnx
from glassnet.export.site_folder import write_site

__all__ = ["OPSET", "write_onnx", "write_site"]
