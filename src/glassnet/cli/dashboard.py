"""``glassnet train --watch``: the curves and the first layer's weights, while they change."""

import time
from collections.abc import Iterator
from functools import cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rich.console import Console, ConsoleOptions
from rich.live import Live
from rich.segment import Segment
from rich.style import Style

from glassnet.cli.training_display import TextLines
from glassnet.recipe import Run, Started
from glassnet.train import Epoch, Event, Step

__all__ = ["Dashboard", "Screen"]

REFRESH_SECONDS = 0.25  # drawing takes some milliseconds
CHART_LINES = 6
EIGHTHS = " ▁▂▃▄▅▆▇█"
LEVELS = 16  # of colour on each side of zero
MAX_TILE_PIXELS = 14  # along the longer side of a unit's image; larger ones are averaged
RED, WHITE, BLUE = (178, 24, 43), (247, 247, 247), (33, 102, 172)


class Dashboard(TextLines):
    """The same lines, and beneath them the curves and the weights."""

    def __enter__(self) -> Self:
        self._live: Live | None = None
        self._drawn = 0.0
        return self

    def __exit__(self, *exception: object) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def show(self, event: Started | Event) -> None:
        """Take in what happened; draw when it is time."""
        if isinstance(event, Started):
            super().show(event)
            self._screen = Screen(event)
            self._live = Live(self._screen, auto_refresh=False, transient=True)
            self._live.start()
            return
        self._screen.see(event)
        super().show(event)
        now = time.monotonic()
        if self._live is not None and (now - self._drawn > REFRESH_SECONDS or isinstance(event, Epoch)):
            self._drawn = now
            self._live.refresh()

    def print(self, line: str) -> None:
        """Print a line above the picture."""
        if self._live is None:
            print(line)
        else:
            self._live.console.print(line, highlight=False, markup=False, soft_wrap=True)

    def conclude(self, result: Run) -> None:
        """Leave the last picture standing, and print the figures."""
        Console().print(self._screen)
        super().conclude(result)


class Screen:
    """What is drawn: loss by steps, accuracy by epochs, a tile for each of the first units.

    Parameters
    ----------
    started : Started
        The network that is trained; its weights are looked at whenever the screen is drawn.
    """

    def __init__(self, started: Started) -> None:
        self._network = started.model.network
        self._shape = started.model.image_shape
        self._begin = f"epoch 0 of {started.recipe.training.epochs}"
        self._losses: list[float] = []
        self._accuracy: list[float] = []
        self._epoch: Epoch | None = None

    def see(self, event: Any) -> None:
        """Take note of a step or an epoch."""
        if isinstance(event, Step):
            self._losses.append(event.loss)
        elif isinstance(event, Epoch):
            self._epoch = event
            accuracy = event.accuracy if event.validation_accuracy is None else event.validation_accuracy
            if accuracy is not None:
                self._accuracy.append(100 * accuracy)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        width = min(options.max_width, 120)
        yield from self._curves(width)
        room = max(4, (options.height or console.height) - CHART_LINES - 6)
        yield from self._weights(width, room)

    def _curves(self, width: int) -> Iterator[Segment]:
        half = (width - 3) // 2
        watched = self._epoch is not None and self._epoch.validation_accuracy is not None
        epoch = f"epoch {self._epoch.epoch} of {self._epoch.epochs}" if self._epoch else self._begin
        loss = f"loss {self._losses[-1]:.4f}" if self._losses else "loss"
        right = "validation" if watched else "training"
        accuracy = f"{right} accuracy {self._accuracy[-1]:.2f} %" if self._accuracy else "accuracy"
        yield Segment(f"{f'{loss}   {epoch}':<{half}}   {accuracy}"[:width], Style(bold=True))
        yield Segment.line()
        left_lines, right_lines = chart(self._losses, half, 0.0), chart(self._accuracy, half)
        for left, other in zip(left_lines, right_lines, strict=True):
            yield Segment(left, Style(color="blue"))
            yield Segment("   ")
            yield Segment(other, Style(color="green"))
            yield Segment.line()

    def _weights(self, width: int, room: int) -> Iterator[Segment]:
        W = self._network.parameters["0.W"]
        picture = mosaic(W, self._shape, width, 2 * room)
        greatest = float(np.abs(W).max()) or 1.0
        yield Segment(f"weights of the first layer, from {-greatest:.3g} (blue) to {greatest:.3g} (red)")
        yield Segment.line()
        # Small weights are the rule: a root lets them have a colour too.
        scaled = np.sign(picture) * np.sqrt(np.abs(picture) / greatest)
        levels = np.where(np.isnan(picture), LEVELS + 1, np.rint(LEVELS * np.nan_to_num(scaled))).astype(int)
        for upper, lower in zip(levels[::2], levels[1::2], strict=True):
            for above, below in zip(upper.tolist(), lower.tolist(), strict=True):
                yield cell(above, below)
            yield Segment.line()


