"""Arrays, and their shapes by the letters of the page: N samples, D numbers in, K numbers out.

Within one call equal letters are equal numbers: the tests check it in ``maths`` and ``nn``
(``tests/shapes.py``). Outside of them these are annotations and nothing more.
"""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "DxK", "NxD", "NxK", "Same", "VectorD", "VectorK", "VectorN"]

Array = NDArray[np.floating[Any]]
"""An array of float32 or float64."""

NxD = Annotated[Array, "N D"]
NxK = Annotated[Array, "N K"]
DxK = Annotated[Array, "D K"]
VectorN = Annotated[Array, "N"]
VectorD = Annotated[Array, "D"]
VectorK = Annotated[Array, "K"]

Same = Annotated[Array, "*shape"]
"""Of any shape, but all of the same one."""
