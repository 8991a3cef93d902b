"""Dataset: images or features, their labels, and the names of the classes."""

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.data.dataset_fields import checked_images, checked_labels, checked_names
from glassnet.data.splits import count_of, stratified_part
from glassnet.errors import DataError

__all__ = ["Dataset"]


@dataclasses.dataclass(init=False, frozen=True, eq=False, repr=False)
class Dataset:
    """Samples and their labels. Pixels stay uint8 here; a mini-batch makes floats of them.

    Parameters
    ----------
    images : array_like
        Grey pictures ``(m, height, width)`` or ``(m, pixels)`` of whole numbers
        from 0 to 255, or float features ``(m, features)``.
    labels : array_like, optional
        Classes as integers ``(m,)`` counted from 0, or as names; floats ``(m,)``
        or ``(m, k)`` are targets of a regression.
    class_names : sequence of str, optional
        One name for each class; "0", "1", … unless given.
    name : str
        What people call it.
    feature_names : sequence of str, optional
        One name for each feature.
    pixel_max : float, optional
        The value of a full pixel: 255 for uint8 unless given. None for features.
    names : sequence of str, optional
        One name for each sample, such as its file.
    notes : sequence of str
        What was noticed when it was read, such as a column that was left out.

    Raises
    ------
    DataError
        When the parts do not fit together; the message says which sample.

    Examples
    --------
    >>> data = Dataset(np.zeros((3, 28, 28), np.uint8), [0, 1, 1])
    >>> data
    <Dataset 'data': 3 images of 28×28 pixels, 2 classes>
    >>> data.flat.shape
    (3, 784)
    """

    images: NDArray[Any]
    labels: NDArray[Any] | None = None
    class_names: tuple[str, ...] | None = None
    name: str = "data"
    feature_names: tuple[str, ...] | None = None
    pixel_max: float | None = None
    names: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()

    def __init__(
        self,
        images: ArrayLike,
        labels: ArrayLike | None = None,
        class_names: Sequence[str] | None = None,
        name: str = "data",
        feature_names: Sequence[str] | None = None,
        pixel_max: float | None = None,
        names: Sequence[str] | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        pixels, pixel_max = checked_images(np.asarray(images), pixel_max, name)
        checked, classes = checked_labels(labels, class_names, len(pixels), name)
        fields = {
            "images": pixels,
            "labels": checked,
            "class_names": classes,
            "name": name,
            "feature_names": checked_names(feature_names, math.prod(pixels.shape[1:]), "features", name),
            "pixel_max": pixel_max,
            "names": checked_names(names, len(pixels), "samples", name),
            "notes": tuple(notes),
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        shape = self.image_shape
        what = f"samples of {self.n_features} features"
        if shape is not None:
            what = f"images of {shape[0]}×{shape[1]} pixels"
        labels = "no labels" if self.labels is None else "targets to regress"
        if self.has_classes:
            labels = f"{self.n_classes} classes"
        return f"<Dataset {self.name!r}: {len(self):,} {what}, {labels}>"

    @property
    def flat(self) -> NDArray[Any]:
        """The samples as rows ``(m, n)``: a view, nothing is copied."""
        return self.images.reshape(len(self.images), -1)

    @property
    def n_features(self) -> int:
        """Numbers in a sample: pixels or features."""
        return math.prod(self.images.shape[1:])

    @property
    def image_shape(self) -> tuple[int, int] | None:
        """``(height, width)``; rows of uint8 count as square pictures where that is possible."""
        if self.images.ndim == 3:
            return self.images.shape[1], self.images.shape[2]
        side = math.isqrt(self.n_features)
        return (side, side) if self.images.dtype == np.uint8 and side * side == self.n_features else None

    @property
    def has_classes(self) -> bool:
        """Whether the labels are classes, not missing and not targets of a regression."""
        return self.labels is not None and self.labels.dtype.kind == "i"

    @property
    def n_classes(self) -> int:
        """How many classes there are; 0 without any."""
        return len(self.class_names or ())

    @property
    def class_counts(self) -> NDArray[np.intp]:
        """How many samples each class has."""
        if self.labels is None or not self.has_classes:
            raise DataError(f"{self.name}: its samples have no classes that could be counted.")
        return np.bincount(self.labels, minlength=self.n_classes)

    def take(self, indices: ArrayLike | slice) -> "Dataset":
        """Take some of the samples: indices, a mask, or a slice (which copies nothing)."""
        chosen = indices if isinstance(indices, slice) else np.asarray(indices)
        numbers = np.arange(len(self))[chosen]
        return Dataset(
            self.images[chosen],
            None if self.labels is None else self.labels[chosen],
            class_names=self.class_names,
            name=self.name,
            feature_names=self.feature_names,
            pixel_max=self.pixel_max,
            names=None if self.names is None else [self.names[i] for i in numbers],
            notes=self.notes,
        )

    def noted(self, note: str) -> "Dataset":
        """The same samples with one note more."""
        twin = self.take(slice(None))
        object.__setattr__(twin, "notes", (*self.notes, note))
        return twin

    def split(self, part: float, seed: int = 0) -> tuple["Dataset", "Dataset"]:
        """Split off a part at random, from each class its share.

        Parameters
        ----------
        part : float or int
            The size of the part: a fraction (0.2) or a count (1000).
        seed : int
            The same seed gives the same split.

        Returns
        -------
        rest, part : Dataset
            Each keeps the order of the samples.
        """
        return self._split(count_of(part, len(self), "part"), np.random.default_rng(seed))

    def split3(self, validation: float, test: float, seed: int = 0) -> tuple["Dataset", "Dataset", "Dataset"]:
        """Split into training, validation and test; both sizes refer to the whole.

        Parameters
        ----------
        validation, test : float or int
            Fractions of the whole, or counts.
        seed : int
            The same seed gives the same split.

        Returns
        -------
        training, validation, test : Dataset
        """
        m = len(self)
        test_count = count_of(test, m, "test")
        validation_count = count_of(validation, m, "validation")
        if test_count + validation_count >= m:
            raise DataError(
                f"validation = {validation} and test = {test} leave none of {m:,} samples for training. "
                "Make them smaller."
            )
        rng = np.random.default_rng(seed)
        rest, test_part = self._split(test_count, rng)
        training, validation_part = rest._split(validation_count, rng)  # noqa: SLF001 - another of its kind
        return training, validation_part, test_part

    def limit(self, n: int, seed: int | None = None) -> "Dataset":
        """At most ``n`` samples: the first ones, or with a seed random ones, from each class its share."""
        if n < 1:
            raise DataError(f"limit = {n}, but at least 1 sample must remain.")
        if n >= len(self):
            return self
        if seed is None:
            return self.take(slice(n))
        return self._split(n, np.random.default_rng(seed))[1]

    def _split(self, count: int, rng: np.random.Generator) -> tuple["Dataset", "Dataset"]:
        classes = self.labels if self.has_classes else None
        chosen = stratified_part(classes, len(self), count, rng)
        return self.take(~chosen), self.take(chosen)
