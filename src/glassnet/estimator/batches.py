"""The mini-batches of an estimator: scikit-learn's order, sparse rows too, pictures distorted if asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Distortion
from glassnet.errors import TrainingError
from glassnet.estimator.samples import Samples
from glassnet.train.batches import Batch

__all__ = ["ImageBatches", "RowBatches"]


class RowBatches:
    """Rows of numbers that are ready to be learned: a :class:`glassnet.train.batches.BatchSource`.

    Parameters
    ----------
    samples : Samples
    size : int
        Samples in a mini-batch; the last one may be shorter.
    alpha : float
        A batch's L2 penalty is alpha over the batch's weight, as scikit-learn's.
    random : RandomState or None
        Shuffles before each epoch what was shuffled before, as scikit-learn does, so that whoever draws from
        it afterwards gets the same numbers as there; None: the order stays.
    """

    has_classes = False  # so the loop counts no right answers, which scikit-learn does not either
    seed = None
    """The order follows from a RandomState that others use, too."""

    def __init__(
        self, samples: Samples, size: int, alpha: float, random: np.random.RandomState | None
    ) -> None:
        self.m, self.size = len(samples.y), size
        self.steps = -(-self.m // size)
        self._samples, self._alpha, self._random = samples, alpha, random
        self._order = np.arange(self.m)
        self._buffer = np.empty((size, samples.X.shape[1]), samples.X.dtype)

    def epoch(self, number: int, first: int = 0) -> Iterator[Batch]:
        """The mini-batches of an epoch; each is valid until the next."""
        if self._random is not None:
            self._order = self._order[self._random.permutation(self.m)]
        for start in range(first * self.size, self.m, self.size):
            yield self._batch(self._order[start : start + self.size])

    def sample(self, n: int) -> NDArray[Any]:
        """At most n samples: from everywhere, always the same."""
        chosen = self._samples.X[np.linspace(0, self.m - 1, min(n, self.m)).round().astype(np.intp)]
        rows: NDArray[Any] = chosen.toarray() if hasattr(chosen, "tocsr") else chosen
        return rows

    def _batch(self, index: NDArray[np.intp]) -> Batch:
        weight = None if self._samples.weight is None else self._samples.weight[index]
        total = len(index) if weight is None else float(weight.sum())
        l2 = self._alpha / total if total > 0 else 0.0
        return Batch(self._rows(index), self._samples.y[index], weight, None, l2)

    def _rows(self, index: NDArray[np.intp]) -> NDArray[Any]:
        X = self._samples.X
        if hasattr(X, "tocsr"):
            rows: NDArray[Any] = X[index].toarray()
        elif self._random is None and self.steps == 1:
            rows = X
        else:  # mode="clip" spares NumPy a temporary copy; every index is in range
            rows = np.take(X, index, axis=0, out=self._buffer[: len(index)], mode="clip")
        return rows


class ImageBatches(RowBatches):
    """Rows that are pictures, distorted anew for each epoch.

    Parameters
    ----------
    samples, size, alpha, random
        As in :class:`RowBatches`.
    augment : Distortion
    shape : (height, width) or None
        None: square.
    seed : int
        Of the distortions.

    Raises
    ------
    TrainingError
        If the rows are no pictures.
    """

    def __init__(
        self,
        samples: Samples,
        size: int,
        alpha: float,
        random: np.random.RandomState | None,
        augment: Distortion,
        shape: tuple[int, int] | None,
        seed: int,
    ) -> None:
        super().__init__(samples, size, alpha, random)
        self._images, self._scale = images_of(samples.X, shape)
        self._augment, self._seed = augment, seed
        self._classes = samples.y if samples.y.ndim == 1 and samples.y.dtype.kind == "i" else None

    def epoch(self, number: int, first: int = 0) -> Iterator[Batch]:
        """The mini-batches of an epoch, from pictures that nobody has seen before."""
        rng = np.random.default_rng([self._seed, number])
        self._pixels = self._augment.apply(self._images, rng, self._classes).reshape(self.m, -1)
        return super().epoch(number, first)

    def _rows(self, index: NDArray[np.intp]) -> NDArray[Any]:
        out = self._buffer[: len(index)]
        return np.multiply(self._pixels[index], self._scale, out=out, casting="same_kind")


def images_of(X: Any, shape: tuple[int, int] | None) -> tuple[NDArray[np.uint8], float]:
    """Rows of pixels from 0 upward as uint8 images, and the factor that leads back.

    >>> images, scale = images_of(np.array([[0.0, 0.5, 1.0, 0.0]]), None)
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
