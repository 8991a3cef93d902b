"""What happens during a training, as records: the three kinds of event that ``train`` yields."""

from dataclasses import dataclass

__all__ = ["Epoch", "Event", "Finished", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One mini-batch was learned.

    Attributes
    ----------
    epoch, step : int
        Counted from 1; ``step`` runs through all epochs.
    steps : int
        Steps in each epoch.
    loss : float
        The batch's loss before the update, with penalties.
    learning_rate : float
        What the schedule made of the optimiser's rate.
    size : int
        Samples in the batch.
    seconds : float
        Time spent on training so far; what the one who iterates does in between is not counted.
    """

    epoch: int
    step: int
    steps: int
    loss: float
    learning_rate: float
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Epoch:
    """All samples were learned once more.

    Attributes
    ----------
    epoch, epochs : int
        Counted from 1, and how many there shall be.
    loss, accuracy : float
        Means over the epoch's mini-batches, each taken before its update; no accuracy (None) where the
        targets are no classes.
    validation_loss, validation_accuracy : float or None
        After the epoch's last update, in inference mode, without penalties.
    learning_rate : float
        Of the epoch's last step.
    seconds : float
        Time spent on training since it began, without validation.
    images_per_second : float
        Of this epoch.
    """

    epoch: int
    epochs: int
    loss: float
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    learning_rate: float
    seconds: float
    images_per_second: float


@dataclass(frozen=True, slots=True)
class Finished:
    """The training is over, and the network holds its final weights.

    Attributes
    ----------
    epochs : int
        How many were completed.
    reason : str
        ``"done"`` or ``"early stopping"``.
    best_epoch : int or None
        The epoch that a listener found best.
    """

    epochs: int
    reason: str
    best_epoch: int | None = None


Event = Step | Epoch | Finished
