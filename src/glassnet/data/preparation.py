"""How pixels become the numbers that a network reads. It is part of the model and saved with it."""

import dataclasses
import logging
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from glassnet.data.dataset import Dataset
from glassnet.data.pixel_range import PixelRange
from glassnet.errors import DataError

__all__ = ["Kind", "Preparation"]

Kind = Literal["unit", "standard", "none"]

_log = logging.getLogger(__name__)

_DERIVED = PixelRange(0.0, 0.0)  # in place of a range: it follows from the numbers
_CHUNK = 1024  # rows that are float64 at any one time while statistics are taken


@dataclasses.dataclass(frozen=True, eq=False)
class Preparation:
    """X = (pixels - offset) · scale, with pixels as rows.

    Parameters
    ----------
    kind : {"unit", "standard", "none"}
        What the numbers were chosen for.
    offset, scale : float or ndarray of shape (features,)
        One number for all, or one for each feature.
    pixels : PixelRange or None
        What pixels it was chosen for; None for features. Unless given, what "unit" with one number for all
        makes 0 to 1.

    Examples
    --------
    >>> data = Dataset(np.array([[0, 1], [8, 16]], np.uint8), pixel_max=16)
    >>> Preparation.fit(data, "unit").apply(data.images).tolist()
    [[0.0, 0.0625], [0.5, 1.0]]
    """

    kind: Kind = "none"
    offset: float | NDArray[np.float64] = 0.0
    scale: float | NDArray[np.float64] = 1.0
    pixels: PixelRange | None = _DERIVED

    def __post_init__(self) -> None:
        if self.pixels is _DERIVED:
            pixels = PixelRange.derived(self.kind, self.offset, self.scale, pictures=False)
            object.__setattr__(self, "pixels", pixels)

    @classmethod
    def fit(cls, dataset: Dataset, kind: Kind) -> "Preparation":
        """Choose offset and scale from the training set (and from no other).

        Parameters
        ----------
        dataset : Dataset
            The training set.
        kind : {"unit", "standard", "none"}
            "unit": from 0 to 1, for pixels by their greatest possible value, for
            features by each one's least and greatest. "standard": each feature
            with mean 0 and deviation 1; constant features become 0. "none": as
            they come.
        """
        pixels = PixelRange.of(dataset.images, dataset.pixel_max)
        if kind == "none":
            return cls("none", pixels=pixels)
        if kind == "unit":
            if dataset.pixel_max is not None:
                return cls("unit", 0.0, 1.0 / dataset.pixel_max, pixels)
            least = dataset.flat.min(axis=0).astype(np.float64)
            return cls("unit", least, _inverse(dataset.flat.max(axis=0) - least), pixels)
        if kind == "standard":
            mean, deviation = _mean_and_deviation(dataset.flat)
            return cls("standard", mean, _inverse(deviation), pixels)
        raise DataError(f"preparation {kind!r} is unknown. Expected one of {', '.join(get_args(Kind))}.")

    @classmethod
    def default(cls, dataset: Dataset) -> "Preparation":
        """Choose what suits most: "unit" for pixels, "none" for features."""
        return cls.fit(dataset, "none" if dataset.pixel_max is None else "unit")

    def adapted_to(
        self, images: NDArray[Any], pixel_max: float | None = None, name: str | None = None
    ) -> "Preparation":
        """The same preparation for pictures that may come in another range than those it was chosen for.

        Parameters
        ----------
        images : (m, height, width) or (m, n) array
        pixel_max : float, optional
            The value of a full pixel, where it is known.
        name : str, optional
            What to call them in a message; with a name it is logged that they are scaled.

        Returns
        -------
        Preparation
            Itself where nothing is to be scaled, as for all features.

        Raises
        ------
        DataError
            When the pictures are in another range, and it is not certain how to scale them.

        Examples
        --------
        >>> learned = Preparation("unit", 0.0, 1 / 255)
        >>> fractions = np.linspace(0, 1, 64).reshape(1, 8, 8)
        >>> float(learned.adapted_to(fractions).apply(fractions).max())
        1.0
        """
        if self.pixels is None:
            return self
        learned, met = self.pixels, self.pixels.met(images, pixel_max, name or "the images")
        if met == learned:
            return self
        if name is not None:
            _log.warning("%s: its pixels go from %s; they are scaled to %s, as learned.", name, met, learned)
        factor = (learned.high - learned.low) / (met.high - met.low)
        return Preparation(
            self.kind, met.low + (self.offset - learned.low) / factor, self.scale * factor, met
        )

    def apply(
        self, images: ArrayLike, dtype: DTypeLike = "float32", out: NDArray[Any] | None = None
    ) -> NDArray[Any]:
        """Make the rows that a network reads.

        Parameters
        ----------
        images : array_like, shape (m, height, width) or (m, n)
            Pixels or features.
        dtype : dtype
            The floating-point type of the result, unless ``out`` is given.
        out : ndarray of float, shape (m, n), optional
            Where to write the result: nothing is allocated then.

        Returns
        -------
        ndarray of float, shape (m, n)
        """
        pixels = np.asarray(images)
        rows = pixels.reshape(len(pixels), -1)
        if out is None:
            out = np.empty(rows.shape, dtype)
        if not isinstance(self.offset, np.ndarray) and not isinstance(self.scale, np.ndarray):
            # First a plain conversion, then in place: quicker than one ufunc that converts in its buffer.
            np.copyto(out, rows, casting="same_kind")
            if self.offset != 0.0:
                np.subtract(out, self.offset, out=out)
            if self.scale != 1.0:
                np.multiply(out, self.scale, out=out)
            return out
        self._check_width(rows.shape[1])
        if rows.dtype == np.uint8:
            np.copyto(out, rows)
            np.subtract(out, np.asarray(self.offset, out.dtype), out=out)
        else:  # features: the difference in their own precision, so that 2001.5 - 2000 loses no digits
            np.subtract(rows, self.offset, out=out, casting="same_kind")
        np.multiply(out, np.asarray(self.scale, out.dtype), out=out)
        return out

    def config(self) -> dict[str, Any]:
        """Everything as JSON takes it."""
        return {
            "kind": self.kind,
            "offset": _plain(self.offset),
            "scale": _plain(self.scale),
            "pixels": None if self.pixels is None else self.pixels.config(),
        }

    @classmethod
    def from_config(cls, config: Mapping[str, Any], *, pictures: bool = False) -> "Preparation":
        """Make the Preparation that gave this ``config()``.

        Parameters
        ----------
        config : mapping
        pictures : bool
            Whether it is for pictures, which older files do not say.
        """
        try:
            kind, offset, scale = config["kind"], _number(config["offset"]), _number(config["scale"])
            if "pixels" in config:
                pixels = PixelRange.from_config(config["pixels"])
            else:
                pixels = PixelRange.derived(kind, offset, scale, pictures=pictures)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise DataError(
                f"preparation {dict(config)!r:.200} cannot be read ({error!r}). Expected kind, offset and "
                "scale."
            ) from error
        if kind not in get_args(Kind):
            raise DataError(f"preparation {kind!r} is unknown. Expected one of {', '.join(get_args(Kind))}.")
        return cls(kind, offset, scale, pixels)

    def _check_width(self, n: int) -> None:
        expected = np.broadcast(self.offset, self.scale).size
        if n != expected:
            raise DataError(f"these samples have {n} features. The preparation was fitted to {expected}.")


