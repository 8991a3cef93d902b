"""A training's figures as TensorBoard shows them, while they come."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Self

from glassnet.errors import DataError
from glassnet.extras import require
from glassnet.train import Epoch, Event, Step

__all__ = ["EventFiles", "make_events_folder", "tensorboard"]


def tensorboard(events: Iterable[Event], folder: str | os.PathLike[str]) -> Iterator[Event]:
    """Write the figures of a training into a folder, and hand its events on.

    Parameters
    ----------
    events : iterable of Event
        What ``train`` gives, or another listener around it.
    folder : path
        Made if it is not there; several runs side by side are folders beside one another.

    Raises
    ------
    MissingExtraError
        If the package tensorboard is missing.
    DataError
        If the folder cannot be written.
    """
    with EventFiles(folder) as files:
        for event in events:
            files.see(event)
            yield event


def make_events_folder(folder: str | os.PathLike[str]) -> None:
    """Make the folder, or say why there can be no event files in it.

    Raises
    ------
    MissingExtraError
        If the package tensorboard is missing.
    DataError
        If the folder cannot be written.
    """
    require("tensorboard", "An event file")
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        raise DataError(f"{folder}: no event files can be written there: {error.strerror}.") from None


class EventFiles:
    """Writes what it sees with TensorBoard's own writer, each figure under a name of its own.

    ``batch/loss`` and ``batch/learning_rate`` count steps; ``loss/training``, ``loss/validation``,
    ``accuracy/training``, ``accuracy/validation`` and ``speed/images_per_second`` count epochs.

    Parameters
    ----------
    folder : path

    Raises
    ------
    MissingExtraError
        If the package tensorboard is missing.
    DataError
        If the folder cannot be written.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        make_events_folder(folder)
        from tensorboard.compat.proto import event_pb2, summary_pb2
        from tensorboard.summary.writer.event_file_writer import EventFileWriter

        self._event, self._summary = event_pb2.Event, summary_pb2.Summary
        self._writer = EventFileWriter(os.fspath(folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._writer.close()

    def see(self, event: Any) -> None:
        """Write a step's or an epoch's figures; anything else has none."""
        if isinstance(event, Step):
            self._write(event.step, {"batch/loss": event.loss, "batch/learning_rate": event.learning_rate})
        elif isinstance(event, Epoch):
            figures = {
                "loss/training": event.loss,
                "loss/validation": event.validation_loss,
                "accuracy/training": event.accuracy,
                "accuracy/validation": event.validation_accuracy,
                "speed/images_per_second": event.images_per_second,
            }
            self._write(event.epoch, figures)
            self._writer.flush()

    def _write(self, step: int, figures: dict[str, Any]) -> None:
        values = [
            self._summary.Value(tag=name, simple_value=figure)
            for name, figure in figures.items()
            if figure is not None
        ]
        summary = self._summary(value=values)
        self._writer.add_event(self._event(wall_time=time.time(), step=step, summary=summary))
