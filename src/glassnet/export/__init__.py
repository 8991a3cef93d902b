"""Models for other runtimes."""

from glassnet.export.onnx_file import OPSET, write_onnx

__all__ = ["OPSET", "write_onnx"]
