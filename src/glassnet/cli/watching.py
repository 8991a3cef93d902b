"""What one sees of a training: a live bar, plain lines, JSON lines, or nothing."""

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from glassnet.recipe import Run, Started
from glassnet.train import Epoch, Event, Step

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from rich.progress import Progress

    from glassnet.export import EventFiles

__all__ = ["watcher"]

REFRESH = 0.1  # seconds between two updates of the bar; more would slow the training down


class Watcher:
    """Sees the events of a training and, at the end, the run. This one says where the run is, no more."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def see(self, event: Started | Event) -> None:
        """Take note of an event."""

    def conclude(self, result: Run) -> None:
        """Say what came of it."""
        print(result.folder.path)


class JsonLines(Watcher):
    """One JSON object per line: the begin, each epoch, the end with all figures."""

    def see(self, event: Started | Event) -> None:
        """Print the begin and the epochs."""
        if isinstance(event, Started):
            self._print(
                "begin", folder=str(event.folder.path), recipe=event.recipe.to_dict(), **_facts(event)
            )
        elif isinstance(event, Epoch):
            self._print("epoch", **asdict(event))

    def conclude(self, result: Run) -> None:
        """Print the figures."""
        self._print("end", folder=str(result.folder.path), **result.figures)

    def _print(self, event: str, **content: Any) -> None:
        print(json.dumps({"event": event, **content}), flush=True)


class Lines(Watcher):
    """A line for the begin, one for every so many epochs, and a small table at the end."""

    def see(self, event: Started | Event) -> None:
        """Print a line where one is due."""
        if isinstance(event, Started):
            self.every = event.recipe.training.report_every
            for line in _headline(event):
                self.print(line)
        elif isinstance(event, Epoch) and (event.epoch % self.every == 0 or event.epoch == event.epochs):
            self.print(_line(event))

    def print(self, line: str) -> None:
        """Print a line, at once also into a file or a pipe."""
        print(line, flush=True)

    def conclude(self, result: Run) -> None:
        """Print the final figures and where the run is."""
        print()
        for line in _table(result):
            print(line)


class LiveBar(Lines):
    """The same lines, and beneath them a bar that moves."""

    def __enter__(self) -> Self:
        self._progress: Progress | None = None
        self._shown = 0.0
        self._images = 0
        return self

    def __exit__(self, *exception: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def see(self, event: Started | Event) -> None:
        """Move the bar."""
        super().see(event)
        if isinstance(event, Started):
            self._start(event)
        elif isinstance(event, Step):
            self._images += event.size
            last = event.step == self._total
            if self._progress is not None and (last or time.monotonic() - self._shown > REFRESH):
                self._shown = time.monotonic()
                self._seconds = max(event.seconds - self._seconds_before, 1e-9)
                self._progress.update(
                    self._task,
                    completed=event.step,
                    description=f"epoch {event.epoch}/{self._epochs}",
                    figures=f"loss {event.loss:.4f}  {self._images / self._seconds:,.0f} images/s",
                )

    def print(self, line: str) -> None:
        """Print a line above the bar."""
        if self._progress is None:
            print(line)
        else:
            self._progress.console.print(line, highlight=False, markup=False, soft_wrap=True)

    def _start(self, event: Started) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self.__exit__()  # a committee's members each have a bar
        self._images = 0
        self._epochs = event.recipe.training.epochs
        self._total = self._epochs * event.steps
        self._seconds_before = event.seconds
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[figures]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
        )
        self._progress = Progress(*columns, transient=True)
        self._task = self._progress.add_task("", total=self._total, completed=event.resumed_at, figures="")
        self._progress.start()


class Film:
    """Keeps the first layer's weights after every epoch, and makes a film of them.

    Parameters
    ----------
    path : Path
        A GIF or MP4.

    Raises
    ------
    DataError
        At once, for another format: a training is not to be lost for it.
    """

    def __init__(self, path: Path) -> None:
        from glassnet.plots.animation import writer_for

        writer_for(path)
        self._path = path
        self._weights: list[NDArray[np.floating]] = []

    def see(self, event: Started | Event) -> None:
        """Keep a copy."""
        if isinstance(event, Started):  # of a committee the last member is filmed
            self._network, self._weights = event.model.network, []
        elif isinstance(event, Epoch):
            self._weights.append(self._network.parameters["0.W"].copy())

    def write(self, result: Run) -> None:
        """Make the film; of a run that was resumed, from there on."""
        from glassnet.plots import animation
        from glassnet.train import History

        seen = History(result.history.records[-len(self._weights) :])
        animation(seen, self._weights, self._path, image_shape=result.model.image_shape)


class Board(Watcher):
    """Writes event files for TensorBoard, of a committee's members each into a folder of its own.

    Parameters
    ----------
    folder : Path or None
        None: nothing is written.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: EventFiles | None = None
        if folder is not None:
            from glassnet.export import make_events_folder

            make_events_folder(folder)  # what is wrong is said before a run begins

    def __exit__(self, *exception: object) -> None:
        if self._files is not None:
            self._files.__exit__()

    def see(self, event: Started | Event) -> None:
        """Write its figures."""
        if self._folder is None:
            return
        if isinstance(event, Started):
            from glassnet.export import EventFiles

            self.__exit__()
            member = event.recipe.committee.member
            self._files = EventFiles(self._folder / f"member-{member}" if member else self._folder)
        elif self._files is not None:
            self._files.see(event)


