"""Glassnet: a neural network that you can see through.

The public names are loaded on first use, so that ``import glassnet`` itself
costs next to nothing.

Examples
--------
>>> import glassnet as gn
>>> network = gn.mlp(64, 32, 10, seed=0)
>>> network.n_parameters
2410
"""

from importlib import import_module
from typing import TYPE_CHECKING

from glassnet.renamed import answer_to_old_names
from glassnet.version import __version__ as __version__

answer_to_old_names()

# Where the public names live. Besides, every layer and every optimiser that the package defines is public
# under its class's name. The same names stand once more below for type checkers, which cannot follow a lazy
# import; a test holds both together.
_ROOMS = {
    "glassnet.data": ("Dataset", "load"),
    "glassnet.errors": (
        "DataError",
        "GlassnetError",
        "ImageError",
        "MissingExtraError",
        "ModelFileError",
        "OutputError",
        "RecipeError",
        "TrainingError",
    ),
    "glassnet.estimator": ("MLPClassifier", "MLPRegressor"),
    "glassnet.evaluation": ("evaluate",),
    "glassnet.model": ("Model",),
    "glassnet.nn": ("Network", "mlp"),
    "glassnet.pretraining": ("pretrained",),
    "glassnet.reading": ("read",),
    "glassnet.train": ("fit",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}
_TABLES = {"glassnet.nn.layer": "KINDS", "glassnet.optim": "OPTIMIZERS"}

if TYPE_CHECKING:
    from glassnet.data import Dataset as Dataset
    from glassnet.data import load as load
    from glassnet.errors import DataError as DataError
    from glassnet.errors import GlassnetError as GlassnetError
    from glassnet.errors import ImageError as ImageError
    from glassnet.errors import MissingExtraError as MissingExtraError
    from glassnet.errors import ModelFileError as ModelFileError
    from glassnet.errors import OutputError as OutputError
    from glassnet.errors import RecipeError as RecipeError
    from glassnet.errors import TrainingError as TrainingError
    from glassnet.estimator import MLPClassifier as MLPClassifier
    from glassnet.estimator import MLPRegressor as MLPRegressor
    from glassnet.evaluation import evaluate as evaluate
    from glassnet.model import Model as Model
    from glassnet.nn import Network as Network
    from glassnet.nn import mlp as mlp
    from glassnet.nn.activations import *
    from glassnet.nn.batch_norm import *
    from glassnet.nn.dense import *
    from glassnet.nn.dropout import *
    from glassnet.optim.adagrad import *
    from glassnet.optim.adam import *
    from glassnet.optim.gradient_descent import *
    from glassnet.optim.rmsprop import *
    from glassnet.pretraining import pretrained as pretrained
    from glassnet.reading import read as read
    from glassnet.train import fit as fit


def _forms() -> dict[str, type]:
    """The package's layers and optimisers."""
    kinds = [kind for room, table in _TABLES.items() for kind in getattr(import_module(room), table).values()]
    return {kind.__name__: kind for kind in kinds if kind.__module__.startswith("glassnet.")}


def __getattr__(name: str) -> object:
    if name == "__all__":
        return sorted([*_HOME, *_forms()])
    value: object
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    elif name.startswith("_") or name not in _forms():
        raise AttributeError(f"module 'glassnet' has no attribute {name!r}")
    else:
        value = _forms()[name]
    globals()[name] = value  # the next time, Python finds it without asking here
    return value


def __dir__() -> list[str]:
    return sorted([*_HOME, *_forms(), "__version__"])
