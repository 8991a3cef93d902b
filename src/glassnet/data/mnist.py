"""MNIST: found in a folder, or downloaded once, verified and kept."""

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from glassnet.data.dataset import Dataset
from glassnet.data.idx import read_idx_dataset
from glassnet.errors import DataError
from glassnet.extras import require

__all__ = ["DATA_VARIABLE", "Part", "fetch_mnist", "has_mnist", "load_mnist"]

Part = Literal["train", "test"]

DATA_VARIABLE = "GLASSNET_DATA"

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)

SHA256 = {
    "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}

_PREFIX = {"train": "train", "test": "t10k"}
_CLASSES = tuple("0123456789")


def load_mnist(part: Part = "train", *, data_dir: str | os.PathLike[str] | None = None) -> Dataset:
    """Load MNIST: 60,000 handwritten digits to train with, or 10,000 to test with.

    Parameters
    ----------
    part : {"train", "test"}
        Which of the two.
    data_dir : str or path, optional
        A folder with the four original files, packed or not, or with a folder
        ``mnist`` that holds them; the environment variable ``GLASSNET_DATA``
        unless given. With either, nothing is downloaded.

    Raises
    ------
    DataError
        When the files are not there, or damaged, or cannot be downloaded.
    """
    if part not in _PREFIX:
        raise DataError(f"mnist has no part {part!r}. Expected 'train' or 'test'.")
    images, labels = (_find(f"{_PREFIX[part]}-{what}", data_dir) for what in ("images-idx3", "labels-idx1"))
    return read_idx_dataset(images, labels, name=f"mnist-{part}", class_names=_CLASSES)


def fetch_mnist(*, data_dir: str | os.PathLike[str] | None = None) -> list[Path]:
    """Make sure that the four files are there, downloading what is missing; say where they are."""
    stems = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    return [_find(stem, data_dir) for stem in stems]


def has_mnist(*, data_dir: str | os.PathLike[str] | None = None) -> bool:
    """Whether all four files are there already, so that loading them downloads nothing."""
    if not (data_dir or os.environ.get(DATA_VARIABLE)):
        if find_spec("pooch") is None:
            return False
        cache = _cache()
        return all((cache / name).is_file() for name in SHA256)
    try:
        fetch_mnist(data_dir=data_dir)
    except DataError:
        return False
    return True


def _find(stem: str, data_dir: str | os.PathLike[str] | None) -> Path:
    """One of the files: in the folder that the user named, else from the cache or the network."""
    chosen = data_dir or os.environ.get(DATA_VARIABLE)
    if not chosen:
        return _download(f"{stem}-ubyte.gz")
    folder = Path(chosen).expanduser()
    dotted = stem.replace("-idx", ".idx")  # some copies spell it so
    names = [f"{name}-ubyte{end}" for name in (stem, dotted) for end in (".gz", "")]
    for place in (folder, folder / "mnist"):
        for name in names:
            if (place / name).is_file():
                return place / name
    origin = "the data directory" if data_dir else DATA_VARIABLE
    raise DataError(
        f"{folder}: {origin} names this folder, but {names[0]} is neither in it nor in its folder mnist. Put "
        f"MNIST's four files there, or leave {origin} out, and they are downloaded."
    )


def _cache() -> Path:
    """Where downloaded files are kept."""
    import pooch

    return Path(pooch.os_cache("glassnet")) / "mnist"


def _download(name: str) -> Path:
    """The file in the cache, from the first mirror that has it as it should be."""
    require("data", f"Downloading {name} of MNIST (without: --data-dir FOLDER or {DATA_VARIABLE})")
    import pooch

    cache = _cache()
    failures = []
    with _quiet(pooch.get_logger()):
        for mirror in MIRRORS:
            bar = _Bar(name) if sys.stderr.isatty() else False
            downloader = pooch.HTTPDownloader(progressbar=bar, timeout=30)
            known = f"sha256:{SHA256[name]}"
            try:
                # pooch writes beside the place, checks, and renames: a wrong file never gets in.
                return Path(pooch.retrieve(mirror + name, known, name, cache, downloader=downloader))
            except ValueError:
                failures.append(f"{mirror}: wrong checksum, the file was thrown away.")
            except OSError as error:  # requests' errors are OSErrors
                failures.append(f"{mirror}: {_answer(error)}.")
    raise DataError(
        f"{name}: cannot be downloaded to {cache}. {' '.join(failures)} Check the network, or put MNIST's "
        f"four files into a folder and name it with --data-dir or {DATA_VARIABLE}."
    )


def _answer(error: OSError) -> str:
    """What the mirror said, or that it said nothing."""
    response = getattr(error, "response", None)
    if response is None:
        return f"no answer ({type(error).__name__})"
    response.close()
    return str(error)


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


class _Bar:
    """A progress bar on standard error, with the few methods that pooch asks for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.total = 0
        self.done = 0
        self.shown = 0.0

    def update(self, size: int) -> None:
        self.done = min(self.done + size, self.total or self.done + size)
        if time.monotonic() - self.shown > 0.1 or self.done == self.total:
            self.shown = time.monotonic()
            filled = 20 * self.done // max(self.total, 1)
            bar = "█" * filled + "░" * (20 - filled)
            sys.stderr.write(f"\r{self.name} {bar} {self.done / 1e6:.1f} of {self.total / 1e6:.1f} MB")

    def reset(self) -> None:
        self.done = 0

    def close(self) -> None:
        sys.stderr.write("\n")
