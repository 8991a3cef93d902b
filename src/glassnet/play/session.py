"""A browser tab's own things: its models, its data, its corrections, its training."""

import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.play.corrections import Corrections
from glassnet.play.registered_model import RegisteredModel
from glassnet.play.supervisor import Supervisor

__all__ = ["Session"]


@dataclass
class Session:
    """One browser tab.

    Attributes
    ----------
    id : str
        Known to this tab alone.
    folder : Path
        Of its own, removed with it.
    models : dict
        Trained, kept or taught here, by their names.
    data : dict
        Uploaded data sets.
    pictures : dict
        Opened pictures, grey.
    training : Supervisor or None
        The newest one.
    previous : list
        The epochs of the one before.
    started : int
        How many there were.
    corrections : Corrections or None
        What this tab taught.
    """

    id: str
    folder: Path
    seen: float
    models: dict[str, RegisteredModel] = field(default_factory=dict)
    data: dict[str, tuple[Path, Dataset]] = field(default_factory=dict)
    pictures: dict[str, NDArray[np.uint8]] = field(default_factory=dict)
    training: Supervisor | None = None
    previous: list[dict[str, Any]] = field(default_factory=list)
    started: int = 0
    corrections: Corrections | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)

    def close(self) -> None:
        """End the training, remove the folder."""
        if self.training is not None:
            self.training.end()
        shutil.rmtree(self.folder, ignore_errors=True)
