"""Generators over a training's events: early stopping, best weights, checkpoints.

Each takes a training, or another listener, and passes its events on::

    for event in checkpoint(stop_early(train(...), patience=3), "checkpoint.safetensors"):
        print(event)
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args

from glassnet.errors import TrainingError
from glassnet.maths.types import Array
from glassnet.train.events import Epoch, Event, Finished
from glassnet.train.loop import Training

__all__ = ["Listener", "Monitor", "checkpoint", "keep_best", "stop_early"]

Monitor = Literal["validation_loss", "validation_accuracy"]


class Listener(Iterator[Event]):
    """Watches a training and passes its events on.

    A subclass writes ``watch``, a generator. What it must remember over an interruption, it gives in
    ``state_dict`` and takes in ``load_state_dict``; it travels in the checkpoint. Attributes that it lacks
    are looked up in the training.

    Parameters
    ----------
    events : Training or Listener

    Attributes
    ----------
    training : Training
    """

    name = "listener"
    outermost = False
    """Whether no other listener may stand around this one."""

    def __init__(self, events: Training | Listener) -> None:
        self.training: Training = events.training
        self._events = self.watch(iter(events))
        self.training.attach(self)

    def watch(self, events: Iterator[Event]) -> Iterator[Event]:
        """Yield the events, and do between them what is to be done."""
        return events

    def state_dict(self) -> dict[str, Any]:
        """What must not be forgotten: plain data and arrays."""
        return {}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Remember what :meth:`state_dict` gave."""

    def __iter__(self) -> Iterator[Event]:
        return self._events

    def __next__(self) -> Event:
        return next(self._events)

    def __getattr__(self, name: str) -> Any:
        if name == "training":  # not yet set: nothing to look in
            raise AttributeError(name)
        return getattr(self.training, name)


