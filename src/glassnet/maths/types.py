"""The one type that the page speaks of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array"]

Array = NDArray[np.floating[Any]]
"""An array of float32 or float64."""
