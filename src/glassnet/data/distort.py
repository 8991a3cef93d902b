"""New handwriting from old: small random distortions, another one for every group of images.

A distortion moves each pixel's place by an affine map and an elastic field (Simard, Steinkraus and Platt
2003; Cireşan et al. 2010) and looks up what stood there. That look-up is linear in the image: a sparse
matrix with four numbers a row. Images in a group share a field, so that one matrix product distorts them
all; the groups are drawn anew for every epoch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError

__all__ = ["LEAST", "MOST", "Distortion", "displacement", "rms"]

GROUP = 32
"""Images that share a field: 60,000 images see 1,875 different ones in every epoch."""

FIELDS = 16
"""Fields that are worked on at once: what is made of them stays in the processor's cache."""

MOST: dict[str, float] = {
    "shift": 1000, "rotation": 180, "shear": 89, "scale": 1, "sigma": 100, "alpha": 10_000, "thickness": 1,
    "blur": 100, "noise": 100,
}  # fmt: skip
"""The greatest value of each strength; of scale all values below. More would leave nothing of a picture."""

LEAST = {"sigma": 0.1}


def rms(alpha: float, sigma: float) -> float:
    """Root mean square of the elastic displacement, in pixels: alpha sqrt(1 / (12 pi sigma^2)).

    A uniform number in (-1, 1) has variance 1/3, and a Gaussian filter of deviation sigma leaves
    1 / (4 pi sigma^2) of it.

    >>> round(rms(34, 4), 2)
    1.38
    """
    return alpha * math.sqrt(1 / (12 * math.pi * sigma**2))


