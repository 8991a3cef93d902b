"""When two results are the same: shapes up to axes of length one, numbers up to rounding in float32."""

from typing import Any

import numpy as np

from glassnet.learn.worker.wire import Unknown

__all__ = ["close", "fitted", "numbers", "same_shape"]

SMALLEST_SCALE = 1e-2  # results of cancelled sums are compared as if the array held this


def numbers(value: Any) -> np.ndarray | None:
    """``value`` as an array of real numbers; None where it is none.

    >>> numbers([[1, 2], [3, 4.5]]).shape, numbers("a"), numbers([[1], [2, 3]])
    ((2, 2), None, None)
    """
    if value is None or isinstance(value, (str, dict, Unknown)):
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    if array.dtype.kind == "c" and not np.any(array.imag):
        array = array.real
    return array if array.dtype.kind in "biuf" else None


def same_shape(got: np.ndarray, expected: np.ndarray) -> bool:
    """Equal shapes, or equal without their axes of length one: (K,), (K, 1) and (1, K) are one."""
    return got.shape == expected.shape or _long(got) == _long(expected)


def _long(array: np.ndarray) -> tuple[int, ...]:
    return tuple(size for size in array.shape if size != 1)


def fitted(got: np.ndarray, expected: np.ndarray) -> np.ndarray | None:
    """``got`` as float64 in the shape of ``expected``; None where it has another."""
    if not same_shape(got, expected):
        return None
    return np.asarray(got, dtype=float).reshape(expected.shape)


def close(got: np.ndarray, expected: np.ndarray, tolerance: float = 1e-5) -> bool:
    """Whether two arrays are the same result.

    >>> close(np.float32([[1], [2]]), np.array([1.0, 2.0])), close(np.array([1.0]), np.array([1.001]))
    (True, False)
    """
    own = fitted(got, expected)
    if own is None:
        return False
    wanted = np.asarray(expected, dtype=float)
    finite = np.isfinite(wanted)
    if not np.array_equal(finite, np.isfinite(own)):
        return False
    if not np.array_equal(own[~finite], wanted[~finite], equal_nan=True):
        return False
    own, wanted = own[finite], wanted[finite]
    scale = max(float(np.max(np.abs(wanted), initial=0.0)), SMALLEST_SCALE)
    return bool(np.all(np.abs(own - wanted) <= tolerance * (np.abs(wanted) + 0.1 * scale)))
