"""An input as characters: a picture in shades, features as bars."""

import numpy as np

from glassnet.explain.steps import Names, number
from glassnet.maths.types import Array

__all__ = ["blocks"]

SHADES = " ░▒▓█"
MAX_BAR_CHARACTERS = 24  # characters of the longest bar
MAX_FEATURES = 40  # features that are drawn


def blocks(x: Array, names: Names) -> tuple[str, ...]:
    """Lines of characters that show an input.

    Parameters
    ----------
    x : (n,) array
        From 0 or its least value (empty) to its greatest (full); what lies between in five shades.
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
    shades = np.floor(levels * (len(SHADES) - 1) + 0.5 - 1e-9).astype(int)
    return tuple("".join(2 * SHADES[level] for level in row) for row in shades.reshape(names.image_shape))


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
