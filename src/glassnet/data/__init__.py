"""Where digits come from: one reader per format, each returning a Dataset."""

from glassnet.data.dataset import Dataset
from glassnet.data.distort import Distortion
from glassnet.data.mnist import fetch_mnist, has_mnist, load_mnist
from glassnet.data.preparation import Preparation
from glassnet.data.sources import SOURCES, load, load_all, load_pair
from glassnet.data.splits import batches

__all__ = [
    "SOURCES",
    "Dataset",
    "Distortion",
    "Preparation",
    "batches",
    "fetch_mnist",
    "has_mnist",
    "load",
    "load_all",
    "load_mnist",
    "load_pair",
]
