"""Everything that a training depends on, as one file from which it goes on bit for bit."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import ModelFileError, TrainingError
from glassnet.model import read_tensors, write_tensors
from glassnet.model.description import WRONG, sizes_of
from glassnet.train.history import COLUMNS

__all__ = ["Remembering", "Tally", "TrainingState"]

FORMAT = 2  # since 2 Adam keeps the paper's own m and v
KEY = "glassnet_checkpoint"


class Remembering(Protocol):
    """What a training knows of a listener: what it remembers travels in the state."""

    name: str
    outermost: bool

    def state_dict(self) -> dict[str, Any]:
        """What must not be forgotten over an interruption."""
        ...

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Remember it."""
        ...


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
            if _whole(facts["format"]) > FORMAT:
                raise ModelFileError(f"{path} was written by a newer Glassnet. Update Glassnet to resume.")
            if facts["format"] < FORMAT:
                raise ModelFileError(
                    f"{path} was written by an older Glassnet, which kept its optimisers' numbers otherwise. "
                    "Start the training anew, or finish it with that version."
                )
            state = cls(**{field.name: _unpack(facts[field.name], tensors) for field in fields(cls)})
            state._check()
        except ModelFileError:
            raise
        except WRONG:
            raise ModelFileError(f"{path}: the checkpoint is damaged. Start the training anew.") from None
        return state

    def _check(self) -> None:
        """Raise a ValueError or the like unless every field is of its kind and fits the architecture."""
        json.dumps(self.plan)  # no arrays
        learned, running = sizes_of(self.plan["architecture"])
        for number in (self.batch, self.step, self.tally["right"], self.tally["samples"]):
            _whole(number)
        for number in (self.seconds, self.tally["loss"], self.tally["seconds"]):
            _expect(math.isfinite(number))
        _expect(set(self.tally) == {field.name for field in fields(Tally)})
        for record in self.records:
            _expect(set(record) >= set(COLUMNS))
            for value in record.values():
                _expect(value is None or isinstance(value, float) or _whole(value) >= 0)
        _expect(self.network["theta"].shape == (learned,) and self.network["state"].shape == (running,))
        _expect(isinstance(self.network["rng"], dict))
        vectors = {name: array for name, array in self.network.items() if name != "rng"}
        parts = [self.average[name] for name in ("theta", "state")] if self.average else []
        for arrays in (vectors, self.optimizer, *parts):
            _expect(all(isinstance(array, np.ndarray) for array in arrays.values()))
        dtype = self.plan["architecture"]["dtype"]
        for memory in (vectors, self.optimizer, self.average, self.listeners):
            _check_arrays(memory, learned, running, dtype)


def _check_arrays(tree: dict[str, Any], size: int, running: int, dtype: str) -> None:
    """Arrays are finite vectors, as long as state under that name, else as theta; a "t" counts steps."""
    t = tree.get("t", 1)
    if "t" in tree:
        _expect(isinstance(t, np.ndarray) and t.shape == () and t.dtype.kind == "i" and int(t) >= 0)
    for name, value in tree.items():
        expected = running if name == "state" else size
        if isinstance(value, dict):
            _check_arrays(value, expected, running, dtype)
        elif isinstance(value, np.ndarray) and name != "t" and (t > 0 or value.size):  # an average's begin
            _expect(value.shape == (expected,) and value.dtype == dtype and bool(np.isfinite(value).all()))


def _whole(number: Any) -> int:
    _expect(type(number) is int and 0 <= number < 2**53)
    return int(number)


def _expect(holds: bool) -> None:
    if not holds:
        raise ValueError("not as it was written")


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
