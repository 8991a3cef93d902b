"""A trained network, how its input is prepared, what its answers mean; in one file."""

from glassnet.model.files import read_tensors, write_tensors
from glassnet.model.model import Model, outputs
from glassnet.model.task import check_data, class_labels, decide

__all__ = ["Model", "check_data", "class_labels", "decide", "outputs", "read_tensors", "write_tensors"]
