"""``animation``: the curves and the first layer's weights as they change, in a GIF or a film."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.animation import AbstractMovieWriter, FFMpegWriter, PillowWriter
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from numpy.typing import NDArray

from glassnet.errors import DataError, MissingExtraError
from glassnet.files import atomic_path
from glassnet.plots.panels import SMALL, caption
from glassnet.plots.style import CATEGORICAL, DIVERGING, figure, symmetric_limits
from glassnet.train import History

__all__ = ["animation", "writer_for"]

MAX_UNITS = 24  # whose weights are shown
MAX_FRAMES = 80  # at most; of longer trainings evenly chosen epochs
Weights = NDArray[np.floating]


def animation(
    history: History,
    weights: Sequence[Weights],
    path: str | os.PathLike[str],
    *,
    image_shape: tuple[int, int] | None = None,
    frames_per_second: float = 6,
) -> Path:
    """Write the loss, the accuracy and the first layer's weights after each epoch as a GIF or MP4.

    Parameters
    ----------
    history : History
    weights : sequence of (D, K) arrays
        The first layer's weights after each epoch of the history: ``network.parameters["0.W"].copy()``.
    path : path
        Its name ends in ``.gif``, or in ``.mp4``, which needs the program ffmpeg.
    image_shape : (height, width), optional
        Without it weights are drawn as a map, a row for each feature.
    frames_per_second : float

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    DataError
        If there are not as many weights as epochs, or the format is unknown.
    MissingExtraError
        If a film is wanted and ffmpeg is not there.
    """
    path = Path(path)
    writer = writer_for(path, frames_per_second)
    if not len(history) or len(weights) != len(history):
        raise DataError(
            f"The history has {len(history)} epochs, and weights are given of {len(weights)}. "
            "Keep a copy of them after every epoch."
        )
    stage = _Stage(history, weights, image_shape)
    shown = np.unique(np.linspace(0, len(history) - 1, min(MAX_FRAMES, len(history))).round().astype(int))
    with atomic_path(path) as temporary, writer.saving(stage.fig, str(temporary), dpi=80):
        for epoch in [*shown, shown[-1], shown[-1], shown[-1]]:  # the end stands a while
            stage.show(int(epoch))
            writer.grab_frame()
    return path


def writer_for(path: Path, frames_per_second: float = 6) -> AbstractMovieWriter:
    """What writes a file of this name; an error for a format that cannot be written here."""
    if path.suffix.lower() == ".gif":
        return PillowWriter(fps=frames_per_second)  # type: ignore[arg-type]
    if path.suffix.lower() != ".mp4":
        raise DataError(f"{path}: an animation is written as .gif or .mp4.")
    if not FFMpegWriter.isAvailable():
        raise MissingExtraError(f"{path}: films need the program ffmpeg. Install it, or write a .gif.")
    return FFMpegWriter(fps=frames_per_second)  # type: ignore[arg-type]


class _Stage:
    """The figure, laid out once; each frame changes what stands on it."""

    def __init__(
        self, history: History, weights: Sequence[Weights], image_shape: tuple[int, int] | None
    ) -> None:
        self.history, self.weights, self.image_shape = history, weights, image_shape
        self.fig: Figure = figure("", width=8, height=4.5)
        grid = self.fig.add_gridspec(2, 2, width_ratios=[1, 1.5])
        watched = not np.isnan(history.validation_loss).all()
        loss = history.validation_loss if watched else history.loss
        self.curves = [self._curve(grid[0, 0], history.loss, loss, "loss", watched)]
        if not np.isnan(history.accuracy).all():
            shown = history.validation_accuracy if watched else history.accuracy
            self.curves.append(
                self._curve(grid[1, 0], 100 * history.accuracy, 100 * shown, "accuracy, %", watched)
            )
        ax = self.fig.add_subplot(grid[:, 1])
        scale = Normalize(*symmetric_limits(*weights))
        self.map = ax.imshow(self._mosaic(0), cmap=DIVERGING, norm=scale, interpolation="nearest")
        ax.set_aspect("auto" if image_shape is None else "equal")
        ax.set_axis_off()
        caption(ax, "first-layer weights: red speaks for a unit, blue against it")
        self.show(0)
        self.fig.canvas.draw()
        self.fig.set_layout_engine("none")  # nothing shall jump from frame to frame

    def _curve(
        self, place: object, train: NDArray[np.float64], watched: NDArray[np.float64], what: str, both: bool
    ) -> tuple[Axes, list[tuple[object, NDArray[np.float64]]]]:
        ax: Axes = self.fig.add_subplot(place)  # type: ignore[call-overload]
        lines = []
        parts = [("training", train, "-"), ("validation", watched, "--")][: 1 + both]
        for k, (name, values, line) in enumerate(parts):
            (drawn,) = ax.plot([], [], line, color=CATEGORICAL[k], label=name)
            lines.append((drawn, values))
        low = min(float(np.nanmin(values)) for _, values in lines)
        high = max(float(np.nanmax(values)) for _, values in lines)
        ax.set_ylim(low - 0.05 * (high - low) - 1e-9, high + 0.05 * (high - low) + 1e-9)
        ax.set_xlim(0.5, len(train) + 0.5)
        ax.tick_params(labelsize=SMALL)
        ax.set_ylabel(what, fontsize=SMALL)
        ax.set_xlabel("epoch", fontsize=SMALL)
        ax.legend(fontsize=SMALL, frameon=False)
        return ax, lines  # type: ignore[return-value]

    def _mosaic(self, epoch: int) -> NDArray[np.floating]:
        """The weights of the first units: side by side as images, or a map."""
        W = self.weights[epoch][:, :MAX_UNITS]
        if self.image_shape is None:
            return W
        height, width = self.image_shape
        columns = min(6, W.shape[1])
        rows = -(-W.shape[1] // columns)
        gap = max(1, height // 14)
        tiles = np.full((rows * (height + gap), columns * (width + gap)), np.nan)
        for k in range(W.shape[1]):
            top, left = k // columns * (height + gap), k % columns * (width + gap)
            tiles[top : top + height, left : left + width] = W[:, k].reshape(height, width)
        return np.ma.masked_invalid(tiles)

    def show(self, epoch: int) -> None:
        """Put one epoch, counted from 0, on the stage."""
        self.fig.suptitle(f"Epoch {epoch + 1} of {len(self.history)}", x=0.01, ha="left", weight="bold")
        for _, lines in self.curves:
            for line, values in lines:
                line.set_data(self.history.epochs[: epoch + 1], values[: epoch + 1])  # type: ignore[attr-defined]
        self.map.set_data(self._mosaic(epoch))
