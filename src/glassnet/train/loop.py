"""The time: an iterator of events, in which the textbook's loop stands."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict
from time import perf_counter
from typing import Any, NoReturn

import numpy as np

from glassnet.errors import ModelFileError, TrainingError
from glassnet.maths.types import Array
from glassnet.model import decide
from glassnet.model.description import WRONG
from glassnet.nn import Network
from glassnet.optim import Optimizer, Schedule, clip_by_norm, clip_by_value
from glassnet.train.batches import Batch, BatchSource
from glassnet.train.events import Epoch, Event, Finished, Step
from glassnet.train.history import History
from glassnet.train.state import Remembering, Tally, TrainingState
from glassnet.train.weight_average import WeightAverage

__all__ = ["Training", "Validation"]

Validation = Callable[[Network], tuple[float, float | None]]
"""From a network to its loss on held-out samples, and to their accuracy or another score."""


class Training(Iterator[Event]):
    """A training that runs while one iterates over it; :func:`train` makes it.

    Stop iterating, and it stands still, between two steps; go on iterating, and it goes on.

    Attributes
    ----------
    network, optimizer, schedule, clip_norm, clip_value
        As given to :func:`train`.
    batches : BatchSource
    validate : callable or None
        Asked after each epoch.
    average : WeightAverage or None
    history : History
        One record for each complete epoch.
    epochs, epoch : int
        How many there shall be; the one that is going on, or just ended (0 before the first).
    batch, step, steps : int
        Batches done in this epoch, steps done in all, steps in an epoch.
    seconds : float
        Time spent on training.
    listeners, remembered : dict
        Who watches, by name; what they remembered when an earlier training was interrupted.
    """

    def __init__(
        self,
        network: Network,
        optimizer: Optimizer,
        batches: BatchSource,
        *,
        epochs: int,
        validate: Validation | None = None,
        schedule: Schedule | None = None,
        clip_norm: float | None = None,
        clip_value: float | None = None,
        average: float | None = None,
    ) -> None:
        self.network, self.optimizer, self.batches = network, optimizer, batches
        self.epochs, self.steps = epochs, batches.steps
        self.validate = validate
        self.schedule = schedule
        self.clip_norm, self.clip_value = clip_norm, clip_value
        self.average = None if average is None else WeightAverage(network, average)
        self.history = History()
        self.tally = Tally()
        self.epoch = self.batch = self.step = 0
        self.seconds = 0.0
        self.listeners: dict[str, Remembering] = {}
        self.remembered: dict[str, dict[str, Any]] = {}
        self._events = self._run()

    def __iter__(self) -> Iterator[Event]:
        return self._events

    def __next__(self) -> Event:
        return next(self._events)

    @property
    def training(self) -> Training:
        """Itself; a listener has the same attribute."""
        return self

    # --- the loop ------------------------------------------------------------------------------------

    def _run(self) -> Generator[Event, None, None]:
        for epoch in range(len(self.history) + 1, self.epochs + 1):
            self.epoch = epoch
            started = perf_counter()
            for batch in self.batches.epoch(epoch, first=self.batch):
                rate = self.learning_rate(self.step)
                loss = self._learn(batch, rate)
                self.batch += 1
                self.step += 1
                self._count_time(perf_counter() - started)
                yield Step(epoch, self.step, self.steps, loss, rate, len(batch.y), self.seconds)
                started = perf_counter()
            yield self._close_epoch()
        yield self._finish("done")

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")  # the check of the loss says it better
    def _learn(self, batch: Batch, rate: float) -> float:
        network = self.network
        loss, A = network.step_gradients(batch.X, batch.y, batch.weight, batch.l2)
        if not math.isfinite(loss):
            self._diverged(f"The loss became {loss}", batch)
        self.tally.loss += loss * len(A)
        self.tally.samples += len(A)
        if batch.classes is not None:
            self.tally.right += int(np.count_nonzero(decide(A) == batch.classes))
        if self.clip_norm is not None:
            clip_by_norm(network.grad, self.clip_norm)
        if self.clip_value is not None:
            clip_by_value(network.grad, self.clip_value)
        self.optimizer.step(network.theta, network.grad, rate, network.decayed)
        network.project()
        if self.average is not None:
            self.average.update()
        return loss

    def learning_rate(self, step: int) -> float:
        """The learning rate of a step, counted from 0."""
        rate = self.optimizer.learning_rate
        return rate if self.schedule is None else rate * self.schedule(step / (self.epochs * self.steps))

    def _count_time(self, seconds: float) -> None:
        self.seconds += seconds
        self.tally.seconds += seconds

    def _close_epoch(self) -> Epoch:
        self.check_weights()
        loss, accuracy = self._validate()
        tally, self.tally, self.batch = self.tally, Tally(), 0
        epoch = Epoch(
            epoch=self.epoch,
            epochs=self.epochs,
            loss=tally.loss / tally.samples,
            accuracy=tally.right / tally.samples if self.batches.has_classes else None,
            validation_loss=loss,
            validation_accuracy=accuracy,
            learning_rate=self.learning_rate(self.step - 1),
            seconds=self.seconds,
            images_per_second=tally.samples / max(tally.seconds, 1e-9),
        )
        self.history.append(epoch)
        return epoch

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")
    def _validate(self) -> tuple[float | None, float | None]:
        if self.validate is None:
            return None, None
        if self.average is None:
            loss, accuracy = self.validate(self.network)
        else:
            with self.average.in_use():
                loss, accuracy = self.validate(self.network)
        if not math.isfinite(loss):
            self._diverged(f"The loss on the validation set became {loss}")
        return loss, accuracy

    # --- what listeners need -------------------------------------------------------------------------

    @property
    def weights(self) -> tuple[Array, Array]:
        """Parameters and running statistics that count at this moment: the averaged ones if there are any."""
        return (self.network.theta, self.network.state) if self.average is None else self.average.weights

    def state(self) -> TrainingState:
        """Everything that the training depends on, at this moment between two steps, as copies.

        Raises
        ------
        TrainingError
            If the training is over, or a weight is no longer a finite number: nothing good could be resumed.
        """
        if self.history.finished is not None:
            raise TrainingError("The training is over, so there is nothing to resume.")
        self.check_weights()
        network = self.network
        rng = network.rng.bit_generator.state
        return TrainingState(
            plan=self._plan(),
            batch=self.batch,
            step=self.step,
            seconds=self.seconds,
            tally=asdict(self.tally),
            records=[dict(record) for record in self.history.records],
            network={"theta": network.theta.copy(), "state": network.state.copy(), "rng": rng},
            optimizer=self.optimizer.state_dict(),
            average={} if self.average is None else self.average.state_dict(),
            listeners={name: listener.state_dict() for name, listener in self.listeners.items()},
        )

    def restore(self, state: TrainingState) -> None:
        """Go on from a state that a training had which was set up with the same arguments.

        Raises
        ------
        TrainingError
            If it was set up with others.
        ModelFileError
            If the state cannot have been written by a training.
        """
        state.check_plan(self._plan())
        try:
            self._take(state)
        except WRONG as error:
            raise ModelFileError(f"The checkpoint is damaged ({error}). Start the training anew.") from None

    def _take(self, state: TrainingState) -> None:
        if state.step != len(state.records) * self.steps + state.batch or state.batch > self.steps:
            raise ValueError(f"step {state.step} is no step of epoch {len(state.records) + 1}")
        self.network.rng.bit_generator.state = state.network["rng"]
        self.optimizer.load_state_dict(state.optimizer)
        if self.average is not None:
            self.average.load_state_dict(state.average)
        self.network.theta[...] = state.network["theta"]
        self.network.state[...] = state.network["state"]
        self.batch, self.step, self.seconds = state.batch, state.step, state.seconds
        self.tally = Tally(**state.tally)
        self.history.records[:] = [dict(record) for record in state.records]
        self.remembered = state.listeners

    def _plan(self) -> dict[str, Any]:
        """What a training and its continuation must have in common."""
        return {
            "architecture": self.network.config(),
            "optimizer": type(self.optimizer).__name__,
            "average": None if self.average is None else self.average.decay,
            "number_of_samples": self.batches.m,
            "batch_size": self.batches.size,
            "seed": self.batches.seed,
            "random_generator": type(self.network.rng.bit_generator).__name__,
        }

    def attach(self, listener: Remembering) -> None:
        """Know a listener, and give back to it what it remembered when the training was interrupted."""
        for other in self.listeners.values():
            if other.outermost:
                right = f"{other.name}({listener.name}(train(...), ...), ...)"
                raise TrainingError(f"{other.name} must stand outside of all others: {right}.")
        name = f"{listener.name}.{sum(other.name == listener.name for other in self.listeners.values())}"
        self.listeners[name] = listener
        if name in self.remembered:
            try:
                listener.load_state_dict(self.remembered[name])
            except WRONG as error:
                raise ModelFileError(f"What the checkpoint says of {name} is damaged ({error}).") from None

    def stop(self, reason: str) -> Finished:
        """End the training here, before its time."""
        self._events.close()
        return self._finish(reason)

    def _finish(self, reason: str) -> Finished:
        """The average, if there is one, becomes the network's weights."""
        if self.average is not None and self.history.finished is None:
            self.average.put_in()
        self.history.finished = Finished(len(self.history), reason)
        return self.history.finished

    # --- when it goes wrong --------------------------------------------------------------------------

    def check_weights(self) -> None:
        """Raise a TrainingError unless all weights are finite numbers."""
        if not np.isfinite(self.network.theta).all():
            self._diverged("A weight became infinite or NaN")

    def _diverged(self, what: str, batch: Batch | None = None) -> NoReturn:
        now = self.batch if batch is None else self.batch + 1
        rate = self.learning_rate(self.step if batch is not None else self.step - 1)
        where = f"{what} in epoch {self.epoch}, batch {now} of {self.steps}"
        if batch is not None and not np.isfinite(batch.X).all():
            raise TrainingError(f"{where}: there are NaN or infinite numbers in the inputs. Clean the data.")
        raise TrainingError(
            f"{where}, at a learning rate of {rate:.6g}. Try one ten times smaller ({rate / 10:.2g}), "
            'clip_norm=1.0, or inputs scaled to 0-1 or to deviation 1 (preparation "unit" or "standard").'
        )
