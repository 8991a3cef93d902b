"""Everything that a training depends on, as one file from which it goes on bit for bit."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import ModelFileError, TrainingError
from glassnet.model import read_tensors, write_tensors

__all__ = ["Tally", "TrainingState"]

FORMAT = 2  # since 2 Adam keeps the paper's own m and v
KEY = "glassnet_checkpoint"


@dataclass(slots=True)
class Tally:
    """Sums over the epoch that is going on."""

    loss: float = 0.0
    right: int = 0
    samples: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class TrainingState:
    """A training between two steps; ``train(..., start=state)`` goes on from it.

    Each field is plain data with arrays in it.

    Attributes
    ----------
    plan : dict
        What must be the same when it goes on: architecture, optimiser, number of samples, batch size, seed.
    batch, step : int
        Batches of the present epoch, and steps of the whole training, that are done.
    seconds : float
        Time spent on training.
    tally : dict
        Sums over the present epoch.
    records : list of dict
        The history so far, one record for each complete epoch.
    network : dict
        Parameters, running statistics, and the state of dropout's random numbers.
    optimizer : dict
        Its vectors and counters.
    average : dict
        The moving average of the weights; empty without.
    listeners : dict
        What the listeners remember: early stopping's patience, the best weights, ...
    """

    plan: dict[str, Any]
    batch: int
    step: int
    seconds: float
    tally: dict[str, Any]
    records: list[dict[str, Any]]
    network: dict[str, Any]
    optimizer: dict[str, Any]
    average: dict[str, Any]
    listeners: dict[str, dict[str, Any]]

    def check_plan(self, plan: dict[str, Any]) -> None:
        """Raise a TrainingError unless a training that shall go on from here has this plan."""
        for what, now in json.loads(json.dumps(plan)).items():  # as a file gives it back
            if self.plan.get(what) != now:
                instead = f"{_short(now)} instead of {_short(self.plan.get(what))}"
                raise TrainingError(
                    f"The training cannot be resumed with another {what.replace('_', ' ')} ({instead}). "
                    "Use the one that it was begun with, or start anew."
                )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the checkpoint in one piece: a crash leaves the last one or this one."""
        tensors: dict[str, NDArray[Any]] = {}
        facts = {field.name: _pack(getattr(self, field.name), field.name, tensors) for field in fields(self)}
        write_tensors(path, tensors, {KEY: json.dumps({"format": FORMAT, **facts})})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> TrainingState:
        """Read a checkpoint.

        Raises
        ------
        ModelFileError
            If it is missing, damaged, no checkpoint, or written by another version.
        """
        tensors, texts = read_tensors(Path(path))
        if KEY not in texts:
            raise ModelFileError(f"{path} is no checkpoint of a training.")
        try:
            facts = json.loads(texts[KEY])
            if facts["format"] > FORMAT:
                raise ModelFileError(f"{path} was written by a newer Glassnet. Update Glassnet to resume.")
            if facts["format"] < FORMAT:
                raise ModelFileError(
                    f"{path} was written by an older Glassnet, which kept its optimisers' numbers otherwise. "
                    "Start the training anew, or finish it with that version."
                )
            return cls(**{field.name: _unpack(facts[field.name], tensors) for field in fields(cls)})
        except (json.JSONDecodeError, KeyError, TypeError):
            raise ModelFileError(f"{path}: the checkpoint is damaged. Start the training anew.") from None


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _pack(tree: Any, path: str, tensors: dict[str, NDArray[Any]]) -> Any:
    """Plain data as JSON can hold it; arrays move into ``tensors`` and leave their name."""
    if isinstance(tree, np.ndarray):
        tensors[path] = tree
        return {"array": path}
    if isinstance(tree, dict):
        return {key: _pack(value, f"{path}.{key}", tensors) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_pack(value, f"{path}.{i}", tensors) for i, value in enumerate(tree)]
    return tree.item() if isinstance(tree, np.generic) else tree


def _unpack(tree: Any, tensors: dict[str, NDArray[Any]]) -> Any:
    if isinstance(tree, dict):
        if set(tree) == {"array"}:
            return tensors[tree["array"]]
        return {key: _unpack(value, tensors) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_unpack(value, tensors) for value in tree]
    return tree
