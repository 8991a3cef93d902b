"""A digit of 28×28 pixels, as a model of another size wants it."""

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError
from glassnet.model import Model

__all__ = ["BRIGHTEST", "pixel_max", "resized"]

BRIGHTEST = 255
MIN_INK_LEVEL = 50  # the bundled digits were written with thicker pens than MNIST's, so grey counts as ink


def pixel_max(model: Model) -> float:
    """The value of a full pixel in the pictures that a model was trained with: 255, or 16 for 8×8 digits.

    >>> from glassnet import mlp
    >>> from glassnet.data import Preparation
    >>> pixel_max(Model(mlp(64, 10), Preparation("unit", 0.0, 1 / 16), image_shape=(8, 8)))
    16.0
    """
    pixels = model.preparation.pixels
    if pixels is not None and pixels.low == 0 and pixels.high >= 16:
        return pixels.high
    scale = np.asarray(model.preparation.scale)
    if model.preparation.kind == "unit" and scale.ndim == 0:
        return float(round(1 / float(scale), 6))
    return float(BRIGHTEST) if model.image_shape is not None else 1.0


def resized(images: NDArray[np.uint8], model: Model) -> NDArray[np.uint8]:
    """Bring digits as MNIST has them, (m, 28, 28), to the size that a model reads.

    Raises
    ------
    DataError
        If the model does not read pictures.
    """
    shape = model.image_shape
    if shape is None:
        raise DataError(
            "This model reads measurements, not pictures, so it cannot read drawings. Choose another one."
        )
    if shape == images.shape[1:]:
        return images
    full = pixel_max(model)
    return np.stack([_shrunk(image, shape, full) for image in images])


def _shrunk(image: NDArray[np.uint8], shape: tuple[int, int], full: float) -> NDArray[np.uint8]:
    """As the bundled digits were made: the digit fills the height, and each pixel counts its blocks' ink."""
    from PIL import Image

    rows, columns = np.flatnonzero(image.max(axis=1) > 40), np.flatnonzero(image.max(axis=0) > 40)
    if not len(rows):
        return np.zeros(shape, np.uint8)
    crop = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = 4 * shape[0], 4 * shape[1]
    scale = min(height / crop.shape[0], width / crop.shape[1])
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    large = np.asarray(Image.fromarray(crop).resize(size, Image.Resampling.BICUBIC))
    bitmap = np.zeros((height, width))
    top, left = (height - size[1]) // 2, (width - size[0]) // 2
    bitmap[top : top + size[1], left : left + size[0]] = large > MIN_INK_LEVEL
    share = bitmap.reshape(shape[0], 4, shape[1], 4).mean(axis=(1, 3))
    return np.asarray(np.rint(share * full), np.uint8)