def watcher(quiet: bool, as_json: bool, live: bool = False) -> Watcher:
    """Choose the watcher that suits the options and the terminal."""
    if live and not (quiet or as_json):
        if sys.stdout.isatty():
            from glassnet.cli.live import LiveView

            return LiveView()
        print("glassnet: --watch needs a terminal; here are lines instead.", file=sys.stderr)
    if as_json:
        return JsonLines()
    if quiet:
        return Watcher()
    return LiveBar() if sys.stdout.isatty() else Lines()


def _facts(event: Started) -> dict[str, Any]:
    parts = event.parts
    network = event.model.network
    return {
        "training": len(parts.train),
        "validation": len(parts.validation or ()),
        "test": len(parts.test or ()),
        "layers": [network.n_inputs, *event.recipe.network.hidden, network.n_outputs],
        "parameters": network.n_parameters,
        "steps_done": event.resumed_at,
    }


def _headline(event: Started) -> list[str]:
    facts = _facts(event)
    layers = "-".join(map(str, facts["layers"]))
    parts = [f"{facts[name]:,} {name}" for name in ("training", "validation", "test") if facts[name]]
    recipe = event.recipe
    member, size = recipe.committee.member, recipe.committee.size
    who = f"{recipe.name}, member {member} of {size}" if member else recipe.name
    lines = [
        f"{who}: {layers}, {recipe.network.activation}, {recipe.optimizer.name}; "
        f"{facts['parameters']:,} parameters",
        f"{recipe.data.source}: {', '.join(parts)} samples",
    ]
    if event.resumed_at:
        lines.append(
            f"resumed behind step {event.resumed_at:,}, in epoch {event.resumed_at // event.steps + 1}"
        )
    return lines


def _judged(figures: Mapping[str, Any]) -> str:
    """The figure by which a network is judged: on the test part, else the validation part."""
    part = figures.get("test") or figures.get("validation") or figures["train"]
    return f"{100 * part['accuracy']:.2f} %" if "accuracy" in part else f"{part['r2']:.4f}"


def _line(event: Epoch) -> str:
    width = len(str(event.epochs))
    words = [f"epoch {event.epoch:{width}d}/{event.epochs}", f"loss {event.loss:.4f}"]
    if event.accuracy is not None:
        words.append(f"accuracy {100 * event.accuracy:6.2f} %")
    if event.validation_loss is not None:
        words.append(f"validation {event.validation_loss:.4f}")
    if event.validation_accuracy is not None:
        words.append(f"{100 * event.validation_accuracy:6.2f} %")
    words.append(f"rate {event.learning_rate:.2g}")
    words.append(f"{event.images_per_second:,.0f} images/s")
    left = event.seconds / event.epoch * (event.epochs - event.epoch)
    words.append(f"{left:.0f} s left")
    return "  ".join(words)


def _table(result: Run) -> list[str]:
    figures = result.figures
    has_classes = figures["train"]["accuracy"] is not None
    last = "accuracy" if has_classes else "R²"
    lines = [f"{'':<12}{'samples':>8}{'loss':>10}{last:>12}"]
    for name, title in (("train", "training"), ("validation", "validation"), ("test", "test")):
        if name in figures:
            part = figures[name]
            value = part.get("accuracy") if has_classes else part.get("r2")
            shown = "" if value is None else f"{100 * value:.2f} %" if has_classes else f"{value:.4f}"
            lines.append(f"{title:<12}{part['samples']:>8,}{part['loss']:>10.4f}{shown:>12}")
    if "members" in figures:
        lines.append("members alone: " + ", ".join(map(_judged, figures["members"])))
    if figures["ended"] != "done":
        lines.append(
            f"ended by {figures['ended']} after {figures['epochs']} epochs, best: {figures['best_epoch']}"
        )
    seconds = figures["seconds"]
    lines.append(
        f"\n{seconds['training']:.2f} s of training, {seconds['all']:.2f} s with data and evaluation"
    )
    lines.append(f"run folder: {result.folder.path}   look closer: glassnet evaluate {result.folder.path}")
    return lines
