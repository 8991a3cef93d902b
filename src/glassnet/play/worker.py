"""The process that trains: it runs a recipe, obeys, and reports.

Commands arrive and reports leave through one pipe. When the server is gone, the pipe ends, and so does
the training.
"""

import base64
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.data import Dataset
from glassnet.errors import GlassnetError
from glassnet.play.snapshot import gradient_lengths, snapshot
from glassnet.recipe import Recipe, Run, Started, run
from glassnet.train import Epoch, Event, Finished, Step

__all__ = ["Conductor", "work"]

STEP_SECONDS = 0.04  # between two reports of a step
LOOK_SECONDS = 0.4  # between two looks at weights and mistakes, which cost an evaluation
LOOK_AT = 2000  # samples of the held-out part

COMMANDS = ("pause", "resume", "batch", "epoch", "save", "stop")


def work(
    connection: Connection, recipe: dict[str, Any], folder: str, seconds: float, pace: float = 0.0
) -> None:
    """Run a recipe in a folder; what a new process is given to do.

    Parameters
    ----------
    connection : Connection
    recipe : dict
    folder : str
        The run folder, which may exist.
    seconds : float
        The longest training.
    pace : float
        Seconds that an epoch takes at least, so that people can watch a small network learn.
    """
    send = connection.send
    try:
        conductor = Conductor(connection, Path(folder), seconds, pace)
        figures: dict[str, Any] = {}
        with closing(run(Recipe.model_validate(recipe), folder, overwrite=True)) as events:
            for event in events:
                if isinstance(event, Run):
                    figures = event.figures.get("test") or event.figures.get("validation") or {}
                elif conductor.sees(event):
                    conductor.save("model.safetensors")  # a model that was stopped is a model too
                    break
        conductor.look(force=True)
        send({"type": "ended", "reason": conductor.reason or "done", "figures": _few(figures)})
    except (BrokenPipeError, EOFError, KeyboardInterrupt):
        return  # nobody listens any more
    except GlassnetError as error:
        send({"type": "failed", "message": str(error)})
    except MemoryError:
        send({"type": "failed", "message": "There is not enough memory for this training."})


def _few(figures: dict[str, Any]) -> dict[str, Any]:
    return {key: figures[key] for key in ("samples", "loss", "accuracy") if key in figures}


class Conductor:
    """Watches a training: reports what happens, and holds it when the page wants that.

    Attributes
    ----------
    reason : str
        Why it was stopped; "" when it was not.
    """

    def __init__(
        self,
        connection: Connection,
        folder: Path,
        seconds: float,
        pace: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.connection, self.folder, self.clock = connection, folder, clock
        self.seconds, self.pace = seconds, pace
        self.reason = ""
        self._paused = False
        self._until: type[Event] | None = None  # the event after which to pause
        self._started: Started | None = None
        self._held_out: Dataset | None = None
        self._part = ""
        self._stepped = self._looked = -1e9
        self._due = 0.0  # when the next step may come
        self._unreported: Step | None = None

    def sees(self, event: Started | Event) -> bool:
        """Report an event, then do as told; gives whether the training shall stop."""
        if isinstance(event, Started):
            self._begin(event)
        elif isinstance(event, Step):
            self._step(event)
        elif isinstance(event, Epoch):
            if self._unreported is not None:
                self._report(self._unreported)
            self.connection.send({"type": "epoch", **asdict(event)})
            self.look()
        if isinstance(event, Finished):
            return False
        if self._until is not None and isinstance(event, self._until):
            self._pause()
        if isinstance(event, Step) and event.seconds > self.seconds:
            self.reason = "the time is up"
            return True
        return self._obey()

    # --- what is reported ----------------------------------------------------------------------------

    def _begin(self, event: Started) -> None:
        self._started = event
        parts = event.parts
        self._part, self._held_out = "", None
        for name, part in (("validation", parts.validation), ("test", parts.test)):
            if part is not None and self._held_out is None:
                self._part, self._held_out = name, part.limit(LOOK_AT)
        data = parts.train
        self.connection.send(
            {
                "type": "started",
                "steps": event.steps,
                "epochs": event.recipe.training.epochs,
                "samples": len(data),
                "image_shape": data.image_shape,
                "pixel_max": data.pixel_max,
                "class_names": list(data.class_names or ()),
                "parameters": event.model.network.n_parameters,
                "held_out": {"part": self._part, "samples": len(self._held_out or ())},
            }
        )
        self.look()

    def _step(self, event: Step) -> None:
        now = self.clock()
        self._unreported = event
        self._due = max(now, self._due) + self.pace / event.steps
        if now - self._stepped >= STEP_SECONDS or self._until is Step:
            self._report(event)
        if now - self._looked >= LOOK_SECONDS or self._until is Step:
            self.look()

    def _report(self, event: Step) -> None:
        assert self._started is not None  # it comes first
        self._stepped, self._unreported = self.clock(), None
        lengths = gradient_lengths(self._started.model)
        self.connection.send({"type": "step", **asdict(event), "gradients": lengths})

    def look(self, force: bool = False) -> None:
        """Report weights, gradients, confusion and mistakes, but not too often."""
        now = self.clock()
        if self._started is None or (not force and self._until is None and now - self._looked < LOOK_SECONDS):
            return
        self._looked = now
        seen = snapshot(self._started.model, self._held_out)
        limit = float(np.abs(seen.weights).max(initial=0)) or 1.0
        self.connection.send(
            {
                "type": "look",
                "weights": {
                    "units": len(seen.weights),
                    "limit": limit,
                    "data": _packed(seen.weights / limit * 127, np.int8),
                },
                "accuracy": seen.accuracy,
                "confusion": None if seen.confusion is None else seen.confusion.tolist(),
                "mistakes": [self._mistake(asdict(mistake)) for mistake in seen.mistakes],
            }
        )

    def _mistake(self, mistake: dict[str, Any]) -> dict[str, Any]:
        assert self._held_out is not None  # mistakes were made on it
        data = self._held_out
        row = data.flat[mistake["number"]]
        if data.pixel_max is not None:
            mistake["image"] = _packed(row * (255 / data.pixel_max), np.uint8)
        return mistake

    # --- what is obeyed ------------------------------------------------------------------------------

    def _obey(self) -> bool:
        while self._paused or self.connection.poll(max(self._due - self.clock(), 0.0)):
            try:
                command = self.connection.recv()
            except (EOFError, OSError):  # the server is gone
                self.reason = "the server ended"
                return True
            if command == "stop":
                self.reason = "stopped"
                return True
            self._do(command)
        return False

    def _do(self, command: str) -> None:
        match command:
            case "pause":
                self._pause()
            case "resume":
                self._go_on(None)
            case "batch":
                self._go_on(Step)
            case "epoch":
                self._go_on(Epoch)
            case "save":
                self.save("now.safetensors")
                self.connection.send({"type": "saved"})

    def save(self, name: str) -> None:
        """Write the model as it is now into the run folder."""
        assert self._started is not None  # commands are read behind events only
        self._started.model.metadata["recipe"] = self._started.recipe.to_dict()
        self._started.model.save(self.folder / name)

    def _pause(self) -> None:
        if not self._paused:
            self._paused = True
            if self._unreported is not None:
                self._report(self._unreported)
            self.look()
            self.connection.send({"type": "paused"})
        self._until = None

    def _go_on(self, until: type[Event] | None) -> None:
        self._until = until
        self._paused = False
        self.connection.send({"type": "running"})


def _packed(values: Any, dtype: type[np.generic]) -> str:
    return base64.b64encode(np.rint(values).astype(dtype).tobytes()).decode("ascii")
