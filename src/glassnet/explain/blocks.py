"""An input as characters: a picture in shades, features as bars."""

import numpy as np

from glassnet.explain.steps import Names, number
from glassnet.maths.types import Array

__all__ = ["blocks"]

SHADES = " ░▒▓█"
MAX_LINES, MAX_COLUMNS = 14, 72  # of a picture: it shall fit beneath its title on a small terminal
MAX_BAR_CHARACTERS = 24
MAX_FEATURES = 40  # that are drawn


def blocks(x: Array, names: Names) -> tuple[str, ...]:
    """Lines of characters that show an input.

    Parameters
    ----------
    x : (n,) array
        From 0 or its least value (empty) to its greatest (full); what lies between in five shades.
        A pixel is two characters; of larger pictures, means of squares are one character for two.
    names : Names
        Its shape, or the names of its features.

    Examples
    --------
    >>> blocks(np.array([0, 0.5, 1, 0.25]), Names(image_shape=(2, 2)))
    ('  ▒▒', '██░░')
    >>> blocks(np.array([2.0, -1.0]), Names(feature_names=("length", "width")))
    ('length  2   ████████████████████████', 'width   -1  ────────────')
    """
    if names.image_shape is None:
        return _bars(x, names)
    least = min(float(x.min()), 0.0)
    spread = float(x.max()) - least
    levels = np.zeros(x.shape) if spread == 0 else (x - least) / spread
    image = levels.reshape(names.image_shape)
    repeat = 2
    if len(image) > MAX_LINES or 2 * image.shape[1] > MAX_COLUMNS:
        side = max(-(-len(image) // (2 * MAX_LINES)), -(-image.shape[1] // MAX_COLUMNS))
        image, repeat = _means(image, 2 * side, side), 1
    shades = np.floor(image * (len(SHADES) - 1) + 0.5 - 1e-9).astype(int)
    return tuple("".join(repeat * SHADES[level] for level in row) for row in shades)


def _means(image: Array, height: int, width: int) -> Array:
    """The mean of each rectangle; at the edges it is filled up with 0."""
    h, w = image.shape
    padded = np.pad(image, ((0, -h % height), (0, -w % width)))
    means: Array = padded.reshape(-(-h // height), height, -1, width).mean(axis=(1, 3))
    return means


def _bars(x: Array, names: Names) -> tuple[str, ...]:
    shown = range(min(len(x), MAX_FEATURES))
    labels = [names.input(i) for i in shown]
    values = [number(float(x[i])) for i in shown]
    wide, digits = max(map(len, labels)), max(map(len, values))
    greatest = float(np.abs(x).max()) or 1.0
    lines = []
    for i, label, value in zip(shown, labels, values, strict=True):
        bar = ("█" if x[i] > 0 else "─") * round(MAX_BAR_CHARACTERS * abs(float(x[i])) / greatest)
        lines.append(f"{label:<{wide}}  {value:<{digits}}  {bar}".rstrip())
    if len(x) > MAX_FEATURES:
        lines.append(f"… and {len(x) - MAX_FEATURES:,} more")
    return tuple(lines)
