"""What every test may ask for."""

import os
from pathlib import Path

import numpy as np
import pytest

MNIST_FILES = [
    f"{part}-{kind}" for part in ("train", "t10k") for kind in ("images-idx3-ubyte", "labels-idx1-ubyte")
]


@pytest.fixture
def rng():
    """A generator that starts from the same seed in every test."""
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def mnist_folder():
    """The folder with the four MNIST files: from GLASSNET_DATA, or beside the repository.

    Where they are missing, tests that need them are skipped, but not under continuous integration.
    """
    given = os.environ.get("GLASSNET_DATA") or Path(__file__).parents[2] / "shared" / "data"
    base = Path(given).resolve()  # some tests work in a folder of their own
    for folder in (base, base / "mnist"):
        if all((folder / name).exists() or (folder / f"{name}.gz").exists() for name in MNIST_FILES):
            return folder
    reason = f"the four MNIST files are not in {base} (point GLASSNET_DATA to their folder)"
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def mnist(mnist_folder):
    """The official MNIST, as (train, test) data sets."""
    from glassnet.data import load_pair

    return load_pair("mnist", data_dir=mnist_folder)