def _inverse(spread: NDArray[Any]) -> NDArray[np.float64]:
    """1 / spread, and 1 for a feature that never changes."""
    return np.asarray(1.0 / np.where(spread > 0, spread, 1.0), dtype=np.float64)


def _mean_and_deviation(rows: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """In float64 and in two passes, as accurate as it gets, a thousand rows at a time."""
    mean = np.zeros(rows.shape[1])
    for chunk in _chunks(rows):
        mean += chunk.sum(axis=0)
    mean /= len(rows)
    variance = np.zeros(rows.shape[1])
    for chunk in _chunks(rows):
        chunk -= mean
        variance += np.einsum("ij,ij->j", chunk, chunk)
    deviation = np.sqrt(variance / len(rows))
    deviation[deviation <= np.abs(mean) * 1e-12] = 0.0  # constant, but for the rounding of its mean
    return mean, deviation


def _chunks(rows: NDArray[Any]) -> Iterator[NDArray[np.float64]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK].astype(np.float64)


def _plain(value: float | NDArray[np.float64]) -> float | list[float]:
    return value.tolist() if isinstance(value, np.ndarray) else float(value)


def _number(value: Any) -> float | NDArray[np.float64]:
    """Read a number or a list of numbers; they must be finite."""
    array = np.array(value, dtype=np.float64)
    if array.ndim > 1 or not np.isfinite(array).all():
        raise ValueError("expected finite numbers")
    return array if array.ndim else float(array)
