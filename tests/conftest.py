"""What every test may ask for."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from tests import shapes

shapes.check_shapes_of("glassnet.maths", "glassnet.nn")

MNIST_FILES = [
    f"{part}-{kind}" for part in ("train", "t10k") for kind in ("images-idx3-ubyte", "labels-idx1-ubyte")
]


settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("untimed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_make_parametrize_id(val, argname):
    """Names that are the same in every process: bytes by their length, objects without their address."""
    if isinstance(val, bytes):
        return f"{argname} of {len(val)} bytes"
    return type(val).__name__ if " at 0x" in repr(val) and not callable(val) else None


def missing(reason):
    """Skip a test and say why; under continuous integration that is a failure."""
    pytest.fail(reason) if os.environ.get("CI", "").lower() in {"true", "1"} else pytest.skip(reason)


@pytest.fixture(autouse=True)
def _shapes(request, monkeypatch):
    """Check the shapes that annotations say, in the tests of the rooms that say them."""
    monkeypatch.setattr(shapes, "on", request.path.parent.name in {"maths", "nn"})


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
    missing(f"the four MNIST files are not in {base} (point GLASSNET_DATA to their folder)")
    return None


@pytest.fixture(scope="session")
def mnist(mnist_folder):
    """The official MNIST, as (train, test) data sets."""
    from glassnet.data import load_pair

    return load_pair("mnist", data_dir=mnist_folder)


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium; without one, tests are skipped, but not under continuous integration."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        missing("no Chromium is installed (looked for " + ", ".join(BROWSERS) + ")")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def undrawn(monkeypatch):
    """A report without its pictures, whose drawing takes seconds."""
    monkeypatch.setattr("glassnet.report.page._embedded", lambda figure: ("", (1, 1)))
