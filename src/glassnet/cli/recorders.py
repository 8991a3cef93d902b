"""What is kept of a training besides its run: a film of the weights, event files for TensorBoard."""

import sys
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from glassnet.export import EventFiles, make_events_folder
from glassnet.files import reason_of
from glassnet.recipe import Run, Started
from glassnet.train import Epoch, Event, History

__all__ = ["AnimationRecorder", "EventFileRecorder", "Recorder"]


class Recorder:
    """Takes note of the events of a training; at its end, writes what it kept."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def record(self, event: Started | Event) -> None:
        """Take note of an event."""

    def write(self, result: Run) -> None:
        """Write what was kept of a training that is finished."""


class AnimationRecorder(Recorder):
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

    def record(self, event: Started | Event) -> None:
        """Keep a copy."""
        if isinstance(event, Started):  # of an ensemble the last network is filmed
            self._network, self._weights = event.model.network, []
        elif isinstance(event, Epoch):
            self._weights.append(self._network.parameters["0.W"].copy())

    def write(self, result: Run) -> None:
        """Make the film; of a run that was resumed, from there on."""
        from glassnet.plots import animation

        seen = History(result.history.records[-len(self._weights) :])
        animation(seen, self._weights, self._path, image_shape=result.model.image_shape)


class EventFileRecorder(Recorder):
    """Writes event files for TensorBoard, of an ensemble's members each into a folder of its own.

    Parameters
    ----------
    folder : Path
        What is wrong with it is said at once.
    """

    def __init__(self, folder: Path) -> None:
        make_events_folder(folder)
        self._folder = folder
        self._files: EventFiles | None = None
        self._given_up = False

    def __exit__(self, *exception: object) -> None:
        if self._files is not None:
            self._files.__exit__()

    def record(self, event: Started | Event) -> None:
        """Write its figures; where that becomes impossible, the training goes on without."""
        try:
            self._record(event)
        except OSError as error:
            self._files, self._given_up = None, True
            print(
                f"glassnet: no more event files in {self._folder}: {reason_of(error)} The training goes on.",
                file=sys.stderr,
            )

    def _record(self, event: Started | Event) -> None:
        if self._given_up:
            return
        if isinstance(event, Started):
            self.__exit__()
            member = event.recipe.ensemble.member
            self._files = EventFiles(self._folder / f"member-{member}" if member else self._folder)
        elif self._files is not None:
            self._files.see(event)
