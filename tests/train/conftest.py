"""Small data sets on which a training takes milliseconds."""

import numpy as np
import pytest

from glassnet.data import Dataset


@pytest.fixture
def blobs():
    """90 samples of 4 pixels in 3 classes that are easily told apart, in shuffled order."""
    rng = np.random.default_rng(1)
    labels = rng.permutation(np.repeat(np.arange(3), 30))
    centres = np.array([[200, 40, 40, 40], [40, 200, 40, 40], [40, 40, 200, 200]])
    pixels = centres[labels] + rng.integers(-40, 41, (90, 4))
    return Dataset(np.clip(pixels, 0, 255).astype(np.uint8), labels)


@pytest.fixture
def noise():
    """48 samples whose classes cannot be learned: whoever trains on them overfits."""
    rng = np.random.default_rng(2)
    return Dataset(rng.integers(0, 256, (48, 6), np.uint8), rng.integers(0, 3, 48))


@pytest.fixture
def line():
    """A regression: 40 float features and the targets 2 x - 1."""
    x = np.linspace(-1, 1, 40, dtype=np.float32).reshape(-1, 1)
    return Dataset(x, 2.0 * x - 1.0)