@dataclass(frozen=True)
class Distortion:
    """How strongly images are distorted; with all at 0 they stay as they are.

    Parameters
    ----------
    shift : float
        Largest shift along each axis, in pixels.
    rotation, shear : float
        Largest angle, in degrees, either way.
    scale : float
        Largest change of size along each axis, as a share: 0.15 is 85 % to 115 %.
    sigma : float
        Smoothness of the elastic field: deviation of the Gaussian filter, in pixels.
    alpha : float
        Strength of the elastic field before the filter, as in the papers; :func:`rms` says how many
        pixels that is.
    calm : tuple of int
        Classes that are turned and sheared half as far (Cireşan et al. spare 1 and 7).
    thickness : float
        Largest share by which strokes grow or shrink towards one pixel more or less on every side.
    blur : float
        Largest deviation of a Gaussian blur, in pixels.
    noise : float
        Largest deviation of added noise, as a share of white.

    Raises
    ------
    DataError
        If a number is out of its range.

    Notes
    -----
    Simard et al.: ``Distortion(sigma=4, alpha=34)``. Cireşan et al.: ``Distortion(rotation=15, shear=15,
    scale=0.15, sigma=6, alpha=36, calm=(1, 7))``, on 29×29 pixels.
    """

    shift: float = 0.0
    rotation: float = 0.0
    shear: float = 0.0
    scale: float = 0.0
    sigma: float = 4.0
    alpha: float = 0.0
    calm: tuple[int, ...] = ()
    thickness: float = 0.0
    blur: float = 0.0
    noise: float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "calm" and not (math.isfinite(value) and value >= 0):
                raise DataError(f"Distortion: {field.name} must be a number of 0 or more, not {value!r}.")
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                raise DataError(f"Distortion: {name} must be above 0, at least {least:g}.")
        for name, limit in MOST.items():
            if getattr(self, name) > limit or (name == "scale" and self.scale == limit):
                raise DataError(f"Distortion: {name} must be below {limit:g}, not {getattr(self, name)!r}.")

    @classmethod
    def with_rms(cls, displacement: float, sigma: float = 4.0, **others: Any) -> Distortion:
        """The same with the elastic field's strength as its RMS displacement in pixels."""
        return cls(sigma=sigma, alpha=displacement / rms(1.0, sigma), **others)

    @property
    def moves(self) -> bool:
        """Whether pixels change their places."""
        return any((self.shift, self.rotation, self.shear, self.scale, self.alpha))

    def config(self) -> dict[str, Any]:
        """All strengths, for a file."""
        return asdict(self)

    def apply(
        self, images: NDArray[np.uint8], rng: np.random.Generator, labels: NDArray[Any] | None = None
    ) -> NDArray[np.uint8]:
        """Distort all images, in groups drawn by chance.

        Parameters
        ----------
        images : (m, height, width) uint8
        rng : numpy.random.Generator
        labels : (m,) integers, optional
            Needed for ``calm``.

        Returns
        -------
        (m, height, width) uint8
            New images in the same order.

        Raises
        ------
        DataError
            If these are not images of pixels, or labels are needed and missing.
        """
        if images.ndim != 3 or images.dtype != np.uint8:
            raise DataError(
                f"Distortion: expected uint8 images (m, height, width), not {images.dtype} {images.shape}."
            )
        if self.calm and labels is None:
            raise DataError("Distortion: calm needs to know the labels.")
        out = np.empty_like(images)
        for part, how in self._parts(len(images), labels):
            order = rng.permutation(part)
            for start in range(0, len(order), GROUP * FIELDS):
                how._distort(images, order[start : start + GROUP * FIELDS], rng, out)  # noqa: SLF001 - another of its kind
        return out

    def _parts(self, m: int, labels: NDArray[Any] | None) -> Iterator[tuple[NDArray[np.intp], Distortion]]:
        if labels is None or not self.calm:
            yield np.arange(m), self
            return
        calm = np.isin(labels, self.calm)
        yield np.flatnonzero(~calm), self
        yield (
            np.flatnonzero(calm),
            replace(self, rotation=self.rotation / 2, shear=self.shear / 2, calm=()),
        )

    def _distort(
        self,
        images: NDArray[np.uint8],
        index: NDArray[np.intp],
        rng: np.random.Generator,
        out: NDArray[np.uint8],
    ) -> None:
        n, (height, width) = len(index), images.shape[1:]
        F = -(-n // GROUP)
        padded = np.resize(index, F * GROUP)  # a short last group is filled up and cut off again
        pixels = images[padded].reshape(F, GROUP, height * width)
        X = np.ascontiguousarray(pixels.transpose(0, 2, 1), dtype=np.float32)
        if self.moves:
            X = _operator(*self._places(F, height, width, rng)) @ X.reshape(-1, GROUP)
        X = X.reshape(F, height, width, GROUP)
        if self.thickness:
            X = _thicken(X, rng.uniform(-self.thickness, self.thickness, F))
        if self.blur:
            X = _blur(X, rng.uniform(0, self.blur, F))
        if self.noise:
            strength = rng.uniform(0, self.noise, (F, 1, 1, 1)).astype(np.float32)
            X = X + 255 * strength * rng.standard_normal(X.shape, dtype=np.float32)
        X += 0.5  # so that the cut to whole numbers rounds
        rows = np.clip(X, 0, 255, out=X).astype(np.uint8).transpose(0, 3, 1, 2)
        out[index] = rows.reshape(-1, height, width)[:n]

    def _places(
        self, F: int, height: int, width: int, rng: np.random.Generator
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Where each pixel's new value stands in the old image: y and x, both (F, height, width)."""
        y, x = np.mgrid[:height, :width].astype(np.float32)
        y -= (height - 1) / 2
        x -= (width - 1) / 2

        def draw(limit: float) -> NDArray[np.float32]:
            return rng.uniform(-limit, limit, (F, 1, 1)).astype(np.float32)

        angle, shear = np.deg2rad(draw(self.rotation)), np.tan(np.deg2rad(draw(self.shear)))
        cos, sin = np.cos(angle), np.sin(angle)
        stretch_y, stretch_x = 1 + draw(self.scale), 1 + draw(self.scale)
        sheared = x + shear * y
        Y = (cos * y - sin * sheared) / stretch_y + draw(self.shift)
        X = (sin * y + cos * sheared) / stretch_x + draw(self.shift)
        if self.alpha:
            Y += displacement(F, height, width, self.sigma, self.alpha, rng)
            X += displacement(F, height, width, self.sigma, self.alpha, rng)
        return Y + np.float32((height - 1) / 2), X + np.float32((width - 1) / 2)


def displacement(
    F: int, height: int, width: int, sigma: float, alpha: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """F smooth random fields (F, height, width), in pixels: filtered noise from (-1, 1), times alpha.

    The noise reaches far enough beyond the edges that a field is as strong there as in the middle.
    """
    rows, columns = _gaussian(height, sigma), _gaussian(width, sigma)
    noise = rng.random((F, rows.shape[1], columns.shape[1]), dtype=np.float32)
    noise -= 0.5
    noise *= 2 * alpha
    return np.asarray(rows @ noise @ columns.T)


def _gaussian(n: int, sigma: float) -> NDArray[np.float32]:
    """The filter as a matrix (n, n + 2 r): row i holds the weights around its place."""
    r = math.ceil(3.5 * sigma)
    offsets = np.arange(n + 2 * r) - np.arange(n)[:, None] - r
    weights = np.exp(-0.5 * (offsets / sigma) ** 2) * (np.abs(offsets) <= r)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)


def _operator(Y: NDArray[Any], X: NDArray[Any]) -> Any:
    """The look-up at (Y, X), between pixels in straight lines, as one sparse matrix for all fields.

    Block f of its diagonal is the matrix (pixels, pixels) of field f. Beyond the edges there is no ink.
    """
    from scipy.sparse import csr_array

    F, height, width = Y.shape
    n = height * width
    top, left = np.floor(Y).astype(np.int32), np.floor(X).astype(np.int32)
    dy, dx = Y - top, X - left
    columns = np.empty((F, height, width, 4), np.int32)
    weights = np.empty((F, height, width, 4), np.float32)
    first = (np.arange(F, dtype=np.int32) * n)[:, None, None]
    for k, (down, right) in enumerate(((0, 0), (0, 1), (1, 0), (1, 1))):
        y, x = top + down, left + right
        inside = (y >= 0) & (y < height) & (x >= 0) & (x < width)
        weights[..., k] = (dy if down else 1 - dy) * (dx if right else 1 - dx) * inside
        columns[..., k] = first + np.where(inside, y * width + x, 0)
    ends = np.arange(0, 4 * F * n + 1, 4, dtype=np.int32)
    return csr_array((weights.ravel(), columns.ravel(), ends), shape=(F * n, F * n))


def _thicken(X: NDArray[np.float32], share: NDArray[Any]) -> NDArray[np.float32]:
    """Mix each image with the largest (share > 0) or smallest (< 0) of a pixel and its four neighbours."""
    edged = np.pad(X, ((0, 0), (1, 1), (1, 1), (0, 0)))
    neighbours = (X, edged[:, :-2, 1:-1], edged[:, 2:, 1:-1], edged[:, 1:-1, :-2], edged[:, 1:-1, 2:])
    thick, thin = np.maximum.reduce(neighbours), np.minimum.reduce(neighbours)
    share = share.astype(np.float32).reshape(-1, 1, 1, 1)
    return np.asarray(X + np.abs(share) * (np.where(share > 0, thick, thin) - X))


def _blur(X: NDArray[np.float32], deviation: NDArray[Any]) -> NDArray[np.float32]:
    """A Gaussian blur of its own deviation for each group."""
    from scipy.ndimage import gaussian_filter

    for images, sigma in zip(X, deviation, strict=True):
        gaussian_filter(images, (sigma, sigma, 0), output=images, mode="constant")
    return X
