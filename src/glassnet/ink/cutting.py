"""Two digits that touch: where a connected stroke may be cut."""

import numpy as np
from numpy.typing import NDArray

from .strokes import Part

__all__ = ["cut"]

WIDER = 0.85  # of the line's height: what is narrower is one digit
MOST_CUTS = 4


def cut(part: Part, share: NDArray[np.float32], height: float) -> list[Part]:
    """The parts that a stroke falls into when it is cut wherever two digits might touch."""
    return [part]
