"""From pixels to the mini-batches that a network learns from."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset, Distortion, Preparation, batches
from glassnet.nn import Network

__all__ = ["Batch", "BatchSource", "Batches"]


class Batch(NamedTuple):
    """Samples to learn in one step.

    Attributes
    ----------
    X, y : array
        Prepared inputs and targets.
    weight : (N,) array or None
    classes : (N,) integers or None
        Where the targets are classes.
    l2 : float or None
        The L2 penalty where it depends on the batch; None: the network's own.
    """

    X: NDArray[Any]
    y: NDArray[Any]
    weight: NDArray[Any] | None
    classes: NDArray[Any] | None
    l2: float | None = None


class BatchSource(Protocol):
    """Whatever deals out mini-batches: all that a training asks of it."""

    @property
    def m(self) -> int:
        """Samples in an epoch."""
        ...

    @property
    def size(self) -> int:
        """Samples in a mini-batch; the last one of an epoch may be shorter."""
        ...

    @property
    def steps(self) -> int:
        """Mini-batches in an epoch."""
        ...

    @property
    def seed(self) -> int | None:
        """What the order follows from; None where a checkpoint could not tell."""
        ...

    @property
    def has_classes(self) -> bool:
        """Whether its batches tell classes, so that right answers can be counted."""
        ...

    def epoch(self, number: int, first: int = 0) -> Iterator[Batch]:
        """The mini-batches of an epoch (from 1), beginning with ``first``; each is valid until the next."""
        ...

    def sample(self, n: int) -> NDArray[Any]:
        """At most n samples as the network reads them: from everywhere, always the same."""
        ...


class Batches:
    """Deals out a data set, shuffled anew for each epoch.

    An epoch's order follows from the seed and the epoch's number alone, so that a training can be resumed
    in the middle of it. Pixels become floats here and not before: in one buffer, a mini-batch at a time.

    Parameters
    ----------
    network : Network
        For its number type.
    data : Dataset
    classes : (m,) integers or None
        Each sample's class.
    weight : (m,) array or None
        Each sample's weight.
    preparation : Preparation
    size : int or None
        Samples in a mini-batch. None: all of them in one, which are then prepared once and not shuffled.
    seed : int
    augment : Distortion or None
        Distorts all images anew for each epoch; the next epoch's while this one is learned.
    epochs : int or None
        After so many nothing is prepared any more.
    """

    def __init__(
        self,
        network: Network,
        data: Dataset,
        classes: NDArray[Any] | None,
        weight: NDArray[Any] | None,
        preparation: Preparation,
        size: int | None,
        seed: int,
        augment: Distortion | None = None,
        epochs: int | None = None,
    ) -> None:
        assert data.labels is not None  # the loop has looked
        self.m = len(data)
        self.size = self.m if size is None else min(size, self.m)
        self.steps = -(-self.m // self.size)
        self.seed = seed
        self.has_classes = classes is not None
        self.preparation = preparation
        self._images, self._pixels, self._augment = data.images, data.flat, augment
        self._epochs = epochs
        self._ahead: tuple[int, Future[NDArray[np.uint8]]] | None = None
        self._worker: ThreadPoolExecutor | None = None
        self._y = data.labels
        self._weight = None if weight is None else weight.astype(network.dtype)
        self._classes = classes
        self._X = np.empty((self.size, data.n_features), network.dtype)
        if self.steps == 1:
            preparation.apply(self._pixels, out=self._X)
        else:
            self._taken = np.empty((self.size, data.n_features), self._pixels.dtype)

    def sample(self, n: int) -> NDArray[Any]:
        """At most n undistorted samples as the network reads them: from everywhere, always the same."""
        rows = self._images.reshape(self.m, -1)
        chosen = np.linspace(0, self.m - 1, min(n, self.m)).round().astype(np.intp)
        return self.preparation.apply(rows[chosen], self._X.dtype)

    def epoch(self, number: int, first: int = 0) -> Iterator[Batch]:
        """The mini-batches of an epoch, from the ``first`` one; each is valid until the next."""
        if self._augment is not None:
            self._take_distorted(number)
        if self.steps == 1:
            return islice([Batch(self._X, self._y, self._weight, self._classes)], first, None)
        rng = np.random.default_rng([self.seed, number])
        return map(self._gather, islice(batches(self.m, self.size, rng), first, None))

    def _take_distorted(self, number: int) -> None:
        """Take an epoch's images, and let the next one's be prepared meanwhile."""
        if self._ahead is None or self._ahead[0] != number:
            self._prepare(number)
        assert self._ahead is not None
        self._pixels = self._ahead[1].result().reshape(self.m, -1)
        self._ahead = None
        if self._epochs is None or number < self._epochs:
            self._prepare(number + 1)
        if self.steps == 1:
            self.preparation.apply(self._pixels, out=self._X)

    def _prepare(self, number: int) -> None:
        self._worker = self._worker or ThreadPoolExecutor(1, "glassnet-distort")
        self._ahead = number, self._worker.submit(self._distorted, number)

    def _distorted(self, number: int) -> NDArray[np.uint8]:
        """An epoch's images; they follow from the seed and the epoch's number alone."""
        assert self._augment is not None
        rng = np.random.default_rng([self.seed, number, 1])  # another stream than the order's
        return self._augment.apply(self._images, rng, self._classes)

    def _gather(self, index: NDArray[np.intp]) -> Batch:
        n = len(index)
        # mode="clip" spares NumPy a temporary copy; every index is in range
        pixels = np.take(self._pixels, index, axis=0, out=self._taken[:n], mode="clip")
        X = self.preparation.apply(pixels, out=self._X[:n])
        y = self._y[index]
        weight = None if self._weight is None else self._weight[index]
        if self._classes is self._y:
            return Batch(X, y, weight, y)
        return Batch(X, y, weight, None if self._classes is None else self._classes[index])
