"""What the server may be told, and the limits that keep one visitor from using up the machine."""

from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Limits", "Settings"]


@dataclass(frozen=True)
class Limits:
    """How much of everything.

    Attributes
    ----------
    sessions : int
        Browser tabs at the same time.
    idle_seconds : float
        After which a tab that asks for nothing is forgotten.
    request_bytes, data_bytes : int
        Of a request, and of an uploaded data set.
    strokes, points : int
        Of a drawing.
    trainings : int
        At the same time, over all tabs.
    training_seconds : float
        Of one training.
    grace_seconds : float
        How long the training of a tab that is gone waits for its return.
    epochs, layers, units, parameters, samples : int
        Of one training.
    drawings : int
        Corrections that a tab remembers.
    """

    sessions: int = 64
    idle_seconds: float = 1800.0
    request_bytes: int = 12_000_000
    data_bytes: int = 150_000_000
    strokes: int = 400
    points: int = 20_000
    trainings: int = 8
    training_seconds: float = 900.0
    grace_seconds: float = 15.0
    epochs: int = 500
    layers: int = 6
    units: int = 1024
    parameters: int = 3_000_000
    samples: int = 100_000
    drawings: int = 40


@dataclass(frozen=True)
class Settings:
    """How the server was started.

    Attributes
    ----------
    host : str
        The address that it listens on.
    runs : Path
        The folder with run folders.
    model : Path, optional
        The model that pages begin with.
    data_dir : Path, optional
        The folder with the files of MNIST.
    limits : Limits
    """

    host: str = "127.0.0.1"
    runs: Path = Path("runs")
    model: Path | None = None
    data_dir: Path | None = None
    limits: Limits = field(default_factory=Limits)