class KeepBest(Listener):
    """See :func:`keep_best`."""

    name = "keep_best"

    def __init__(
        self, events: Training | Listener, monitor: Monitor, min_delta: float, restore: bool
    ) -> None:
        if monitor not in get_args(Monitor):
            raise TrainingError(f"monitor must be one of {', '.join(get_args(Monitor))}, not {monitor!r}.")
        if not 0 <= min_delta < math.inf:
            raise TrainingError(f"min_delta must be a number of 0 or more, not {min_delta!r}.")
        if events.training.validate is None:
            raise TrainingError(
                "The best weights are those that do best on a validation set: give validation=..."
            )
        self.monitor, self.min_delta, self.restore = monitor, min_delta, restore
        self.best = math.inf
        self.best_epoch: int | None = None
        self.waited = 0
        self._weights: tuple[Array, Array] | None = None
        super().__init__(events)

    def watch(self, events: Iterator[Event]) -> Iterator[Event]:
        """Note the best epoch; at the end, bring its weights back."""
        for event in events:
            if isinstance(event, Epoch):
                self.compare(event)
            yield self.conclude(event) if isinstance(event, Finished) else event

    def compare(self, epoch: Epoch) -> None:
        """Note the epoch if it is better than the best so far."""
        value = getattr(epoch, self.monitor)
        if value is None:
            raise TrainingError(
                f"There is no {self.monitor.replace('_', ' ')} here: the targets are no classes."
            )
        cost = -value if self.monitor == "validation_accuracy" else value
        if cost < self.best - self.min_delta:
            self.best, self.best_epoch, self.waited = cost, epoch.epoch, 0
            if self.restore:
                theta, state = self.training.weights
                self._weights = theta.copy(), state.copy()
        else:
            self.waited += 1

    def conclude(self, event: Finished) -> Finished:
        """Give the network its best weights and say which epoch's they are."""
        if self._weights is not None:
            network = self.training.network
            network.theta[...], network.state[...] = self._weights
        finished = replace(event, best_epoch=self.best_epoch)
        self.training.history.finished = finished
        return finished

    def state_dict(self) -> dict[str, Any]:
        """The best value and epoch so far, the patience used up, and the best weights."""
        facts: dict[str, Any] = {"best_epoch": self.best_epoch, "waited": self.waited}
        if self.best_epoch is not None:
            facts["best"] = self.best
        if self._weights is not None:
            facts["theta"], facts["state"] = self._weights
        return facts

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Remember all of it."""
        best = state["best_epoch"]
        self.best_epoch, self.waited = None if best is None else int(best), int(state["waited"])
        self.best = float(state.get("best", math.inf))
        if "theta" in state:
            self._weights = state["theta"], state["state"]


class StopEarly(KeepBest):
    """See :func:`stop_early`."""

    name = "stop_early"

    def __init__(
        self, events: Training | Listener, patience: int, monitor: Monitor, min_delta: float, restore: bool
    ) -> None:
        if patience < 1:
            raise TrainingError(f"patience must be 1 epoch or more, not {patience!r}.")
        self.patience = patience
        super().__init__(events, monitor, min_delta, restore)

    def watch(self, events: Iterator[Event]) -> Iterator[Event]:
        """Pass events on until patience is used up."""
        if self.waited < self.patience:  # else it was used up just before an interruption
            for event in super().watch(events):
                yield event
                if self.waited >= self.patience:
                    break
            else:
                return
        yield self.conclude(self.training.stop("early stopping"))


class Checkpoint(Listener):
    """See :func:`checkpoint`."""

    name = "checkpoint"
    outermost = True

    def __init__(
        self,
        events: Training | Listener,
        path: str | os.PathLike[str],
        every_epochs: int,
        every_seconds: float | None,
    ) -> None:
        if every_epochs < 1:
            raise TrainingError(f"every_epochs must be 1 or more, not {every_epochs!r}.")
        if every_seconds is not None and not every_seconds >= 0:
            raise TrainingError(f"every_seconds must be 0 or more, not {every_seconds!r}.")
        self.path = Path(path)
        self.every_epochs, self.every_seconds = every_epochs, every_seconds
        super().__init__(events)
        self._saved_at = self.training.seconds

    def watch(self, events: Iterator[Event]) -> Iterator[Event]:
        """Save, then pass the event on: who sees it may rely on the file."""
        for event in events:
            if not isinstance(event, Finished) and self._due(event):
                self.training.state().save(self.path)
                self._saved_at = self.training.seconds
            yield event

    def _due(self, event: Event) -> bool:
        if isinstance(event, Epoch) and event.epoch % self.every_epochs == 0:
            return True
        return self.every_seconds is not None and self.training.seconds - self._saved_at >= self.every_seconds


def keep_best(
    events: Training | Listener, *, monitor: Monitor = "validation_loss", min_delta: float = 0.0
) -> Listener:
    """Train to the end, then bring back the weights of the epoch that did best on the validation set.

    Parameters
    ----------
    events : Training or Listener
    monitor : {"validation_loss", "validation_accuracy"}
        What is compared.
    min_delta : float
        By how much an epoch must be better to count.

    Returns
    -------
    Listener

    Raises
    ------
    TrainingError
        If the training has no validation set.
    """
    return KeepBest(events, monitor, min_delta, restore=True)


def stop_early(
    events: Training | Listener,
    *,
    patience: int,
    min_delta: float = 0.0,
    monitor: Monitor = "validation_loss",
    restore: bool = True,
) -> Listener:
    """Stop when the validation has not become better for some epochs.

    Parameters
    ----------
    events : Training or Listener
    patience : int
        Epochs without improvement after which it stops.
    min_delta : float
        By how much an epoch must be better to count.
    monitor : {"validation_loss", "validation_accuracy"}
        What is compared.
    restore : bool
        Whether the network gets the best epoch's weights back; else it keeps the last ones.

    Returns
    -------
    Listener

    Raises
    ------
    TrainingError
        If the training has no validation set, or a parameter is out of its range.
    """
    return StopEarly(events, patience, monitor, min_delta, restore)


def checkpoint(
    events: Training | Listener,
    path: str | os.PathLike[str],
    *,
    every_epochs: int = 1,
    every_seconds: float | None = None,
) -> Listener:
    """Write the state of the training to a file, from which it can go on after an interruption.

    It must be the outermost listener, so that the others have seen an event when it is saved. The file
    stays when the training is over.

    Parameters
    ----------
    events : Training or Listener
    path : path
        Replaced in one piece each time, so that a crash leaves the last good state.
    every_epochs : int
        Save at the end of every so many epochs.
    every_seconds : float, optional
        Besides, save in the middle of an epoch when so many seconds of training have passed.

    Returns
    -------
    Listener

    Raises
    ------
    TrainingError
        If a parameter is out of its range, or, while iterating, a weight is no longer finite.
    """
    return Checkpoint(events, path, every_epochs, every_seconds)
