"""The small data sets that come with scikit-learn: nothing has to be downloaded."""

import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glassnet.data.dataset import Dataset
from glassnet.errors import DataError

__all__ = ["load_digits", "load_iris"]


def load_digits() -> Dataset:
    """Load 1,797 handwritten digits of 8×8 pixels from 0 to 16."""
    table = _table("digits.csv.gz", skip=0, loader="load_digits")
    images = table[:, :-1].astype(np.uint8).reshape(-1, 8, 8)
    return Dataset(images, table[:, -1].astype(np.intp), name="digits", pixel_max=16)


def load_iris() -> Dataset:
    """Load 150 irises of three species: length and width of sepals and petals in cm."""
    table = _table("iris.csv", skip=1, loader="load_iris")
    return Dataset(
        table[:, :-1],
        table[:, -1].astype(np.intp),
        class_names=("setosa", "versicolor", "virginica"),
        name="iris",
        feature_names=("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
    )


def _table(file: str, skip: int, loader: str) -> NDArray[np.float64]:
    """The features and, in the last column, the classes.

    scikit-learn's own file is read where it lies: importing scikit-learn for it
    would take a second. Should the file lie elsewhere in another version,
    scikit-learn is asked after all.
    """
    package = importlib.util.find_spec("sklearn")
    if package is None or package.origin is None:
        raise DataError(f"{loader.removeprefix('load_')}: comes with scikit-learn, which is not installed.")
    path = Path(package.origin).parent / "datasets" / "data" / file
    if path.is_file():
        return np.loadtxt(path, delimiter=",", skiprows=skip)
    load: Callable[..., tuple[NDArray[np.float64], NDArray[np.intp]]] = getattr(
        importlib.import_module("sklearn.datasets"), loader
    )
    features, classes = load(return_X_y=True)
    return np.column_stack([features, classes])
