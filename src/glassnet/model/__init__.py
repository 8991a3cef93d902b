"""A trained network, how its input is prepared, its task and what its answers mean; in one file."""

from glassnet.model.files import read_tensors, write_tensors
from glassnet.model.model import Model
from glassnet.model.outputs import outputs, outputs_and_loss
from glassnet.model.task import Task, check_data, decide, task_for, task_of

__all__ = [
    "Model", "Task", "check_data", "decide", "outputs", "outputs_and_loss", "read_tensors",
    "task_for", "task_of", "write_tensors",
]  # fmt: skip
