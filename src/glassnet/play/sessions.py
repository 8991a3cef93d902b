"""All browser tabs: how many there may be, and what becomes of those that are gone."""

import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from glassnet.play.errors import RequestError
from glassnet.play.session import Session
from glassnet.play.settings import Limits

__all__ = ["Sessions"]


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
