"""What is printed while a network is trained: the run folder alone, lines of text, or lines of JSON.

Displays that move stand in :mod:`glassnet.cli.progress_bar` and :mod:`glassnet.cli.dashboard`.
"""

import json
from dataclasses import asdict
from typing import Any, Self

from glassnet.cli.training_text import EpochTable, facts, headline, result_table
from glassnet.recipe import Run, Started
from glassnet.train import Epoch, Event

__all__ = ["JsonLines", "QuietDisplay", "TextLines", "TrainingDisplay"]


class TrainingDisplay:
    """Shows the events of a training and, at the end, the run."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def show(self, event: Started | Event) -> None:
        """Show an event, where it is worth it."""

    def conclude(self, result: Run) -> None:
        """Show what came of it."""


class QuietDisplay(TrainingDisplay):
    """The run folder, nothing else."""

    def conclude(self, result: Run) -> None:
        """Print where the run is."""
        print(result.folder.path)


class JsonLines(TrainingDisplay):
    """One JSON object per line: the begin, each epoch, the end with all figures."""

    def show(self, event: Started | Event) -> None:
        """Print the begin and the epochs."""
        if isinstance(event, Started):
            self._print("begin", folder=str(event.folder.path), recipe=event.recipe.to_dict(), **facts(event))
        elif isinstance(event, Epoch):
            self._print("epoch", **asdict(event))

    def conclude(self, result: Run) -> None:
        """Print the figures."""
        self._print("end", folder=str(result.folder.path), **result.figures)

    def _print(self, event: str, **content: Any) -> None:
        print(json.dumps({"event": event, **content}), flush=True)


class TextLines(TrainingDisplay):
    """What is trained, a row for every so many epochs, and a small table at the end."""

    def show(self, event: Started | Event) -> None:
        """Print a line where one is due."""
        if isinstance(event, Started):
            self._every = event.recipe.training.report_every
            self._table = EpochTable(event)
            for line in (*headline(event), self._table.header()):
                self.print(line)
        elif isinstance(event, Epoch) and (event.epoch % self._every == 0 or event.epoch == event.epochs):
            self.print(self._table.row(event))

    def print(self, line: str) -> None:
        """Print a line, at once also into a file or a pipe."""
        print(line, flush=True)

    def conclude(self, result: Run) -> None:
        """Print the final figures and where the run is."""
        print()
        for line in result_table(result):
            print(line)
