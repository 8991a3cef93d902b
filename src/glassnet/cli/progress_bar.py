"""A bar that moves while a network is trained, beneath the lines."""

import time
from typing import Self

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from glassnet.cli.training_display import TextLines
from glassnet.recipe import Started
from glassnet.train import Event, Step

__all__ = ["ProgressBar"]

REFRESH_SECONDS = 0.1  # between two updates of the bar; more often would slow the training down


class ProgressBar(TextLines):
    """The lines of text, and beneath them a bar."""

    def __enter__(self) -> Self:
        self._progress: Progress | None = None
        self._shown = 0.0
        self._images = 0
        return self

    def __exit__(self, *exception: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def show(self, event: Started | Event) -> None:
        """Move the bar."""
        super().show(event)
        if isinstance(event, Started):
            self._start(event)
        elif isinstance(event, Step):
            self._images += event.size
            last = event.step == self._total
            if self._progress is not None and (last or time.monotonic() - self._shown > REFRESH_SECONDS):
                self._shown = time.monotonic()
                seconds = max(event.seconds - self._seconds_before, 1e-9)
                self._progress.update(
                    self._task,
                    completed=event.step,
                    description=f"epoch {event.epoch}/{self._epochs}",
                    figures=f"loss {event.loss:.4f}  {self._images / seconds:,.0f} images/s",
                )

    def print(self, line: str) -> None:
        """Print a line above the bar."""
        if self._progress is None:
            print(line)
        else:
            self._progress.console.print(line, highlight=False, markup=False, soft_wrap=True)

    def _start(self, event: Started) -> None:
        self.__exit__()  # each network of an ensemble has a bar of its own
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
