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

__all__ = [
    "ELU",
    "GELU",
    "Adagrad",
    "Adam",
    "AdamW",
    "BatchNorm",
    "DataError",
    "Dataset",
    "Dense",
    "Dropout",
    "GlassnetError",
    "GradientDescent",
    "Identity",
    "ImageError",
    "LeakyReLU",
    "MLPClassifier",
    "MLPRegressor",
    "MissingExtraError",
    "Model",
    "ModelFileError",
    "Momentum",
    "Nesterov",
    "Network",
    "OutputError",
    "RMSProp",
    "ReLU",
    "RecipeError",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Tanh",
    "TrainingError",
    "evaluate",
    "fit",
    "load",
    "mlp",
    "pretrained",
    "read",
]

# Where each public name lives. The same names stand once more below for type
# checkers, which cannot follow a lazy import; a test holds the three lists together.
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
    "glassnet.nn": (
        "ELU",
        "GELU",
        "BatchNorm",
        "Dense",
        "Dropout",
        "Identity",
        "LeakyReLU",
        "Network",
        "ReLU",
        "SiLU",
        "Sigmoid",
        "Softmax",
        "Softplus",
        "Tanh",
        "mlp",
    ),
    "glassnet.optim": ("Adagrad", "Adam", "AdamW", "GradientDescent", "Momentum", "Nesterov", "RMSProp"),
    "glassnet.pretraining": ("pretrained",),
    "glassnet.reading": ("read",),
    "glassnet.train": ("fit",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

if TYPE_CHECKING:
    from glassnet.data import Dataset, load
    from glassnet.errors import (
        DataError,
        GlassnetError,
        ImageError,
        MissingExtraError,
        ModelFileError,
        OutputError,
        RecipeError,
        TrainingError,
    )
    from glassnet.estimator import MLPClassifier, MLPRegressor
    from glassnet.evaluation import evaluate
    from glassnet.model import Model
    from glassnet.nn import (
        ELU,
        GELU,
        BatchNorm,
        Dense,
        Dropout,
        Identity,
        LeakyReLU,
        Network,
        ReLU,
        Sigmoid,
        SiLU,
        Softmax,
        Softplus,
        Tanh,
        mlp,
    )
    from glassnet.optim import Adagrad, Adam, AdamW, GradientDescent, Momentum, Nesterov, RMSProp
    from glassnet.pretraining import pretrained
    from glassnet.reading import read
    from glassnet.train import fit


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'glassnet' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value  # the next time, Python finds it without asking here
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
