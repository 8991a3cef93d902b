"""``learning_curves``: loss, accuracy and learning rate, epoch by epoch."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from glassnet.plots.panels import SMALL
from glassnet.plots.style import CATEGORICAL, figure
from glassnet.train import History

__all__ = ["draw_curve", "learning_curves", "would_stop"]

TRAINING, VALIDATION = CATEGORICAL[0], CATEGORICAL[1]
MAX_MARKED_EPOCHS = 60  # epochs up to which each one gets a marker


def learning_curves(history: History, *, patience: int | None = None) -> Figure:
    """Draw loss and accuracy of training and validation per epoch, and the learning rate, if any, below.

    The epoch of the lowest validation loss is marked, and, given a patience, the epoch after which early
    stopping would have stopped.

    Parameters
    ----------
    history : History
        With at least one epoch.
    patience : int, optional
        Epochs without a lower validation loss that early stopping waits.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If the history has no epoch.
    """
    if not len(history):
        raise ValueError("the history has no epoch yet, so there is no curve")
    classes = not np.isnan(history.accuracy).all()
    n = len(history)
    fig = figure(f"How it learned: {n:,} epoch{'s' if n > 1 else ''}", height=5.2)
    has_rate = not np.isnan(history.learning_rate).all()
    grid = fig.add_gridspec(1 + has_rate, 1 + classes, height_ratios=[4, 1][: 1 + has_rate])
    loss = fig.add_subplot(grid[0, 0])
    _curves(loss, history.epochs, history.loss, history.validation_loss, "loss")
    loss.set_ylim(bottom=0)
    panels = [loss]
    if classes:
        accuracy = fig.add_subplot(grid[0, 1], sharex=loss)
        _curves(
            accuracy, history.epochs, 100 * history.accuracy, 100 * history.validation_accuracy, "accuracy, %"
        )
        accuracy.set_ylim(top=min(100.5, accuracy.get_ylim()[1] + 1))
        panels.append(accuracy)
    _mark(panels, history, patience)
    for ax in panels:
        ax.legend(fontsize=SMALL, frameon=False)
    if has_rate:
        panels = [fig.add_subplot(grid[1, :], sharex=loss)]
        _learning_rate(panels[0], history)
    for ax in panels:  # the lowest ones
        ax.set_xlabel("epoch", fontsize=SMALL)
    return fig


def would_stop(losses: NDArray[np.float64], patience: int) -> int | None:
    """The epoch, counted from 1, after which early stopping stops; None if it never does.

    >>> would_stop(np.array([3.0, 2.0, 2.5, 2.4, 1.0]), patience=2)
    4
    >>> would_stop(np.array([3.0, 2.0, 2.5, 1.0]), patience=2) is None
    True
    """
    best, waited = np.inf, 0
    for epoch, loss in enumerate(losses, 1):
        best, waited = (float(loss), 0) if loss < best else (best, waited + 1)
        if waited >= patience:
            return epoch
    return None


def draw_curve(
    ax: Axes, epochs: NDArray[np.int64], values: NDArray[np.float64], colour: str, label: str, line: str = "-"
) -> None:
    """One curve over the epochs; with markers where they are few."""
    marker = "o" if len(epochs) <= MAX_MARKED_EPOCHS else None
    ax.plot(epochs, values, line, color=colour, marker=marker, markersize=3, linewidth=1.4, label=label)


def _curves(
    ax: Axes,
    epochs: NDArray[np.int64],
    train: NDArray[np.float64],
    validation: NDArray[np.float64],
    what: str,
) -> None:
    draw_curve(ax, epochs, train, TRAINING, "training")
    if not np.isnan(validation).all():
        draw_curve(ax, epochs, validation, VALIDATION, "validation", "--")
    ax.set_ylabel(what, fontsize=SMALL)
    _axis(ax)


def _learning_rate(ax: Axes, history: History) -> None:
    draw_curve(ax, history.epochs, history.learning_rate, CATEGORICAL[2], "learning rate")
    ax.set_ylabel("learning rate", fontsize=SMALL)
    ax.set_ylim(0, 1.1 * float(np.nanmax(history.learning_rate)) or 1.0)
    _axis(ax)


def _axis(ax: Axes) -> None:
    ax.tick_params(labelsize=SMALL, length=2)
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ax.grid(color="0.9", linewidth=0.6)


def _mark(panels: list[Axes], history: History, patience: int | None) -> None:
    """The best epoch, and the one at which early stopping gives up."""
    if history.best_epoch is None:
        return
    stop = None if patience is None else would_stop(history.validation_loss, patience)
    for ax in panels:
        ax.axvline(
            history.best_epoch, color="0.2", linewidth=1, linestyle=":", label=f"best: {history.best_epoch}"
        )
        if stop is not None:
            text = f"early stopping (patience {patience}): {stop}"
            ax.axvline(stop, color=CATEGORICAL[3], linewidth=1, linestyle="-.", label=text)
