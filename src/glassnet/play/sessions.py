"""A browser tab's own things: its models, its corrections, its training; and how many tabs there may be."""

import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glassnet.play.refusal import RequestError
from glassnet.play.settings import Limits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glassnet.data import Dataset
    from glassnet.play.shelf import Shelved
    from glassnet.play.supervisor import Supervisor
    from glassnet.play.teaching import Lessons

__all__ = ["Session", "Sessions"]


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
    lessons : Lessons or None
        What this tab taught.
    """

    id: str
    folder: Path
    seen: float
    models: "dict[str, Shelved]" = field(default_factory=dict)
    data: "dict[str, tuple[Path, Dataset]]" = field(default_factory=dict)
    pictures: "dict[str, NDArray[np.uint8]]" = field(default_factory=dict)
    training: "Supervisor | None" = None
    previous: list[dict[str, Any]] = field(default_factory=list)
    started: int = 0
    lessons: "Lessons | None" = None
    lock: threading.RLock = field(default_factory=threading.RLock)

    def close(self) -> None:
        """End the training, remove the folder."""
        if self.training is not None:
            self.training.end()
        shutil.rmtree(self.folder, ignore_errors=True)


class Sessions:
    """All tabs.

    Parameters
    ----------
    limits : Limits
    clock : callable
        Seconds; another one in tests.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits, self._clock = limits, clock
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._sessions)

    def create(self) -> Session:
        """A new tab.

        Raises
        ------
        RequestError
            When there are too many.
        """
        self.sweep()
        with self._lock:
            if len(self._sessions) >= self.limits.sessions:
                raise RequestError(
                    429,
                    f"{self.limits.sessions} tabs are open already. Close one and reload in a few minutes.",
                )
            folder = Path(tempfile.mkdtemp(prefix="glassnet-play-"))
            session = Session(secrets.token_urlsafe(18), folder, self._clock())
            self._sessions[session.id] = session
            return session

    def get(self, id_: str) -> Session:
        """The tab of that name.

        Raises
        ------
        RequestError
            When it is not known (any more).
        """
        with self._lock:
            session = self._sessions.get(id_)
            if session is None:
                raise RequestError(410, "This tab was away for too long. Reload the page.")
            session.seen = self._clock()
            return session

    def trainings(self) -> int:
        """How many are not over yet."""
        with self._lock:
            runs = [session.training for session in self._sessions.values()]
        return sum(run is not None and not run.is_over for run in runs)

    def sweep(self) -> None:
        """Forget tabs that are gone, and end what they left running."""
        now = self._clock()
        with self._lock:
            sessions = list(self._sessions.values())
        for session in sessions:
            training = session.training
            if training is not None and training.abandoned_for(now) > self.limits.grace_seconds:
                training.end()
            watched = training is not None and training.watchers > 0
            if not watched and now - session.seen > self.limits.idle_seconds:
                self.remove(session.id)

    def remove(self, id_: str) -> None:
        """Forget one tab."""
        with self._lock:
            session = self._sessions.pop(id_, None)
        if session is not None:
            session.close()

    def close(self) -> None:
        """Forget all tabs: the server ends."""
        for id_ in list(self._sessions):
            self.remove(id_)
