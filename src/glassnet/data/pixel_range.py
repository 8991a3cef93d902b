"""The range of the pixels that a model learned, and of those that it meets: bytes, fractions, inverted."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError

__all__ = ["PixelRange"]

SLACK = 0.2  # of the range: resized pictures overshoot a little
MAX_FRACTION = 1.001
MIN_SHARE_OF_INK = 0.02  # with less, a picture may be empty but for some noise
MIN_INK_PIXELS = 8
MIN_INVERTED_RIM = 0.75
MAX_EMPTY_RIM = 0.15
MAX_INK_IN_CORNERS = 0.1
SAMPLED_VALUES = 200_000
KNOWN_TOPS = (1.0, 16.0, 255.0)
"""Of the ranges that people use: 0 to 1 and -1 to 1, 0 to 16 as the bundled digits, 0 to 255."""


@dataclasses.dataclass(frozen=True)
class PixelRange:
    """What the pixels of pictures are.

    Attributes
    ----------
    low, high : float
        The numbers of an empty and of a full pixel: 0 and 255, 0 and 1, -1 and 1, 0 and 16, …
    rim : float or None
        How full the outermost pixels of a picture are on average, 0 to 1; None where it is not known.
    """

    low: float
    high: float
    rim: float | None = None

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"

    # --- what was learned ----------------------------------------------------------------------------

    @classmethod
    def of(cls, images: NDArray[Any], pixel_max: float | None = None) -> PixelRange | None:
        """The range of the pictures that a model learns from; None for features.

        Parameters
        ----------
        images : (m, height, width) or (m, n) array
            Rows of numbers count as pictures where they are bytes, or lie on the grid of bytes, and are as
            many as a square has, with corners that are empty (or full) nearly always.
        pixel_max : float, optional
            What is said to be a full pixel: 255 says little, since it is said of all whole numbers.

        Examples
        --------
        >>> print(PixelRange.of(np.array([[[0, 255], [10, 20]]], np.uint8), 255))
        0 to 255
        >>> print(PixelRange.of(np.array([[5.1, 3.5, 1.4, 0.2]])))
        None
        """
        if not images.size or images.dtype.kind not in "buif":
            return None
        low, high = _extremes(images)
        if not (math.isfinite(low) and math.isfinite(high)):
            return None
        known = cls._known(images, low, high, pixel_max)
        return None if known is None else dataclasses.replace(known, rim=known._rim_of(images))  # noqa: SLF001 - another of its kind

    @classmethod
    def _known(
        cls, images: NDArray[Any], low: float, high: float, pixel_max: float | None
    ) -> PixelRange | None:
        pictures = images.ndim == 3 or _are_rows_of_pictures(images, low, high)
        if pixel_max is not None and (pixel_max != 255 or high == low):
            return cls(0.0, pixel_max)
        if images.dtype.kind != "f":
            return cls(0.0, _top(high)) if pictures else None
        if images.ndim == 3 or (pictures and _is_grid(images, high)):
            return _range_of_fractions(low, high)
        return None

    @classmethod
    def derived(cls, kind: str, offset: Any, scale: Any, *, pictures: bool) -> PixelRange | None:
        """The range that older files do not name, from how the pixels were prepared."""
        if kind == "unit" and np.ndim(offset) == np.ndim(scale) == 0:
            top = round(1 / float(scale), 6) if scale else 0.0
            return cls(0.0, top) if offset == 0 and top in KNOWN_TOPS else None
        if kind == "standard" and pictures:
            top = float(np.max(offset + 2 / np.asarray(scale)))
            return cls(0.0, min(KNOWN_TOPS, key=lambda known: abs(math.log(max(top, 0.1) / known))))
        return None

    def config(self) -> dict[str, float | None]:
        """Everything as JSON takes it."""
        return dataclasses.asdict(self)

    @classmethod
    def from_config(cls, config: Mapping[str, Any] | None) -> PixelRange | None:
        """Make the range that gave this ``config()``; ValueError where it is none."""
        if config is None:
            return None
        low, high, rim = float(config["low"]), float(config["high"]), config.get("rim")
        rim = None if rim is None else float(rim)
        if not (math.isfinite(low) and math.isfinite(high) and low < high) or not math.isfinite(rim or 0):
            raise ValueError("expected low < high")
        return cls(low, high, rim)

    # --- what is met ---------------------------------------------------------------------------------

    def met(
        self, images: NDArray[Any], pixel_max: float | None = None, name: str = "the images"
    ) -> PixelRange:
        """The range of pictures that are shown to the model: its own, unless another is certain.

        Parameters
        ----------
        images : (m, height, width) or (m, n) array
        pixel_max : float, optional
            What is said to be a full pixel, where somebody said so.
        name : str
            What to call them in a message.

        Raises
        ------
        DataError
            When they are in another range, and it is not certain how to scale them; or dark on light
            where the model learned light on dark.

        Examples
        --------
        >>> learned = PixelRange(0.0, 255.0)
        >>> print(learned.met(np.eye(8)[None] * 0.9), "|", learned.met(np.zeros((1, 8, 8))))
        0 to 1 | 0 to 255
        """
        if not images.size or images.dtype.kind not in "buif":
            return self
        low, high = _extremes(images)
        if not (math.isfinite(low) and math.isfinite(high)):
            return self  # whoever computes with them says which sample it is
        met = self._met(images, low, high, pixel_max)
        if met is None or (met != self and self.high not in KNOWN_TOPS):
            raise DataError(
                f"{name}: the pixels go from {low:g} to {high:g}, but the model learned pixels from {self}. "
                f"Scale them to {self} first."
            )
        met = dataclasses.replace(met, rim=self.rim)
        met._refuse_inverted(images, name)  # noqa: SLF001 - another of its kind
        return met

    def _met(
        self, images: NDArray[Any], low: float, high: float, pixel_max: float | None
    ) -> PixelRange | None:
        """The range of pictures that are shown to the model: its own unless another is certain."""
        if pixel_max is not None and pixel_max != 255:
            return self if (self.low, self.high) == (0.0, pixel_max) else PixelRange(0.0, pixel_max)
        span = self.high - self.low
        if -MAX_FRACTION <= low <= -0.99 and high <= MAX_FRACTION:
            return PixelRange(-1.0, 1.0)
        if low < self.low - SLACK * max(high - self.low, 0) or high > self.high + SLACK * span:
            return _other_range(images, low, high)
        if span > 2 and high <= MAX_FRACTION and _are_fractions(images):
            return PixelRange(0.0, 1.0)
        if self.low < 0 <= low < high <= MAX_FRACTION:  # not one pixel would be empty
            return PixelRange(0.0, 1.0)
        if self.high > 32 and 1 < high <= 16 and low < high / 2 and _has_ink(images, high / 2):
            return PixelRange(0.0, 16.0) if high == 16 else None  # 0 to 15, 0 to 16, or very faint
        return self

    def _rim_of(self, images: NDArray[Any]) -> float | None:
        """How full the outermost pixels are on average."""
        pictures = _as_pictures(images)
        if pictures is None:
            return None
        step = max(1, len(pictures) // 2000)
        chosen = pictures[::step]
        rim = [chosen[:, 0], chosen[:, -1], chosen[:, :, 0], chosen[:, :, -1]]
        mean = np.concatenate([part.reshape(-1) for part in rim]).mean(dtype=np.float64)
        return round((float(mean) - self.low) / (self.high - self.low), 4)

    def _refuse_inverted(self, images: NDArray[Any], name: str) -> None:
        if self.rim is None or self.rim > MAX_EMPTY_RIM:
            return
        rim = self._rim_of(images)
        middle = (self.low + self.high) / 2
        if rim is not None and rim >= MIN_INVERTED_RIM and images.min() < middle:
            raise DataError(
                f"{name}: dark on light (the rims of the pictures are {100 * rim:.0f} % full), but the model "
                f"learned light on dark ({100 * self.rim:.0f} %). Invert the pixels first: "
                f"{self.low + self.high:g} minus each."
            )


def _extremes(images: NDArray[Any]) -> tuple[float, float]:
    return float(images.min()), float(images.max())


def _is_square(n: int) -> bool:
    """Whether rows of so many numbers may be pictures: four measurements are none."""
    side = math.isqrt(n)
    return side >= 4 and side * side == n


def _are_rows_of_pictures(rows: NDArray[Any], low: float, high: float) -> bool:
    """Whether rows of numbers are square pictures: nobody writes into the corners of one."""
    if not _is_square(rows.shape[1]) or high <= low:
        return False
    side = math.isqrt(rows.shape[1])
    corners = rows[:, [0, side - 1, -side, -1]].mean(dtype=np.float64)
    share = (corners - low) / (high - low)
    return bool(min(share, 1 - share) <= MAX_INK_IN_CORNERS)


def _sampled(images: NDArray[Any]) -> NDArray[Any]:
    values = images.reshape(-1)
    return values[:: max(1, values.size // SAMPLED_VALUES)]


def _top(high: float) -> float:
    """The full pixel of whole numbers whose greatest is this."""
    return 255.0 if high > 16 else 16.0 if high > 8 else max(high, 1.0)


def _range_of_fractions(low: float, high: float) -> PixelRange | None:
    """The range of floating-point pictures, where it is one of those that people use."""
    if -MAX_FRACTION <= low <= -0.9 and 0.5 <= high <= MAX_FRACTION:
        return PixelRange(-1.0, 1.0)
    if low < 0:
        return None
    if 0.5 <= high <= MAX_FRACTION:
        return PixelRange(0.0, 1.0)
    return PixelRange(0.0, _top(high)) if 8 < high <= 255.5 else None


def _is_grid(rows: NDArray[Any], high: float) -> bool:
    """Whether rows of floats are pixels for certain: whole numbers up to 16 or 255, or such divided."""
    values = _sampled(rows).astype(np.float64)
    if (values == np.floor(values)).all():
        return high in (16.0, 255.0)
    return high <= MAX_FRACTION and any(
        np.abs(scaled - np.round(scaled)).max() < 1e-3
        for scaled in (values * 255, values * 16, values * 15, (values + 1) * 127.5)
    )


def _other_range(images: NDArray[Any], low: float, high: float) -> PixelRange | None:
    """What pictures are that do not fit into the range that was learned; None where that is not certain."""
    if low < 0:
        return None
    if 16.5 < high <= 255.5:
        return PixelRange(0.0, 255.0)
    return PixelRange(0.0, 16.0) if high == 16 and _has_ink(images, 8) else None


def _are_fractions(images: NDArray[Any]) -> bool:
    """Whether numbers up to 1 are meant as such: they have fractions, or are 0 and 1 with ink enough."""
    if images.dtype.kind == "b":
        return True
    fractions = images.dtype.kind == "f" and bool((images != np.floor(images)).any())
    return _has_ink(images, 0.5 if fractions else 1.0)


def _has_ink(images: NDArray[Any], least: float) -> bool:
    """Whether so many pixels are at least so full that it cannot be the noise of an empty picture."""
    count = np.count_nonzero(images >= least)
    return bool(count > MIN_SHARE_OF_INK * images.size and count >= min(MIN_INK_PIXELS, images.size / 4))


def _as_pictures(images: NDArray[Any]) -> NDArray[Any] | None:
    if images.ndim == 3:
        return images
    side = math.isqrt(images.shape[1]) if images.ndim == 2 else 0
    return images.reshape(-1, side, side) if side and side * side == images.shape[1] else None
