"""Where digits come from: one reader for each format, and each gives a Dataset."""

from .dataset import Dataset
from .distort import Distortion
from .loading import SOURCES, load, load_pair
from .mnist import fetch_mnist, has_mnist, load_mnist
from .preparation import Preparation
from .splits import batches

__all__ = [
    "SOURCES",
    "Dataset",
    "Distortion",
    "Preparation",
    "batches",
    "fetch_mnist",
    "has_mnist",
    "load",
    "load_mnist",
    "load_pair",
]