def chart(
    values: list[float], width: int, least: float | None = None, height: int = CHART_LINES
) -> list[str]:
    """A curve as columns of blocks, the newest at the right.

    Parameters
    ----------
    values : list of float
        More than there are columns are averaged.
    width, height : int
        In characters.
    least : float, optional
        What the lower edge stands for; else the least value.

    Examples
    --------
    >>> chart([1.0, 2.0], 4, 0.0, height=2)
    ['  ██', '████']
    """
    if not values:
        return [" " * width] * height
    groups = np.array_split(np.asarray(values), min(width, len(values)))
    means = np.array([group.mean() for group in groups])
    columns = np.repeat(means, np.diff(np.linspace(0, width, len(means) + 1).round().astype(int)))
    low = float(columns.min()) if least is None else least
    spread = float(columns.max()) - low or 1.0
    eighths = np.clip(np.rint(8 * height * (columns - low) / spread), 1, 8 * height).astype(int)
    rows = [np.clip(eighths - 8 * row, 0, 8) for row in reversed(range(height))]
    return ["".join(EIGHTHS[level] for level in row) for row in rows]


def mosaic(
    W: NDArray[Any], image_shape: tuple[int, int] | None, width: int, height: int
) -> NDArray[np.float64]:
    """The weights of as many units as there is room for, NaN between them; an even number of rows.

    Parameters
    ----------
    W : (D, K) array
    image_shape : (h, w) or None
        Without it a row for each feature and a column for each unit.
    width, height : int
        The room, in pixels.

    Examples
    --------
    >>> mosaic(np.ones((4, 3)), (2, 2), width=6, height=2).shape
    (2, 6)
    """
    if image_shape is None:
        tall = min(W.shape[0], height // 2)
        rows = np.repeat(W[:tall, : width // 2].astype(np.float64), 2, axis=0)
        return np.repeat(rows, 2, axis=1)
    h, w = image_shape
    step = -(-max(h, w) // MAX_TILE_PIXELS)
    h, w = h // step, w // step
    columns = max(1, width // (w + 1))
    tiles = min(W.shape[1], columns * max(1, height // (h + 1)))
    lines = -(-tiles // columns)
    tall = lines * (h + 1) + lines * (h + 1) % 2
    picture = np.full((tall, min(width, columns * (w + 1))), np.nan)
    for k in range(tiles):
        image = W[:, k].reshape(image_shape)[: h * step, : w * step]
        top, left = k // columns * (h + 1), k % columns * (w + 1)
        small = image.reshape(h, step, w, step).mean(axis=(1, 3))
        picture[top : top + h, left : left + w] = small[:, : picture.shape[1] - left]
    return picture[: max(2, height - height % 2)]


@cache
def cell(above: int, below: int) -> Segment:
    """Two pixels, one above the other, in one character."""
    if above > LEVELS and below > LEVELS:
        return Segment(" ")
    if below > LEVELS:
        return Segment("▀", Style(color=_colour(above)))
    if above > LEVELS:
        return Segment("▄", Style(color=_colour(below)))
    return Segment("▀", Style(color=_colour(above), bgcolor=_colour(below)))


def _colour(level: int) -> str:
    end, share = (RED if level > 0 else BLUE), abs(level) / LEVELS
    red, green, blue = (round(a + share * (b - a)) for a, b in zip(WHITE, end, strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}"
