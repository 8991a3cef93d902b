"""A training seen from the server: the process, what it reported, and who watches."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from glassnet.play.errors import RequestError
from glassnet.play.worker import COMMANDS, work

__all__ = ["Cursor", "Supervisor"]

Status = Literal["starting", "running", "paused", "ended", "failed"]
SAVE_SECONDS = 20.0
STEPS_KEPT = 3000


@dataclass(frozen=True)
class Cursor:
    """How far somebody has read the reports."""

    steps: int = 0
    epochs: int = 0
    looks: int = 0
    status: int = 0


@dataclass
class _Reports:
    """Everything that the process said."""

    started: dict[str, Any] | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)
    dropped: int = 0
    epochs: list[dict[str, Any]] = field(default_factory=list)
    look: dict[str, Any] | None = None
    looks: int = 0
    status: Status = "starting"
    reason: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    changes: int = 1


class Supervisor:
    """Starts a training in a process of its own and listens to it.

    Parameters
    ----------
    recipe : dict
    folder : Path
        The run folder.
    seconds : float
        The longest training.
    pace : float
        Seconds that an epoch takes at least.
    clock : callable
        Seconds; another one in tests.
    """

    def __init__(
        self,
        recipe: dict[str, Any],
        folder: Path,
        seconds: float,
        pace: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.recipe, self.folder, self._clock = recipe, folder, clock
        self.watchers = 0
        self._left_at: float | None = clock()
        self._held_for_return = False
        self._reports = _Reports()
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._saved = threading.Event()
        context = multiprocessing.get_context("spawn")  # threads and fork do not go together
        self._connection, theirs = context.Pipe()
        self.process = context.Process(
            target=work,
            args=(theirs, recipe, str(folder), seconds, pace),
            daemon=True,
            name="glassnet training",
        )
        self.process.start()
        theirs.close()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    # --- what it says --------------------------------------------------------------------------------

    def _listen(self) -> None:
        while True:
            try:
                report = self._connection.recv()
            except (EOFError, OSError):
                break
            with self._lock:
                self._note(report)
        with self._lock:
            if self._reports.status not in ("ended", "failed"):
                self._change("failed", "The training broke off.")

    def _note(self, report: dict[str, Any]) -> None:
        reports = self._reports
        match report.pop("type"):
            case "started":
                reports.started = report
                self._change("running")
            case "step":
                reports.steps.append(report)
                if len(reports.steps) > STEPS_KEPT:
                    del reports.steps[0]
                    reports.dropped += 1
            case "epoch":
                reports.epochs.append(report)
            case "look":
                reports.look, reports.looks = report, reports.looks + 1
            case "ended":
                reports.figures = report["figures"]
                self._change("ended", report["reason"])
            case "failed":
                self._change("failed", report["message"])
            case "saved":
                self._saved.set()
            case "paused" | "running" as status:
                self._change(status)

    def _change(self, status: Status, reason: str = "") -> None:
        if self._reports.status in ("ended", "failed"):
            return
        self._reports.status, self._reports.reason = status, reason
        self._reports.changes += 1

    @property
    def status(self) -> Status:
        """One of "starting", "running", "paused", "ended" and "failed"."""
        return self._reports.status

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.status in ("ended", "failed")

    @property
    def epochs(self) -> list[dict[str, Any]]:
        """The history so far."""
        with self._lock:
            return list(self._reports.epochs)

    def news(self, seen: Cursor) -> tuple[list[dict[str, Any]], Cursor]:
        """What was reported since; the first time, everything."""
        with self._lock:
            reports = self._reports
            found: list[dict[str, Any]] = []
            total = reports.dropped + len(reports.steps)
            if total > seen.steps:
                new = reports.steps[max(seen.steps - reports.dropped, 0) :]
                found.append({"type": "steps", "steps": new})
            if len(reports.epochs) > seen.epochs:
                found.append({"type": "epochs", "epochs": reports.epochs[seen.epochs :]})
            if reports.looks > seen.looks and reports.look is not None:
                found.append({"type": "look", **reports.look})
            if reports.changes > seen.status:
                # First comes what a page needs to understand the rest; later, the rest explains the status.
                place = len(found) if seen.status else 0
                found.insert(place, self._status())
            return found, Cursor(total, len(reports.epochs), reports.looks, reports.changes)

    def _status(self) -> dict[str, Any]:
        reports = self._reports
        return {
            "type": "status",
            "status": reports.status,
            "reason": reports.reason,
            "figures": reports.figures,
            "started": reports.started,
        }

    # --- what it is told -----------------------------------------------------------------------------

    def tell(self, command: str) -> None:
        """Pause, resume, do one batch or epoch, stop.

        Raises
        ------
        RequestError
            When there is nothing to tell any more.
        """
        assert command in COMMANDS
        if self.is_over:
            raise RequestError(409, "This training is over. Start a new one.")
        self._held_for_return = False
        self._send(command)

    def _send(self, command: str) -> None:
        try:
            with self._sending:
                self._connection.send(command)
        except (OSError, ValueError) as error:
            raise RequestError(409, "This training is over. Start a new one.") from error

    def model_file(self) -> Path:
        """The model as it is now, in a file.

        Raises
        ------
        RequestError
            When there is none.
        """
        if not self.is_over:
            self._saved.clear()
            self._send("save")
            if not self._saved.wait(SAVE_SECONDS):
                raise RequestError(409, "The training does not answer; try again.")
            return self.folder / "now.safetensors"
        path = self.folder / "model.safetensors"
        if not path.exists():
            raise RequestError(409, "This training left no model. Start a new one.")
        return path

    # --- who watches ---------------------------------------------------------------------------------

    def add_watcher(self) -> None:
        """Somebody watches; a training that was held for a return goes on."""
        with self._lock:
            self.watchers += 1
            self._left_at = None
        if self._held_for_return and not self.is_over:
            self._held_for_return = False
            self._send("resume")

    def remove_watcher(self) -> None:
        """Somebody is gone; when nobody is left, the training is held."""
        with self._lock:
            self.watchers -= 1
            if self.watchers > 0:
                return
            self._left_at = self._clock()
        if self.status in ("starting", "running"):
            self._held_for_return = True
            try:
                self._send("pause")
            except RequestError:
                self._held_for_return = False  # it ended at this very moment

    def abandoned_for(self, now: float) -> float:
        """For how many seconds nobody has watched; 0 for a training that is over."""
        return 0.0 if self._left_at is None or self.is_over else now - self._left_at

    def end(self) -> None:
        """Stop it, whatever it does."""
        with self._lock:
            self._change("failed", "The tab was closed, so the training was ended.")
        if self.process.is_alive():
            self.process.terminate()
        self.process.join(2)
        self._connection.close()
        self._listener.join(2)
