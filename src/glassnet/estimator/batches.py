"""The mini-batches of an estimator: scikit-learn's order, sparse rows too, pictures distorted if asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Distortion
from glassnet.errors import TrainingError
from glassnet.train.batches import Batch

__all__ = ["Pictures", "Rows"]


class Rows:
    """Deals out rows of numbers that are ready to be learned; the training loop asks it as it asks Batches.

    Parameters
    ----------
    X : (m, n) array or CSR matrix
    y : (m,) or (m, k) array
    weight : (m,) array or None
    size : int
        Samples in a mini-batch; the last one may be shorter.
    alpha : float
        A batch's L2 penalty is alpha over the batch's weight, as scikit-learn's.
    random : RandomState or None
        Shuffles before each epoch, what was shuffled before; None: the order stays.
    """

    has_classes = False  # so the loop counts no right answers, which scikit-learn does not either
    seed = None
    """The order follows from a RandomState that others use, too."""

    def __init__(
        self,
        X: Any,
        y: NDArray[Any],
        weight: NDArray[Any] | None,
        *,
        size: int,
        alpha: float,
        random: np.random.RandomState | None,
    ) -> None:
        self.m = len(y)
        self.size = size
        self.steps = -(-self.m // size)
        self._alpha, self._random = alpha, random
        self._X, self._y, self._weight = X, y, weight
        self._order = np.arange(self.m)
        self._buffer = np.empty((size, X.shape[1]), X.dtype)
        self._whole = self.steps == 1 and not hasattr(X, "tocsr")

    def epoch(self, number: int, first: int = 0) -> Iterator[Batch]:
        """The mini-batches of an epoch; each is valid until the next."""
        if self._random is not None and self.steps > 1:
            self._order = self._order[self._random.permutation(self.m)]
        for start in range(first * self.size, self.m, self.size):
            yield self._batch(self._order[start : start + self.size])

    def _batch(self, index: NDArray[np.intp]) -> Batch:
        weight = self._weight
        if weight is not None and self.steps > 1:
            weight = weight[index]
        total = len(index) if weight is None else float(weight.sum())
        y = self._y if self.steps == 1 else self._y[index]
        return Batch(self._take(index), y, weight, None, l2=self._alpha / total if total > 0 else 0.0)

    def sample(self, n: int) -> NDArray[Any]:
        """At most n samples: from everywhere, always the same."""
        chosen = self._X[np.linspace(0, self.m - 1, min(n, self.m)).round().astype(np.intp)]
        rows: NDArray[Any] = chosen.toarray() if hasattr(chosen, "tocsr") else chosen
        return rows

    def _take(self, index: NDArray[np.intp]) -> NDArray[Any]:
        if self._whole:
            rows: NDArray[Any] = self._X
        elif hasattr(self._X, "tocsr"):
            rows = self._X[index].toarray()
        else:  # mode="clip" spares NumPy a temporary copy; every index is in range
            rows = np.take(self._X, index, axis=0, out=self._buffer[: len(index)], mode="clip")
        return rows


class Pictures(Rows):
    """Rows that are pictures, distorted anew for each epoch.

    Parameters
    ----------
    augment : Distortion
    shape : (height, width) or None
        None: square.
    seed : int
        Of the distortions.
    others
        As in :class:`Rows`.

    Raises
    ------
    TrainingError
        If the rows are no pictures.
    """

    def __init__(
        self,
        X: Any,
        y: NDArray[Any],
        weight: NDArray[Any] | None,
        *,
        size: int,
        alpha: float,
        random: np.random.RandomState | None,
        augment: Distortion,
        shape: tuple[int, int] | None,
        seed: int,
    ) -> None:
        super().__init__(X, y, weight, size=size, alpha=alpha, random=random)
        self._images, self._scale = pictures(X, shape)
        self._augment, self._seed = augment, seed
        self._classes = y if y.ndim == 1 and y.dtype.kind == "i" else None
        self._whole = False

    def epoch(self, number: int, first: int = 0) -> Iterator[Batch]:
        """The mini-batches of an epoch, from pictures that nobody has seen before."""
        rng = np.random.default_rng([self._seed, number])
        self._pixels = self._augment.apply(self._images, rng, self._classes).reshape(self.m, -1)
        return super().epoch(number, first)

    def _take(self, index: NDArray[np.intp]) -> NDArray[Any]:
        rows = self._pixels if self.steps == 1 else self._pixels[index]
        return np.multiply(rows, self._scale, out=self._buffer[: len(index)], casting="same_kind")


def pictures(X: Any, shape: tuple[int, int] | None) -> tuple[NDArray[np.uint8], float]:
    """Rows of pixels from 0 upward as uint8 pictures, and the factor that leads back.

    >>> images, scale = pictures(np.array([[0.0, 0.5, 1.0, 0.0]]), None)
    >>> images.tolist(), round(1 / scale)
    ([[[0, 128], [255, 0]]], 255)
    """
    n = X.shape[1]
    height, width = shape or (round(n**0.5),) * 2
    if hasattr(X, "tocsr") or height * width != n or X.min() < 0 or not X.max() > 0:
        raise TrainingError(
            f"augment needs rows of pixels, 0 for paper and more for ink, and {n} numbers as image_shape "
            f"{height}×{width} has them. Scale pictures without moving their 0, and give image_shape."
        )
    scale = float(X.max()) / 255
    return np.rint(X / scale).astype(np.uint8).reshape(-1, height, width), scale
